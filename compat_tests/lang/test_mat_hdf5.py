"""Files of version 7.3: what their values take, and where they stand."""

import h5py
import numpy as np
import pytest
import scipy.sparse

from matxai import MatFileError, load
from matxai.lang.mat_checks import check_sizes

# Importing it warns.
matio = pytest.importorskip("matio")


def hdf5(tmp_path, **values):
    path = tmp_path / "v.mat"
    matio.save_to_mat(str(path), {"one": np.float64(1), **values})
    return path


@pytest.mark.tier(
    "chosen",
    "A `.mat` file of version 7.3 that takes values from other files is refused",
)
def test_no_other_file_is_opened(tmp_path):
    secret = tmp_path / "secret.h5"
    with h5py.File(secret, "w") as file:
        file["x"] = np.arange(4.0)
    (tmp_path / "secret.bin").write_bytes(bytes(32))

    def by_link(file):
        file["x"] = h5py.ExternalLink(str(secret), "x")

    def by_link_inside(file):
        file.create_group("x")["y"] = h5py.ExternalLink(str(secret), "x")

    def by_storage(file):
        external = [(str(tmp_path / "secret.bin"), 0, 32)]
        file.create_dataset("x", (4,), "f8", external=external)

    def by_view(file):
        layout = h5py.VirtualLayout((4,), "f8")
        layout[:] = h5py.VirtualSource(str(secret), "x", (4,))
        file.create_virtual_dataset("x", layout)

    for add in (by_link, by_link_inside, by_storage, by_view):
        path = hdf5(tmp_path)
        with h5py.File(path, "r+") as file:
            add(file)
        with pytest.raises(MatFileError, match="takes values from other files"):
            load(path)


def test_links_inside_of_a_file_are_fine(tmp_path):
    path = hdf5(tmp_path)
    with h5py.File(path, "r+") as file:
        file["two"] = h5py.SoftLink("/one")
        file["three"] = file["one"]
    S = load(path)
    assert (S.one, S.two, S.three) == (1, 1, 1)
    with h5py.File(path, "r+") as file:
        file["none"] = h5py.SoftLink("/nowhere")
    with pytest.raises(MatFileError, match="cannot be read"):
        load(path)


def add_cells(file, name, items):
    data = file.create_dataset(name, (len(items),), h5py.ref_dtype)
    data.attrs["MATLAB_class"] = np.bytes_("cell")
    for i, item in enumerate(items):
        data[i] = item.ref
    return data


def test_cells_that_hold_each_other_are_refused(tmp_path):
    path = hdf5(tmp_path)
    with h5py.File(path, "r+") as file:
        a = add_cells(file, "a", [file["one"]])
        b = add_cells(file, "b", [a])
        a[0] = b.ref
    with pytest.raises(MatFileError, match="the variable 'a' holds itself"):
        load(path)


def test_values_count_as_often_as_they_are_referred_to(tmp_path):
    path = hdf5(tmp_path)
    with h5py.File(path, "r+") as file:
        inner = file["one"]
        for i in range(8):
            inner = add_cells(file, f"level{i}", [inner] * 100)
    with pytest.raises(MatFileError, match="holds too much: with the variable 'level"):
        load(path)


@pytest.mark.parametrize("way", ["no data", "chunks", "empty", "deep"])
def test_sizes_of_hdf5_are_not_believed(tmp_path, way):
    path = hdf5(tmp_path)
    with h5py.File(path, "r+") as file:
        if way == "no data":
            data = file.create_dataset("x", (2**20, 2**20), "f8", chunks=(64, 64))
        elif way == "chunks":
            data = file.create_dataset("x", (4,), "u1", chunks=(2**31,), maxshape=(None,))
        elif way == "empty":
            file["x"] = np.array([2**40, 0, 2**20], "u8")
            data = file["x"]
            data.attrs["MATLAB_empty"] = np.uint8(1)
        else:
            data = file["one"]
            for i in range(120):
                data = add_cells(file, f"a{i:03}", [data])
            file.move("a119", "A")
        data.attrs["MATLAB_class"] = np.bytes_("cell" if way in ("deep", "empty") else "double")
    with pytest.raises(MatFileError, match="nested more" if way == "deep" else "holds too much"):
        check_sizes(path, limit=2**30)


@pytest.mark.parametrize(
    ("rows", "starts"),
    [([0, 9], [0, 1, 2]), ([0, -1], [0, 1, 2]), ([0, 1], [0, 9, 2]), ([0, 1], [0, -5, 2])],
)
def test_indices_of_sparse_matrices_lie_inside(tmp_path, rows, starts):
    path = hdf5(tmp_path, x=scipy.sparse.csc_array(np.diag([3.0, 4.0])))
    assert load(path).x.toarray().tolist() == [[3, 0], [0, 4]]
    with h5py.File(path, "r+") as file:
        del file["x/ir"], file["x/jc"]
        file["x/ir"], file["x/jc"] = np.array(rows), np.array(starts)
    with pytest.raises(MatFileError, match="whose indices lie outside of it"):
        load(path)


def test_objects_that_are_not_there_are_refused(tmp_path):
    pandas = pytest.importorskip("pandas")
    path = hdf5(tmp_path, o=pandas.Categorical(["a", "b"]))
    assert load(path).o.tolist() == ["a", "b"]
    with h5py.File(path, "r+") as file:
        file["o"][0, 2] = 2**31
    with pytest.raises(MatFileError, match="the variable 'o' refers to objects that are not there"):
        load(path)


def test_the_table_of_objects_does_not_contradict_itself(tmp_path):
    pandas = pytest.importorskip("pandas")
    path = hdf5(tmp_path, o=pandas.Categorical(["a", "b"]))
    with h5py.File(path, "r+") as file:
        table = file[file["#subsystem#/MCOS"][0, 0]]
        table[0, 8:12] = 255
    with pytest.raises(MatFileError, match="has a table of objects that contradicts itself"):
        load(path)

"""What a .mat file is and takes, before it is read."""

import pickle
import shutil
import struct
import subprocess
import tracemalloc
import zlib
from unittest import mock

import numpy as np
import pytest
import scipy.io
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st
from mat_bytes import compressed, header, int32, numbers, part, structure, variable, written

from matxai import MatFileError, load
from matxai.lang import mat_checks
from matxai.lang.mat_checks import check_mat_file, check_sizes, mat_version, memory_limit

# Importing it warns.
matio = pytest.importorskip("matio")

REAL = ["ccn_icub_objects", "reciclaria", "nisitka_segnet", "eegNet", "anomaly_bilstm"]
MIB = 2**20


def small_limit():
    return mock.patch.object(mat_checks, "memory_limit", return_value=32 * MIB)


def contents():
    rng = np.random.default_rng(0)
    return {
        "net": {"w": rng.standard_normal((7, 5)), "name": "dog", "kinds": np.array([1, 2], "u1")},
        "c": np.array([["text", np.float32([1, 2])]], dtype=object),
        "sp": scipy.sparse.csc_array(np.diag([1.0, 0, 2])),
    }


def makers():
    """Ways to write values."""

    def by_scipy(path, **options):
        scipy.io.savemat(path, contents(), **options)

    def by_matio(path, **options):
        matio.save_to_mat(str(path), contents(), **options)

    return {
        "6": lambda p: by_scipy(p),
        "7": lambda p: by_scipy(p, do_compression=True),
        "7, mat-io": lambda p: by_matio(p, version="v7"),
        "7.3": lambda p: by_matio(p, version="v7.3"),
        "4": lambda p: scipy.io.savemat(p, {"net": np.arange(20.0), "t": "text"}, format="4"),
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    found = {}
    for i, (name, make) in enumerate(makers().items()):
        found[name] = folder / f"{i}.mat"
        make(found[name])
    return found


def test_versions_are_told(tmp_path, made):
    said = {name: mat_version(path) for name, path in made.items()}
    assert said == {"6": "5", "7": "5", "7, mat-io": "5", "7.3": "7.3", "4": "4"}
    swapped = numbers(np.array([1.5, 2.5], ">f8"), order=">")
    path = written(tmp_path, header(order=">"), swapped)
    assert check_mat_file(path) == "5"
    assert load(path).x.tolist() == [1.5, 2.5]


# Files that are whole pass, and others do not


@pytest.mark.parametrize("name", REAL)
def test_files_of_matlab_pass(reference, name):
    path = reference("mat", f"{name}.mat")
    assert check_mat_file(path, limit=512 * MIB) == "5"
    with pytest.raises(MatFileError, match="holds too much"):
        check_sizes(path, limit=path.stat().st_size // 2)


@pytest.mark.octave
def test_files_of_octave_pass_or_say_what_they_are(tmp_path):
    octave = shutil.which("octave-cli")
    if octave is None:
        pytest.skip("GNU Octave is not installed")
    # Octave counts the padding of the two texts twice.
    values = "m = ['ab'; 'cd']; c = {m, 'x', sparse([1 0 2])}; s.t = {1:3, c}; x = 1:3;"
    saved = "".join(
        f"save('-{way}', '{tmp_path / way}.mat', {names});"
        for way, names in [
            ("v7", "'m', 'c', 's', 'x'"),
            ("v6", "'x'"),
            ("v4", "'x'"),
            ("hdf5", "'x'"),
            ("text", "'x'"),
            ("binary", "'x'"),
        ]
    )
    subprocess.run([octave, "--eval", values + saved], check=True, capture_output=True)
    for way in ("v7", "v6", "v4"):
        assert load(tmp_path / f"{way}.mat").x.tolist() == [1, 2, 3]
    assert load(tmp_path / "v7.mat").m.tolist() == ["ab", "cd"]
    for way in ("hdf5", "text", "binary"):
        with pytest.raises(MatFileError, match=r'GNU Octave.* save\("-v7", …\)'):
            load(tmp_path / f"{way}.mat")


def cut(tmp_path, data):
    for tenth in range(10):
        yield written(tmp_path, data[: len(data) * tenth // 10])


@pytest.mark.parametrize("name", list(makers()))
def test_a_file_that_is_cut_says_so(tmp_path, made, name):
    assert "net" in list(load(made[name]))
    for path in cut(tmp_path, made[name].read_bytes()):
        with pytest.raises(MatFileError, match="is empty|is cut short|no .mat file") as error:
            load(path)
        if "of a variable" not in str(error.value) and path.stat().st_size > 200:
            assert "is cut short" in str(error.value)


@pytest.mark.parametrize("name", REAL)
def test_a_file_of_matlab_that_is_cut_says_so(tmp_path, reference, name):
    for path in cut(tmp_path, reference("mat", f"{name}.mat").read_bytes()):
        with pytest.raises(MatFileError, match="is empty|is cut short"):
            load(path)


def test_the_variable_in_whose_middle_a_file_ends_is_named(tmp_path):
    first, second = numbers([1.0], b"first"), numbers(np.arange(5000.0), b"second")
    for last in (second, compressed(second)):
        whole = header() + first + last
        with pytest.raises(MatFileError, match="ends in the middle of the variable 'second'"):
            load(written(tmp_path, whole[:-400]))
        with pytest.raises(MatFileError, match="ends in the middle of a variable"):
            load(written(tmp_path, whole[: len(header() + first) + 6]))
        assert list(load(written(tmp_path, header() + first))) == ["first"]


@given(
    name=st.sampled_from(list(makers())),
    near_start=st.booleans(),
    flips=st.lists(
        st.tuples(
            st.floats(0, 1, exclude_max=True),
            st.one_of(
                st.binary(min_size=1, max_size=1),
                st.sampled_from([b"\xff" * 4, b"\xff\xff\xff\x7f", b"\0" * 4, b"\0\0\0\x40"]),
            ),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_flipped_bytes_load_or_are_refused_in_little_memory(
    tmp_path_factory, made, name, near_start, flips
):
    data = bytearray(made[name].read_bytes())
    for place, flipped in flips:
        start = int(place * min(len(data), 1500 if near_start else len(data)))
        data[start : start + len(flipped)] = flipped
    path = written(tmp_path_factory.mktemp("flipped"), bytes(data))
    with small_limit():
        load_measured(path)


def load_measured(path):
    tracemalloc.start()
    try:
        load(path)
    except MatFileError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 4 * 32 * MIB


@given(data=st.data(), name=st.sampled_from(REAL))
def test_flipped_bytes_of_objects_load_or_are_refused(tmp_path_factory, reference, data, name):
    whole = bytearray(unpacked(reference("mat", f"{name}.mat").read_bytes()))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(128, len(whole) - 5)) // 4 * 4
        flip = st.sampled_from([b"\xff" * 4, b"\0" * 4, b"\x08\0\0\0", b"\xff\xff\xff\x7f"])
        whole[place : place + 4] = data.draw(flip)
    path = written(tmp_path_factory.mktemp("flipped"), bytes(whole))
    with small_limit():
        load_measured(path)


def unpacked(data):
    """The same file without compression, so that what is changed is the elements themselves."""
    objects = struct.unpack("<Q", data[116:124])[0]
    made, place = bytearray(data[:128]), 128
    while place < len(data):
        kind, size = struct.unpack("<2I", data[place : place + 8])
        if place == objects:
            made[116:124] = struct.pack("<Q", len(made))
        body = data[place + 8 : place + 8 + size]
        made += zlib.decompress(body) if kind == 15 else data[place : place + 8] + body
        place += 8 + size
    return bytes(made)


# Memory


def zeros(size, name=b"x"):
    """A compressed variable of zeros, made without compressing them: the same block repeated."""
    packer = zlib.compressobj(9)
    array = variable(9, (1, size), part(2, b"", size=size), name)
    array = array[:4] + struct.pack("<I", len(array) - 8 + size) + array[8:]
    start = packer.compress(array) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = start + block * (size // MIB)
    return struct.pack("<2I", 15, len(packed)) + packed


def test_a_small_file_that_would_take_ten_gigabytes_is_refused(tmp_path):
    bomb = [zeros(2000 * MIB, name) for name in (b"a", b"b", b"c", b"d", b"e")]
    path = written(tmp_path, header(), *bomb)
    assert path.stat().st_size < 20 * MIB
    tracemalloc.start()
    with pytest.raises(MatFileError, match="variable 'a', its values take more than the 1 "):
        check_sizes(path, limit=2**30)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * MIB


def test_data_are_passed_over_in_little_memory(tmp_path):
    path = written(tmp_path, header(), zeros(256 * MIB), numbers([1.0], b"y"))
    tracemalloc.start()
    check_sizes(path, limit=2**30)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * MIB


def test_what_goes_on_behind_its_end_is_not_decompressed(tmp_path):
    packed = compressed(numbers([1.0]) + bytes(64 * MIB))
    with pytest.raises(MatFileError, match="goes on behind its end"):
        check_sizes(written(tmp_path, header(), packed))


@given(
    dtype=st.sampled_from([np.float64, np.float32, np.uint8, np.int16, np.complex128]),
    shape=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    way=st.sampled_from(["6", "7", "7.3"]),
)
def test_the_limit_lies_between_the_values_and_a_few_times_that(
    tmp_path_factory, dtype, shape, way
):
    path = tmp_path_factory.mktemp("limit") / "v.mat"
    x = np.ones(shape, dtype)
    if way == "7.3":
        matio.save_to_mat(str(path), {"x": x})
    else:
        scipy.io.savemat(path, {"x": x}, do_compression=way == "7")
    check_sizes(path, limit=4 * x.nbytes + 4096)
    with pytest.raises(MatFileError, match="'x', its values take more"):
        check_sizes(path, limit=x.nbytes - 1)


def test_numbers_count_as_they_are_in_memory(tmp_path):
    # MATLAB stores doubles that are small integers in a byte each.
    path = written(tmp_path, header(), numbers(np.zeros(MIB, "u1"), kind=2))
    with pytest.raises(MatFileError, match="holds too much"):
        check_sizes(path, limit=4 * MIB)
    check_sizes(path, limit=16 * MIB)


@pytest.mark.tier(
    "chosen",
    "The values of a `.mat` file may take half of the machine's memory, and 1 GiB in any case",
)
def test_the_limit_is_half_of_the_memory_and_a_gigabyte_at_least():
    assert memory_limit() >= 2**30
    with mock.patch.object(
        mat_checks.memory_limit.__globals__["os"], "sysconf", create=True
    ) as ask:
        ask.side_effect = [10 * 2**20, 4096, 1000, 4096, ValueError]
        assert [memory_limit() for _ in range(3)] == [20 * 2**30, 2**30, 4 * 2**30]


# Nothing is run


@pytest.mark.tier(
    "chosen",
    "Function handles and unknown objects in a `.mat` file stay data; nothing in it is run",
)
def test_function_handles_and_payloads_are_data(tmp_path):
    class Bomb:
        def __reduce__(self):
            return (tmp_path.joinpath("run").write_text, ("run",))

    payload = np.frombuffer(pickle.dumps(Bomb()), np.uint8)
    text = variable(4, (1, 14), part(4, "@(x) system(x)".encode("utf-16-le")), b"")
    handle = variable(16, (1, 1), structure([b"function"], [text]), b"f")
    path = written(tmp_path, header(), numbers(payload, b"p", 9, 2), compressed(handle))
    S = load(path)
    assert np.array_equal(S.p, payload)
    assert "@(x) system(x)" in repr(S.f)
    assert not callable(S.f)
    assert not (tmp_path / "run").exists()


def test_old_objects_are_data(tmp_path):
    body = part(1, b"inline") + int32(8) + part(1, b"expr".ljust(8, b"\0"))
    text = variable(4, (1, 3), part(16, b"x+1"), b"")
    S = load(written(tmp_path, header(), variable(3, (1, 1), body + text, b"g")))
    assert "x+1" in repr(S.g)

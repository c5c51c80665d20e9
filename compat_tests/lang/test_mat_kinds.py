"""What a file is that is called a .mat file."""

import pickle
import zipfile

import h5py
import numpy as np
import onnx
import pytest
from mat_bytes import header, written
from tiny_networks import model, node

from matxai import MatFileError, load
from matxai.lang.mat_kinds import mat_version

JSON = b'{"layers": []}'
FOREIGN = [
    (b"", "is empty: it has 0 bytes"),
    (b"v01.00v00.00\x00\x10\x06\xe2\x00\x00" * 30, "an encrypted function (p-code)"),
    (b"function y = f(x)\n% Doubles.\ny = 2*x;\n", "MATLAB source code"),
    (b"% A script of mine.\nload net\n", "MATLAB source code"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n", "git lfs pull"),
    (b"\r\n<!DOCTYPE html>\n<html><body>404</body></html>", "a page of HTML"),
    (b"\xef\xbb\xbf<html lang='de'>\xc3\xbcber", "a page of HTML"),
    (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "XML"),
    (JSON, "JSON"),
    (b"1 2.5\n3 4e-3\n", "numbers in text"),
    (b"Dear all, please find attached", "is no .mat file: it is text."),
    (b"\x1f\x8b\x08\x00" + b"\x00" * 200, "compressed with gzip"),
    (b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "a PNG image"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 200, "a JPEG image"),
    (b"\x93NUMPY\x01\x00", "an array of NumPy"),
    (pickle.dumps([1, 2], 2), "a pickle of Python"),
    (header()[:60], "is cut short: it has 60 bytes"),
    (header()[:124] + b"\x00\x07IM", "is of a version of .mat files that is not known"),
    (b"\xaa" * 300, "it begins with the bytes aa aa"),
    (b"\x89HDF\r\n\x1a\n" + b"\x00" * 300, "an HDF5 file, but not MATLAB's, and cut short"),
]


@pytest.mark.tier(
    "chosen",
    "What is no `.mat` file is named in the error (p-code, source code, HTML, a Git LFS "
    "pointer, zip files by their contents, ONNX, others' HDF5, images)",
)
@pytest.mark.parametrize(("data", "said"), FOREIGN, ids=[said for _, said in FOREIGN])
def test_what_is_no_mat_file_is_said_to_be_what_it_is(tmp_path, data, said):
    path = written(tmp_path, data)
    with pytest.raises(MatFileError) as error:
        mat_version(path, "importNetworkFromMAT")
    assert str(error.value).startswith(f"importNetworkFromMAT: {str(path)!r} is ")
    assert said in str(error.value)
    with pytest.raises(MatFileError, match="^load: "):
        load(path)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["matlab/document.xml", "[Content_Types].xml"], "a live script of MATLAB's (.mlx)"),
        (["matlab/document.xml", "appdesigner/appModel.mat"], "an app of MATLAB's App Designer"),
        (["simulink/blockdiagram.xml"], "a Simulink model (.slx)"),
        (["archive/data.pkl", "archive/data/0"], "a file of PyTorch"),
        (["w.npy", "b.npy"], "arrays of NumPy (.npz)"),
        (["config.json", "model.weights.h5"], "a network of Keras (.keras)"),
        (["readme.txt", "nets/net.mat"], "a zip archive, which holds 'nets/net.mat'. Unpack it"),
        (["readme.txt"], "a zip archive. Unpack it"),
    ],
)
def test_zip_files_are_told_apart_by_what_is_in_them(tmp_path, names, said):
    path = tmp_path / "v.mat"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"x" * 1000)
    with pytest.raises(MatFileError) as error:
        mat_version(path)
    assert said in str(error.value)
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(MatFileError, match="a damaged zip archive"):
        mat_version(path)


def test_an_onnx_file_is_one(tmp_path, reference):
    path = tmp_path / "v.mat"
    for producer in ("pytorch", ""):
        made = model([node("Relu", ["x"], "y")], {}, {"x": (1, 4)}, {"y": (1, 4)})
        made.producer_name = producer
        onnx.save(made, path)
        with pytest.raises(MatFileError, match="an ONNX network. importNetworkFromONNX reads it"):
            mat_version(path)
    with pytest.raises(MatFileError, match="an ONNX network"):
        load(written(tmp_path, reference("onnx", "reciclaria.onnx").read_bytes()))


def test_hdf5_files_of_others_are_told_apart(tmp_path):
    said = {"keras": "a network of Keras", "octave": "GNU Octave's", "": "but not MATLAB's."}
    for kind, words in said.items():
        path = tmp_path / f"{kind}v.mat"
        with h5py.File(path, "w") as file:
            if kind == "keras":
                file.create_group("model_weights")
            if kind == "octave":
                file.create_group("x").attrs["OCTAVE_NEW_FORMAT"] = np.uint8(1)
        with pytest.raises(MatFileError) as error:
            load(path)
        assert "an HDF5 file, but not MATLAB's" in str(error.value)
        assert words in str(error.value)


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "v.mat").mkdir()
    with pytest.raises(MatFileError, match="is no file: it is a folder"):
        load(tmp_path / "v.mat")

"""``matxai import``, as a person uses it."""

import mat_networks as mat
import numpy as np
import pandas as pd
import pytest
import scipy.io
from PIL import Image

from matxai import importNetworkFromMAT, importNetworkFromONNX, predict
from matxai.cli import main


def classifier(*more):
    rng = np.random.default_rng(0)
    classes = pd.Categorical(["pear", "apple"], categories=["pear", "apple"])
    return [
        mat.layer("ImageInputLayer", Name="in-put", InputSize=[6, 5, 3],
                  Normalization={"Type": "zerocenter", "AverageImage": np.full((1, 1, 3), 100.0)}),
        mat.layer("Convolution2DLayer", Name="conv", FilterSize=[3, 3], NumFilters=4,
                  Stride=[1, 1], DilationFactor=[1, 1], PaddingMode="same",
                  PaddingSize=[1, 1, 1, 1],
                  Weights=mat.learnable(rng.normal(size=(3, 3, 3, 4)) / 30),
                  Bias=mat.learnable(np.zeros((1, 1, 4)))),
        *more,
        mat.layer("FullyConnectedLayer", Name="fc", InputSize=[6, 5, 4], OutputSize=[1, 1, 2],
                  Weights=mat.learnable(rng.normal(size=(6, 5, 4, 2)) / 10),
                  Bias=mat.learnable(np.zeros((1, 1, 2)))),
        mat.layer("SoftmaxLayer", Name="prob"),
        mat.layer("ClassificationOutputLayer", Name="out", Categories=classes),
    ]  # fmt: skip


@pytest.fixture
def file(tmp_path):
    variables = {"net": mat.network(classifier()), "accuracy": np.array([[0.9]])}
    return mat.write(tmp_path / "net.mat", variables)


def test_a_network_is_converted(file, capsys):
    onnx, classes = file.parent / "out.onnx", file.parent / "classes.txt"
    assert main(["import", str(file), "-o", str(onnx), "--classes", str(classes)]) == 0
    said = capsys.readouterr().out
    assert "SeriesNetwork, 5 layers" in said
    assert classes.read_text() == "pear\napple\n"
    X = np.random.default_rng(1).integers(0, 256, (6, 5, 3, 4)).astype(np.uint8)
    np.testing.assert_array_equal(
        predict(importNetworkFromONNX(onnx), X), predict(importNetworkFromMAT(file), X)
    )


def test_without_a_name_it_is_written_beside_the_file(file, capsys):
    assert main(["import", str(file)]) == 0
    assert (file.parent / "net.onnx").exists()
    assert "--classes FILE" in capsys.readouterr().out


def test_inspect_prints_what_is_inside_and_writes_nothing(file, capsys):
    assert main(["import", str(file), "--inspect"]) == 0
    said = capsys.readouterr().out
    assert "net: SeriesNetwork, 5 layers" in said
    assert "accuracy: 1×1 double" in said
    assert "2 classes: pear, apple" in said
    assert "FilterSize 3×3, NumFilters 4" in said
    assert [f.name for f in file.parent.iterdir()] == ["net.mat"]


def test_inspect_finds_networks_in_structs_and_unknown_layers(tmp_path, capsys):
    odd = mat.layer("oddLayer", as_struct=False, Name="odd", Version=1)
    run = mat.struct(net=mat.network(classifier(odd)), note="of May")
    file = mat.write(tmp_path / "run.mat", {"run": run}, "v7.3")
    assert main(["import", str(file), "--inspect"]) == 0
    said = capsys.readouterr().out
    assert "run: 1×1 struct" in said
    assert "run.net: SeriesNetwork, 6 layers" in said
    assert "oddLayer" in said
    assert "not known here" in said
    assert main(["import", str(file)]) == 2
    assert "'odd' (oddLayer)" in capsys.readouterr().err
    assert [f.name for f in tmp_path.iterdir()] == ["run.mat"]


@pytest.mark.parametrize("version", ["4", "5"])
def test_inspect_of_a_file_without_network(tmp_path, capsys, version):
    file = tmp_path / "x.mat"
    scipy.io.savemat(file, {"scores": np.ones((2, 3)), "label": "cat"}, format=version)
    assert main(["import", str(file), "--inspect"]) == 0
    assert set(capsys.readouterr().out.splitlines()) == {"scores: 2×3 double", "label: 1×3 char"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["gone.mat"], "no file"), (["net.mat", "--variable", "other"], "Variable must name one")],
)
def test_wrong_input_is_told(file, capsys, monkeypatch, arguments, message):
    monkeypatch.chdir(file.parent)
    assert main(["import", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_explain_takes_the_file_and_its_classes(file, capsys):
    picture = file.parent / "photo.png"
    pixels = np.random.default_rng(2).integers(0, 256, (6, 5, 3), np.uint8)
    Image.fromarray(pixels).save(picture)
    given = ["explain", str(file), str(picture), "--out", str(file.parent), "--class", "apple"]
    options = ["--set", "Segmentation=grid", "--set", "NumFeatures=4", "--set", "NumSamples=20"]
    assert main([*given, *options]) == 0
    assert "imageLIME of apple" in capsys.readouterr().out
    assert (file.parent / "photo_lime.png").exists()

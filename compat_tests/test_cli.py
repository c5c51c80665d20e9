"""The command line, as a person uses it."""

import subprocess
import sys

import numpy as np
import pytest
import scipy.io
import tiny_networks as tiny
from PIL import Image

from matxai import (
    gradCAM,
    gradientAttribution,
    imageLIME,
    importNetworkFromONNX,
    imread,
    imresize,
    occlusionSensitivity,
    predict,
)
from matxai.cli import main

CLASSES = ["apple", "pear", "quince", "plum", "medlar"]


@pytest.fixture
def folder(tmp_path):
    tiny.save(tiny.conv_model((24, 32, 3)), tmp_path / "net.onnx")
    pixels = np.random.RandomState(0).randint(0, 256, (60, 70, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    (tmp_path / "classes.txt").write_text("\n".join(CLASSES) + "\n", encoding="utf-8")
    return tmp_path


def explain(folder, *more, image="photo.png"):
    return main(["explain", str(folder / "net.onnx"), str(folder / image), *more])


def test_lime_of_the_highest_score(folder, capsys):
    out = folder / "new" / "out"
    assert explain(folder, "--out", str(out), "--set", "NumSamples=50", "--set", "Rng=3") == 0
    numbers = scipy.io.loadmat(out / "photo_lime.mat", squeeze_me=True)
    net = importNetworkFromONNX(folder / "net.onnx")
    X = imresize(imread(folder / "photo.png"), [24, 32])
    channel = int(predict(net, X).argmax()) + 1
    expected = imageLIME(net, X, channel, NumSamples=50, Rng=3, nargout=3)
    assert np.array_equal(numbers["scoreMap"], expected[0])
    assert np.array_equal(numbers["featureMap"], expected[1])
    assert np.array_equal(numbers["featureImportance"], expected[2])
    assert np.array_equal(numbers["X"], X)
    assert numbers["channelIdx"] == channel
    assert numbers["options"]["NumSamples"] == 50
    with Image.open(out / "photo_lime.png") as picture:
        assert min(picture.size) > 200
    printed = capsys.readouterr().out
    assert f"imageLIME of channel {channel}" in printed
    assert "photo_lime.png" in printed


def test_occlusion_of_two_classes_with_options_as_matlab_writes_them(folder):
    status = explain(
        folder, "--method", "occlusion", "--class", "plum", "--class", "apple",
        "--classes", str(folder / "classes.txt"), "--out", str(folder),
        "--set", "MaskSize=[9 7]", "--set", "stride=5", "--set", "OutputUpsampling=none",
    )  # fmt: skip
    assert status == 0
    numbers = scipy.io.loadmat(folder / "photo_occlusion.mat", squeeze_me=True)
    net = importNetworkFromONNX(folder / "net.onnx")
    X = imresize(imread(folder / "photo.png"), [24, 32])
    expected = occlusionSensitivity(
        net, X, [4, 1], MaskSize=[9, 7], Stride=5, OutputUpsampling="none"
    )
    assert np.array_equal(numbers["scoreMap"], expected)
    assert numbers["classNames"].tolist() == CLASSES
    assert numbers["channelIdx"].tolist() == [4, 1]


def test_both_methods_and_a_channel(folder):
    status = explain(
        folder, "--method", "lime", "--method", "occlusion", "--channel", "2",
        "--out", str(folder), "--set", "MiniBatchSize=4", "--set", "numsamples=20",
        "--set", "MaskSize=7",
    )  # fmt: skip
    assert status == 0
    assert {p.name for p in folder.glob("photo_*")} == {
        "photo_lime.mat", "photo_lime.png", "photo_occlusion.mat", "photo_occlusion.png",
    }  # fmt: skip


def test_methods_of_gradients(folder):
    status = explain(
        folder, "--method", "gradcam", "--method", "gradient", "--channel", "2", "--channel", "1",
        "--out", str(folder), "--set", "OutputUpsampling=none", "--set", "Method=smoothgrad",
        "--set", "Rng=3", "--set", "NumSamples=4",
    )  # fmt: skip
    assert status == 0
    net = importNetworkFromONNX(folder / "net.onnx")
    X = imresize(imread(folder / "photo.png"), [24, 32])
    coarse, feature, reduction = gradCAM(net, X, [2, 1], OutputUpsampling="none", nargout=3)
    numbers = scipy.io.loadmat(folder / "photo_gradcam.mat", squeeze_me=True)
    assert np.array_equal(numbers["scoreMap"], coarse)
    assert (numbers["featureLayer"], numbers["reductionLayer"]) == (feature, reduction)
    expected = gradientAttribution(net, X, [2, 1], Method="smoothgrad", Rng=3, NumSamples=4)
    numbers = scipy.io.loadmat(folder / "photo_gradient.mat", squeeze_me=True)
    assert np.array_equal(numbers["scoreMap"], expected)
    assert numbers["gradient"].shape == (24, 32, 3, 2)
    assert {p.name for p in folder.glob("*.png")} >= {"photo_gradcam.png", "photo_gradient.png"}


def test_a_grey_image_for_a_colour_network(folder):
    Image.fromarray(np.arange(256, dtype=np.uint8).reshape(16, 16)).save(folder / "grey.png")
    assert explain(folder, "--out", str(folder), "--set", "NumSamples=9", image="grey.png") == 0


def test_an_option_that_no_method_has_stops_before_anything_is_written(folder, capsys):
    more = ["--method", "lime", "--method", "occlusion", "--set", "MaskSzie=3"]
    assert explain(folder, "--out", str(folder), *more) == 2
    assert "'MaskSzie' is not one of its options" in capsys.readouterr().err
    assert not list(folder.glob("photo_*"))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--channel", "6"], "channelIdx must hold integers from 1 to 5"),
        (["--class", "pear"], "--class needs --classes FILE"),
        (["--set", "NumFeatures"], "--set takes NAME=VALUE"),
        (["--set", "NumFeatrues=3"], "Did you mean 'NumFeatures'"),
        (["--set", "NumFeatures=many"], "NumFeatures must be a positive integer, but is 'many'"),
        (["--classes", "none.txt"], "none.txt"),
    ],
)
def test_wrong_input_is_one_line_and_status_2(folder, capsys, more, says):
    assert explain(folder, "--out", str(folder), *more) == 2
    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.err.startswith("matxai explain: ")
    assert "Traceback" not in printed.err
    assert not list(folder.glob("photo_*"))


def test_a_wrong_class_lists_near_ones(folder, capsys):
    assert explain(folder, "--class", "aple", "--classes", str(folder / "classes.txt")) == 2
    assert "no class 'aple'. Near to it are 'apple'" in capsys.readouterr().err


def test_class_names_of_another_number(folder, capsys):
    (folder / "classes.txt").write_text("apple\npear\n")
    assert explain(folder, "--classes", str(folder / "classes.txt")) == 2
    assert "--classes has 2 names, but the network's output has 5" in capsys.readouterr().err


def test_missing_and_damaged_files(folder, capsys):
    assert explain(folder, image="none.png") == 2
    assert "none.png" in capsys.readouterr().err
    (folder / "photo.png").write_bytes(b"no picture")
    assert explain(folder) == 2
    assert "photo.png" in capsys.readouterr().err
    (folder / "net.onnx").write_bytes(b"no net")
    assert explain(folder) == 2
    assert "is no ONNX file" in capsys.readouterr().err


def test_a_failure_leaves_earlier_outputs_whole(folder, monkeypatch):
    assert explain(folder, "--out", str(folder), "--set", "NumSamples=20") == 0
    before = {p.name: p.read_bytes() for p in folder.glob("photo_*")}

    def fail(file, *args, **kwargs):
        file.write(b"half a file")
        raise OSError("the disk is full")

    monkeypatch.setattr("scipy.io.savemat", fail)
    assert explain(folder, "--out", str(folder), "--set", "NumSamples=20") == 2
    assert (folder / "photo_lime.mat").read_bytes() == before["photo_lime.mat"]
    assert {p.name for p in folder.iterdir()} == {"net.onnx", "photo.png", "classes.txt", *before}


@pytest.mark.slow
def test_the_demo_writes_one_figure(tmp_path):
    result = subprocess.run(
        [sys.executable, "-m", "matxai.cli", "demo", "--out", str(tmp_path / "sub" / "demo.png")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Egyptian cat (channel 286)" in result.stdout
    assert result.stderr == ""
    with Image.open(tmp_path / "sub" / "demo.png") as picture:
        assert picture.size[0] > 2 * picture.size[1]


@pytest.mark.octave
def test_the_numbers_open_in_octave(folder):
    import shutil

    if shutil.which("octave-cli") is None:
        pytest.skip("GNU Octave is not installed")
    explain(
        folder, "--out", str(folder), "--classes", str(folder / "classes.txt"),
        "--set", "Segmentation=grid", "--set", "NumFeatures=12", "--set", "NumSamples=30",
    )  # fmt: skip
    script = (
        f"s = load('{folder / 'photo_lime.mat'}'); printf('%s|', class(s.X), class(s.scoreMap), "
        "mat2str(size(s.scoreMap)), mat2str(size(s.featureImportance)), s.method, "
        "s.classNames{2}, s.options.Segmentation); "
        "disp(isequal(s.scoreMap, s.featureImportance(s.featureMap)))"
    )
    result = subprocess.run(
        ["octave-cli", "--quiet", "--no-init-file", "--eval", script],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "uint8|double|[24 32]|[12 1]|imageLIME|pear|grid|1"

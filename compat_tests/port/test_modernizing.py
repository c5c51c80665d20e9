"""Newer calls in place of older ones: the numbers stay, and what is not sure stays as it was."""

import types
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from ported_programs import run_ported
from script_folder import fill, named_network

from matxai import categorical, categories
from matxai.nets.network import Network
from matxai.port.porting import port

SCRIPTS = Path(__file__).parent / "scripts"
START = """
net = squeezenet;
X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
[label, scores] = classify(net, X);
"""
NAMES = "{'espresso', 'Egyptian cat', 'space shuttle', 'golden retriever', 'teapot'}"


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("networks")
    for seed, name in enumerate(("squeezenet", "googlenet", "alexnet", "vgg16", "resnet18")):
        named_network(folder, name, seed)
    fill(folder)
    return folder


@pytest.fixture
def place(networks, monkeypatch):
    """Be in a folder in which a script finds what it reads."""
    monkeypatch.setenv("MATXAI_NETWORKS", str(networks))
    monkeypatch.chdir(networks)
    matplotlib.use("Agg")
    yield
    plt.close("all")


def same_both_ways(text):
    """Run a script both ways; return what is written newly, and how many values were the same."""
    older, newer = port(text), port(text, modernize=True)
    assert older.complete
    assert newer.complete
    mine, printed = run_ported(newer.code, seconds=200)
    plt.close("all")
    theirs, expected = run_ported(older.code, seconds=200)
    assert printed == expected
    compared = 0
    for name, value in theirs.items():
        if name.startswith("_") or name == "lgraph" or callable(value):
            continue
        if isinstance(value, (types.ModuleType, Network)):
            continue
        compared += check_same(mine[name], value, name)
    return newer, compared


def check_same(mine, theirs, name):
    """Hold a value against another; return whether it is one that was compared."""
    if isinstance(theirs, categorical):
        assert mine.tolist() == theirs.tolist(), name
        assert list(categories(mine)) == list(categories(theirs)), name
    elif isinstance(theirs, (list, tuple)):
        assert len(mine) == len(theirs), name
        for one, other in zip(mine, theirs, strict=True):
            check_same(one, other, name)
    elif isinstance(theirs, (np.ndarray, np.generic, int, float, str)):
        assert type(mine) is type(theirs) or np.shape(mine) == np.shape(theirs), name
        np.testing.assert_array_equal(mine, theirs, err_msg=name)
    else:
        return False
    return True


LITTLE = {
    "gradcam": START + "map = gradCAM(net, X, label);",
    "occlusion": START + "map = occlusionSensitivity(net, X, label, 'MaskSize', 8, 'Stride', 8);",
    "lime": START + "rng(1)\n[map, f, w] = imageLIME(net, X, label, 'NumSamples', 50, "
    "'NumFeatures', 9, 'Segmentation', 'grid');",
    "score_of_label": START + "best = scores(label);\nname = char(label);",
    "top": START + "classes = net.Layers(end).Classes;\n[~, idx] = maxk(scores, 3);\n"
    "top = classes(idx);\nfor k = 1:2\n  maps{k} = gradCAM(net, X, top(k));\nend\n"
    "first = gradCAM(net, X, top(1));",
    "printed": START.replace("classify(net, X);", "classify(net, X)") + "label",
    "label_only": "net = alexnet;\nX = imresize(imread('cat.png'), net.Layers(1).InputSize(1:2));\n"
    "label = classify(net, X)\nmap = gradCAM(net, X, label);",
    "text": START + "m1 = gradCAM(net, X, 'teapot');\nname = \"espresso\";\n"
    "m2 = gradCAM(net, X, name);",
    "number": START + "[~, k] = max(scores);\nm = gradCAM(net, X, k);\nm2 = gradCAM(net, X, 2);",
    "predict": START + "p = predict(net, X);\nd = max(abs(p - scores));",
    "hidden max": START + "max = 3;\nm = gradCAM(net, X, label);\ns = scores(label);",
    "classes": START + "c = net.Layers(end).Classes;\nk = categories(c);\nn = numel(c);\n"
    "i = find(c == label);\nf = @(x) char(classify(net, x));\nt = f(X);",
    "batch": "net = googlenet;\nX = imresize(imread('cup.png'), [32 32]);\n"
    "Xs = cat(4, X, 255 - X);\n[labels, scores] = classify(net, Xs, 'MiniBatchSize', 1);\n"
    "n = countcats(labels);",
    "convolution": START + "a = activations(net, X, 'conv_1');\nb = activations(net, X, 'fc');\n"
    "c = activations(net, X, 'conv_1', 'OutputAs', 'rows');",
    "onnx": f"names = {NAMES};\nnet = importONNXNetwork('small.onnx', 'OutputLayerType', "
    "'classification', 'Classes', names);\nX = imresize(imread('cup.png'), [32 32]);\n"
    "[label, scores] = classify(net, X);\nmap = gradCAM(net, X, label);\ns = scores(label);",
    "graph": START + "lgraph = layerGraph(net);\nlgraph = removeLayers(lgraph, "
    "lgraph.Layers(end).Name);\ndlnet = dlnetwork(lgraph);\n"
    "y = extractdata(predict(dlnet, dlarray(single(X), 'SSC')));",
    "switched": "name = 'alexnet';\nswitch name\ncase 'alexnet'\n  net = alexnet;\notherwise\n"
    "  net = vgg16;\nend\nX = imresize(imread('cup.png'), [32 32]);\nlabel = classify(net, X);\n"
    "map = gradCAM(net, X, label);",
    "function": "m = explain('cup.png');\nfunction m = explain(file)\nnet = vgg16;\n"
    "X = imresize(imread(file), net.Layers(1).InputSize(1:2));\n[label, ~] = classify(net, X);\n"
    "m = gradCAM(net, X, label);\nend",
    "two": START + "other = alexnet;\nanswer = classify(other, X);\n"
    "m = gradCAM(other, X, answer);\nm2 = gradCAM(net, X, label);",
}  # fmt: skip


QUICK = {"score_of_label", "top", "lime", "occlusion", "onnx", "convolution"}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in LITTLE],
)
def test_numbers_stay(name, place):
    newer, compared = same_both_ways(LITTLE[name])
    assert compared
    assert "classify(" not in newer.code
    left = {"convolution": 2}.get(name, 0)
    assert sum("not modernized" in note.why for note in newer.notes) == left


OLDER = sorted(
    file for file in SCRIPTS.glob("*.m") if "classify(" in file.read_text(encoding="utf-8")
)


@pytest.mark.slow
@pytest.mark.parametrize("file", OLDER, ids=lambda file: file.stem)
def test_numbers_of_whole_scripts_stay(file, place):
    _, compared = same_both_ways("rng(1);\n" + file.read_text(encoding="utf-8"))
    # Two of the scripts have no variables, but functions only.
    assert compared or file.stem in ("function_file_style", "occlusion_by_hand_loop")


def test_what_is_written():
    code = port(LITTLE["gradcam"], modernize=True).code
    for line in (
        'net, classNames = imagePretrainedNetwork("squeezenet", nargout=2)',
        "scores = minibatchpredict(net, X)",
        "label = scores2label(scores, classNames)",
        "_, channelIdx = max(scores, nargout=2)",
        "map = gradCAM(net, X, channelIdx)",
    ):
        assert line in code.splitlines()
    code = port(LITTLE["label_only"], modernize=True).code
    assert "find(label == categorical(classNames))" in code


def test_names_that_are_taken_stay_free():
    code = port("classNames = 3;\nchannelIdx = 4;\n" + LITTLE["gradcam"], modernize=True).code
    assert "net, classNames2 = imagePretrainedNetwork" in code
    assert "map = gradCAM(net, X, channelIdx2)" in code
    assert "classNames = 3" in code


UNSURE = {
    "handed on": (START + "x = f(net);\nfunction y = f(n)\ny = 1;\nend", "in another way"),
    "in a cell": (START + "c = {net};", "in another way"),
    "another layer": (START + "k = net.Layers(3).Name;", "in another way"),
    "printed": ("net = squeezenet\nX = imread('cup.png');\nl = classify(net, X);", "printed"),
    "loaded": ("load('trained.mat')\nlabel = classify(net, 1);", "not known"),
    "argument": ("function l = f(net, X)\nl = classify(net, X);\nend", "not known"),
    "unknown label": (START + "l = other(X);\nm = gradCAM(net, X, l);", "one label"),
    "many labels": (
        START + "X2 = cat(4, X, X);\nl = classify(net, X2);\nm = gradCAM(net, X, l);",
        "one label",
    ),
    "changed label": (START + "label = foo(1);\nm = gradCAM(net, X, label);", "one label"),
    "element": (START + "[a(1), b(1)] = classify(net, X);", "plain variables"),
    "layer of occlusion": (START + "m = occlusionSensitivity(net, X, 'fc', 2);", "no newer form"),
    "eval": (START + "eval('net = 3;');", "eval"),
    "sequences": (
        "net = importONNXNetwork('a.onnx', 'OutputLayerType', 'classification', 'Classes', c);\n"
        "load('x.mat', 'X')\nl = classify(net, X);",
        "is an image",
    ),
    "no classes": (
        "net = importONNXNetwork('a.onnx', 'OutputLayerType', 'classification');\n"
        "X = imread('cup.png');\nl = classify(net, X);",
        "not given",
    ),
    "hidden function": (START + "find = 3;", "find is something else"),
    "saved": (START + "save net.mat net", "by its name"),
    "own function": (
        START + "function varargout = classify(varargin)\nvarargout = {1, 2};\nend",
        "in another way",
    ),
}


@pytest.mark.parametrize("name", UNSURE)
def test_what_is_not_sure_stays_and_is_told(name):
    text, why = UNSURE[name]
    newer, older = port(text, modernize=True), port(text)
    assert newer.code == older.code
    told = [note for note in newer.notes if note.why.startswith("not modernized")]
    assert why in " ".join(note.why for note in told)
    assert {note.kind for note in told} == {"differs"}


def test_nothing_happens_without_being_asked():
    assert "minibatchpredict" not in port(LITTLE["gradcam"]).code
    assert port("x = 1;\n", modernize=True) == port("x = 1;\n")

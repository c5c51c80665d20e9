"""Original scripts, written as people write them, are ported and run to their end."""

import ast
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from ported_programs import run_ported
from script_folder import CLASSES, PIXELS, fill, named_network

import matxai
from matxai.port.porting import port

SCRIPTS = sorted(Path(__file__).parent.joinpath("scripts").glob("*.m"))
QUICK = {
    "cells_and_functions", "char_concatenation", "checked_names", "composed_titles",
    "exist_checks", "formats",
    "functions_of_all_sorts", "growing", "input_size", "layout_of_code", "nested_max",
    "options_struct", "parallel_and_global", "printed_values", "saturating_mask",
    "seed_lime_features", "seed_occlusion", "struct_load", "tables", "text_tools", "thresholded",
    "time_stamps", "top_k", "try_and_warn", "windows_paths",
}  # fmt: skip


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("networks")
    for seed, name in enumerate(("squeezenet", "googlenet", "alexnet", "vgg16", "resnet18")):
        named_network(folder, name, seed)
    return folder


@pytest.fixture
def place(tmp_path, networks, monkeypatch):
    """Give a folder in which a script finds what it reads, and be there."""
    fill(tmp_path)
    monkeypatch.setenv("MATXAI_NETWORKS", str(networks))
    monkeypatch.chdir(tmp_path)
    matplotlib.use("Agg")
    yield tmp_path
    plt.close("all")


class Variables(dict):
    """The variables of a script, by their MATLAB names."""

    def __missing__(self, name):
        return self[f"{name}_"]


def run_script(file):
    ported = port(file.read_text(), name=file.name)
    left = [(note.line, note.what, note.why) for note in ported.notes if note.kind != "differs"]
    assert ported.complete, left
    code = ported.code
    if "__main__" in code:
        code += f"\n{file.stem}()\n"
    variables, printed = run_ported(code, seconds=200)
    return Variables(variables), printed, ported


def check_pictures(script, place):
    """Every picture that the script names is there, and shows something."""
    for extension in ("png", "jpg"):
        for file in place.rglob(f"*.{extension}"):
            assert matxai.imread(file).std() > 0, file
    for number in plt.get_fignums():
        figure = plt.figure(number)
        assert figure.axes, f"figure {number} of {script} is empty"
        figure.savefig(place / "seen.png", dpi=40)
        assert matxai.imread(place / "seen.png").std() > 0


@pytest.mark.parametrize(
    "file",
    [pytest.param(file, marks=() if file.stem in QUICK else pytest.mark.slow) for file in SCRIPTS],
    ids=lambda file: file.stem,
)
def test_a_script_runs_to_its_end(file, place):
    before = set(place.rglob("*"))
    text = file.read_text()
    variables, printed, ported = run_script(file)
    ast.parse(ported.code)
    if "saveas(" in text or "exportgraphics(" in text:
        made = [f for f in place.rglob("*") if f not in before and f.suffix in (".png", ".jpg")]
        assert made, "no picture was written"
    check_pictures(file.stem, place)
    check = CHECKS.get(file.stem)
    if check:
        check(variables, printed, place)


# What the scripts compute, by other means.


def _size_of_input(v, printed, place):
    assert printed == "Input: 32 x 32 x 3\n"
    assert v["img"].shape == (32, 32, 3)
    assert v["height"] == v["width"] == 32


def _formats(v, printed, place):
    assert printed.splitlines() == [
        "first   |   0.123|",
        "second  |  12.500|",
        "third   |  -3.000|",
        "1, 2, 3, 4, ",
        " 12.3% alpha=0.5;",
        "007_map.png",
    ]
    assert v["line4"] == "[12.5]"


def _top(v, printed, place):
    scores = _scores("squeezenet", "cup.png")
    order = np.argsort(-scores, kind="stable")[:3]
    lines = [f"{CLASSES[k]}: {100 * scores[k]:.1f}%" for k in order]
    assert printed.splitlines() == lines
    np.testing.assert_array_equal(np.ravel(v["idx"]), order + 1)
    assert v["same"]


def _scores(name, image):
    net = matxai.imagePretrainedNetwork(name)
    X = matxai.imresize(matxai.imread(image), net.Layers[0].InputSize[:2])
    return np.ravel(matxai.predict(net, X))


def _loaded(v, printed, place):
    scores = matxai.load("results.mat").scores
    assert printed.splitlines()[1:] == [
        f"{i}: {name} {score:.2f}"
        for i, (name, score) in enumerate(zip(CLASSES, scores, strict=True), 1)
    ]
    assert v["howMany"] == 3
    assert v["hasMap"]


def _paths(v, printed, place):
    assert v["full"] == r"C:\Users\me\data\cup.png"
    assert (v["file"], v["stem"], v["ext"]) == ("cup.png", "cup", ".png")
    assert (place / "cup_copy.png").stat().st_size


def _texts(v, printed, place):
    assert v["file"] == "maps/cup_12.png"
    assert v["report"] == "[CUP] score 0.99"
    assert (v["both"], v["line"], v["many"]) == ("cup+cat", "---------->", "cup_map.mat")
    assert v["joined"] == "abcup x"


def _saturated(v, printed, place):
    image = matxai.imread("cup.png").astype(int)
    np.testing.assert_array_equal(v["brighter"], np.minimum(image + 100, 255))
    np.testing.assert_array_equal(v["darker"], np.maximum(image - 100, 0))
    np.testing.assert_array_equal(v["half"], np.floor(image / 2 + 0.5))
    np.testing.assert_array_equal(v["inverse"], 255 - image)
    np.testing.assert_array_equal(v["shown"], image * np.asarray(v["mask"])[..., None])
    assert v["clipped"] == (image >= 155).sum()
    assert v["black"] == (image <= 100).sum()


def _strings(v, printed, place):
    assert printed == "there are 5 classes\n"
    assert v["second"] == "b_map"
    best = CLASSES[_scores("squeezenet", "cat.png").argmax()]
    assert v["titleText"] == f"Grad-CAM ({best})"
    assert (place / "out_3.png").stat().st_size


def _folder_of_images(v, printed, place):
    scores = [_scores("squeezenet", file).max() for file in sorted(place.glob("photos/*/*.png"))]
    np.testing.assert_allclose(np.ravel(v["scoreOf"]), scores, rtol=1e-6)
    assert printed == f"9 images of 3 kinds, {np.mean(scores):.3f}\n"


def _thresholded(v, printed, place):
    scores = matxai.load("results.mat").scoreMap
    low = np.where(scores < 0.3, 0, scores)
    assert v["kept"] == np.count_nonzero(low)
    assert v["share"] == (low > 0).mean()
    assert not np.any(v["map"][0])
    assert not np.any(v["map"][:, -1])


def _nested(v, printed, place):
    assert (v["greatest"], v["m"], v["channel"], v["same"]) == (99, 99, 3, 99)
    assert (v["r"], v["c"], v["p"]) == (2, 1, 3)
    assert (v["smallest"], v["lowest"]) == (1, 7)
    assert np.ravel(v["perChannel"]).tolist() == [6, 12, 99, 24]


def _grown(v, printed, place):
    assert np.ravel(v["found"]).tolist() == [1, 25]
    assert v["names"] == ["map 3", "map 5"]
    assert np.ravel(v["list"]).tolist() == [2, 3, 4]
    assert np.ravel(v["x"]).tolist() == [0, 0, 0, 0, 7]
    assert np.asarray(v["M"]).ravel().tolist() == [0, 1, 5]
    assert np.ravel(v["queue"]).tolist() == [25, 2, 3, 4]


def _cells(v, printed, place):
    assert np.ravel(v["lengths"]).tolist() == [8, 3, 3]
    assert np.ravel(v["long"]).tolist() == [True, False, False]
    assert v["upperWords"] == ["ESPRESSO", "CUP", "TEA"]
    assert np.ravel(v["result"]).tolist() == [3, 12, 27, 48]
    assert (v["n"], v["tail"], v["inner"], v["value"]) == (2, ["b", "c"], "cup", 5)


def _functions(v, printed, place):
    names = ("low", "high", "only", "a", "b", "total", "none", "f", "first", "second", "s")
    assert [v[n] for n in names] == [1, 3, 5, 6, 20, 6, 0, 120, "x", 1, "maps 0.25 jet"]
    assert np.ravel(v["counted"]).tolist() == [1, 2, 3]


def _options(v, printed, place):
    assert (v["value"].alpha, v["value"].gamma) == (0.5, -1)
    assert np.ravel(v["opts"].size).tolist() == [8, 8]
    assert np.ravel(v["copy"].size).tolist() == [8, 16]
    assert (v["opts"].alpha, v["copy"].alpha) == (0.5, 0.9)
    assert (v["count"], v["best"], list(v["labels"])) == (3, "b", ["a", "b"])


def _caught(v, printed, place):
    assert v["messages"] == ["no network", "The map of cup is empty."]
    assert v["id"] == "maps:empty"
    assert np.isnan(v["x"])
    assert np.ravel(v["y"]).tolist() == [1, -1, 3]
    assert printed == "one failed\n"


def _styles(v, printed, place):
    assert (v["x"], v["z"]) == (3, 5)
    assert np.asarray(v["A"]).tolist() == [[1, 2, 3], [4, 5, 6]]
    assert np.asarray(v["B"]).tolist() == [[1, -2], [-1, 5]]
    assert v["names"] == ["one", "two"]
    assert printed.splitlines()[:2] == ["three", "1 2 "]


def _shown(v, printed, place):
    for part in ("x =", "name =", "'cup'", "v =", "     1     2     3", "logical", "categorical"):
        assert part in printed


def _hidden_superpixels(v, printed, place):
    assert np.asarray(v["map"]).shape == (32, 32)
    for k in range(1, int(v["N"]) + 1):
        inside = np.asarray(v["map"])[np.asarray(v["L"]) == k]
        assert np.all(inside == np.ravel(v["drop"])[k - 1])


def _tabled(v, printed, place):
    assert str(np.ravel(v["best"])[0]) == "cat"
    assert (v["numRows"], v["columns"]) == (3, 3)
    written = pd.read_csv(place / "table.csv")
    assert written["names"].tolist() == ["cat", "cup", "dog"]
    assert written["rank"].tolist() == [1, 2, 3]


def _reported(v, printed, place):
    assert (place / "report.txt").read_text() == "cup 0.50\ncat 0.25\n"
    assert v["numLines"] == 2
    assert np.asarray(v["again"]).tolist() == [[1, 2], [3, 4]]
    assert matxai.load("run.mat").numLines == 2


def _global(v, printed, place):
    assert v["raised"] == 9
    assert np.ravel(v["sums"]).tolist() == [1, 5, 14, 30, 55]
    assert v["quick"]


def _gradcam_by_hand(v, printed, place):
    net = matxai.imagePretrainedNetwork("googlenet")
    image = matxai.imresize(matxai.imread("cup.png"), [32, 32])
    channel = int(_scores("googlenet", "cup.png").argmax()) + 1
    layer = "conv2-relu_3x3"
    map_ = matxai.gradCAM(net, image, channel, FeatureLayer=layer, OutputUpsampling="none")
    assert np.asarray(v["gradcamMap"]).shape == (32, 32)
    assert map_.shape == np.asarray(v["convMap"]).shape[:2]


def _gradient(v, printed, place):
    assert np.asarray(v["map"]).shape == (32, 32)
    assert np.asarray(v["gradient"]).shape[:3] == (32, 32, 3)


def _same_scores(v, printed, place):
    assert v["difference"] < 1e-6


def _triangles(v, printed, place):
    regions = np.asarray(v["regions"])
    assert np.unique(regions).tolist() == list(range(1, 33))
    assert np.diag(regions[:8, :8]).tolist() == [1, 2] * 4


def _kept(v, printed, place):
    features = np.asarray(v["regions"])
    top = np.argsort(-np.ravel(v["weights"]), kind="stable")[:5] + 1
    image = matxai.imresize(matxai.imread("cup.png"), [32, 32])
    np.testing.assert_array_equal(v["cut"], image * np.isin(features, top)[..., None])


def _texts_of_layers(v, printed, place):
    assert (v["clean"], v["number"], v["isConv"]) == ("Conv2D_Layer_12", 2, True)
    assert (v["both"], v["upperOne"]) == ("left and right", "LEFT AND RIGHT")
    assert [str(text) for text in np.ravel(v["best"])] == ["y.png"]
    assert [str(text) for text in np.ravel(v["picked"])] == ["green"]
    assert v["howMany"] == 3


def _enhanced(v, printed, place):
    assert v["same"]
    assert v["complete"]
    assert np.ravel(v["steps"]).tolist() == [0, 3, 6, 8, 11]


def _converted(v, printed, place):
    assert printed.splitlines()[-1] == v["firstConv"] == "conv1"
    assert v["total"] == 1


def _confusion(v, printed, place):
    assert v["m"].sum() == 9
    assert printed.startswith("9 images, ")
    cm = v["cm"]
    assert np.array_equal(cm.NormalizedValues.sum(), 9)
    assert cm.Title == "Photos"
    assert v["sensitivity"] == pytest.approx(5 / 6)
    assert (place / "two.png").stat().st_size


def _pixels(v, printed, place):
    image = v["I"].astype(float) / 100
    logits = image @ np.array([[1, 1, 1], [-1, -1, -1], [2, -1, -1]]).T + [-4, 4, 0]
    best = logits.argmax(axis=2)
    assert np.array_equal(v["numbers"], best + 1)
    assert v["C"].tolist() == np.array(PIXELS, object)[best].tolist()
    scores = np.exp(logits) / np.exp(logits).sum(axis=2, keepdims=True)
    np.testing.assert_allclose(v["allScores"], scores, atol=1e-5)
    np.testing.assert_allclose(v["share"], [(best == k).mean() for k in range(3)])
    assert printed == f"{PIXELS[np.bincount(best.ravel()).argmax()]} covers most\n"
    assert v["low"] == pytest.approx(scores.max(axis=2).min())
    assert v["pixels"] == 3 * 24 * 32
    files = sorted(file.name for file in (place / "classes").iterdir())
    assert files == [f"pixelLabel_{k}.png" for k in (1, 2, 3)]
    assert v["first"].shape == (24, 32)


def _transformed(v, printed, place):
    assert v["scores"].shape == (9, len(CLASSES))
    assert v["count"] == 9
    assert v["first"].shape == (32, 32, 3)
    assert str(v["label"]) == "cat"
    assert v["row"][0].dtype == np.float64
    assert [image.shape for image in v["both"]] == [(40, 40, 3), (32, 32, 3)]


def _times(v, printed, place):
    lines = printed.splitlines()
    assert lines[0].startswith("It took 0.")
    assert lines[1:] == [
        "   10.04.2024 06:15",
        "01-May-2024 12:30:00, a Wednesday",
        "on 2020-07-28 12:00:00",
        "release =", "", "  datetime", "", "   20-Mar-2024", "",
    ]  # fmt: skip
    assert v["daysBetween"] == pytest.approx(42 + 12.5 / 24)
    assert v["message"] == "Released 20-Mar-2024"
    assert v["old"] == "24-Dec-2023  6:00 PM"
    assert v["name"] == "run_20000907T153808.txt"
    assert (v["isTime"], v["late"], v["monthOfRelease"]) == (True, False, 3)
    assert (place / v["folder"]).is_dir()


def _checked(v, printed, place):
    assert printed == "1 of 5 missing\ntabbyCat: 0.25\ncup.png\n"
    assert v["fields"] == ["tabbyCat", "cup_1_", "total_1"]
    assert v["known"].shape == (4,)
    assert v["D"][0].tolist() == [0, 5, 10]
    assert (v["nearest"], v["place"]) == (1, 2)
    assert v["again"].shape == (32, 32)
    assert v["again"].max() == 255


def _of_a_folder(v, printed, place):
    files = [*sorted(place.glob("photos/cat/*.png")), *sorted(place.glob("photos/cup/*.png"))]
    scores = [np.sort(_scores("squeezenet", file))[::-1] for file in files]
    np.testing.assert_allclose(v["bestScore"], [s[0] for s in scores], rtol=1e-6)
    written = pd.read_csv(place / "results_all.csv")
    assert written["rank"].tolist() == [1, 2] * 6
    np.testing.assert_allclose(written["score"], np.ravel([s[:2] for s in scores]), atol=5e-5)
    best = pd.read_csv(place / "summary.csv")["score"]
    np.testing.assert_allclose(best, sorted((s[0] for s in scores), reverse=True), rtol=1e-6)


def _covered_by_hand(v, printed, place):
    net = matxai.load("trained.mat").net
    image = matxai.imresize(matxai.imread("cat.png"), [16, 16])
    scores = np.ravel(matxai.predict(net, image))
    drops = np.zeros((4, 4))
    for i, j in np.ndindex(4, 4):
        covered = image.copy()
        covered[4 * i : 4 * i + 4, 4 * j : 4 * j + 4] = 128
        drops[i, j] = scores.max() - np.ravel(matxai.predict(net, covered))[scores.argmax()]
    written = np.loadtxt(place / "map.csv", delimiter=";")
    np.testing.assert_allclose(written, drops, atol=6e-6)
    row, column = np.unravel_index(drops.argmax(), drops.shape)
    assert printed.splitlines()[-1] == f"biggest drop in row {row + 1}, column {column + 1}"


def _deleted(v, printed, place):
    scores = _scores("squeezenet", "cup.png")
    np.testing.assert_allclose(v["curves"][:, 0], scores.max(), rtol=1e-6)
    np.testing.assert_allclose(v["auc"], v["curves"].mean(axis=1))
    assert pd.read_csv(place / "deletion.csv")["auc"].is_monotonic_increasing
    assert v["winner"] in printed


def _activated(v, printed, place):
    written = pd.read_csv(place / "cam_all.csv")
    best = [_scores("googlenet", file).max() for file in written["file"]]
    np.testing.assert_allclose(written["score"], best, rtol=1e-6)
    assert printed == f"hottest: {written['file'][written['hot'].idxmax()]}\n"


def _best_pieces(v, printed, place):
    lines = (place / "lime_report.csv").read_text().splitlines()
    assert [line.split(";")[0] for line in lines] == ["cat1", "cup2", "shuttle3"]
    assert v["report"].shape == (3, 3)
    assert len(list(place.glob("lime_out/*_lime.png"))) == 3


def _compared(v, printed, place):
    R = v["R"]
    np.testing.assert_allclose(np.diag(R), 1, atol=1e-4)
    np.testing.assert_allclose(R, R.T)
    assert v["best"] == max(0, (R - 2 * np.eye(3)).max())


CHECKS = {
    "folder_to_csv": _of_a_folder,
    "occlusion_by_hand_loop": _covered_by_hand,
    "deletion_curve": _deleted,
    "class_activation_script": _activated,
    "lime_report_functions": _best_pieces,
    "sloppy_compare_explainers": _compared,
    "checked_names": _checked,
    "confusion": _confusion,
    "pixel_classes": _pixels,
    "transformed_datastore": _transformed,
    "time_stamps": _times,
    "text_tools": _texts_of_layers,
    "enhanced_images": _enhanced,
    "older_network_tools": _converted,
    "input_size": _size_of_input,
    "formats": _formats,
    "top_k": _top,
    "struct_load": _loaded,
    "windows_paths": _paths,
    "char_concatenation": _texts,
    "saturating_mask": _saturated,
    "string_plus": _strings,
    "datastore_loop": _folder_of_images,
    "thresholded": _thresholded,
    "nested_max": _nested,
    "growing": _grown,
    "cells_and_functions": _cells,
    "functions_of_all_sorts": _functions,
    "options_struct": _options,
    "try_and_warn": _caught,
    "layout_of_code": _styles,
    "printed_values": _shown,
    "superpixel_loop": _hidden_superpixels,
    "tables": _tabled,
    "file_list_report": _reported,
    "parallel_and_global": _global,
    "grad_cam_by_hand": _gradcam_by_hand,
    "dlarray_gradient": _gradient,
    "graph_surgery": _same_scores,
    "onnx_network": _same_scores,
    "seed_lime_custom": _triangles,
    "seed_lime_features": _kept,
    "seed_lime_features_older": _kept,
}


def test_every_check_has_its_script():
    assert set(CHECKS) | QUICK <= {file.stem for file in SCRIPTS}
    assert len(SCRIPTS) >= 40

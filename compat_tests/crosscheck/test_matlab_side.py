"""scripts/matlab runs in GNU Octave with stand-ins, and its folders can be cross-checked."""

import json
import shutil

import numpy as np
import pytest
import scipy.io
from octave_matlab_side import STAND_INS, octave

import matxai
from matxai.crosscheck.comparing import crosscheck

pytestmark = [pytest.mark.octave, pytest.mark.slow]

CLASSES = ["north", "east sea", "süd"]
LINEAR = """
weights = reshape(mod(7 * (1:1080) + 3, 11) - 5, 3, 360) / 64;
linear = dlnetwork([imageInputLayer([12 10 3], 'Name', 'in', 'Normalization', 'none')
    fullyConnectedLayer(3, 'Name', 'fc', 'Weights', weights, 'Bias', [0; 1; 2])]);
X = uint8(reshape(mod(37 * (1:360), 251), [12 10 3]));
"""
LABELLED = """
kernel = reshape(mod(5 * (1:108) + 1, 7) - 3, 3, 3, 3, 4) / 90;
head = reshape(mod(7 * (1:12) + 3, 11) - 5, 3, 4) / 8;
labelled = assembleNetwork([imageInputLayer([6 6 3], 'Name', 'in', ...
        'Normalization', 'zerocenter', 'Mean', reshape([100 110 120], 1, 1, 3))
    convolution2dLayer([3 3], 4, 'Name', 'conv', 'Padding', 'same', 'Weights', kernel, ...
        'Bias', reshape([1 2 3 4], 1, 1, 4) / 8)
    reluLayer('Name', 'relu')
    globalAveragePooling2dLayer('Name', 'gap')
    fullyConnectedLayer(3, 'Name', 'fc', 'Weights', head, 'Bias', [0; 0.1; 0.2])
    softmaxLayer('Name', 'prob')
    classificationLayer('Name', 'out', 'Classes', {'north', 'east sea', 'süd'})]);
Y = uint8(reshape(mod(41 * (1:1080), 253), [20 18 3]));
"""


def formula(multiplier, offset, modulus, shape, divisor):
    count = int(np.prod(shape))
    values = np.mod(multiplier * np.arange(1, count + 1) + offset, modulus) - modulus // 2
    return values.reshape(shape, order="F") / divisor


def linear_network():
    return matxai.dlnetwork(
        [
            matxai.imageInputLayer([12, 10, 3], Name="in", Normalization="none"),
            matxai.fullyConnectedLayer(
                3,
                Name="fc",
                Weights=formula(7, 3, 11, (3, 360), 64),
                Bias=np.array([[0.0], [1.0], [2.0]]),
            ),
        ]
    )


def labelled_network():
    return matxai.dlnetwork(
        [
            matxai.imageInputLayer(
                [6, 6, 3],
                Name="in",
                Normalization="zerocenter",
                Mean=np.array([100.0, 110.0, 120.0]).reshape(1, 1, 3),
            ),
            matxai.convolution2dLayer(
                [3, 3],
                4,
                Name="conv",
                Padding="same",
                Weights=formula(5, 1, 7, (3, 3, 3, 4), 90),
                Bias=np.arange(1.0, 5.0).reshape(1, 1, 4) / 8,
            ),
            matxai.reluLayer(Name="relu"),
            matxai.globalAveragePooling2dLayer(Name="gap"),
            matxai.fullyConnectedLayer(
                3,
                Name="fc",
                Weights=formula(7, 3, 11, (3, 4), 8),
                Bias=np.array([[0.0], [0.1], [0.2]]),
            ),
            matxai.softmaxLayer(Name="prob"),
        ]
    )


@pytest.fixture(scope="module")
def onnx(tmp_path_factory):
    folder = tmp_path_factory.mktemp("onnx")
    files = {"linear": linear_network(), "labelled": labelled_network()}
    for name, net in files.items():
        matxai.exportONNXNetwork(net, folder / f"{name}.onnx")
    return folder


@pytest.fixture(scope="module")
def linear(tmp_path_factory, onnx):
    """Write the folder of a linear network: all that is written without being asked for."""
    folder = tmp_path_factory.mktemp("linear") / "out"
    code = f"{LINEAR} matxaiReference('{folder}', linear, X, 2);"
    octave(code, onnx=onnx / "linear.onnx")
    return folder


@pytest.fixture(scope="module")
def labelled(tmp_path_factory, onnx):
    """Write the folder of a classifier, with chosen methods and options and a larger image."""
    folder = tmp_path_factory.mktemp("labelled") / "out"
    options = """
        regions = kron([4 9; 7 1; 8 2], ones(2, 3));
        o.occlusionSensitivity = {{}, {'MaskSize', [3 2], 'Stride', 2, 'MaskClipping', 'off'}};
        o.imageLIME = struct('Segmentation', regions, 'NumSamples', 2000, 'Model', 'linear');
    """
    methods = (
        "{'occlusionSensitivity', 'imageLIME', 'gradCAM', 'activations', 'gradientAttribution'}"
    )
    code = (
        f"{LABELLED} {options} matxaiReference('{folder}', labelled, Y, {{'süd', 'north'}}, "
        f"'Options', o, 'Seed', 7, 'Methods', {methods});"
    )
    octave(code, onnx=onnx / "labelled.onnx")
    return folder


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def runs_of(folder):
    return {run["id"]: run for run in manifest_of(folder)["runs"]}


def arrays_of(folder, file):
    loaded = scipy.io.loadmat(folder / file)
    return {name: value for name, value in loaded.items() if not name.startswith("__")}


def test_the_manifest_says_what_there_is(linear):
    manifest = manifest_of(linear)
    assert (manifest["format"], manifest["version"]) == ("matxai-reference", 1)
    assert manifest["environment"]["program"] == "Octave stand-ins"
    assert {"name", "version"} == manifest["environment"]["toolboxes"][0].keys()
    network = manifest["network"]
    assert network["class"] == "dlnetwork"
    assert network["input_size"] == [12, 10, 3]
    assert network["onnx"] == "network.onnx"
    assert (linear / "network.onnx").is_file()
    assert network["layers"] == [
        {"name": "in", "class": "nnet.cnn.layer.ImageInputLayer"},
        {"name": "fc", "class": "nnet.cnn.layer.FullyConnectedLayer"},
    ]
    assert manifest["classes"] is None
    assert manifest["image"] == {"file": "image.mat", "resized": False}
    assert manifest["scores"] == {"file": "scores.mat", "function": "minibatchpredict"}


def test_each_run_says_what_it_was_given(linear):
    runs = runs_of(linear)
    assert {run["method"] for run in runs.values()} == {
        "imageLIME",
        "occlusionSensitivity",
        "gradCAM",
        "gradientAttribution",
        "deepDreamImage",
        "activations",
    }
    run = runs["imageLIME-2"]
    assert run["options"] == {"Segmentation": "grid", "Model": "linear"}
    assert run["outputs"] == ["scoreMap", "featureMap", "featureImportance"]
    assert (run["channel"], run["label"], run["seed"], run["error"]) == (2, None, 0, None)
    assert run["seconds"] > 0
    assert runs["activations-1"]["channel"] is None
    # Large options lie beside the outputs.
    dream = runs["deepDreamImage-1"]
    assert dream["options"]["InitialImage"] == {"variable": "option_InitialImage"}
    assert arrays_of(linear, dream["file"])["option_InitialImage"].shape == (12, 10, 3)


@pytest.mark.parametrize("name", ["linear", "labelled"])
def test_mat_files_hold_plain_arrays_and_what_the_manifest_names(name, request):
    folder = request.getfixturevalue(name)
    manifest = manifest_of(folder)
    for part in (manifest["image"]["file"], manifest["scores"]["file"], manifest["probes"]):
        assert all(np.issubdtype(a.dtype, np.number) for a in arrays_of(folder, part).values())
    for run in manifest["runs"]:
        if run["error"] is None:
            arrays = arrays_of(folder, run["file"])
            assert arrays.keys() >= {*run["outputs"], *run["stages"]}
            assert all(np.issubdtype(a.dtype, np.number) for a in arrays.values())


def test_a_method_that_fails_is_written_down_and_the_rest_goes_on(linear):
    run = runs_of(linear)["gradCAM-1"]
    assert run["error"] == "The network has no layer for the features."
    assert (run["file"], run["outputs"], run["seconds"]) == (None, [], None)
    assert runs_of(linear)["gradientAttribution-1"]["error"] is None


def test_what_is_missing_is_skipped_with_the_reason(tmp_path):
    code = f"{LINEAR} matxaiReference('{tmp_path}/out', linear, X, 2, 'Methods', 'activations');"
    said = octave(code, onnx="")
    manifest = manifest_of(tmp_path / "out")
    assert manifest["network"]["onnx"] is None
    skipped = {each["what"]: each["why"] for each in manifest["skipped"]}
    assert "Converter for ONNX" in skipped["network.onnx"]
    assert skipped["logits"] == "The network has no softmax layer."
    assert "Wrote 1 runs (0 of them errors)" in said


def test_without_a_toolbox_its_methods_and_probes_are_skipped(tmp_path):
    # All stand-ins but those of two toolboxes.
    fewer = tmp_path / "fewer"
    shutil.copytree(STAND_INS, fewer)
    for name in ("imageLIME", "superpixels"):
        (fewer / f"{name}.m").unlink()
    code = (
        f"rmpath('{STAND_INS}'); addpath('{fewer}'); {LINEAR} methods = {{'imageLIME', "
        f"'activations'}}; matxaiReference('{tmp_path}/out', linear, X, 2, 'Methods', methods);"
    )
    octave(code)
    manifest = manifest_of(tmp_path / "out")
    skipped = {each["what"]: each["why"] for each in manifest["skipped"]}
    assert "imageLIME is not on the path" in skipped["imageLIME (imageLIME-1)"]
    assert "superpixels" in skipped["superpixels probes"]
    assert [run["id"] for run in manifest["runs"]] == ["activations-1"]


def test_an_image_of_another_size_is_resized_and_kept(labelled):
    assert manifest_of(labelled)["image"]["resized"] is True
    images = arrays_of(labelled, "image.mat")
    assert images["original"].shape == (20, 18, 3)
    assert images["image"].shape == (6, 6, 3)
    assert images["image"].dtype == np.uint8
    np.testing.assert_array_equal(
        matxai.imresize(images["original"], [6, 6]), images["image"], strict=True
    )


def test_labels_are_channels_and_class_names_are_utf_8(labelled):
    manifest = manifest_of(labelled)
    assert (labelled / manifest["classes"]).read_text(encoding="utf-8").splitlines() == CLASSES
    run = runs_of(labelled)["occlusionSensitivity-2"]
    assert (run["channel"], run["label"], run["seed"]) == ([3, 1], ["süd", "north"], 7)
    assert run["options"] == {"MaskSize": [3, 2], "Stride": 2, "MaskClipping": "off"}
    chosen = runs_of(labelled)["gradCAM-1"]["options_chosen"]
    assert chosen == {"featureLayer": "relu", "reductionLayer": "prob"}
    assert arrays_of(labelled, "gradCAM-1.mat")["scoreMap"].shape == (6, 6, 2)


def test_scores_and_logits_are_rows(labelled):
    scores = arrays_of(labelled, "scores.mat")
    assert scores["scores"].shape == scores["logits"].shape == (1, 3)
    odds = np.exp(scores["logits"] - scores["logits"].max())
    np.testing.assert_allclose(odds / odds.sum(), scores["scores"], atol=1e-6)


def test_the_random_numbers_are_those_of_the_seed_and_then_as_before(tmp_path):
    code = (
        f"{LINEAR} rng(5); a = rand(1, 3); before = rng(); "
        f"matxaiReference('{tmp_path}/out', linear, X, 2, 'Methods', {{'activations'}}); "
        "disp(isequal(rng(), before));"
    )
    assert octave(code).split()[-1] == "1"
    probes = arrays_of(tmp_path / "out", "probes.mat")
    for seed in (0, 1, 42):
        matxai.rng(seed)
        np.testing.assert_array_equal(matxai.rand(5, 4), probes[f"rand_{seed}"])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("matxaiReference('out', labelled, Y, 'west')", 'no class "west"'),
        ("matxaiReference('out', labelled, Y, 1, 'Method', 'gradCAM')", "Method is no option"),
        ("matxaiReference('out', labelled, Y(:, :, 1), 1)", "1 channels, but the network takes 3"),
        ("matxaiReference('out', labelled, Y, 1, 'Seed')", "pairs of name and value"),
    ],
)
def test_wrong_arguments_are_said(call, said, tmp_path):
    with pytest.raises(RuntimeError, match=said):
        octave(f"cd('{tmp_path}'); {LABELLED} {call};")
    assert not (tmp_path / "out").exists()


def verdicts(folder):
    result = crosscheck(folder, reruns=2)
    return result, {(row.run or row.stage, row.what): row.verdict for row in result.rows}


@pytest.fixture(scope="module")
def checked(labelled):
    return verdicts(labelled)


def test_the_map_of_a_segmentation_matrix_is_compared(checked):
    _, found = checked
    painted = "scoreMap, painted from MATLAB's featureMap and featureImportance"
    assert found.get(("imageLIME-1", painted)) == "exact"
    assert found.get(("imageLIME-1", "scoreMap, end to end")) == "statistical"


def test_the_cross_check_finds_the_stand_ins_numbers_equal(checked):
    result, found = checked
    expected = {
        ("imresize", "the image, resized from the original"): "exact",
        ("imresize", "imresize to 11×7, uint8"): "exact",
        ("imresize", "imresize to 40×50"): "numeric",
        ("rand", "rand after rng(42)"): "exact",
        ("scores", "scores of network.onnx on ONNX Runtime"): "numeric",
        ("occlusionSensitivity-1", "coarse map"): "numeric",
        ("occlusionSensitivity-1", "scoreMap, end to end"): "numeric",
        ("occlusionSensitivity-2", "coarse map"): "numeric",
        ("occlusionSensitivity-2", "scoreMap, end to end"): "numeric",
        ("imageLIME-1", "featureMap"): "exact",
        ("imageLIME-1", "featureImportance, with MATLAB's featureMap"): "statistical",
        ("gradCAM-1", "layers chosen"): "exact",
        ("gradCAM-1", "coarse map"): "numeric",
        ("gradCAM-1", "scoreMap, end to end"): "numeric",
        ("gradientAttribution-1", "gradient"): "numeric",
        ("activations-1", "act of conv"): "numeric",
    }
    assert {row: found.get(row) for row in expected} == expected
    # The stand-in's superpixels are squares, and that is found; nothing else differs.
    assert {row.stage for row in result.rows if row.verdict == "differs"} == {"superpixels"}
    assert result.environment["program"] == "Octave stand-ins"


def test_the_cross_check_of_all_that_is_written_without_being_asked_for(linear):
    result, found = verdicts(linear)
    assert found["occlusionSensitivity-1", "scoreMap, end to end"] == "numeric"
    assert found["gradientAttribution-1", "scoreMap, end to end"] == "numeric"
    assert found["imageLIME-2", "featureMap"] == "exact"
    assert found["imageLIME-2", "scoreMap, end to end"] == "statistical"
    failed = next(row for row in result.rows if row.run == "gradCAM-1")
    assert failed.verdict == "not comparable"
    assert "The network has no layer for the features." in failed.why
    # The stand-in has squares for superpixels and no trees, so its default map is another one.
    differing = {row.run or row.stage for row in result.rows if row.verdict == "differs"}
    assert differing == {"superpixels", "imageLIME-1"}

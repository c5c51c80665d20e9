"""A cross-check of whole folders: every stage of every method, held against plain NumPy."""

import numpy as np
import pytest
import reference_folders as ref
from reference_folders import ReferenceFolder

from matxai import deepDreamImage, drise, imageLIME, importNetworkFromONNX, imresize, superpixels
from matxai.crosscheck.comparing import crosscheck
from matxai.crosscheck.results import DIFFERS, EXACT, NOT_COMPARABLE, NUMERIC, STATISTICAL


def checked(folder, **options):
    return crosscheck(folder.write(), reruns=3, **options)


def verdicts(result, stage):
    return {row.what: row.verdict for row in result.rows if row.stage == stage}


def net_of(folder):
    return importNetworkFromONNX(folder.path / "network.onnx")


@pytest.mark.tier("numeric", "A cross-check of all methods agrees with plain NumPy to 1e-5")
def test_all_stages_agree_with_the_arithmetic_written_out(tmp_path):
    folder = ReferenceFolder(tmp_path).add_all()
    folder.add_mat_network()
    told = []
    result = checked(folder, progress=told.append)
    found = {(row.stage, row.what): row.verdict for row in result.rows}
    assert set(found.values()) == {EXACT, NUMERIC, STATISTICAL}
    assert {key for key, verdict in found.items() if verdict == STATISTICAL} == {
        ("imageLIME", "featureImportance, with MATLAB's featureMap"),
        ("imageLIME", "scoreMap, end to end"),
    }
    assert {stage for stage, _ in found} == {
        "imresize", "rand", "mean", "scores", "occlusionSensitivity", "gradCAM",
        "gradientAttribution", "activations", "imageLIME",
    }  # fmt: skip
    for network in ("onnx", "mat"):
        for engine in ("ONNX Runtime", "torch"):
            assert found["scores", f"scores of network.{network} on {engine}"] == NUMERIC
    assert all(row.relative < 1e-5 for row in result.rows if row.verdict == NUMERIC)
    assert result.status == 0
    assert {"matxai", "numpy", "onnxruntime", "torch", "python"} == set(result.versions)
    assert any("run 3 of 3" in text for text in told)
    for row in result.rows:
        if row.kind in ("map", "regions", "image"):
            assert row.theirs.shape[:2] == row.ours.shape[:2]


def test_without_matlabs_scores_the_engines_are_compared_with_each_other(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.add_occlusion()
    folder.manifest["scores"] = None
    found = verdicts(checked(folder), "scores")
    assert found["scores"] == NOT_COMPARABLE
    against = "scores of network.onnx on torch, against those on ONNX Runtime here"
    assert found[against] in (EXACT, NUMERIC)


def test_several_channels_and_options(tmp_path):
    folder = ReferenceFolder(tmp_path)
    coarse = [folder.net.occlusion(folder.image, c, mask=5, stride=3) for c in (4, 1)]
    coarse = np.stack(coarse, axis=2)
    options = {"maskSize": 5, "STRIDE": [3, 3], "ExecutionEnvironment": "gpu", "MaskValue": "auto"}
    maps = {"scoreMap": imresize(coarse, [16, 16], "nearest"), "coarse": coarse}
    options["OutputUpsampling"] = "nearest"
    labels = ["plum", "apple"]
    folder.add("occlusionSensitivity", maps, [4, 1], options=options, label=labels)
    found = verdicts(checked(folder), "occlusionSensitivity")
    assert found["coarse map"] == found["scoreMap, end to end"] == NUMERIC
    assert found["scoreMap, upsampled from MATLAB's coarse map by nearest"] == EXACT


def test_options_that_are_not_known_here_are_said(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.add_occlusion()
    folder.manifest["runs"][0]["options"] = {"Wobble": 3}
    rows = [row for row in checked(folder).rows if row.stage == "occlusionSensitivity"]
    assert [row.verdict for row in rows] == [NOT_COMPARABLE]
    assert "'Wobble' is not one of its options" in rows[0].why


@pytest.mark.parametrize("order", ["along the rows", "down the columns"])
def test_the_images_under_matlabs_masks_are_compared(tmp_path, order):
    folder = ReferenceFolder(tmp_path)
    arrays = folder.add_occlusion(recorded=True)
    if order == "down the columns":
        images = arrays["inputs_1"][..., 1:].reshape(*ref.SIZE, 8, 8).swapaxes(3, 4)
        arrays["inputs_1"] = images.reshape(*ref.SIZE, 64)
    rows = checked(folder).rows
    (row,) = [row for row in rows if row.what.startswith("images under the masks")]
    assert row.verdict in (EXACT, NUMERIC)
    assert row.why == f"masks go {order}"


def test_masks_elsewhere_show_in_the_images(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.add_occlusion(recorded=True, shift=(1, 0))
    rows = checked(folder).rows
    (row,) = [row for row in rows if row.what.startswith("images under the masks")]
    assert (row.verdict, row.blame) == (DIFFERS, "mask")
    assert "MATLAB's first masks cover rows 1–3, columns 1–2 and rows 1–3, columns 2–4" in row.why


# imageLIME


@pytest.mark.tier("numeric", "Importances of recorded samples are the lasso's, to 1e-4")
def test_matlabs_own_samples_give_its_importances(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.add_lime(recorded=True)
    what = "featureImportance, with MATLAB's featureMap and its samples"
    result = checked(folder)
    (row,) = [row for row in result.rows if row.what == what]
    assert row.verdict == NUMERIC
    assert row.relative < 1e-4


def test_the_random_numbers_of_matlabs_seed_are_tried(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.add_lime()
    net = net_of(folder) if folder.write() else None
    run = folder.manifest["runs"][0]
    scoreMap, featureMap, importance = imageLIME(
        net, folder.image, 2, Rng=7, nargout=3, **run["options"]
    )
    run["seed"] = 7
    folder.files[run["file"]] = {
        "scoreMap": scoreMap, "featureMap": featureMap * 1.0, "featureImportance": importance
    }  # fmt: skip
    result = checked(folder)
    assert set(verdicts(result, "imageLIME").values()) == {EXACT}


@pytest.mark.parametrize("model", ["tree", "linear"])
@pytest.mark.parametrize("segmentation", ["superpixels", "grid"])
def test_lime_with_random_numbers_of_its_own_is_statistical(tmp_path, model, segmentation):
    folder = ReferenceFolder(tmp_path)
    folder.add_lime()
    folder.write()
    options = {"NumFeatures": 16, "NumSamples": 300, "Model": model, "Segmentation": segmentation}
    outputs = imageLIME(net_of(folder), folder.image, [2, 3], Rng=1234, nargout=3, **options)
    names = ["scoreMap", "featureMap", "featureImportance"]
    folder.manifest["runs"].clear()
    folder.add("imageLIME", dict(zip(names, outputs, strict=True)), [2, 3], options=options,
               outputs=names)  # fmt: skip
    found = verdicts(checked(folder), "imageLIME")
    assert found["featureMap"] == EXACT
    assert found["featureImportance, with MATLAB's featureMap"] == STATISTICAL
    assert found["scoreMap, painted from MATLAB's featureMap and featureImportance"] == EXACT
    assert found["scoreMap, end to end"] == STATISTICAL


@pytest.mark.parametrize("upsampling", ["bicubic", "none"])
def test_maps_of_a_grid_are_painted_as_asked(tmp_path, upsampling):
    folder = ReferenceFolder(tmp_path)
    arrays = folder.add_lime()
    folder.manifest["runs"][0]["options"]["OutputUpsampling"] = upsampling
    cells = arrays["featureImportance"].reshape(4, 4, order="F")
    arrays["scoreMap"] = cells if upsampling == "none" else ref.upsampled(cells, (16, 16))
    found = verdicts(checked(folder), "imageLIME")
    painted = "scoreMap, painted from MATLAB's featureMap and featureImportance"
    assert found[painted] in (EXACT, NUMERIC)
    assert found["scoreMap, end to end"] == STATISTICAL


def test_superpixels_of_a_turned_image_are_blamed_on_the_image(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.add_probes()["superpixels_9"] = superpixels(folder.image[:, :, ::-1], 9)
    folder.files["probes.mat"]["superpixels_20"] = superpixels(folder.image, 20)
    rows = {row.what: row for row in checked(folder).rows if row.stage == "superpixels"}
    assert rows["superpixels of the image, 20"].verdict == EXACT
    wrong = rows["superpixels of the image, 9"]
    assert (wrong.verdict, wrong.blame) == (DIFFERS, "image")
    assert "BGR" in wrong.why


def test_other_random_numbers_and_another_imresize_are_differences(tmp_path):
    folder = ReferenceFolder(tmp_path)
    probes = folder.add_probes()
    probes["rand_0"] = np.random.default_rng(0).random((5, 4))
    probes["imresize_5x5"] = imresize(probes["imresize_input"], [5, 5], Antialiasing=False)
    rows = {row.what: row for row in checked(folder).rows}
    assert rows["rand after rng(0)"].verdict == DIFFERS
    assert rows["rand after rng(0)"].place == (1, 1)
    assert rows["rand after rng(1)"].verdict == EXACT
    assert rows["imresize to 5×5"].blame == "imresize"
    assert "bicubic interpolation without antialiasing" in rows["imresize to 5×5"].why


# gradCAM


def test_other_layers_are_told_from_another_map(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.add_gradcam()
    # MATLAB looked at the layer before the ReLU.
    before = folder.net.before_relu(folder.image)
    slopes = folder.net.slopes(folder.image, 2) * (before > 0).mean(axis=(0, 1))
    coarse = np.maximum(before @ slopes, 0)
    folder.files["gradCAM-1.mat"] = {"scoreMap": coarse, "coarse": coarse}
    folder.manifest["runs"][0]["options_chosen"]["featureLayer"] = "conv_1"
    result = checked(folder)
    rows = {row.what: row for row in result.rows if row.stage == "gradCAM"}
    assert (rows["layers chosen"].verdict, rows["layers chosen"].blame) == (DIFFERS, "layers")
    assert "FeatureLayer is conv_1 in MATLAB and relu_1 here" in rows["layers chosen"].why
    assert rows["scoreMap, end to end"].blame == "layers"
    assert "on MATLAB's layers the maps agree" in rows["scoreMap, end to end"].why


def test_layers_that_the_network_lacks_are_said(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.add_gradcam()
    folder.manifest["runs"][0]["options_chosen"]["featureLayer"] = "inception"
    rows = {row.what: row for row in checked(folder).rows if row.stage == "gradCAM"}
    row = rows["coarse map, on MATLAB's layers"]
    assert row.verdict == NOT_COMPARABLE
    assert "inception" in row.why


# deepDreamImage and drise


@pytest.fixture
def dreaming(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.write()

    def add(change=lambda image: image, **options):
        image = deepDreamImage(
            net_of(folder), "fc", 3, NumIterations=6, PyramidLevels=1, Verbose=False, Rng=50,
            **options,
        )  # fmt: skip
        given = {"layer": "fc", "NumIterations": 6, "PyramidLevels": 1} | options
        arrays = {"I": change(image)}
        if "InitialImage" in options:
            arrays["option_InitialImage"] = options["InitialImage"]
            given["InitialImage"] = {"variable": "option_InitialImage"}
        folder.add("deepDreamImage", arrays, 3, options=given)
        (row,) = [row for row in checked(folder).rows if row.stage == "deepDreamImage"]
        return row

    return add


def test_dreams_from_noise_are_held_against_the_activation(dreaming):
    assert dreaming().verdict == STATISTICAL


def test_noise_is_no_dream(dreaming):
    row = dreaming(lambda image: np.random.RandomState(1).rand(*image.shape))
    assert row.verdict == DIFFERS
    assert "activates the channel" in row.why


def test_dreams_from_an_image_are_held_against_what_was_added(dreaming):
    start = ref.smooth_image().astype(np.float32)
    options = {"InitialImage": start, "OutputScaling": "none"}
    row = dreaming(**options)
    assert row.verdict in (EXACT, NUMERIC, STATISTICAL), row


@pytest.mark.parametrize(("factor", "verdict"), [(1.7, STATISTICAL), (-1, DIFFERS)])
def test_another_step_is_statistical_and_another_direction_is_not(dreaming, factor, verdict):
    start = ref.smooth_image().astype(np.float32)
    row = dreaming(
        lambda image: start + factor * (image - start), InitialImage=start, OutputScaling="none"
    )
    assert row.verdict == verdict


def blob_detector(batch):
    """Find one box, of the mean of the image's upper left quarter."""
    images = np.moveaxis(np.atleast_3d(batch).reshape(*batch.shape[:3], -1), 3, 0)
    found = [
        (np.array([[1.0, 1, 8, 8]]), np.array([[1.0, 0]]), np.array([x[:8, :8].mean() / 255]))
        for x in images
    ]
    boxes, classes, scores = map(list, zip(*found, strict=True))
    return (boxes, classes, scores) if batch.ndim == 4 else (boxes[0], classes[0], scores[0])


def test_drise_needs_a_detector_and_is_statistical_with_one(tmp_path):
    folder = ReferenceFolder(tmp_path)
    options = {"NumSamples": 400, "GridSize": [4, 4]}
    found = drise(blob_detector, folder.image, Rng=77, nargout=2, **options)
    arrays = dict(zip(["scoreMap", "bboxOut"], found, strict=True))
    folder.add("drise", arrays, None, options=options)
    (row,) = [row for row in checked(folder).rows if row.stage == "drise"]
    assert row.verdict == NOT_COMPARABLE
    assert "crosscheck(folder, detector=f)" in row.why
    rows = checked(folder, detector=blob_detector).rows
    (row,) = [row for row in rows if row.stage == "drise"]
    assert row.verdict == STATISTICAL
    arrays["scoreMap"] = arrays["scoreMap"][::-1, ::-1]
    folder.files["drise-1.mat"] = arrays
    rows = checked(folder, detector=blob_detector).rows
    (row,) = [row for row in rows if row.stage == "drise"]
    assert row.verdict == DIFFERS

"""Errors that were planted into folders are found, and blamed on the stage that made them."""

import numpy as np
import pytest
import reference_folders as ref
import tiny_networks as tiny
from reference_folders import PlainNetwork, ReferenceFolder

from matxai import imresize
from matxai.crosscheck.comparing import crosscheck
from matxai.crosscheck.results import DIFFERS, EXACT, NUMERIC, STATISTICAL

pytestmark = pytest.mark.slow


def checked(folder):
    return crosscheck(folder.write(), reruns=3)


def find(result, what, stage=None):
    rows = [r for r in result.rows if what in r.what and stage in (None, r.stage)]
    # "coarse map" stands in the names of other rows as well.
    (row,) = [r for r in rows if r.what == what] or rows
    return row


def with_mean(mean):
    """Make the network of the folder, but for what it subtracts first."""
    made = tiny.conv_model(ref.SIZE, len(ref.CLASSES), seed=0)
    plain = PlainNetwork(made)
    plain.mean = np.asarray(mean, float)
    return plain


SEEN = {
    "BGR": (lambda x: x[:, :, ::-1], "image", "BGR"),
    "transposed": (lambda x: x.swapaxes(0, 1), "image", "transposed"),
    "upside down": (lambda x: x[::-1], "image", "upside down"),
    "0…1": (lambda x: x / 255, "normalization", "from 0 to 1"),
}


@pytest.mark.parametrize("name", SEEN)
def test_an_image_that_matlab_saw_otherwise_is_blamed_for_all_that_follows(tmp_path, name):
    seen, stage, said = SEEN[name]
    folder = ReferenceFolder(tmp_path, seen=seen)
    folder.add_occlusion()
    folder.add_gradcam()
    folder.add_gradient()
    result = checked(folder)
    rows = [
        *(row for row in result.rows if row.stage == "scores"),
        find(result, "coarse map", "occlusionSensitivity"),
        find(result, "scoreMap, end to end", "occlusionSensitivity"),
        find(result, "scoreMap, end to end", "gradientAttribution"),
    ]
    for row in rows:
        assert (row.verdict, row.blame) == (DIFFERS, stage), row
        assert said in row.why
    # From MATLAB's own coarse map on, all is right.
    for row in result.rows:
        if "upsampled from" in row.what or "of MATLAB's gradient" in row.what:
            assert row.verdict in (EXACT, NUMERIC)
    assert result.status == 1


def test_a_missing_normalization_is_found(tmp_path):
    # A dark image: of a bright one, scores without normalization are all 0 or 1.
    folder = ReferenceFolder(tmp_path, net=with_mean([0, 0, 0]), image=ref.smooth_image() // 4)
    folder.add_occlusion()
    result = checked(folder)
    row = find(result, "scores of network.onnx on ONNX Runtime")
    assert (row.verdict, row.blame) == (DIFFERS, "normalization")
    assert "zerocenter, is missing" in row.why
    row = find(result, "coarse map", "occlusionSensitivity")
    assert (row.verdict, row.blame) == (DIFFERS, "normalization")


def test_a_normalization_that_the_onnx_file_lacks_is_found(tmp_path):
    image = ref.smooth_image()
    folder = ReferenceFolder(tmp_path, net=with_mean(image.mean(axis=(0, 1))))
    for weight in folder.model.graph.initializer:
        if weight.name == "mean":
            weight.raw_data = np.zeros(3, np.float32).tobytes()
    # Without the subtraction that takes off nothing.
    folder.model.graph.node[1].input[0] = "data"
    del folder.model.graph.node[0]
    result = checked(folder)
    row = find(result, "scores of network.onnx on ONNX Runtime")
    assert (row.verdict, row.blame) == (DIFFERS, "normalization")
    assert "lacks the normalization" in row.why


@pytest.mark.parametrize("by", [-1, 1])
def test_classes_off_by_one_are_found_in_scores(tmp_path, by):
    folder = ReferenceFolder(tmp_path)
    scores = folder.files["scores.mat"]
    for name in scores:
        scores[name] = np.roll(scores[name], by, axis=1)
    result = checked(folder)
    for row in result.rows:
        if row.stage == "scores":
            assert (row.verdict, row.blame) == (DIFFERS, "classes")
            assert "off by one" in row.why


@pytest.mark.parametrize("by", [-1, 1])
def test_classes_off_by_one_are_found_in_maps(tmp_path, by):
    folder = ReferenceFolder(tmp_path)
    folder.add_occlusion(channel=3, computed=3 + by)
    folder.add_gradcam(channel=3, computed=3 + by)
    folder.add_lime(channel=3, computed=3 + by)
    result = checked(folder)
    assert find(result, "scores of network.onnx on torch").verdict == NUMERIC
    for stage in ("occlusionSensitivity", "gradCAM", "imageLIME"):
        row = find(result, "scoreMap, end to end", stage)
        assert (row.verdict, row.blame) == (DIFFERS, "classes"), row
        assert ("behind" if by > 0 else "before") in row.why


def test_classes_in_another_order_are_found(tmp_path):
    folder = ReferenceFolder(tmp_path)
    order = [3, 0, 4, 1, 2]
    folder.files["scores.mat"]["scores"] = folder.files["scores.mat"]["scores"][:, order]
    row = find(checked(folder), "scores of network.onnx on torch")
    assert (row.verdict, row.blame) == (DIFFERS, "classes")
    assert "another order" in row.why


def test_scores_before_the_softmax_are_found(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.files["scores.mat"]["scores"] = folder.files["scores.mat"]["logits"]
    row = find(checked(folder), "scores of network.onnx on torch")
    assert (row.verdict, row.blame) == (DIFFERS, "softmax")


RESIZES = {
    "nearest": {"Method": "nearest"},
    "bilinear": {"Method": "bilinear"},
    "bicubic without antialiasing": {"Antialiasing": False},
    "bilinear without antialiasing": {"Method": "bilinear", "Antialiasing": False},
}


@pytest.mark.parametrize("how", RESIZES)
def test_another_resize_is_found(tmp_path, how):
    original = ref.smooth_image((37, 29, 3))
    image = imresize(original, ref.SIZE[:2], **RESIZES[how])
    folder = ReferenceFolder(tmp_path, image=image, original=original)
    result = checked(folder)
    row = find(result, "resized from the original")
    assert (row.verdict, row.blame) == (DIFFERS, "imresize")
    method, *without = how.split(" ", 1)
    said = f"{method} interpolation{' ' + without[0] if without else ''}; with"
    assert said in row.why
    # The scores are of the image that is there.
    assert find(result, "scores of network.onnx on torch").verdict == NUMERIC


def test_scores_of_an_image_resized_otherwise_are_found(tmp_path):
    original = ref.smooth_image((37, 29, 3))
    other = imresize(original, ref.SIZE[:2], Method="nearest")
    image = imresize(original, ref.SIZE[:2])
    folder = ReferenceFolder(tmp_path, image=image, original=original, seen=lambda x: other)
    result = checked(folder)
    assert find(result, "resized from the original").verdict == EXACT
    row = find(result, "scores of network.onnx on torch")
    assert (row.verdict, row.blame) == (DIFFERS, "imresize")
    assert "nearest" in row.why


@pytest.mark.parametrize("shift", [(1, 0), (0, 1), (-1, 0), (-1, 1)])
def test_masks_shifted_by_a_pixel_are_found(tmp_path, shift):
    folder = ReferenceFolder(tmp_path)
    folder.add_occlusion(shift=shift)
    result = checked(folder)
    for row in (find(result, what) for what in ("coarse map", "scoreMap, end to end")):
        assert (row.verdict, row.blame) == (DIFFERS, "mask")
        pairs = zip(shift, (("up", "down"), ("left", "right")), strict=True)
        where = [words[by > 0] for by, words in pairs if by]
        assert f"further {' and '.join(where)}; with" in row.why


@pytest.mark.parametrize(("axis", "by", "where"), [(0, 1, "down"), (0, -1, "up"), (1, 1, "right")])
def test_masks_shifted_by_a_stride_are_found(tmp_path, axis, by, where):
    folder = ReferenceFolder(tmp_path)
    coarse = folder.net.occlusion(
        folder.image, 2, shift=tuple(-2 * by * (a == axis) for a in (0, 1))
    )
    folder.add("occlusionSensitivity", {"scoreMap": ref.upsampled(coarse, (16, 16)),
                                        "coarse": coarse})  # fmt: skip
    row = find(checked(folder), "scoreMap, end to end")
    assert (row.verdict, row.blame) == (DIFFERS, "mask")
    assert f"by one stride: MATLAB's map lies one place further {where}" in row.why


def test_a_black_mask_is_found(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.add_occlusion(value=0)
    row = find(checked(folder), "scoreMap, end to end")
    assert (row.verdict, row.blame) == (DIFFERS, "mask")
    assert "black" in row.why


def test_sums_in_place_of_means_are_found(tmp_path):
    folder = ReferenceFolder(tmp_path)
    maps = folder.add_gradcam()
    for name in maps:
        maps[name] = maps[name] * ref.SIZE[0] * ref.SIZE[1]
    row = find(checked(folder), "scoreMap, end to end")
    assert row.verdict == DIFFERS
    assert "MATLAB sums derivatives over the places of the features" in row.why


@pytest.mark.parametrize("method", ["occlusion", "gradcam"])
def test_maps_scaled_by_a_constant_are_found(tmp_path, method):
    folder = ReferenceFolder(tmp_path)
    maps = {"occlusion": folder.add_occlusion, "gradcam": folder.add_gradcam}[method]()
    for name in maps:
        maps[name] = maps[name] * 3.5
    result = checked(folder)
    row = find(result, "scoreMap, end to end")
    assert (row.verdict, row.blame) == (DIFFERS, "map")
    assert "scaled by 3.5" in row.why
    assert find(result, "upsampled from").verdict in (EXACT, NUMERIC)


@pytest.mark.parametrize(("factor", "said"), [(4.0, "scaled by about"), (200, "sums over the 200")])
def test_scaled_importances_are_found(tmp_path, factor, said):
    folder = ReferenceFolder(tmp_path)
    arrays = folder.add_lime()
    arrays["featureImportance"] = arrays["featureImportance"] * factor
    arrays["scoreMap"] = arrays["scoreMap"] * factor
    result = checked(folder)
    for what in ("featureImportance, with", "scoreMap, end to end"):
        row = find(result, what)
        assert (row.verdict, row.blame) == (DIFFERS, "importances")
        assert said in row.why
    assert find(result, "painted from").verdict == EXACT


def test_a_transposed_map_is_found_and_the_stages_before_it_agree(tmp_path):
    folder = ReferenceFolder(tmp_path)
    maps = folder.add_occlusion()
    maps["scoreMap"] = maps["scoreMap"].T
    result = checked(folder)
    assert find(result, "scoreMap, upsampled").blame == "upsampling"
    row = find(result, "scoreMap, end to end")
    assert (row.verdict, row.blame) == (DIFFERS, "upsampling")
    assert "transposed" in row.why
    assert "the coarse maps agree" in row.why


def test_a_transposed_coarse_map_is_found(tmp_path):
    folder = ReferenceFolder(tmp_path)
    maps = folder.add_gradcam()
    maps |= {name: values.T for name, values in maps.items()}
    row = find(checked(folder), "scoreMap, end to end")
    assert (row.verdict, row.blame) == (DIFFERS, "map")
    assert "the map is transposed" in row.why


@pytest.mark.parametrize("method", ["nearest", "bilinear"])
def test_another_upsampling_is_found(tmp_path, method):
    folder = ReferenceFolder(tmp_path)
    maps = folder.add_occlusion()
    maps["scoreMap"] = imresize(maps["coarse"], ref.SIZE[:2], method)
    result = checked(folder)
    row = find(result, "scoreMap, upsampled")
    assert (row.verdict, row.blame) == (DIFFERS, "upsampling")
    assert f"enlarged by {method}" in row.why


def test_lime_features_that_are_transposed_are_blamed_not_the_importances(tmp_path):
    folder = ReferenceFolder(tmp_path)
    arrays = folder.add_lime()
    # A true run of MATLAB's on other features than ours: only the numbers of cells are turned.
    arrays["featureMap"] = (np.mgrid[:16, :16] // 4 * np.array([4, 1])[:, None, None]).sum(0) + 1.0
    arrays["featureImportance"] = arrays["featureImportance"].reshape(4, 4).T.reshape(-1, 1)
    result = checked(folder)
    rows = {row.what: row for row in result.rows if row.stage == "imageLIME"}
    assert (rows["featureMap"].verdict, rows["featureMap"].blame) == (DIFFERS, "numbering")
    assert rows["featureImportance, with MATLAB's featureMap"].verdict == STATISTICAL
    painted = "scoreMap, painted from MATLAB's featureMap and featureImportance"
    assert rows[painted].verdict == EXACT
    assert rows["scoreMap, end to end"].verdict == STATISTICAL


def test_the_greatest_derivative_in_place_of_the_sum_is_found(tmp_path):
    folder = ReferenceFolder(tmp_path)
    maps = folder.add_gradient()
    maps["scoreMap"] = ref.rescaled(np.abs(maps["gradient"]).max(axis=2))
    result = checked(folder)
    row = find(result, "scoreMap, of MATLAB's gradient")
    assert (row.verdict, row.blame) == (DIFFERS, "map")
    assert "greatest" in row.why
    assert find(result, "scoreMap, end to end").blame == "map"


def test_another_network_in_the_onnx_file_is_told_from_the_one_in_the_mat_file(tmp_path):
    folder = ReferenceFolder(tmp_path)
    folder.add_mat_network()
    folder.model = tiny.conv_model(ref.SIZE, len(ref.CLASSES), seed=5)
    folder.add_occlusion()
    result = checked(folder)
    assert find(result, "scores of network.mat on ONNX Runtime").verdict == NUMERIC
    row = find(result, "against those of network.mat")
    assert (row.verdict, row.blame) == (DIFFERS, "network.onnx")
    # Explanations are computed with the network that scores as MATLAB does.
    assert find(result, "scoreMap, end to end").verdict == NUMERIC


def test_a_difference_without_a_known_cause_stays_without(tmp_path):
    folder = ReferenceFolder(tmp_path)
    maps = folder.add_occlusion()
    maps["scoreMap"] = np.random.RandomState(3).rand(16, 16)
    maps["coarse"] = np.random.RandomState(4).rand(8, 8)
    result = checked(folder)
    coarse = find(result, "coarse map")
    assert (coarse.verdict, coarse.blame) == (DIFFERS, "")
    assert coarse.place == (1, 1)
    assert "first at (1,1)" in coarse.why

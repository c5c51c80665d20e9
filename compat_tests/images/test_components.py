"""Regions, their outlines and properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from octave import agree
from octave_images import asked, images, needs_octave

import matxai
from matxai import bwareaopen, bwboundaries, bwconncomp, bwlabel, bwperim, edge, imfill, regionprops

masks = st.tuples(st.integers(1, 8), st.integers(1, 8)).flatmap(lambda s: hnp.arrays(bool, s))
filled_masks = masks.filter(lambda b: b.any())
connectivities = st.sampled_from([4, 8])


@needs_octave
@pytest.mark.tier("numeric", "`bwareaopen`, `bwperim` and `imfill` agree with Octave")
@given(masks, connectivities, st.sampled_from(["bwareaopen", "bwperim", "imfill"]))
def test_agrees_with_octave(mask, conn, name):
    rest = {"bwareaopen": (3, conn), "bwperim": (conn,), "imfill": (conn, "holes")}[name]
    code = ", ".join(repr(r) for r in rest)
    agree(getattr(matxai, name)(mask, *rest), asked(f"{name}(logical(x), {code})", x=mask))


@needs_octave
@pytest.mark.tier("numeric")
@given(images(("uint8", "float64")))
def test_holes_of_grey_images_agree_with_octave(image):
    agree(imfill(image, "holes"), asked("imfill(x, 'holes')", x=image))


@needs_octave
@pytest.mark.tier("numeric", "Outlines of regions, `bwboundaries`, are Octave's")
@given(filled_masks, connectivities)
def test_outlines_agree_with_octave(mask, conn):
    _, theirs = asked(f"bwboundaries(logical(x), {conn}, 'noholes')", x=mask)
    ours = bwboundaries(mask, conn, "noholes")
    assert [o.tolist() for o in ours] == [t.tolist() for t in theirs.reshape(-1)]


@pytest.mark.tier(
    "chosen", "Outlines of holes, `bwboundaries`, run through the pixels of the hole itself"
)
@given(masks, connectivities)
def test_outlines_of_holes_lie_in_the_holes(mask, conn):
    outlines, labels, count = bwboundaries(mask, conn, nargout=3)
    assert count == bwlabel(mask, conn, nargout=2)[1]
    filled = imfill(mask, 12 - conn, "holes")
    np.testing.assert_array_equal(labels > 0, filled)
    for k, outline in enumerate(outlines, 1):
        rows, columns = outline.T - 1
        assert (labels[rows, columns] == k).all()
        assert (outline[0] == outline[-1]).all()
        assert (np.abs(np.diff(outline, axis=0)).max(axis=1) <= 1).all()


@given(masks, connectivities)
def test_components_are_those_of_the_labels(mask, conn):
    found = bwconncomp(mask, conn)
    labels, count = bwlabel(mask, conn, nargout=2)
    assert (found.NumObjects, found.ImageSize.tolist()) == (count, list(mask.shape))
    flat = labels.reshape(-1, order="F")
    for k, places in enumerate(found.PixelIdxList, 1):
        np.testing.assert_array_equal(places, np.flatnonzero(flat == k) + 1)


SHAPES = ("Area", "Centroid", "BoundingBox", "MajorAxisLength", "MinorAxisLength",
          "Eccentricity", "Orientation", "EquivDiameter", "Extent", "EulerNumber",
          "FilledArea")  # fmt: skip


@needs_octave
@pytest.mark.tier("numeric", "`regionprops` agrees with Octave")
@given(filled_masks, st.sampled_from([*SHAPES, "MeanIntensity", "WeightedCentroid"]))
def test_properties_agree_with_octave(mask, name):
    grey = np.arange(1.0, mask.size + 1).reshape(mask.shape) % 7 + 1
    _, theirs = asked(f"{{regionprops(logical(x), g, '{name}').{name}}}", x=mask, g=grey)
    ours = [s[name] for s in regionprops(mask, grey, name)]
    for mine, other in zip(ours, theirs.reshape(-1), strict=True):
        np.testing.assert_allclose(mine, other.reshape(-1)[()] if other.size > 1 else other.item(),
                                   atol=1e-9)  # fmt: skip


@pytest.mark.tier("documented")
def test_the_form_of_region_properties():
    labels = np.array([[1, 1, 0], [0, 0, 3]])
    stats = regionprops(labels)
    assert [list(s) for s in stats] == [["Area", "Centroid", "BoundingBox"]] * 3
    assert [s.Area for s in stats] == [2, 0, 1]
    assert stats[1].BoundingBox.tolist() == [0.5, 0.5, 0, 0]
    T = regionprops(labels > 0, "table", "area", "Centroid")
    assert (T.Area.tolist(), T.Centroid.tolist()) == ([3], [[2, 4 / 3]])
    cc = bwconncomp(labels > 0, 4)
    listed = regionprops(cc, ["Area", "PixelIdxList", "PixelList", "Image"])
    assert listed[0].PixelIdxList.tolist() == cc.PixelIdxList[0].tolist()
    assert listed[1].PixelList.tolist() == [[3, 2]]
    assert regionprops(np.zeros((3, 3), bool)) == []


@pytest.mark.tier("documented")
def test_convex_hulls_hold_their_regions():
    corner = np.zeros((5, 5), bool)
    corner[:, 0] = corner[4, :] = True
    (s,) = regionprops(corner, "ConvexArea", "Solidity", "ConvexImage")
    assert s.ConvexImage[corner].all()
    assert s.Solidity == pytest.approx(9 / s.ConvexArea)
    assert 9 < s.ConvexArea < 25


@pytest.mark.tier(
    "chosen",
    '`edge`: of "Sobel" and "Prewitt" which of equal gradients stays; "Canny" is scikit-image\'s '
    "with MATLAB's shares for its thresholds",
)
@pytest.mark.parametrize("method", ["Sobel", "Prewitt", "Canny"])
def test_the_rim_of_a_square_is_its_edge(method):
    square = np.zeros((40, 40))
    square[10:30, 10:30] = 1
    found, limits = edge(square, method, nargout=2)
    near = np.zeros_like(square, dtype=bool)
    near[8:32, 8:32] = True
    near[12:28, 12:28] = False
    assert not found[~near].any()
    for side in (
        found[15:25, 8:12],
        found[15:25, 28:32],
        found[8:12, 15:25].T,
        found[28:32, 15:25].T,
    ):
        assert side.any(axis=1).all()
    np.testing.assert_array_equal(edge(square, method, limits), found)
    assert not edge(np.full((9, 9), 0.3), method).any()


@needs_octave
@pytest.mark.tier("numeric", "Thresholds of Sobel's and Prewitt's edges are Octave's")
@given(images(("uint8",), height=st.integers(3, 9), width=st.integers(3, 9)),
       st.sampled_from(["Sobel", "Prewitt"]))  # fmt: skip
def test_thresholds_of_edges_agree_with_octave(image, method):
    _, ours = edge(image, method, nargout=2)
    _, (_, theirs) = asked(f"edge(x, '{method}')", 2, x=image)
    np.testing.assert_allclose(ours, theirs.item(), atol=1e-12)


def test_edges_in_one_direction():
    steps = np.kron(np.eye(2), np.ones((8, 8)))
    upright = edge(steps, "Sobel", 0.1, "vertical", "nothinning")
    assert upright[3].any()
    assert not edge(steps, "sobel", 0.1, "horizontal")[3].any()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: regionprops(np.eye(3) > 0, "Perimeter"), ValueError, "not one of its properties"),
        (lambda: regionprops(np.eye(3) > 0, "MeanIntensity"), ValueError, "no grey image"),
        (lambda: regionprops(np.eye(3) / 2), ValueError, "label matrix"),
        (lambda: regionprops(np.eye(3) > 0, np.eye(2)), ValueError, "size of BW"),
        (lambda: imfill(np.eye(3)), ValueError, "'holes' is missing"),
        (lambda: imfill(np.eye(3), [2, 2]), ValueError, "fills holes only"),
        (lambda: bwareaopen(np.eye(3), -1), ValueError, "P must be"),
        (lambda: bwperim(np.eye(3), 6), ValueError, "conn must be"),
        (lambda: bwboundaries(np.eye(3), "all"), ValueError, "options must be"),
        (lambda: edge(np.eye(3), "Roberts"), ValueError, "method must be"),
        (lambda: edge(np.eye(9), "Canny", [0.9, 0.1]), ValueError, "threshold must be"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()

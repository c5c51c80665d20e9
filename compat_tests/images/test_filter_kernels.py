import numpy as np
import pytest
from octave import agree
from octave_images import asked, needs_octave

from matxai import fspecial

CALLS = [
    ("average",), ("average", 4), ("average", [2, 5]),
    ("gaussian",), ("gaussian", 5, 2), ("gaussian", [3, 6], 0.7), ("gaussian", 9, 0.3),
    ("laplacian",), ("laplacian", 0), ("laplacian", 1),
    ("prewitt",), ("sobel",), ("unsharp",), ("unsharp", 0.7),
    ("disk",), ("disk", 1), ("disk", 2),
]  # fmt: skip


@needs_octave
@pytest.mark.tier(
    "numeric",
    'fspecial agrees with Octave, but for "log", which follows MATLAB\'s formula',
)
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_agrees_with_octave(call):
    name, *parameters = call
    code = ", ".join([f"'{name}'", *map(str, parameters)])
    agree(fspecial(*call), asked(f"fspecial({code})"), 1e-6 if name == "disk" else 1e-13)


@pytest.mark.tier("documented")
def test_the_laplacian_of_a_gaussian_by_its_formula():
    n = np.arange(-2, 3)
    squared = n**2 + n[:, None] ** 2
    bell = np.exp(-squared / (2 * 0.7**2))
    h = (squared - 2 * 0.7**2) * bell / (0.7**4 * bell.sum())
    np.testing.assert_allclose(fspecial("log", 5, 0.7), h - h.mean(), atol=1e-12)


@pytest.mark.tier("documented")
@pytest.mark.parametrize("radius", [1, 2.3, 5])
def test_a_disk_holds_the_area_of_the_circle(radius):
    h = fspecial("disk", radius)
    assert h.sum() == pytest.approx(1)
    assert h.max() == pytest.approx(1 / (np.pi * radius**2), rel=1e-9)
    np.testing.assert_allclose(h, h.T)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: fspecial("motion"), ValueError, "type must be"),
        (lambda: fspecial("sobel", 3), ValueError, "takes no parameters"),
        (lambda: fspecial("gaussian", 3, -1), ValueError, "sigma must be positive"),
        (lambda: fspecial("laplacian", 2), ValueError, "alpha"),
        (lambda: fspecial("average", 2.5), ValueError, "hsize"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from octave import agree
from octave_images import asked, images, needs_octave

import matxai
from matxai import imdilate, imerode, strel

shapes = (
    st.tuples(st.integers(1, 4), st.integers(1, 4))
    .flatmap(lambda s: hnp.arrays(bool, s))
    .filter(lambda h: h.any())
)
NAMES = ("imdilate", "imerode", "imopen", "imclose")


@needs_octave
@pytest.mark.tier("numeric", "Medians, dilation, erosion, opening and closing agree with Octave")
@given(images(("uint8", "float64", "bool", "int16"), ((), (3,))), shapes, st.sampled_from(NAMES))
def test_agrees_with_octave(image, shape, name):
    theirs = asked(f"{name}(x, logical(h))", x=image, h=shape)
    agree(getattr(matxai, name)(image, shape), theirs)


@given(images(("uint8", "bool")), shapes)
def test_erosion_is_the_dilation_of_the_negative_by_the_shape_turned_round(image, shape):
    odd = np.pad(shape, [(0, 1 - n % 2) for n in shape.shape])
    turned = ~imdilate(~image, np.flip(odd))
    np.testing.assert_array_equal(imerode(image, odd), turned)


@needs_octave
@pytest.mark.tier("numeric")
@pytest.mark.parametrize(
    "call",
    [("disk", 3, 0), ("disk", 5, 0), ("diamond", 3), ("square", 4),
     ("rectangle", [2, 5]), ("line", 5, 0), ("line", 5, 90), ("line", 7, 45)],
    ids=str,
)  # fmt: skip
def test_shapes_agree_with_octave(call):
    name, *parameters = call
    code = ", ".join([f"'{name}'", *map(str, parameters)])
    agree(strel(*call).Neighborhood, asked(f"getnhood(strel({code}))"))


@pytest.mark.tier(
    "chosen",
    '`strel("disk",r)` holds the pixels within r, as `strel("disk",r,0)`; MATLAB\'s '
    "default for r ≥ 3 is an approximation by lines",
)
def test_a_disk_holds_the_pixels_within_its_radius():
    np.testing.assert_array_equal(strel("disk", 5).Neighborhood, strel("disk", 5, 0).Neighborhood)
    assert strel("disk", 1).Neighborhood.sum() == 5


def test_a_shape_and_its_neighbourhood_do_the_same():
    image = np.eye(7)
    disk = strel("disk", 2)
    np.testing.assert_array_equal(imdilate(image, disk), imdilate(image, disk.Neighborhood))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: strel("ball", 3), ValueError, "shape must be"),
        (lambda: strel("disk", 3, 4), ValueError, "n must be 0"),
        (lambda: strel("disk"), ValueError, "takes r, n"),
        (lambda: strel("square", 0), ValueError, "w must be"),
        (lambda: imdilate([[1]], [[0]]), ValueError, "SE must be"),
        (lambda: imdilate([[1]], "disk"), TypeError, "SE must be"),
        (lambda: imdilate([1, 2], [[1]]), ValueError, "I must be"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()

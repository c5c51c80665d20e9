import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree
from octave_images import asked, images, needs_octave

import matxai
from matxai import im2double, im2single, im2uint8, im2uint16

CLASSES = ("uint8", "uint16", "int16", "bool", "float64", "float32")
NAMES = ("im2double", "im2single", "im2uint8", "im2uint16")


@needs_octave
@pytest.mark.tier(
    "numeric",
    "im2double, im2single, im2uint8, im2uint16 agree with Octave for all classes",
)
@given(images(CLASSES, ((), (3,))), st.sampled_from(NAMES))
def test_classes_agree_with_octave(image, name):
    agree(getattr(matxai, name)(image), asked(f"{name}(x)", x=image), 1e-15)


@pytest.mark.tier("documented")
@given(images(("uint8", "uint16", "bool")))
def test_there_and_back(image):
    np.testing.assert_array_equal(im2uint16(im2double(image)), im2uint16(image))
    np.testing.assert_array_equal(im2uint8(im2single(image)), im2uint8(image))


@given(images(CLASSES), st.sampled_from(NAMES))
def test_the_image_is_not_shared(image, name):
    made = getattr(matxai, name)(image)
    before = image.copy()
    made[...] = 1
    np.testing.assert_array_equal(image, before)


@pytest.mark.tier("documented")
def test_halves_are_rounded_up_and_the_rest_is_saturated():
    np.testing.assert_array_equal(
        im2uint8(np.array([0.5, -1, 2, np.nan, 0.5 / 255])), [128, 0, 255, 0, 1]
    )


@pytest.mark.tier("documented")
def test_indices_count_from_one_in_floats():
    assert im2double(np.uint8([0, 9]), "indexed").tolist() == [1, 10]
    assert im2uint8(np.array([1.0, 10]), "indexed").tolist() == [0, 9]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: im2double(np.zeros(3, "int32")), TypeError, "I must be an image.*int32"),
        (lambda: im2double("cat"), TypeError, "'cat'"),
        (lambda: im2uint8(np.array([300.0]), "indexed"), ValueError, "uint8 cannot hold"),
        (lambda: im2uint8(np.array([1.0]), "grey"), ValueError, "indexed"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()

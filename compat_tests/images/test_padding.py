import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree
from octave_images import asked, images, needs_octave

from matxai import padarray

METHODS = st.sampled_from(["circular", "replicate", "symmetric", 0, 3])


@needs_octave
@pytest.mark.tier("numeric")
@given(
    images(("uint8", "float64"), ((), (3,))),
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
    METHODS,
    st.sampled_from(["both", "pre", "post"]),
)
def test_agrees_with_octave(image, sizes, how, where):
    # Octave mirrors no further than the image is wide.
    sizes = tuple(min(n, s) for n, s in zip(sizes, image.shape, strict=False))
    given_as = f"'{how}'" if isinstance(how, str) else how
    theirs = asked(f"padarray(x, {list(sizes)}, {given_as}, '{where}')", x=image)
    agree(padarray(image, sizes, how, where), theirs)


@pytest.mark.tier("documented")
def test_one_number_stands_for_the_rows():
    assert padarray([[1, 2]], 1).tolist() == [[0, 0], [1, 2], [0, 0]]


def test_more_dimensions_than_the_array_has():
    assert padarray([[1, 2]], [0, 0, 1]).shape == (1, 2, 3)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: padarray([[1]], [-1, 0]), ValueError, "padsize"),
        (lambda: padarray([[1]], [1, 1], "mirror"), ValueError, "padval"),
        (lambda: padarray([[1]], [1, 1], 0, "left"), ValueError, "direction"),
        (lambda: padarray([1, 2], [1, 1]), ValueError, "A must be"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()

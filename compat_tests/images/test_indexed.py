import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from octave import agree
from octave_images import asked, images, needs_octave, sides

from matxai import gray2ind, ind2gray, ind2rgb

MAP = np.random.default_rng(0).random((10, 3))
indices = st.tuples(st.sampled_from(["uint8", "uint16", "float64"]), sides, sides).flatmap(
    lambda t: hnp.arrays(t[0], t[1:], elements=st.integers(1, 9))
)


@needs_octave
@pytest.mark.tier("numeric")
@given(indices)
def test_ind2rgb_agrees_with_octave(X):
    agree(ind2rgb(X, MAP), asked("ind2rgb(x, m)", x=X, m=MAP))


@needs_octave
@pytest.mark.tier("numeric")
@given(indices)
def test_ind2gray_agrees_with_octave(X):
    _, theirs = asked("ind2gray(x, m)", x=X, m=MAP)
    made = ind2gray(X, MAP)
    assert made.dtype == X.dtype
    # Octave rounds in another order.
    top = np.iinfo(X.dtype).max if X.dtype.kind == "u" else 1
    np.testing.assert_allclose(made / top, theirs / top, atol=1.01 / 255)


@needs_octave
@pytest.mark.tier("numeric")
@given(images(("uint8", "uint16", "float64")), st.sampled_from([2, 16, 64, 256, 300]))
def test_gray2ind_agrees_with_octave(image, count):
    image = np.clip(image, 0, 1) if image.dtype.kind == "f" else image
    (kind, theirs), (_, cmap) = asked(f"gray2ind(x, {count})", 2, x=image)
    made, colours = gray2ind(image, count, nargout=2)
    agree(colours, ("double", cmap), 1e-15)
    agree(made, (kind, theirs))


@pytest.mark.tier("documented")
def test_indices_beyond_the_map_take_its_ends():
    map = [[0, 0, 0], [1, 1, 1]]
    assert ind2rgb([[0.0, 5.0]], map)[0, :, 0].tolist() == [0, 1]
    assert ind2rgb(np.uint8([[0, 1, 2]]), map)[0, :, 0].tolist() == [0, 1, 1]


@pytest.mark.tier("documented")
def test_defaults():
    assert len(gray2ind([[0.5]], nargout=2)[1]) == 64
    assert len(gray2ind([[True]], nargout=2)[1]) == 2
    assert gray2ind([[1.0]], 300).dtype == np.uint16


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: ind2rgb([[1.5]], MAP), ValueError, "whole numbers"),
        (lambda: ind2rgb([[1]], [[0, 0]]), ValueError, "map must be"),
        (lambda: ind2rgb([[1]], [[0, 0, 2]]), ValueError, "0 to 1"),
        (lambda: ind2rgb(np.zeros((2, 2, 3)), MAP), ValueError, "X must be"),
        (lambda: gray2ind([[1]], 0), ValueError, "c must be"),
        (lambda: gray2ind([[1]], 70000), ValueError, "65536"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()

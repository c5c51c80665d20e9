import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from octave_images import asked, images, needs_octave
from skimage.metrics import structural_similarity

from matxai import immse, psnr, ssim

pairs = images(("uint8", "float64"), ((), (3,))).map(lambda a: (a, np.flip(a)))


@needs_octave
@pytest.mark.tier("numeric", "immse and psnr agree with Octave")
@given(pairs)
def test_errors_agree_with_octave(pair):
    first, second = pair
    assume((first != second).any() and second.any())
    theirs = asked("immse(x, y)", x=first, y=np.ascontiguousarray(second))[1].item()
    assert immse(first, second) == pytest.approx(theirs, rel=1e-12)
    for mine, (_, other) in zip(
        psnr(first, second, nargout=2),
        asked("psnr(x, y)", 2, x=first, y=second.copy()),
        strict=True,
    ):
        assert mine == pytest.approx(other.item(), rel=1e-9, abs=1e-9)


@pytest.mark.tier("documented")
@given(images(("uint8", "float64"), ((), (3,))))
def test_equal_images(image):
    assert psnr(image, image) == np.inf
    assert immse(image, image) == 0
    assert ssim(image, image) == pytest.approx(1)


@pytest.mark.tier("numeric", "The map of ssim is scikit-image's away from the edges, to 1e-9")
@given(st.integers(0, 100), st.sampled_from(["uint8", "float64"]))
def test_similarity_agrees_with_scikit_image_away_from_the_edges(seed, dtype):
    rng = np.random.default_rng(seed)
    first, second = (rng.random((24, 30)) for _ in range(2))
    if dtype == "uint8":
        first, second = ((255 * a).astype(np.uint8) for a in (first, second))
    top = 255 if dtype == "uint8" else 1
    theirs = structural_similarity(
        first, second, gaussian_weights=True, use_sample_covariance=False, data_range=top, full=True
    )[1]
    ours = ssim(first, second, nargout=2)[1]
    np.testing.assert_allclose(ours[5:-5, 5:-5], theirs[5:-5, 5:-5], atol=1e-9)


@pytest.mark.tier("documented")
def test_channels_on_their_own():
    rng = np.random.default_rng(0)
    first, second = rng.random((2, 12, 12, 3))
    each = [ssim(first[..., i], second[..., i]) for i in range(3)]
    np.testing.assert_allclose(ssim(first, second, DataFormat="SSC").ravel(), each)
    assert ssim(first, second) != pytest.approx(np.mean(each))


def test_constants_of_ones_own_give_the_same_where_they_are_the_defaults():
    first, second = np.random.default_rng(0).random((2, 12, 12))
    own = ssim(first, second, RegularizationConstants=[1e-4, 9e-4, 4.5e-4])
    assert own == pytest.approx(ssim(first, second))
    other = ssim(first, second, RegularizationConstants=[1e-4, 9e-4, 4.6e-4])
    assert other == pytest.approx(own, abs=1e-2)
    assert other != own


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: immse([[1]], [[1, 2]]), ValueError, "same size"),
        (lambda: immse(np.uint8([[1]]), [[1.0]]), TypeError, "same class"),
        (lambda: psnr([[1]], [[1]], 0), ValueError, "peakval"),
        (lambda: ssim(np.zeros(3), np.zeros(3)), ValueError, "A must be"),
        (lambda: ssim([[1]], [[1]], DataFormat="SSC"), ValueError, "DataFormat"),
        (lambda: ssim([[1]], [[1]], RegularizationConstants=[1]), ValueError, "three numbers"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()

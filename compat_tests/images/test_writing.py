import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave_images import images
from PIL import Image

from matxai import im2uint8, imfinfo, imread, imwrite

RAMP = np.arange(48, dtype=np.uint8).reshape(6, 8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("images")


@pytest.mark.tier("documented")
@given(images(("uint8", "float64"), ((), (3,))), st.sampled_from(["png", "bmp", "tif"]))
def test_lossless_files_come_back(folder, image, kind):
    file = folder / f"any.{kind}"
    imwrite(image, file)
    np.testing.assert_array_equal(imread(file), im2uint8(image))


@pytest.mark.tier("documented")
@pytest.mark.parametrize("kind", ["png", "tif", "bmp"])
def test_truth_values_take_one_bit(tmp_path, kind):
    imwrite(RAMP > 20, str(tmp_path / f"mask.{kind}"))
    made = imread(tmp_path / f"mask.{kind}")
    np.testing.assert_array_equal(made != 0, RAMP > 20)
    assert imfinfo(tmp_path / f"mask.{kind}").BitDepth == 1


@pytest.mark.tier("documented")
@pytest.mark.parametrize("kind", ["png", "tif"])
def test_sixteen_bits_are_kept(tmp_path, kind):
    deep = RAMP.astype(np.uint16) * 1000
    imwrite(deep, tmp_path / f"deep.{kind}")
    np.testing.assert_array_equal(imread(tmp_path / f"deep.{kind}"), deep)
    assert imfinfo(tmp_path / f"deep.{kind}").BitDepth == 16


@pytest.mark.tier("documented")
@pytest.mark.parametrize("kind", ["png", "gif", "bmp", "tif"])
def test_indexed_images(tmp_path, kind):
    map = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0.2]])
    indices = np.array([[1.0, 2], [3, 2]])
    imwrite(indices, map, tmp_path / f"few.{kind}")
    made, table = imread(tmp_path / f"few.{kind}", nargout=2)
    np.testing.assert_allclose(table[made], map[indices.astype(int) - 1], atol=1e-9)


@pytest.mark.tier("documented")
def test_alpha(tmp_path):
    imwrite(np.dstack([RAMP] * 3), tmp_path / "a.png", "Alpha", RAMP / 48)
    _, _, alpha = imread(tmp_path / "a.png", nargout=3)
    np.testing.assert_array_equal(alpha, im2uint8(RAMP / 48))


@pytest.mark.tier("documented")
def test_quality_and_formats(tmp_path):
    image = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    imwrite(image, tmp_path / "high.jpg", Quality=95)
    imwrite(image, tmp_path / "low.jpg", Quality=10)
    assert (tmp_path / "high.jpg").stat().st_size > 2 * (tmp_path / "low.jpg").stat().st_size
    imwrite(image, tmp_path / "named.dat", "png")
    assert imfinfo(tmp_path / "named.dat").Format == "png"


@pytest.mark.tier("chosen", "Files are written whole or not at all; folders are made")
def test_a_failure_leaves_the_earlier_file(tmp_path, monkeypatch):
    file = tmp_path / "new folder" / "kept.png"
    imwrite(RAMP, file)

    def fail(*args, **options):
        raise OSError("the disk is full")

    monkeypatch.setattr(Image.Image, "save", fail)
    with pytest.raises(OSError, match="full"):
        imwrite(255 - RAMP, file)
    monkeypatch.undo()
    np.testing.assert_array_equal(imread(file), RAMP)
    assert [f.name for f in file.parent.iterdir()] == ["kept.png"]


@pytest.mark.tier("documented")
def test_information(tmp_path):
    imwrite(np.zeros((4, 6, 3)), tmp_path / "colour.jpg")
    info = imfinfo(tmp_path / "colour.jpg")
    assert (info.Width, info.Height, info.BitDepth) == (6, 4, 24)
    assert (info.Format, info.ColorType) == ("jpg", "truecolor")
    assert info.FileSize == (tmp_path / "colour.jpg").stat().st_size


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda p: imwrite(RAMP), TypeError, "filename is missing"),
        (lambda p: imwrite(RAMP, p / "x.webp"), ValueError, "format must be one of"),
        (lambda p: imwrite(RAMP, p / "x"), ValueError, "format must be one of"),
        (lambda p: imwrite(np.zeros((2, 2, 5)), p / "x.png"), ValueError, "A must be"),
        (lambda p: imwrite(RAMP.astype(np.int16), p / "x.png"), TypeError, "im2uint8"),
        (lambda p: imwrite(np.zeros((2, 2, 3), np.uint16), p / "x.png"), TypeError, "uint16"),
        (lambda p: imwrite(np.zeros((2, 2, 3)), p / "x.gif"), ValueError, "RGB"),
        (lambda p: imwrite(RAMP, p / "x.jpg", Quality=101), ValueError, "Quality"),
        (lambda p: imwrite(RAMP, p / "x.jpg", Alpha=RAMP), ValueError, "PNG"),
        (lambda p: imwrite(RAMP, p / "x.png", Alpha=[[1]]), ValueError, "size of A"),
        (lambda p: imwrite(RAMP, [[0, 0]], p / "x.png"), ValueError, "map must be"),
        (lambda p: imfinfo(p / "none.png"), FileNotFoundError, "no file"),
    ],
)
def test_bad_input(tmp_path, call, error, message):
    with pytest.raises(error, match=message):
        call(tmp_path)
    assert not list(tmp_path.iterdir())

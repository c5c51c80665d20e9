import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from matxai import imread

RGB = np.random.default_rng(0).integers(0, 256, (5, 7, 3), dtype=np.uint8)
GREY = RGB[:, :, 0]


def save(values, file, mode=None, **options):
    image = Image.fromarray(values)
    (image.convert(mode) if mode else image).save(file, **options)
    return file


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("images")


@given(
    st.sampled_from(["png", "bmp", "tif"]),
    st.tuples(st.integers(1, 64), st.integers(1, 64)).flatmap(
        lambda size: st.sampled_from([(), (3,)]).flatmap(
            lambda tail: arrays(np.uint8, (*size, *tail))
        )
    ),
)
def test_lossless_files_come_back(folder, kind, image):
    result = imread(save(image, folder / f"any.{kind}"))
    np.testing.assert_array_equal(result, image)
    assert result.dtype == np.uint8
    assert result.flags.writeable
    assert result.flags.c_contiguous


@pytest.mark.tier("documented")
@pytest.mark.parametrize("kind", ["png", "tif"])
@pytest.mark.parametrize(
    "values",
    [GREY, RGB, GREY > 99, GREY.astype(np.uint16) * 257],
    ids=["uint8", "rgb", "bool", "uint16"],
)
def test_classes(folder, kind, values):
    result = imread(save(values, folder / f"class.{kind}"))
    assert result.dtype == values.dtype
    np.testing.assert_array_equal(result, values)


@pytest.mark.parametrize("dtype", ["float32", "int32"])
def test_classes_that_only_tiff_has(folder, dtype):
    values = (GREY.astype(dtype) - 100) / np.array(1 if dtype == "int32" else 7, dtype)
    values = values.astype(dtype)
    result = imread(save(values, folder / "deep.tif"))
    assert result.dtype == dtype
    np.testing.assert_array_equal(result, values)


@pytest.mark.tier("documented")
def test_big_endian_files_give_native_arrays(folder):
    values = GREY.astype(np.uint16) * 255
    result = imread(big_endian_tiff(folder / "big.tif", values))
    assert result.dtype.isnative
    assert result.dtype == np.uint16
    np.testing.assert_array_equal(result, values)


def big_endian_tiff(file, values):
    height, width = values.shape
    data = values.astype(">u2").tobytes()
    tags = [
        (256, width), (257, height), (258, 16), (259, 1), (262, 1), (273, 8), (277, 1),
        (278, height), (279, len(data)),
    ]  # fmt: skip
    entries = b"".join(struct.pack(">HHII", tag, 4, 1, value) for tag, value in tags)
    directory = struct.pack(">H", len(tags)) + entries + bytes(4)
    file.write_bytes(b"MM\0*" + struct.pack(">I", 8 + len(data)) + data + directory)
    return file


@pytest.mark.tier("documented")
def test_one_output_of_several(folder):
    file = save(RGB, folder / "rgb.png")
    image, colormap, alpha = imread(file, nargout=3)
    np.testing.assert_array_equal(image, RGB)
    assert colormap.shape == alpha.shape == (0, 0)


@pytest.mark.tier(
    "documented",
    "Indexed images give indices, the colormap is the second output; the orientation in a "
    "photograph is not applied",
)
@pytest.mark.parametrize("kind", ["png", "gif", "bmp", "tif"])
def test_indexed_images(folder, kind):
    indexed = Image.fromarray(RGB).quantize(9)
    indexed.save(folder / f"indexed.{kind}")
    X, colormap = imread(folder / f"indexed.{kind}", nargout=2)
    assert X.shape == (5, 7)
    assert X.dtype == np.uint8
    assert colormap.dtype == np.float64
    assert colormap.shape[1] == 3
    assert X.max() < len(colormap)
    np.testing.assert_allclose(colormap[X] * 255, np.array(indexed.convert("RGB")), atol=1e-9)


@pytest.mark.tier("documented")
def test_alpha_is_the_third_output(folder):
    image, _, alpha = imread(save(np.dstack([RGB, GREY]), folder / "rgba.png"), nargout=3)
    np.testing.assert_array_equal(image, RGB)
    np.testing.assert_array_equal(alpha, GREY)
    grey = Image.merge("LA", [Image.fromarray(GREY), Image.fromarray(RGB[:, :, 1])])
    grey.save(folder / "la.png")
    image, _, alpha = imread(folder / "la.png", nargout=3)
    np.testing.assert_array_equal(image, GREY)
    np.testing.assert_array_equal(alpha, RGB[:, :, 1])


@pytest.mark.tier("chosen", "A transparent colour becomes an alpha channel")
def test_transparent_colour_becomes_alpha(folder):
    indexed = Image.fromarray(RGB).quantize(5)
    indexed.save(folder / "transparent.png", transparency=2)
    X, _, alpha = imread(folder / "transparent.png", nargout=3)
    np.testing.assert_array_equal(alpha, np.where(X == 2, 0, 255))


@pytest.mark.tier("chosen", "CMYK has 0 where there is no ink")
def test_cmyk_has_four_channels(folder):
    flat = np.full((8, 8, 4), [0, 64, 128, 255], dtype=np.uint8)
    Image.frombytes("CMYK", (8, 8), flat.tobytes()).save(folder / "cmyk.jpg", quality=100)
    result = imread(folder / "cmyk.jpg")
    assert result.shape == (8, 8, 4)
    np.testing.assert_allclose(result.astype(int), flat, atol=2)


@pytest.mark.tier("documented")
def test_orientation_is_not_applied(folder):
    exif = Image.Exif()
    exif[0x0112] = 6
    save(np.zeros((4, 9, 3), np.uint8), folder / "turned.jpg", exif=exif)
    with Image.open(folder / "turned.jpg") as image:
        assert image.getexif()[0x0112] == 6
    assert imread(folder / "turned.jpg").shape == (4, 9, 3)


def test_paths_of_all_kinds(folder):
    file = save(GREY, folder / "päth.png")
    for path in (file, str(file), Path(os.fsdecode(file))):
        np.testing.assert_array_equal(imread(path), GREY)


# Bad input


def deep_png(file):
    """Write a PNG of 16 bits per channel, which Pillow does not write."""
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in RGB)
    header = struct.pack(">IIBBBBB", 7, 5, 16, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return file


def test_channels_are_not_cut_to_eight_bits_silently(folder):
    with pytest.raises(ValueError, match="16 bits per channel"):
        imread(deep_png(folder / "deep.png"))


@pytest.mark.parametrize("kind", ["png", "jpg", "bmp", "gif"])
def test_truncated_file_is_reported_or_whole(folder, kind):
    whole = save(np.tile(RGB, (3, 3, 1)), folder / f"whole.{kind}")
    expected = imread(whole)
    content = whole.read_bytes()
    cut = folder / f"cut.{kind}"
    lengths = range(0, len(content), max(1, len(content) // 60))
    messages = []
    for length in lengths:
        cut.write_bytes(content[:length])
        try:
            # Some files end with what is no part of the pixels.
            np.testing.assert_array_equal(imread(cut), expected)
        except ValueError as error:
            messages.append(str(error))
    assert len(messages) > 0.5 * len(lengths)
    assert all("truncated" in message and cut.name in message for message in messages)


def test_missing_file():
    with pytest.raises(FileNotFoundError, match=r"imread: there is no file 'nowhere.png'"):
        imread("nowhere.png")


def test_folder(folder):
    with pytest.raises(ValueError, match="is a folder"):
        imread(folder)


def test_text_is_no_image(folder):
    (folder / "text.png").write_text("no image")
    with pytest.raises(ValueError, match=r"text.png.* no image of a known format"):
        imread(folder / "text.png")


@pytest.mark.parametrize("filename", [5, None, "", [1, 2], np.zeros((2, 2))])
def test_filename_must_be_a_path(filename):
    with pytest.raises(TypeError, match="filename must be the path of a file"):
        imread(filename)


def test_damaged_pixels(folder):
    content = bytearray(save(np.tile(RGB, (20, 20, 1)), folder / "fine.png").read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40] = bytes(40)
    (folder / "damaged.png").write_bytes(content)
    with pytest.raises(ValueError, match="truncated or damaged"):
        imread(folder / "damaged.png")


def test_signed_bytes_are_refused_rather_than_misread(tmp_path):
    tifffile = pytest.importorskip("tifffile")
    tifffile.imwrite(tmp_path / "signed.tif", np.array([[-1, 5], [7, -8]], np.int8))
    with pytest.raises(ValueError, match="signed 8-bit integers"):
        imread(tmp_path / "signed.tif")
    tifffile.imwrite(tmp_path / "unsigned.tif", np.array([[255, 5], [7, 8]], np.uint8))
    assert imread(tmp_path / "unsigned.tif").tolist() == [[255, 5], [7, 8]]

import numpy as np
import pytest

from matxai import countEachLabel, imwrite, pixelLabelDatastore, read, readall, readimage, subset

VALUES = np.array([[[10, 20], [20, 0]], [[20, 20], [20, 20]]], np.uint8)


@pytest.fixture
def folder(tmp_path):
    for i, values in enumerate(VALUES):
        imwrite(values, tmp_path / f"{i}.png")
    return tmp_path


@pytest.mark.tier(
    "documented", "`pixelLabelDatastore` reads categoricals; other values are undefined"
)
def test_values_stand_for_classes(folder):
    pxds = pixelLabelDatastore(folder, ["sky", "road"], [10, 20])
    first = read(pxds)
    assert first.tolist() == [["sky", "road"], ["road", "<undefined>"]]
    assert (readimage(pxds, 2) == "road").all()
    assert len(readall(pxds)) == 2
    assert pxds.ClassNames == ["sky", "road"]
    assert read(pxds, nargout=2)[1].Filename == pxds.Files[1]


def test_pixels_are_counted(folder):
    T = countEachLabel(pixelLabelDatastore(folder, ["sky", "road"], [10, 20]))
    assert T.PixelCount.tolist() == [1, 6]
    assert T.ImagePixelCount.tolist() == [4, 8]
    assert T.Name.tolist() == ["sky", "road"]


def test_a_part_has_the_classes(folder):
    part = subset(pixelLabelDatastore(folder, ["sky", "road"], [10, 20]), [2])
    assert part.Files[0].endswith("1.png")
    assert (read(part) == "road").all()


def test_wrong_input_is_named(folder):
    with pytest.raises(ValueError, match="as many elements, but have 2 and 1"):
        pixelLabelDatastore(folder, ["sky", "road"], [1])
    with pytest.raises(ValueError, match="Colours and several numbers"):
        pixelLabelDatastore(folder, ["sky"], np.ones((2, 3)))
    with pytest.raises(TypeError, match="classNames must be texts"):
        pixelLabelDatastore(folder, [1], [1])
    with pytest.raises(FileNotFoundError):
        pixelLabelDatastore(folder / "none", ["sky"], [1])

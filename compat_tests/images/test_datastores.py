from pathlib import Path

import numpy as np
import pytest
from tiny_networks import conv

from matxai import (
    augmentedImageDatastore,
    countEachLabel,
    hasdata,
    imageDatastore,
    imresize,
    imtile,
    imwrite,
    minibatchpredict,
    read,
    readall,
    readimage,
    reset,
    rng,
    shuffle,
    splitEachLabel,
    subset,
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("pets")
    for name, count in (("cat", 6), ("dog", 2)):
        for i in range(count):
            imwrite(np.full((3 + i, 4), 10 * i + len(name), np.uint8), place / name / f"{i}.png")
    (place / "cat" / "notes.txt").write_text("no image")
    imwrite(np.zeros((2, 2)), place / "top.bmp")
    return place


@pytest.fixture
def imds(folder):
    return imageDatastore(
        [folder / "cat", folder / "dog"], "IncludeSubfolders", True, "LabelSource", "foldernames"
    )


@pytest.mark.tier("documented")
def test_files_and_labels(folder, imds):
    names = [Path(f).relative_to(folder).as_posix() for f in imds.Files]
    assert names == [f"cat/{i}.png" for i in range(6)] + ["dog/0.png", "dog/1.png"]
    assert len(imds.Files) == 8
    assert imds.Labels.tolist() == ["cat"] * 6 + ["dog"] * 2
    assert len(imageDatastore(folder).Files) == 1
    assert len(imageDatastore(folder, IncludeSubfolders=True).Files) == 9
    assert len(imageDatastore(folder, IncludeSubfolders=True, FileExtensions=".bmp").Files) == 1
    assert len(imageDatastore(str(folder / "cat" / "*.png")).Files) == 6


@pytest.mark.tier("documented")
def test_reading(imds):
    assert readimage(imds, 2).tolist() == np.full((4, 4), 13).tolist()
    seen = 0
    while hasdata(imds):
        image, info = read(imds, nargout=2)
        assert image[0, 0] == 10 * (seen if seen < 6 else seen - 6) + 3
        assert str(info.Label) == ("cat" if seen < 6 else "dog")
        seen += 1
    assert seen == 8
    with pytest.raises(ValueError, match="no more images"):
        imds.read()
    reset(imds)
    assert imds.hasdata()
    assert [image.shape[0] for image in readall(imds)] == [3, 4, 5, 6, 7, 8, 3, 4]
    imds.ReadFcn = lambda file: 7
    assert imds.readimage(1) == 7


@pytest.mark.tier("documented")
def test_counting(imds):
    counts = countEachLabel(imds)
    assert counts.Label.tolist() == ["cat", "dog"]
    assert counts.Count.tolist() == [6, 2]


@pytest.mark.tier(
    "numeric",
    "splitEachLabel rounds shares to the nearest number of files, as in the output on "
    "MATLAB's page; its text says down",
)
def test_shares_are_rounded_as_in_the_documented_output(imds):
    first, rest = splitEachLabel(imds, 0.6, nargout=2)
    assert len(first.Files) == 5
    assert first.Labels.tolist() == ["cat"] * 4 + ["dog"]
    assert sorted(first.Files + rest.Files) == sorted(imds.Files)


@pytest.mark.tier("documented")
def test_numbers_of_files_and_several_parts(imds):
    a, b, c = splitEachLabel(imds, 1, 1, nargout=3)
    assert [len(part.Files) for part in (a, b, c)] == [2, 2, 4]
    only, _ = splitEachLabel(imds, 0.5, Include="dog", nargout=2)
    assert only.Labels.tolist() == ["dog"]
    rng(0)
    mixed, _ = splitEachLabel(imds, 0.5, "randomized", nargout=2)
    rng(0)
    again, _ = splitEachLabel(imds, 0.5, "randomized", nargout=2)
    assert mixed.Files == again.Files
    assert len(mixed.Files) == 4


@pytest.mark.tier("documented")
def test_order_and_parts(imds):
    rng(1)
    mixed = shuffle(imds)
    assert mixed.Files != imds.Files
    for file, label in zip(mixed.Files, mixed.Labels.tolist(), strict=True):
        assert label in file
    part = subset(imds, [8, 1])
    assert part.Labels.tolist() == ["dog", "cat"]
    assert subset(imds, np.arange(8) < 2).Files == imds.Files[:2]


def test_labels_can_be_set(imds):
    imds.Labels = ["a", "b"] * 4
    assert imds.Labels.tolist() == ["a", "b"] * 4
    with pytest.raises(ValueError, match="each of the 8 files"):
        imds.Labels = ["a"]


@pytest.mark.tier("documented", "augmentedImageDatastore resizes bilinearly, with antialiasing")
def test_resized_images(imds):
    auimds = augmentedImageDatastore([5, 6, 3], imds, "ColorPreprocessing", "gray2rgb")
    rows = read(auimds)
    assert auimds.NumObservations == 8
    assert rows.response.tolist() == imds.Labels.tolist()
    expected = imresize(readimage(imds, 4), [5, 6], "bilinear")
    np.testing.assert_array_equal(rows.input[3], np.dstack([expected] * 3))
    assert not hasdata(auimds)
    assert [batch.shape for batch in auimds.batches(5)] == [(5, 6, 3, 5), (5, 6, 3, 3)]


def test_tiles_of_a_datastore(imds):
    assert imtile(imds, GridSize=[2, 4]).shape == (6, 16)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda d, f: imageDatastore(f / "none"), FileNotFoundError, "there is no"),
        (lambda d, f: imageDatastore(f / "cat" / "notes.txt", FileExtensions=".png"),
         FileNotFoundError, "no image file"),
        (lambda d, f: imageDatastore(f, LabelSource="names"), ValueError, "LabelSource"),
        (lambda d, f: imageDatastore(f, LabelSource="foldernames", Labels=["a"]), ValueError,
         "not both"),
        (lambda d, f: imageDatastore(f, Labels=["a", "b"]), ValueError, "each of the 1 files"),
        (lambda d, f: imageDatastore(3), TypeError, "location"),
        (lambda d, f: readimage(d, 9), ValueError, "I must be 1 to 8"),
        (lambda d, f: readimage([1], 1), TypeError, "an imageDatastore"),
        (lambda d, f: splitEachLabel(d, 3, nargout=2), ValueError, "'dog' has 2"),
        (lambda d, f: splitEachLabel(d, 1.5, nargout=2), ValueError, "p must be"),
        (lambda d, f: countEachLabel(imageDatastore(f)), ValueError, "no labels"),
        (lambda d, f: subset(d, [0]), ValueError, "indices must be 1 to 8"),
        (lambda d, f: augmentedImageDatastore([5], d), ValueError, "outputSize"),
        (lambda d, f: augmentedImageDatastore([5, 5], [1]), TypeError, "imds must be"),
        (lambda d, f: list(d.batches(8)), ValueError, "same size"),
    ],
)  # fmt: skip
def test_bad_input(imds, folder, call, error, message):
    with pytest.raises(error, match=message):
        call(imds, folder)


@pytest.mark.tier("documented")
def test_networks_take_datastores(imds):
    net = conv()
    auimds = augmentedImageDatastore(
        [16, 16, 3], subset(imds, [1, 7, 2]), ColorPreprocessing="gray2rgb"
    )
    stack = np.concatenate(list(auimds.batches(2)), axis=3)
    scores = minibatchpredict(net, auimds, MiniBatchSize=2)
    np.testing.assert_allclose(scores, minibatchpredict(net, stack), rtol=1e-4, atol=1e-6)

"""augmentedImageDatastore: the images of a datastore, in the size that a network takes."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, positive_integers
from matxai.calling import matlab_function
from matxai.images.datastore_parts import stacked
from matxai.images.datastores import imageDatastore
from matxai.images.grey import luma
from matxai.images.overlays import true_colour
from matxai.images.resize import resize
from matxai.lang.tables import table

__all__ = ["augmentedImageDatastore"]


def _datastore(value: Any, name: str) -> imageDatastore:
    if not isinstance(value, imageDatastore):
        raise TypeError(f"{name} must be an imageDatastore, but is {describe(value)}.")
    return value


@matlab_function(
    "auimds",
    accepts={
        "outputSize": positive_integers((2, 3)),
        "imds": _datastore,
        "ColorPreprocessing": one_of("none", "gray2rgb", "rgb2gray"),
        "OutputSizeMode": one_of("resize"),
    },
)
def _made(outputSize: Any, imds: Any, *, ColorPreprocessing="none", OutputSizeMode="resize"):
    return outputSize, imds, ColorPreprocessing


# What a person calls is the class.
_made.__name__ = "augmentedImageDatastore"


class augmentedImageDatastore:  # MATLAB's name
    """The images of an imageDatastore, resized, to be scored by `classify` and its like.

    Parameters
    ----------
    outputSize : [rows, columns] or [rows, columns, channels]
        Size of the images, as of ``net.Layers[0].InputSize``.
    imds : imageDatastore
        The images.
    ColorPreprocessing : {"none", "gray2rgb", "rgb2gray"}
        Whether grey images become RGB, or RGB images grey.
    OutputSizeMode : {"resize"}
        Images are resized.

    Attributes
    ----------
    NumObservations : int
        Number of images.
    OutputSize : numpy.ndarray of int, shape (2,)
        Rows and columns.
    MiniBatchSize : int
        Number of images that `read` returns; 128, and it can be set.

    Raises
    ------
    TypeError
        If `imds` is no imageDatastore.
    ValueError
        If the size is not two or three positive integers, or an option is unknown.

    Notes
    -----
    Documented: images are resized as by ``imresize(I, outputSize, "bilinear")``, with
    antialiasing. Augmenting images at random, for training, is not there.

    Examples
    --------
    >>> import os, tempfile
    >>> import numpy as np
    >>> from matxai import augmentedImageDatastore, imageDatastore, imwrite, read
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     imwrite(np.zeros((4, 6)), os.path.join(folder, "1.png"))
    ...     auimds = augmentedImageDatastore(
    ...         [8, 8, 3], imageDatastore(folder), "ColorPreprocessing", "gray2rgb"
    ...     )
    ...     read(auimds).input[0].shape
    (8, 8, 3)
    """

    def __init__(self, outputSize: Any, imds: Any, *args: Any, **options: Any):
        size, self._imds, self._colour = _made(outputSize, imds, *args, **options)
        self.OutputSize = np.array(size[:2])
        self.MiniBatchSize = 128
        self._next = 0

    @property
    def NumObservations(self) -> int:
        """Number of images."""
        return len(self._imds)

    @property
    def Files(self) -> list[str]:
        """Full paths of the files."""
        return self._imds.Files

    def __len__(self) -> int:
        return len(self._imds)

    def _image(self, place: int) -> np.ndarray:
        image = np.asarray(self._imds._image(place)[0])
        if self._colour == "gray2rgb" and image.ndim == 2:
            image = true_colour(image)
        if self._colour == "rgb2gray" and image.ndim == 3:
            image = luma(image)
        return resize(image, tuple(int(n) for n in self.OutputSize), "bilinear", True)

    def batches(self, size: int) -> Any:
        """Read all images, H×W×C×N for up to `size` of them at once."""
        for start in range(0, len(self), size):
            yield stacked([self._image(i) for i in range(start, min(start + size, len(self)))])

    @matlab_function("data")
    def read(self):
        """Read the next images, as a table of input and, if there are labels, response."""
        if not self.hasdata():
            raise ValueError("read: there are no more images. reset(auimds) starts again.")
        last = min(self._next + self.MiniBatchSize, len(self))
        places = np.arange(self._next, last)
        self._next = last
        return self._rows(places)

    @matlab_function("tf")
    def hasdata(self):
        """Tell whether there are more images to read."""
        return self._next < len(self)

    @matlab_function()
    def reset(self):
        """Go back to the first image."""
        self._next = 0

    @matlab_function("data")
    def readall(self):
        """Read all images, as a table of input and, if there are labels, response."""
        return self._rows(np.arange(len(self)))

    def _rows(self, places: np.ndarray) -> table:
        images = [self._image(i) for i in places]
        rows = table([None] * len(images), VariableNames=["input"])
        # A list of images of one size would become an array of them.
        rows._columns["input"] = images
        if len(self._imds.Labels):
            rows["response"] = self._imds.Labels[places]
        return rows

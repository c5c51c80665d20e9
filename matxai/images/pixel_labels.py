"""pixelLabelDatastore: images in files whose values stand for classes, pixel by pixel."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, logical, numeric_array, texts
from matxai.calling import matlab_function
from matxai.images.datastore_files import extensions, files_at, locations
from matxai.images.datastores import imageDatastore
from matxai.lang.categorical import categorical
from matxai.lang.tables import table

__all__ = ["pixelLabelDatastore"]


def _ids(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name)
    if array.size != max(array.shape, default=1):
        raise ValueError(
            f"{name} must be a vector with one number for each class, but is {describe(value)}. "
            f"Colours and several numbers for a class are not taken."
        )
    return array.reshape(-1)


@matlab_function(
    "pxds",
    accepts={
        "location": locations,
        "classNames": texts,
        "pixelLabelIDs": _ids,
        "FileExtensions": extensions,
        "IncludeSubfolders": logical,
    },
)
def _opened(
    location: Any,
    classNames: Any,
    pixelLabelIDs: Any,
    *,
    FileExtensions: Any = None,
    IncludeSubfolders: bool = False,
) -> Any:
    if len(classNames) != len(pixelLabelIDs):
        raise ValueError(
            f"pixelLabelDatastore: classNames and pixelLabelIDs must have as many elements, but "
            f"have {len(classNames)} and {len(pixelLabelIDs)}."
        )
    files = files_at(location, FileExtensions, IncludeSubfolders, "pixelLabelDatastore")
    return files, classNames, pixelLabelIDs


# What a person calls is the class.
_opened.__name__ = "pixelLabelDatastore"


class pixelLabelDatastore(imageDatastore):  # MATLAB's name
    """Images in files whose values stand for the classes of pixels.

    Parameters
    ----------
    location : str or list of str
        Folders or files, as `imageDatastore` takes them.
    classNames : list of str
        Names of the classes.
    pixelLabelIDs : array of int
        The value of each class in the files.
    FileExtensions : str or list of str, optional
        Endings of the files that are taken, such as ".png".
    IncludeSubfolders : bool, default False
        Whether to look into folders below.

    Attributes
    ----------
    Files : list of str
        Full paths.
    ClassNames : list of str
        Names of the classes.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    FileNotFoundError
        If there is no such file or folder, or no image in it.
    ValueError
        If there are not as many names as values, or values are colours.

    See Also
    --------
    semanticseg : writes such files.

    Notes
    -----
    Documented. `read` and `readimage` give a categorical, H×W; pixels of other values are
    undefined. Chosen: `readall` gives a list of these.

    Examples
    --------
    >>> import os, tempfile
    >>> import numpy as np
    >>> from matxai import imwrite, pixelLabelDatastore, read
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     imwrite(np.uint8([[1, 2], [2, 7]]), os.path.join(folder, "1.png"))
    ...     pxds = pixelLabelDatastore(folder, ["sky", "road"], [1, 2])
    ...     read(pxds)
    2×2 categorical
         sky       road
         road      <undefined>
    """

    def __init__(self, location: Any, *args: Any, **options: Any):
        files, self._names, self._ids = _opened(location, *args, **options)
        self._fill(files, [], None)

    @property
    def ClassNames(self) -> list[str]:
        """Names of the classes."""
        return list(self._names)

    def _part(self, places: np.ndarray) -> pixelLabelDatastore:
        part = super()._part(places)
        part._names, part._ids = self._names, self._ids
        return part

    def _image(self, place: int) -> Any:
        values, info = super()._image(place)
        return categorical(np.asarray(values), self._ids, self._names), info

    @matlab_function("T")
    def countEachLabel(self):
        """Count the pixels of each class, and all those of images that the class is in."""
        counts, around = np.zeros((2, len(self._names)))
        for place in range(len(self)):
            codes = self._image(place)[0]._codes
            here = np.bincount(codes[codes >= 0].reshape(-1), minlength=len(self._names))
            counts += here
            around += (here > 0) * codes.size
        names = ["Name", "PixelCount", "ImagePixelCount"]
        return table(np.array(self._names, object), counts, around, VariableNames=names)

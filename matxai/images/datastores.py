"""imageDatastore: images in files, read one by one when they are needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from matxai.arguments import describe, logical, numeric_array, one_of, positive_integer
from matxai.calling import matlab_function
from matxai.images.datastore_files import extensions, files_at, folder_names, locations
from matxai.images.datastore_parts import cut, share_of, stacked
from matxai.lang.categorical import categorical, categories
from matxai.lang.random import stream, uniform
from matxai.lang.structs import struct
from matxai.lang.tables import table

__all__ = ["imageDatastore"]


def _reader(value: Any, name: str) -> Callable[[str], Any]:
    if not callable(value):
        raise TypeError(f"{name} must be a function of a file name, but is {describe(value)}.")
    return value


def _labels(value: Any) -> Any:
    """Take labels as a categorical, numbers as an array, nothing as an empty list."""
    if value is None or (not isinstance(value, categorical) and np.size(value) == 0):
        return []
    if isinstance(value, categorical) or np.asarray(value).dtype.kind in "fiub":
        return value if isinstance(value, categorical) else np.asarray(value).reshape(-1)
    return categorical(value)


@matlab_function(
    "imds",
    accepts={
        "location": locations,
        "FileExtensions": extensions,
        "IncludeSubfolders": logical,
        "LabelSource": one_of("none", "foldernames"),
        "ReadFcn": _reader,
    },
)
def _opened(
    location: Any,
    *,
    FileExtensions: Any = None,
    IncludeSubfolders: bool = False,
    LabelSource: str = "none",
    Labels: Any = None,
    ReadFcn: Any = None,
) -> Any:
    if Labels is not None and LabelSource != "none":
        raise ValueError("imageDatastore: give either Labels or LabelSource, not both.")
    files = files_at(location, FileExtensions, IncludeSubfolders, "imageDatastore")
    labels = categorical(folder_names(files)) if LabelSource == "foldernames" else _labels(Labels)
    return files, labels, ReadFcn


# What a person calls is the class.
_opened.__name__ = "imageDatastore"


class imageDatastore:  # MATLAB's name
    """Images in files, in a fixed order, with their labels.

    Parameters
    ----------
    location : str or list of str
        Folders, whose image files are taken, sorted by their paths, or files; also patterns such
        as ``"*.jpg"``.
    FileExtensions : str or list of str, optional
        Endings of the files that are taken, such as ".jpg". By default those of images in
        folders, and any where files are named.
    IncludeSubfolders : bool, default False
        Whether to look into folders below.
    LabelSource : {"none", "foldernames"}
        "foldernames" labels each image with the name of the folder that it lies in.
    Labels : categorical, list or array, optional
        One label for each file.
    ReadFcn : callable, optional
        Function of a file's name that returns the image; by default `imread`.

    Attributes
    ----------
    Files : list of str
        Full paths.
    Labels : categorical or numpy.ndarray
        Labels, or an empty list; they can be set.
    ReadFcn : callable
        What reads a file; it can be set.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    FileNotFoundError
        If there is no such file or folder, or no image in it.
    ValueError
        If there are not as many labels as files, or an option is unknown.

    Notes
    -----
    Documented. ``readimage(imds, 1)`` and ``imds.readimage(1)`` are the same call; so for read,
    hasdata, reset, readall, countEachLabel, splitEachLabel, shuffle and subset. Chosen: the order
    of files is that of their paths as texts.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import imageDatastore, imwrite, readimage
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("cat", "dog"):
    ...         imwrite([[0, 1]], os.path.join(folder, name, "1.png"))
    ...     imds = imageDatastore(
    ...         folder, "IncludeSubfolders", True, "LabelSource", "foldernames"
    ...     )
    ...     readimage(imds, 2)
    array([[  0, 255]], dtype=uint8)
    >>> imds.Labels
    2×1 categorical
         cat
         dog
    """

    def __init__(self, location: Any, *args: Any, **options: Any):
        self._fill(*_opened(location, *args, **options))

    def _fill(self, files: list[str], labels: Any, reader: Any) -> None:
        self._files = list(files)
        self._next = 0
        self._reader = reader
        self.Labels = labels

    @property
    def Files(self) -> list[str]:
        """Full paths of the files."""
        return list(self._files)

    @property
    def Labels(self) -> Any:
        """One label for each file, or nothing."""
        return self._labels

    @Labels.setter
    def Labels(self, value: Any) -> None:
        labels = _labels(value)
        if len(labels) not in (0, len(self._files)):
            raise ValueError(
                f"imageDatastore: Labels must hold a label for each of the {len(self._files)} "
                f"files, but holds {len(labels)}."
            )
        self._labels = labels

    @property
    def ReadFcn(self) -> Callable[[str], Any]:
        """Function that reads a file."""
        from matxai.images.files import imread

        return self._reader or imread

    @ReadFcn.setter
    def ReadFcn(self, function: Any) -> None:
        self._reader = _reader(function, "imageDatastore: ReadFcn")

    def __len__(self) -> int:
        return len(self._files)

    def __repr__(self) -> str:
        shown = [f"             {file!r}" for file in self._files[:3]]
        more = len(self._files) - len(shown)
        lines = ["  imageDatastore with properties:", "", "      Files:", *shown]
        lines += [f"              ... and {more} more"] if more else []
        labels = f"{len(self._labels)} labels" if len(self._labels) else "none"
        return "\n".join([*lines, f"     Labels: {labels}"])

    def _part(self, places: np.ndarray) -> imageDatastore:
        """Make a datastore of some of the files, counted from 0."""
        part = type(self).__new__(type(self))
        labels = self._labels[places] if len(self._labels) else []
        part._fill([self._files[i] for i in places], labels, self._reader)
        return part

    def _image(self, place: int) -> tuple[Any, struct]:
        file = self._files[place]
        label = self._labels[place] if len(self._labels) else []
        size = os.path.getsize(file) if os.path.isfile(file) else 0
        return self.ReadFcn(file), struct(Filename=file, FileSize=size, Label=label)

    def batches(self, size: int) -> Iterator[np.ndarray]:
        """Read all images, H×W×C×N for up to `size` of them at once."""
        for start in range(0, len(self), size):
            yield stacked([self._image(i)[0] for i in range(start, min(start + size, len(self)))])

    @matlab_function("img", "fileinfo", accepts={"I": positive_integer})
    def readimage(self, I, *, nargout=1):  # noqa: E741
        """Read image `I`, counted from 1; with ``nargout=2`` also a struct about its file."""
        if len(self) < I:
            raise ValueError(f"readimage: I must be 1 to {len(self)}, but is {I}.")
        return self._image(I - 1)

    @matlab_function("img", "fileinfo")
    def read(self, *, nargout=1):
        """Read the next image; with ``nargout=2`` also a struct about its file."""
        if not self.hasdata():
            raise ValueError("read: there are no more images. reset(imds) starts again.")
        self._next += 1
        return self._image(self._next - 1)

    @matlab_function("tf")
    def hasdata(self):
        """Tell whether there is a next image to read."""
        return self._next < len(self)

    @matlab_function()
    def reset(self):
        """Go back to the first image."""
        self._next = 0

    @matlab_function("data")
    def readall(self):
        """Read all images, as a list."""
        return [self._image(i)[0] for i in range(len(self))]

    @matlab_function("T")
    def countEachLabel(self):
        """Count the files of each label: a table of Label and Count."""
        groups = self._groups("countEachLabel")
        labels = categorical(list(groups), list(groups))
        counts = [len(places) for places in groups.values()]
        return table(labels, np.array(counts, float), VariableNames=["Label", "Count"])

    @matlab_function("imds1", "...")
    def splitEachLabel(self, *p, Include=None, Exclude=None, nargout=1):
        """Split into datastores that hold so many files of each label, or such a share of them."""
        randomized = bool(p) and isinstance(p[-1], str)
        if randomized:
            one_of("randomized")(p[-1], "splitEachLabel: The option")
        shares = [share_of(value) for value in (p[:-1] if randomized else p)]
        if not shares:
            raise TypeError("splitEachLabel: p is missing. Call splitEachLabel(imds, p).")
        parts: list[list[int]] = [[] for _ in range(len(shares) + 1)]
        for label, places in self._wanted(Include, Exclude).items():
            order = list(places)
            if randomized:
                order = [order[i] for i in np.argsort(uniform(stream(), len(order)).ravel())]
            for part, taken in zip(parts, cut(order, shares, label), strict=True):
                part.extend(taken)
        return tuple(self._part(np.array(sorted(part), dtype=int)) for part in parts)

    @matlab_function("imdsrand")
    def shuffle(self):
        """Return a datastore of the same files in random order."""
        return self._part(np.argsort(uniform(stream(), len(self)).ravel(), kind="stable"))

    @matlab_function("outds", accepts={"indices": numeric_array})
    def subset(self, indices):
        """Return a datastore of some of the files, by numbers from 1 or truth values."""
        places = np.flatnonzero(indices) if indices.dtype == bool else indices.reshape(-1) - 1
        if indices.dtype == bool and indices.size != len(self):
            raise ValueError(f"subset: indices must hold {len(self)} truth values.")
        fits = (places >= 0) & (places < len(self)) & (places == np.floor(places))
        if not fits.all():
            raise ValueError(
                f"subset: indices must be 1 to {len(self)}, but are {describe(indices)}."
            )
        return self._part(places.astype(int))

    def _groups(self, function: str) -> dict[str, list[int]]:
        """Gather the places of each label, in the order of the categories."""
        if not len(self._labels):
            raise ValueError(f"{function}: imds has no labels. Set imds.Labels.")
        labels = self._labels
        if not isinstance(labels, categorical):
            labels = categorical(labels)
        names = labels.tolist()
        groups: dict[str, list[int]] = {name: [] for name in categories(labels).tolist()}
        for place, name in enumerate(names):
            if name in groups:
                groups[name].append(place)
        return {name: places for name, places in groups.items() if places}

    def _wanted(self, include: Any, exclude: Any) -> dict[str, list[int]]:
        groups = self._groups("splitEachLabel")
        for option, given in (("Include", include), ("Exclude", exclude)):
            names = [] if given is None else np.atleast_1d(np.asarray(given)).tolist()
            unknown = [name for name in names if name not in groups]
            if unknown:
                raise ValueError(
                    f"splitEachLabel: {option} must be labels of imds, but {unknown[0]!r} is none."
                )
            if given is not None:
                keep = option == "Include"
                groups = {n: places for n, places in groups.items() if (n in names) == keep}
        return groups

"""Functions of datastores, which are the same as their methods: ``read(imds)``, ``imds.read()``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matxai.calling import method_function

__all__ = [
    "countEachLabel",
    "hasdata",
    "read",
    "readall",
    "readimage",
    "reset",
    "shuffle",
    "splitEachLabel",
    "subset",
]

_ONE = "an imageDatastore"
_EITHER = "a datastore, as imageDatastore, augmentedImageDatastore, transform or combine return"


def _function(
    name: str, classes: str, does: str, takes: str, gives: str, example: str, more: str = ""
) -> Callable[..., Any]:
    taken = f"\n    {takes}" if takes else ""
    return method_function(
        name,
        classes,
        f"""{does}

    Parameters
    ----------
    obj : imageDatastore{" or augmentedImageDatastore" if classes == _EITHER else ""}
        The datastore.{taken}

    Returns
    -------
    {gives}

    Raises
    ------
    TypeError
        If the first argument is no datastore, or another one has the wrong type.
    ValueError
        If an argument is out of its range, or there is nothing to return.

    Notes
    -----
    Documented.{more}

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import imageDatastore, imwrite, {name}
    >>> folder = tempfile.TemporaryDirectory()
    >>> for i in range(4):
    ...     imwrite([[i / 4]], os.path.join(folder.name, f"{{i}}.png"))
    >>> imds = imageDatastore(folder.name, Labels=["cat", "dog", "cat", "dog"])
    {example}
    >>> folder.cleanup()
    """,
    )


_IMAGE = """img : numpy.ndarray
        The image; of an augmentedImageDatastore a table of the next images.
    fileinfo : struct
        Filename, FileSize and Label, with ``nargout=2``."""

read = _function(
    "read",
    _EITHER,
    "Read the next image of a datastore.",
    "",
    _IMAGE,
    ">>> read(imds), read(imds)\n    (array([[0]], dtype=uint8), array([[64]], dtype=uint8))",
)
readimage = _function(
    "readimage",
    _ONE,
    "Read one image of a datastore.",
    "I : int\n        Number of the image, from 1.",
    _IMAGE.replace("; of an augmentedImageDatastore a table of the next images", ""),
    ">>> readimage(imds, 3)\n    array([[128]], dtype=uint8)",
)
readall = _function(
    "readall",
    _EITHER,
    "Read all images of a datastore.",
    "",
    "list of numpy.ndarray, or table\n        The images.",
    ">>> len(readall(imds))\n    4",
)
hasdata = _function(
    "hasdata",
    _EITHER,
    "Tell whether a datastore has a next image to read.",
    "",
    "bool\n        Whether it has.",
    ">>> hasdata(imds)\n    True",
)
reset = _function(
    "reset",
    _EITHER,
    "Go back to the first image of a datastore.",
    "",
    "None\n        Nothing.",
    ">>> reset(imds)",
)
countEachLabel = _function(
    "countEachLabel",
    _ONE,
    "Count the files of each label of a datastore.",
    "",
    "table\n        Label and Count.",
    ">>> countEachLabel(imds).Count\n    array([2., 2.])",
)
splitEachLabel = _function(
    "splitEachLabel",
    _ONE,
    "Split a datastore such that each part has a share of the files of each label.",
    """*p : float or int
        Share of the files of each label, between 0 and 1, or number of them, for each part but
        the last, which gets what remains. ``"randomized"`` at the end chooses them at random.
    Include, Exclude : str or list of str, optional
        Labels that are split, or left out.
    nargout : int
        Number of parts that are returned.""",
    "imds1, ... : imageDatastore\n        The parts.",
    ">>> first, rest = splitEachLabel(imds, 0.5, nargout=2)\n    >>> len(first.Files)\n    2",
    " Shares are rounded to the nearest number of files, as in the output that MATLAB's page\n"
    "    prints: 60% of 6 and of 2 files are 5 together. Random numbers come from `rng`, but the\n"
    "    files are not those that MATLAB draws.",
)
shuffle = _function(
    "shuffle",
    _ONE,
    "Put the files of a datastore into random order.",
    "",
    "imageDatastore\n        A datastore of the same files.",
    ">>> sorted(shuffle(imds).Files) == imds.Files\n    True",
    " Random numbers come from `rng`, but the order is not the one that MATLAB draws.",
)
subset = _function(
    "subset",
    _ONE,
    "Make a datastore of some files of another.",
    "indices : array_like\n        Numbers of the files, from 1, or truth values.",
    "imageDatastore\n        The datastore.",
    ">>> subset(imds, [4, 1]).Labels.tolist()\n    ['dog', 'cat']",
)

"""semanticseg: which class is each pixel of?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from matxai.arguments import describe, logical, numeric_array, one_of, positive_integer, text, texts
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.nets.flavours import DAGNetwork, is_auto, output_classes
from matxai.nets.inference import network, results_of
from matxai.nets.network import Network

__all__ = ["semanticseg"]


@matlab_function(
    "C",
    "score",
    "allScores",
    accepts={
        "network": network,
        "OutputType": one_of("categorical", "double", "uint8"),
        "MiniBatchSize": positive_integer,
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
        "WriteLocation": text,
        "NamePrefix": text,
        "Verbose": logical,
    },
)
def semanticseg(
    I: Any,  # noqa: E741
    network: Network,
    *,
    OutputType: str = "categorical",
    Classes: Any = "auto",
    MiniBatchSize: int = 128,
    ExecutionEnvironment: str = "auto",
    WriteLocation: str = "",
    NamePrefix: str = "pixelLabel",
    Verbose: bool = True,
    nargout: int = 1,
) -> Any:
    """Say which class each pixel of images is of.

    Parameters
    ----------
    I : array, H×W×C or H×W×C×N (H×W where C is 1), or datastore
        One image or N of them, with raw values; those of another size than the network's are
        scored as they are, where the layers can compute with it. Of a datastore the results are
        written into files.
    network : DAGNetwork, SeriesNetwork or dlnetwork
        Network whose output has a channel for each class.
    OutputType : {"categorical", "double", "uint8"}
        What C consists of: names, or the numbers of the classes, from 1.
    Classes : "auto", list of str or categorical
        Names of the classes in the order of the channels; "auto" takes those of the pixel
        classification layer, and "1", "2", … of a dlnetwork.
    MiniBatchSize : int, default 128
        Most images of an array that are scored at once; of a datastore it is always one.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is scored. "auto" takes a GPU when there is one.
    WriteLocation : str, optional
        Folder for the files, which is made if need be; by default the current one.
    NamePrefix : str, default "pixelLabel"
        What the files' names begin with; the number of the image follows.
    Verbose : bool
        Has no effect.
    nargout : int, default 1
        Number of outputs.

    Returns
    -------
    C : categorical or numpy.ndarray, h×w or h×w×N; of a datastore pixelLabelDatastore
        The class of the highest score at each pixel, the first one among equals; undefined (0 among
        numbers) where a score is NaN.
    score : numpy.ndarray of float32, h×w or h×w×N
        The highest scores.
    allScores : numpy.ndarray of float32, h×w×K or h×w×K×N
        The scores of all K classes.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If the network does not classify pixels, `Classes` are not as many as the channels, images
        of this size cannot be computed with, or scores of a datastore are asked for.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    See Also
    --------
    pixelLabelDatastore : reads the files.
    labeloverlay : shows the classes over the image.

    Notes
    -----
    Documented, but for regions of interest, which are not there. Chosen: the numbers in the files'
    names have as many digits as that of the last one, and what becomes of NaN.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import DAGNetwork, dlnetwork, convolution2dLayer, imageInputLayer, semanticseg
    >>> light = convolution2dLayer(1, 2, Weights=np.reshape([-1.0, 1.0], (1, 1, 1, 2)),
    ...     Bias=np.reshape([1.0, 0.0], (1, 1, 2)))
    >>> net = dlnetwork([imageInputLayer([2, 3, 1], Normalization="none"), light])
    >>> semanticseg(np.array([[0, 1, 1], [0, 0, 1]]), net, Classes=["dark", "light"])
    2×3 categorical
         dark      light      light
         dark      dark       light
    """
    names = _class_names(network, Classes)
    if hasattr(I, "batches"):
        if nargout > 1:
            raise ValueError("semanticseg: of a datastore there is one output, the new datastore.")
        return _written(I, network, names, ExecutionEnvironment, WriteLocation, NamePrefix), 0, 0
    images = numeric_array(I, "semanticseg: I")
    stack = images.ndim > network.image_dimensions()
    scores = _scores(network, images, MiniBatchSize, ExecutionEnvironment)
    numbers, top = _best(scores)
    names = _checked(names, scores.shape[1])
    # N behind the pixels, and none for one image.
    place = (lambda a: np.moveaxis(a, 0, -1)) if stack else (lambda a: a[0])
    every = np.moveaxis(scores, (1, 0), (-2, -1)) if stack else np.moveaxis(scores[0], 0, -1)
    return _labels(place(numbers), names, OutputType), place(top), every


def _class_names(net: Network, classes: Any) -> list[str] | None:
    """Return the classes' names; None for those that are numbers."""
    found = output_classes(net)
    if isinstance(net, DAGNetwork) and not net.Layers[-1].Class.endswith(
        "PixelClassificationLayer"
    ):
        raise ValueError(
            f"semanticseg: network must classify pixels, but its last layer "
            f"{net.Layers[-1].Name!r} is a {net.Layers[-1].Class.rpartition('.')[2]}."
        )
    if is_auto(classes):
        return None if found is None else texts(found, "Classes")
    return texts(classes, "semanticseg: Classes")


def _checked(names: list[str] | None, count: int) -> list[str]:
    if names is None:
        return [str(i + 1) for i in range(count)]
    if len(names) != count:
        raise ValueError(
            f"semanticseg: Classes must hold {count} names, one for each channel of the network's "
            f"output, but holds {len(names)}."
        )
    return names


def _scores(net: Network, images: np.ndarray, size: int, environment: str) -> np.ndarray:
    """Score images: N×K×h×w, as the engines give it, also for sizes that they do not take."""
    wanted = np.asarray(net.image_input().InputSize, float)
    given = (*images.shape, 1)[: len(wanted)]
    same = all(np.isnan(w) or g == w for g, w in zip(given, wanted, strict=True))
    if same or len(wanted) != 3 or len(given) < 3 or given[2] != wanted[2]:
        found = results_of(net, images, net.OutputNames, size, environment)[0]
    else:
        found = _scores_of_any_size(net, images)
    if found.ndim < 4:
        raise ValueError(
            f"semanticseg: network must give scores for each pixel, but its output for one image "
            f"has {found[0].size} values."
        )
    return found


def _scores_of_any_size(net: Network, images: np.ndarray) -> np.ndarray:
    from matxai.nets.dlarray import dlarray
    from matxai.nets.dlarray_parts import extractdata
    from matxai.nets.traced import predict_dlarray

    stack = images.reshape(*images.shape[:3], *(1,) * (3 - images.ndim), -1)
    count = stack.shape[3]
    made = predict_dlarray(net, dlarray(stack.astype(np.float32), "SSCB"), net.OutputNames)[0]
    scores = np.asarray(extractdata(made))
    scores = scores.reshape(*scores.shape[:2], -1, count)
    return np.moveaxis(scores, (3, 2), (0, 1))


def _best(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Choose the class of the highest score, counted from 1; 0 where a score is NaN."""
    top = scores.max(axis=1)
    return np.where(np.isnan(top), 0, scores.argmax(axis=1) + 1), top


def _labels(numbers: np.ndarray, names: Sequence[str], kind: str) -> Any:
    if kind == "categorical":
        return categorical(numbers, range(1, len(names) + 1), names)
    if kind == "uint8" and len(names) > 255:
        raise ValueError(
            f'semanticseg: OutputType "uint8" has numbers to 255, but there are {len(names)} '
            f'classes. Use "double".'
        )
    return numbers.astype(np.uint8 if kind == "uint8" else np.float64)


def _written(
    images: Any, net: Network, names: Any, environment: str, folder: str, prefix: str
) -> Any:
    """Write the classes of each image of a datastore into a file."""
    from matxai.images.pixel_labels import pixelLabelDatastore
    from matxai.images.writing import imwrite

    folder = os.path.abspath(os.path.expanduser(folder or "."))
    # Images may differ in size, so that each is scored by itself.
    files: list[str] = []
    os.makedirs(folder, exist_ok=True)
    count = len(images) if hasattr(images, "__len__") else None
    for number, image in enumerate(images.batches(1), 1):
        scores = _scores(net, image[..., 0], 1, environment)
        names = _checked(names, scores.shape[1])
        labels = _labels(_best(scores)[0][0], names, "uint8")
        digits = len(str(count)) if count else 0
        file = os.path.join(folder, f"{prefix}_{number:0{digits}d}.png")
        imwrite(labels, file)
        files.append(file)
    if not files:
        raise ValueError(f"semanticseg: I must hold images, but is {describe(images)}.")
    return pixelLabelDatastore(files, names, range(1, len(names) + 1))

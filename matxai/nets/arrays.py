"""Images as MATLAB holds them, H×W×C×N, and as networks take them, N×C×H×W."""

from __future__ import annotations

import numpy as np

from matxai.arguments import describe, numeric_array

__all__ = ["image_batch", "matlab_array", "single_image"]


def image_batch(X: np.ndarray, input_size: np.ndarray, name: str = "X") -> np.ndarray:
    """Turn images into the batch that a network takes.

    Parameters
    ----------
    X : array, H×W×C or H×W×C×N, H×W where C is 1
        One image, or N of them; of 3-D images H×W×D×C or H×W×D×C×N.
    input_size : array of 3 or 4
        Height, width, of 3-D images depth, and channels that the network takes; NaN takes any.
    name : str
        MATLAB's name of the argument.

    Returns
    -------
    numpy.ndarray of float32, shape (N, C, H, W) or (N, C, H, W, D)
        The batch, contiguous.

    Raises
    ------
    TypeError
        If `X` is not numeric.
    ValueError
        If `X` has another size than the network takes.
    """
    X = numeric_array(X, name)
    rank = len(input_size)
    # Sizes of 1 at the end need not be there, as always in MATLAB.
    shape = X.shape + (1,) * (rank + 1 - X.ndim)
    if X.ndim < 2 or len(shape) > rank + 1 or not X.size or not _fits(shape[:rank], input_size):
        raise ValueError(_wrong_size(X, input_size, name))
    shaped = X.reshape(shape)
    # Beyond the range of single there is Inf, as in MATLAB, without a word.
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(np.moveaxis(shaped, (-1, -2), (0, 1)), dtype=np.float32)


def single_image(X: np.ndarray, input_size: np.ndarray, name: str = "X") -> np.ndarray:
    """Turn one image into the batch that a network takes, to explain it.

    Parameters
    ----------
    X, input_size, name
        As :func:`image_batch` takes them.

    Returns
    -------
    numpy.ndarray of float32, shape (1, C, H, W)
        The image, contiguous.

    Raises
    ------
    TypeError
        If `X` is not numeric.
    ValueError
        If `X` has another size than the network takes, holds several images, or NaN or Inf.
    """
    batch = image_batch(X, input_size, name)
    if len(batch) != 1:
        raise ValueError(f"{name} must be one image, but holds {len(batch)}.")
    if not np.isfinite(batch).all():
        raise ValueError(f"{name} must hold finite values, but holds NaN or Inf (as single).")
    return batch


def _fits(size: tuple[int, ...], input_size: np.ndarray) -> bool:
    pairs = zip(size, input_size, strict=True)
    return all(np.isnan(want) or have == want for have, want in pairs)


def _wrong_size(X: np.ndarray, input_size: np.ndarray, name: str) -> str:
    def spelled(sizes):
        return "×".join("any" if np.isnan(s) else str(int(s)) for s in sizes)

    height, width, *_, channels = input_size
    size = spelled(X.shape) if X.ndim else describe(X)
    message = f"{name} must be {spelled(input_size)}, the InputSize of the network, but is {size}."
    if len(input_size) > 3:
        return message
    depth = X.shape[2] if X.ndim > 2 else 1
    if channels == 3 and depth == 1:
        message += f" It is grey: np.dstack([{name}] * 3) repeats it for red, green and blue."
    elif channels == 3 and depth == 4:
        message += f" Its fourth channel is transparency: {name}[:, :, :3] leaves it out."
    elif channels == 1 and depth == 3:
        message += " The network takes grey images."
    elif 2 <= X.ndim <= 4 and not np.isnan([height, width]).any():
        message += f" Resize it: {name} = imresize({name}, net.Layers[0].InputSize[:2])."
    return message


def matlab_array(scores: np.ndarray) -> np.ndarray:
    """Turn an output of a network into MATLAB's shape.

    Parameters
    ----------
    scores : array, shape (N, C) or (N, C, h, w)
        As the engine returns it.

    Returns
    -------
    numpy.ndarray, N×C or h×w×C×N
        With spatial dimensions, trailing axes of length 1 are dropped down to h×w.
    """
    if scores.ndim < 3:
        return scores
    array = np.moveaxis(scores, (1, 0), (-2, -1))
    while array.ndim > 2 and array.shape[-1] == 1:
        array = array[..., 0]
    return array

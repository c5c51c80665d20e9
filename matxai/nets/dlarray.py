"""dlarray: data with labelled dimensions whose operations can be differentiated."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.arguments import describe, text
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical, categories
from matxai.nets.dimension_labels import canonical_order, check_labels

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["dlarray", "is_traced"]

_CLASSES = ("single", "double", "logical")


class dlarray(np.lib.mixins.NDArrayOperatorsMixin):  # MATLAB's name
    """Data for deep learning: an array whose dimensions can have labels.

    Operators, brackets and NumPy's functions work on it as on NumPy arrays; inside of a function
    that :func:`matxai.dlfeval` calls they are recorded, so that :func:`matxai.dlgradient` can
    differentiate.

    Parameters
    ----------
    X : array of float32, float64 or bool, or dlarray
        The data.
    fmt : str, optional
        A label for each dimension: ``"S"`` space, ``"C"`` channel, ``"B"`` batch, ``"T"`` time,
        ``"U"`` other; for an image ``"SSC"``. The dimensions are put into the order S, C, B, T, U.

    Attributes
    ----------
    shape : tuple of int
        Its size.
    ndim : int
        Number of dimensions.
    dtype : numpy.dtype
        Class of its elements.
    T : dlarray
        Transposed.

    Raises
    ------
    TypeError
        If `X` is of another class, as images of uint8 are.
    ValueError
        If `fmt` is no format, or has not one label for each dimension.

    See Also
    --------
    dlfeval : Records what is computed.
    extractdata : The data as a NumPy array.

    Notes
    -----
    The classes taken, and the order of dimensions, are as MathWorks documents them. Python's and
    NumPy's default integers count as double, which whole numbers in MATLAB are.

    Chosen here: brackets count from 0 and behave as NumPy's, so an index in place of a slice takes
    the dimension and its label away; after the last dimension there may stand 0, -1 or ``:``, as
    if there were further dimensions of length 1, which in MATLAB there are. A categorical of one
    element as an index stands for the place of its category. Functions of NumPy take NumPy's
    axes, counted from 0. Two arrays with labels are matched by these. Without labels, arrays need
    as many dimensions as each other, since NumPy would match the last ones and MATLAB the first.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dims, dlarray
    >>> X = dlarray(np.ones((3, 4, 5), np.float32), "SCS")
    >>> dims(X), X.shape
    ('SSC', (3, 5, 4))
    >>> X
    3(S)×5(S)×4(C) single dlarray
    >>> float((2 * X).sum())
    120.0
    """

    __hash__ = None

    @matlab_function(accepts={"fmt": text})
    def __init__(self, X: Any, fmt: str = ""):
        tensor, known = _as_tensor(X)
        # In MATLAB an array has as many dimensions of size 1 behind its own as are asked for.
        tensor = tensor.reshape((*tensor.shape, *[1] * (len(fmt) - tensor.ndim)))
        labels = check_labels(fmt, tensor.ndim) if fmt else known
        order = canonical_order(labels)
        self._tensor = tensor.permute(order) if labels else tensor
        self._labels = "".join(labels[i] for i in order)
        self._origin: tuple[Tensor, Callable[[Tensor], Tensor]] | None = None

    @classmethod
    def of_tensor(
        cls,
        tensor: Tensor,
        labels: str = "",
        origin: tuple[Tensor, Callable[[Tensor], Tensor]] | None = None,
    ) -> dlarray:
        """Make one of a torch tensor whose dimensions are in the order S, C, B, T, U already.

        Parameters
        ----------
        tensor : torch.Tensor
            The data.
        labels : str
            The labels, or none.
        origin : tuple of torch.Tensor and callable, optional
            The tensor of which `tensor` is another view, and what makes the view: later results
            were computed from the former, so gradients are found there.
        """
        made = cls.__new__(cls)
        made._tensor, made._labels, made._origin = tensor, labels, origin
        return made

    @property
    def tensor(self) -> Tensor:
        """The data as a torch tensor, in MATLAB's order of dimensions."""
        return self._tensor

    @property
    def labels(self) -> str:
        """The labels of its dimensions; empty where it has none."""
        return self._labels

    @property
    def shape(self) -> tuple[int, ...]:
        """Its size."""
        return tuple(self._tensor.shape)

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return self._tensor.ndim

    @property
    def size(self) -> int:
        """Number of elements."""
        return self._tensor.numel()

    @property
    def dtype(self) -> np.dtype:
        """Class of its elements."""
        return np.dtype(str(self._tensor.dtype).removeprefix("torch."))

    @property
    def T(self) -> dlarray:
        """Transposed, without labels."""
        return dlarray.of_tensor(self._tensor.permute(*reversed(range(self.ndim))))

    # What NumPy asks

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        from matxai.nets.dlarray_functions import apply_ufunc

        return apply_ufunc(ufunc, method, inputs, options)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        from matxai.nets.dlarray_functions import apply_function

        return apply_function(function, args, options)

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        if is_traced(self):
            raise TypeError(
                "This dlarray is being differentiated: a NumPy array would not be. Use functions "
                "of NumPy that dlarrays have, or extractdata(X) where no gradient is needed."
            )
        return np.asarray(self._numpy(), dtype)

    def _numpy(self) -> np.ndarray:
        return self._tensor.detach().cpu().numpy()

    # Reductions, with NumPy's arguments

    def sum(self, axis: Any = None, keepdims: bool = False) -> dlarray:
        """Sum over all elements or along axes, counted from 0."""
        return np.sum(self, axis=axis, keepdims=keepdims)

    def mean(self, axis: Any = None, keepdims: bool = False) -> dlarray:
        """Mean over all elements or along axes, counted from 0."""
        return np.mean(self, axis=axis, keepdims=keepdims)

    def max(self, axis: Any = None, keepdims: bool = False) -> dlarray:
        """Greatest of all elements or along axes, counted from 0."""
        return np.max(self, axis=axis, keepdims=keepdims)

    def min(self, axis: Any = None, keepdims: bool = False) -> dlarray:
        """Least of all elements or along axes, counted from 0."""
        return np.min(self, axis=axis, keepdims=keepdims)

    def reshape(self, *shape: Any) -> dlarray:
        """Lay the elements out in another shape, in NumPy's order (last dimension fastest)."""
        return np.reshape(self, shape[0] if len(shape) == 1 else shape)

    # Elements

    def __getitem__(self, key: Any) -> dlarray:
        key = self._key(key)
        labels = _labels_left(self._labels, key, self.ndim)
        return dlarray.of_tensor(self._tensor[key], labels)

    def __setitem__(self, key: Any, value: Any) -> None:
        given = _as_tensor(value)[0]
        # A copy, since what was computed from the old values needs them to be differentiated.
        changed = self._tensor.clone()
        changed[self._key(key)] = given.to(changed.dtype)
        self._tensor, self._origin = changed, None

    def _key(self, key: Any) -> Any:
        keys = key if isinstance(key, tuple) else (key,)
        keys = tuple(map(_index, keys))
        if any(k is Ellipsis or k is None for k in keys):
            return keys
        for extra in keys[self.ndim :]:
            if not (isinstance(extra, slice) and extra == slice(None)) and extra not in (0, -1):
                raise IndexError(
                    f"The dlarray has {self.ndim} dimensions, {self._shown()}; behind them an "
                    f"index can only be 0 or :, but is {describe(extra)}."
                )
        return keys[: self.ndim]

    def __len__(self) -> int:
        return len(self._tensor)

    def __iter__(self) -> Any:
        return (self[i] for i in range(len(self)))

    def __float__(self) -> float:
        return float(self._tensor.detach())

    def __int__(self) -> int:
        return int(self._tensor.detach())

    def __bool__(self) -> bool:
        return bool(self._tensor.detach())

    def _shown(self) -> str:
        labels = [f"({label})" for label in self._labels] or [""] * self.ndim
        sizes = "×".join(f"{n}{label}" for n, label in zip(self.shape, labels, strict=True))
        return sizes or "1×1"

    def __repr__(self) -> str:
        kind = {"float32": "single", "float64": "double", "bool": "logical"}[self.dtype.name]
        shown = f"{self._shown()} {kind} dlarray"
        return f"{shown}\n{self._numpy()}" if self.size <= 10 else shown


def _as_tensor(X: Any) -> tuple[Tensor, str]:
    """Return data as a tensor, and the labels that it has already."""
    import torch

    if isinstance(X, dlarray):
        return X._tensor, X._labels
    if isinstance(X, torch.Tensor):
        return X, ""
    array = np.asarray(X)
    if array.dtype == np.int64:
        array = array.astype(np.float64)
    if array.dtype not in (np.float32, np.float64, np.bool_):
        kind = array.dtype
        raise TypeError(
            f"X must be an array of {', '.join(_CLASSES)}, float32, float64 or bool in NumPy, but "
            f"is {describe(X) if kind.kind in 'OUS' else kind}. Convert it: X.astype(np.float32)."
        )
    return torch.from_numpy(np.array(array)), ""


def _index(key: Any) -> Any:
    """Turn an index into one of torch's."""
    import torch

    if isinstance(key, categorical):
        if key.isundefined().any():
            raise ValueError(f"A categorical that is an index must be defined, but is {key!r}.")
        places = {name: i for i, name in enumerate(categories(key))}
        codes = [places[name] for name in np.ravel(key.tolist())]
        return codes[0] if len(codes) == 1 else torch.as_tensor(codes)
    if isinstance(key, dlarray):
        return key._tensor
    if isinstance(key, (list, np.ndarray)):
        return torch.as_tensor(np.asarray(key))
    return key


def _labels_left(labels: str, key: tuple[Any, ...], ndim: int) -> str:
    """Say which labels are left behind brackets: those of the dimensions that are."""
    if not labels or any(k is None for k in key):
        return ""
    if any(k is Ellipsis for k in key):
        place = next(i for i, k in enumerate(key) if k is Ellipsis)
        key = (*key[:place], *[slice(None)] * (ndim - len(key) + 1), *key[place + 1 :])
    key = (*key, *[slice(None)] * (ndim - len(key)))
    if all(isinstance(k, (int, np.integer, slice)) for k in key):
        return "".join(n for n, k in zip(labels, key, strict=True) if isinstance(k, slice))
    return ""


def is_traced(X: Any) -> bool:
    """Tell whether an array is a dlarray that is being differentiated."""
    return isinstance(X, dlarray) and X.tensor.requires_grad

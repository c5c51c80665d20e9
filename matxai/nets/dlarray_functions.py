"""NumPy's functions of dlarrays, computed by torch so that they can be differentiated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from matxai.arguments import describe
from matxai.nets.dimension_labels import aligned, merged
from matxai.nets.dlarray import dlarray

__all__ = ["apply_function", "apply_ufunc"]

_RENAMED = {
    "absolute": "abs",
    "bitwise_and": "logical_and",
    "bitwise_or": "logical_or",
    "bitwise_xor": "logical_xor",
    "invert": "logical_not",
    "power": "pow",
}
_ELEMENTWISE = {
    *("absolute", "add", "arctan", "bitwise_and", "bitwise_or", "bitwise_xor", "ceil", "cos"),
    *("cosh", "divide", "equal", "exp", "expm1", "floor", "greater", "greater_equal", "hypot"),
    *("invert", "isfinite", "isinf", "isnan", "less", "less_equal", "log", "log10", "log1p"),
    *("log2", "logaddexp", "logical_and", "logical_not", "logical_or", "logical_xor", "maximum"),
    *("minimum", "multiply", "negative", "not_equal", "positive", "power", "reciprocal", "sign"),
    *("sin", "sinh", "sqrt", "square", "subtract", "tan", "tanh", "true_divide"),
}


def apply_ufunc(
    ufunc: np.ufunc, method: str, inputs: Sequence[Any], options: dict[str, Any]
) -> dlarray:
    """Compute one of NumPy's functions of elements."""
    name = ufunc.__name__
    if method != "__call__" or options or name not in _ELEMENTWISE | {"matmul"}:
        how = name if method == "__call__" else f"{name}.{method}"
        raise TypeError(_unknown(f"np.{how}" + (f" with {', '.join(options)}" if options else "")))
    tensors, labels = _combined(inputs, name != "matmul")
    return dlarray.of_tensor(getattr(torch, _RENAMED.get(name, name))(*tensors), labels)


def _combined(inputs: Sequence[Any], match: bool) -> tuple[list[Tensor], str]:
    """Give several arrays one class and dimensions that fit."""
    first = next(x for x in inputs if isinstance(x, dlarray))
    arrays = [x if isinstance(x, dlarray) else dlarray.of_tensor(_plain(x, first)) for x in inputs]
    tensors = _one_class([x.tensor for x in arrays])
    if not match:
        return tensors, ""
    return _matched(tensors, [x.labels for x in arrays])


def _plain(x: Any, beside: dlarray) -> Tensor:
    """Make a tensor of a number or NumPy array that stands beside a dlarray."""
    array = np.asarray(x)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"A dlarray cannot be combined with {describe(x)}.")
    floating = beside.tensor.dtype if beside.tensor.is_floating_point() else torch.float64
    # A copy: tensors cannot share the memory of arrays with negative strides, or read-only ones.
    tensor = torch.from_numpy(np.array(array))
    return (tensor if array.dtype.kind == "b" else tensor.to(floating)).to(beside.tensor.device)


def _one_class(tensors: list[Tensor]) -> list[Tensor]:
    """Single with double is single, as in MATLAB."""
    if torch.float32 in [t.dtype for t in tensors]:
        return [t.float() if t.dtype == torch.float64 else t for t in tensors]
    return tensors


def _matched(tensors: list[Tensor], labels: list[str]) -> tuple[list[Tensor], str]:
    named = [own for own in labels if own]
    if not named:
        _check_dimensions(tensors)
        return tensors, ""
    wanted = named[0]
    for own in named[1:]:
        wanted = merged(wanted, own)
    fitted = []
    for tensor, own in zip(tensors, labels, strict=True):
        if own:
            tensor = tensor.reshape(aligned(tuple(tensor.shape), own, wanted))
        elif tensor.numel() != 1 and tensor.ndim != len(wanted):
            raise ValueError(
                f"An array without labels must have as many dimensions as the dlarray beside it, "
                f"whose labels are {wanted!r}, but has {tensor.ndim}. Give it labels, "
                f"dlarray(X, fmt), or insert dimensions: X[..., np.newaxis]."
            )
        fitted.append(tensor if own or tensor.ndim == len(wanted) else tensor.reshape(()))
    return fitted, wanted


def _check_dimensions(tensors: list[Tensor]) -> None:
    ranks = {t.ndim for t in tensors if t.numel() != 1}
    if len(ranks) > 1:
        sizes = " and ".join("×".join(map(str, t.shape)) for t in tensors)
        raise ValueError(
            f"Arrays of {sizes} have not as many dimensions as each other: MATLAB would match the "
            f"first ones, NumPy the last. Say which: X[..., np.newaxis] or X[np.newaxis]."
        )


# Functions of whole arrays

_FUNCTIONS: dict[Any, Callable[..., dlarray]] = {}


def _computes(*functions: Any) -> Callable[[Any], Any]:
    def register(compute: Callable[..., dlarray]) -> Callable[..., dlarray]:
        for function in functions:
            _FUNCTIONS[function] = compute
        return compute

    return register


def apply_function(function: Any, args: Any, options: dict[str, Any]) -> Any:
    """Compute one of NumPy's functions of whole arrays."""
    if function not in _FUNCTIONS:
        raise TypeError(_unknown(f"np.{function.__name__}"))
    given = {k: v for k, v in options.items() if v is not np._NoValue and k != "out"}
    try:
        return _FUNCTIONS[function](*args, **given)
    except TypeError as error:
        if "unexpected keyword" in str(error):
            raise TypeError(_unknown(f"np.{function.__name__} with {', '.join(given)}")) from None
        raise


def _unknown(what: str) -> str:
    known = ", ".join(sorted(_ELEMENTWISE) + sorted({f.__name__ for f in _FUNCTIONS}))
    return (
        f"dlarrays have no {what}. Where no gradient is needed, use extractdata(X). There are: "
        f"{known}."
    )


def _axes(x: dlarray, axis: Any) -> list[int]:
    if axis is None:
        return list(range(x.ndim))
    axes = [int(a) for a in np.atleast_1d(axis)]
    wrong = [a for a in axes if not -x.ndim <= a < x.ndim]
    if wrong:
        raise ValueError(f"axis {wrong[0]} does not exist: the dlarray has {x.ndim} dimensions.")
    return [a % x.ndim for a in axes]


def _reduced(x: dlarray, axis: Any, keepdims: bool, compute: Callable[..., Tensor]) -> dlarray:
    axes = _axes(x, axis)
    if not axes:
        return dlarray.of_tensor(x.tensor, x.labels)
    left = x.labels if keepdims else "".join(n for i, n in enumerate(x.labels) if i not in axes)
    return dlarray.of_tensor(compute(x.tensor, axes, keepdims), left)


@_computes(np.sum)
def _sum(a: dlarray, axis: Any = None, *, keepdims: bool = False) -> dlarray:
    return _reduced(a, axis, keepdims, torch.sum)


@_computes(np.mean)
def _mean(a: dlarray, axis: Any = None, *, keepdims: bool = False) -> dlarray:
    return _reduced(a, axis, keepdims, torch.mean)


@_computes(np.max, np.amax)
def _max(a: dlarray, axis: Any = None, *, keepdims: bool = False) -> dlarray:
    return _reduced(a, axis, keepdims, torch.amax)


@_computes(np.min, np.amin)
def _min(a: dlarray, axis: Any = None, *, keepdims: bool = False) -> dlarray:
    return _reduced(a, axis, keepdims, torch.amin)


@_computes(np.var)
def _var(a: dlarray, axis: Any = None, *, ddof: int = 0, keepdims: bool = False) -> dlarray:
    def compute(x: Tensor, axes: list[int], keep: bool) -> Tensor:
        return torch.var(x, axes, correction=ddof, keepdim=keep)

    return _reduced(a, axis, keepdims, compute)


@_computes(np.std)
def _std(a: dlarray, axis: Any = None, *, ddof: int = 0, keepdims: bool = False) -> dlarray:
    return np.sqrt(_var(a, axis, ddof=ddof, keepdims=keepdims))


@_computes(np.reshape)
def _reshape(a: dlarray, shape: Any) -> dlarray:
    return dlarray.of_tensor(a.tensor.reshape(tuple(np.atleast_1d(shape).tolist())))


@_computes(np.transpose)
def _transpose(a: dlarray, axes: Any = None) -> dlarray:
    order = reversed(range(a.ndim)) if axes is None else axes
    return dlarray.of_tensor(a.tensor.permute(*order))


@_computes(np.squeeze)
def _squeeze(a: dlarray, axis: Any = None) -> dlarray:
    axes = [i for i in _axes(a, axis) if axis is not None or a.shape[i] == 1]
    return dlarray.of_tensor(a.tensor.squeeze(axes))


@_computes(np.clip)
def _clip(a: dlarray, a_min: Any = None, a_max: Any = None) -> dlarray:
    return dlarray.of_tensor(torch.clamp(a.tensor, a_min, a_max), a.labels)


@_computes(np.where)
def _where(condition: Any, x: Any, y: Any) -> dlarray:
    tensors, labels = _combined([condition, x, y], True)
    return dlarray.of_tensor(torch.where(tensors[0].bool(), *tensors[1:]), labels)


@_computes(np.concatenate)
def _concatenate(arrays: Sequence[Any], axis: int = 0) -> dlarray:
    given = [x if isinstance(x, dlarray) else dlarray(x) for x in arrays]
    labels = next((x.labels for x in given if x.labels), "")
    return dlarray.of_tensor(torch.cat(_one_class([x.tensor for x in given]), axis), labels)


@_computes(np.stack)
def _stack(arrays: Sequence[Any], axis: int = 0) -> dlarray:
    given = [x if isinstance(x, dlarray) else dlarray(x) for x in arrays]
    return dlarray.of_tensor(torch.stack(_one_class([x.tensor for x in given]), axis))


@_computes(np.zeros_like)
def _zeros_like(a: dlarray) -> dlarray:
    return dlarray.of_tensor(torch.zeros_like(a.tensor), a.labels)


@_computes(np.ones_like)
def _ones_like(a: dlarray) -> dlarray:
    return dlarray.of_tensor(torch.ones_like(a.tensor), a.labels)


@_computes(np.shape)
def _shape(a: dlarray) -> tuple[int, ...]:
    return a.shape


@_computes(np.ndim)
def _ndim(a: dlarray) -> int:
    return a.ndim


@_computes(np.size)
def _size(a: dlarray, axis: int | None = None) -> int:
    return a.size if axis is None else a.shape[axis]

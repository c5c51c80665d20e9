"""dlfeval and dlgradient: automatic differentiation as MATLAB writes it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from matxai.arguments import describe, logical
from matxai.calling import matlab_function
from matxai.nets.dlarray import dlarray, is_traced

__all__ = ["dlfeval", "dlgradient", "note"]


@dataclass
class _Trace:
    """One call of dlfeval."""

    notes: list[str] = field(default_factory=list)


_CURRENT: ContextVar[_Trace | None] = ContextVar("matxai trace", default=None)


def note(reason: str) -> None:
    """Keep why something has no gradient, for the error that dlgradient may have to raise."""
    trace = _CURRENT.get()
    if trace is not None and reason not in trace.notes:
        trace.notes.append(reason)


def _function(value: Any, name: str) -> Callable[..., Any]:
    if not callable(value):
        raise TypeError(
            f"{name} must be a function, as gradientMap where MATLAB writes @gradientMap, but is "
            f"{describe(value)}."
        )
    return value


@matlab_function("...", accepts={"fun": _function})
def dlfeval(fun: Callable[..., Any], *x: Any) -> Any:
    """Call a function such that it can differentiate what it computes with dlarrays.

    Parameters
    ----------
    fun : callable
        The function. In it, :func:`matxai.dlgradient` works.
    *x : object
        Its arguments. What is computed from dlarrays among them, also inside of lists, tuples and
        dictionaries, is recorded; networks and other objects are handed on as they are.

    Returns
    -------
    object
        What the function returns; dlarrays are no longer recorded.

    Raises
    ------
    TypeError
        If `fun` is no function.

    See Also
    --------
    dlgradient : Differentiates.

    Notes
    -----
    MATLAB's rules are documented; that a call inside of another one goes on recording with it, and
    that arguments inside of lists and dictionaries are found, is chosen.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlarray, dlfeval, dlgradient
    >>> def slope(x):
    ...     y = (x**2).sum()
    ...     return y, dlgradient(y, x)
    >>> y, dydx = dlfeval(slope, dlarray(np.array([1.0, 2.0])))
    >>> dydx
    2 double dlarray
    [2. 4.]
    """
    import torch

    outermost = _CURRENT.get() is None
    token = _CURRENT.set(_Trace()) if outermost else None
    try:
        with torch.enable_grad():
            result = fun(*(_mapped(each, _traced) for each in x))
    finally:
        if outermost:
            _CURRENT.reset(token)
    return _mapped(result, _ended) if outermost else result


def _mapped(value: Any, change: Callable[[dlarray], dlarray]) -> Any:
    """Change the dlarrays in a value, whatever holds them."""
    if isinstance(value, dlarray):
        return change(value)
    if type(value) in (list, tuple):
        return type(value)(_mapped(v, change) for v in value)
    if type(value) is dict:
        return {k: _mapped(v, change) for k, v in value.items()}
    return value


def _traced(X: dlarray) -> dlarray:
    if is_traced(X) or not X.tensor.is_floating_point():
        return X
    return dlarray.of_tensor(X.tensor.detach().requires_grad_(), X.labels)


def _ended(X: dlarray) -> dlarray:
    return dlarray.of_tensor(X.tensor.detach(), X.labels)


@matlab_function(
    "dydx1", "...", accepts={"RetainData": logical, "EnableHigherDerivatives": logical}
)
def dlgradient(
    y: Any,
    *x: Any,
    RetainData: bool = False,
    EnableHigherDerivatives: bool = True,
    nargout: int = 1,
) -> Any:
    """Differentiate a number with respect to the dlarrays that it was computed from.

    Parameters
    ----------
    y : dlarray of one element
        What to differentiate.
    *x : dlarray, or list, tuple or dict of dlarrays
        With respect to what: arguments of the function that :func:`matxai.dlfeval` called, or
        anything computed from them, as an activation that :func:`matxai.predict` returned.
    RetainData : bool, default False
        Without effect: gradients can be taken any number of times here.
    EnableHigherDerivatives : bool, default True
        Whether the gradient can be differentiated again.
    nargout : int, default 1
        Number of outputs to return, at most one for each `x`.

    Returns
    -------
    dlarray, or what holds dlarrays
        The gradient, of the size, the labels and the class of `x`; zero where `y` does not depend
        on it. A tuple of these for `nargout` over 1.

    Raises
    ------
    TypeError
        If there is no `x`, or something is no dlarray.
    ValueError
        If it is called outside of a function that :func:`matxai.dlfeval` calls, `y` has more than
        one element, or was not computed from dlarrays by what can be differentiated; the message
        names the operator of a network that cannot.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlarray, dlfeval, dlgradient
    >>> product = lambda a, b: dlgradient((a * b).sum(), a, b, nargout=2)
    >>> [float(d) for d in dlfeval(product, dlarray(np.array(2.0)), dlarray(np.array(5.0)))]
    [5.0, 2.0]
    """
    from matxai.nets.differentiating import NotDifferentiableError, gradients

    _check_value(y)
    if not x:
        raise TypeError("dlgradient: x is missing. Call dlgradient(y, x).")
    if nargout > len(x):
        raise TypeError(f"dlgradient: nargout is {nargout}, but there are {len(x)} x.")
    leaves: list[dlarray] = []
    for each in x:
        _mapped(each, lambda leaf: leaves.append(leaf) or leaf)
    _check_leaves(x, leaves)
    if not is_traced(y):
        raise NotDifferentiableError(_why_not_traced())
    origins = [leaf._origin or (leaf.tensor, _same) for leaf in leaves]
    found = gradients(y.tensor, [o for o, _ in origins], create_graph=EnableHigherDerivatives)
    views = (view(g) for g, (_, view) in zip(found, origins, strict=True))
    slopes = iter([dlarray.of_tensor(g, f.labels) for g, f in zip(views, leaves, strict=True)])
    return tuple(_mapped(each, lambda _: next(slopes)) for each in x)


def _same(tensor: Any) -> Any:
    return tensor


def _check_value(y: Any) -> None:
    if _CURRENT.get() is None:
        raise ValueError(
            "dlgradient: what is differentiated must be computed in a function that dlfeval calls, "
            "since only there it is recorded. Write gradient = dlfeval(fun, X), with dlgradient "
            "inside of fun."
        )
    if not isinstance(y, dlarray):
        raise TypeError(f"dlgradient: y must be a dlarray, but is {describe(y)}.")
    if y.size != 1:
        raise ValueError(
            f"dlgradient: y must have one element, but is {y._shown()}. Choose one, y[k], or sum "
            f"them, y.sum()."
        )


def _check_leaves(x: tuple[Any, ...], leaves: list[dlarray]) -> None:
    if not leaves:
        raise TypeError(f"dlgradient: x must be a dlarray, but is {describe(x[0])}.")
    if not all(map(is_traced, leaves)):
        raise ValueError(
            "dlgradient: x must be an argument of the function that dlfeval called, or computed "
            "from one, but is a dlarray of other origin. Hand it to dlfeval as an argument."
        )


def _why_not_traced() -> str:
    message = "dlgradient: y was not computed from what dlfeval records"
    notes = _CURRENT.get().notes
    if notes:
        return f"{message}: {'; '.join(notes)}."
    return (
        f"{message}. Compute it from the dlarrays that the function was called with, by "
        f"operators, NumPy's functions or predict; extractdata and float end the recording."
    )

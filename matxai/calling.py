"""MATLAB's calling convention, met at one place: the door.

A public function is written in ordinary Python: MATLAB's positional arguments are positional
parameters, MATLAB's name-value arguments are keyword-only parameters with MATLAB's defaults. The
decorator :func:`matlab_function` adds what MATLAB users write: ``'Name', Value`` pairs after the
positional arguments, names in any case, and ``nargout``. Behind the door nothing knows of these.
"""

from __future__ import annotations

import difflib
import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from matxai.arguments import Check, describe

__all__ = ["matlab_function", "method_function"]

Function = TypeVar("Function", bound=Callable[..., Any])


def matlab_function(
    *outputs: str, accepts: Mapping[str, Check] | None = None
) -> Callable[[Function], Function]:
    """Make a Python function callable as MATLAB's function of the same name.

    Parameters
    ----------
    *outputs : str
        Names of the outputs, in MATLAB's order. A function with several returns a tuple of all of
        them, and declares the keyword ``nargout=1``; the door hands out the first ``nargout``.
        A last name ``"..."`` stands for any further number.
    accepts : mapping of str to callable, optional
        For each argument, the check of :mod:`matxai.arguments` that its value has to pass,
        called as ``check(value, name)``; what it returns is what the function gets. Defaults are
        not checked.

    Returns
    -------
    callable
        The decorator.

    Examples
    --------
    >>> from matxai.arguments import positive_integer
    >>> @matlab_function("first", "second", accepts={"Times": positive_integer})
    ... def echo(word, *, Times=2, nargout=1):
    ...     return word * Times, Times
    >>> echo("ho", "times", 3)
    'hohoho'
    >>> echo("ho", nargout=2)
    ('hoho', 2)
    """

    def decorate(function: Function) -> Function:
        door = _Door(function, outputs, accepts or {})

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            return door(args, kwargs)

        call.__matlab_function__ = True
        return call

    return decorate


def method_function(name: str, classes: str, doc: str) -> Callable[..., Any]:
    """Make the function that calls the method of its first argument, as MATLAB dispatches.

    Parameters
    ----------
    name : str
        Name of the function and of the method.
    classes : str
        What the first argument can be, for the error that says so.
    doc : str
        Docstring of the function.

    Returns
    -------
    callable
        ``function(obj, *args, **kwargs)``, the same as ``obj.name(*args, **kwargs)``.
    """

    def call(obj: Any, *args: Any, **kwargs: Any) -> Any:
        method = getattr(type(obj), name, None)
        if not getattr(method, "__matlab_function__", False):
            raise TypeError(f"{name}: the first argument must be {classes}, not {describe(obj)}.")
        return method(obj, *args, **kwargs)

    call.__name__ = call.__qualname__ = name
    call.__doc__ = doc
    call.__module__ = inspect.currentframe().f_back.f_globals["__name__"]
    call.__matlab_function__ = True
    return call


class _Door:
    """What one function takes and gives, read off its signature once."""

    def __init__(
        self, function: Callable[..., Any], outputs: Sequence[str], accepts: Mapping[str, Check]
    ):
        self.function = function
        self.name = function.__name__
        self.outputs = tuple(outputs)
        self.accepts = accepts
        parameters = inspect.signature(function).parameters.values()
        kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        positional = [p for p in parameters if p.kind in kinds]
        keyword = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]
        self.positional = [p.name for p in positional]
        self.required = [p.name for p in positional if p.default is p.empty]
        # There None says that something is not given; whoever hands options on may say so, too.
        self.absent_as_none = {p.name for p in parameters if p.default is None}
        self.variadic = any(p.kind is p.VAR_POSITIONAL for p in parameters)
        self.passes_nargout = "nargout" in keyword
        self.options = {n.lower(): n for n in keyword if n != "nargout"}
        self.by_keyword = self.options | {n.lower(): n for n in self.positional}
        unknown = set(accepts) - {p.name for p in parameters}
        if unknown:
            raise RuntimeError(f"{self.name} has checks for {unknown}, which it does not take")

    def __call__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        nargout = self._nargout(kwargs.pop("nargout", 1))
        positional, pairs = self._split(args)
        options = self._named(pairs)
        self._add_keywords(options, kwargs, positional)
        self._require(positional, options)
        positional = [self._checked(self._slot(i), v) for i, v in enumerate(positional)]
        options = {n: self._checked(n, v) for n, v in options.items()}
        if self.passes_nargout:
            options["nargout"] = nargout
        return self._give(self.function(*positional, **options), nargout)

    # What comes in

    def _slot(self, i: int) -> str:
        return self.positional[i] if i < len(self.positional) else ""

    def _split(self, args: tuple[Any, ...]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Part the positional arguments from the name-value pairs behind them."""
        for i, arg in enumerate(args):
            if not isinstance(arg, str):
                if i >= len(self.positional) and not self.variadic:
                    # A text before it was taken for an optional argument, but is an option's name.
                    named = self.options and i > len(self.required) and isinstance(args[i - 1], str)
                    said = self._unknown(args[i - 1]) if named else self._too_many(i, arg)
                    raise TypeError(said)
                continue
            if arg.lower() in self.options:
                if i < len(self.required):
                    raise TypeError(
                        f"{self.name}: {self.required[i]} is missing: argument {i + 1} is the "
                        f"option name {arg!r}."
                    )
                return args[:i], args[i:]
            if i >= len(self.positional) and not self.variadic:
                raise TypeError(self._unknown(arg))
        return args, ()

    def _named(self, pairs: Sequence[Any]) -> dict[str, Any]:
        options: dict[str, Any] = {}
        for i in range(0, len(pairs), 2):
            name = pairs[i]
            if not isinstance(name, str):
                raise TypeError(
                    f"{self.name}: expected an option name after {pairs[i - 2]!r} and its value, "
                    f"but got {describe(name)}. Options are given as 'Name', value pairs."
                )
            if name.lower() not in self.options:
                raise TypeError(self._unknown(name))
            if i + 1 == len(pairs):
                raise TypeError(
                    f"{self.name}: the option {name!r} has no value. "
                    f"Options are given as 'Name', value pairs."
                )
            # The last one counts, as in MATLAB.
            options[self.options[name.lower()]] = pairs[i + 1]
        return options

    def _add_keywords(
        self, options: dict[str, Any], kwargs: dict[str, Any], positional: Sequence[Any]
    ) -> None:
        given = set(self.positional[: len(positional)])
        for name, value in kwargs.items():
            known = self.by_keyword.get(name.lower())
            if known is None:
                raise TypeError(self._unknown(name))
            if known in given:
                raise TypeError(f"{self.name}: {known} is given twice.")
            options[known] = value

    def _require(self, positional: Sequence[Any], options: Mapping[str, Any]) -> None:
        missing = [n for n in self.required[len(positional) :] if n not in options]
        if missing:
            takes = [name for name in self.positional if name != "self"]
            usage = ", ".join([*takes, "Name=Value"] if self.options else takes)
            raise TypeError(f"{self.name}: {missing[0]} is missing. Call {self.name}({usage}).")

    def _checked(self, name: str, value: Any) -> Any:
        if value is None and name in self.absent_as_none:
            return None
        check = self.accepts.get(name)
        if check is None:
            return value
        try:
            return check(value, name)
        except (TypeError, ValueError) as error:
            raise type(error)(f"{self.name}: {error}") from None

    # What goes out

    def _nargout(self, nargout: Any) -> int:
        most = float("inf") if self.outputs[-1:] == ("...",) else max(1, len(self.outputs))
        if isinstance(nargout, bool) or not isinstance(nargout, int) or not 0 <= nargout <= most:
            gives = ", ".join(self.outputs) or "one output"
            raise TypeError(
                f"{self.name}: nargout must be 0 to {most} ({gives}), but is {nargout!r}."
            )
        return nargout

    def _give(self, result: Any, nargout: int) -> Any:
        if nargout == 0:
            return None
        if len(self.outputs) <= 1:
            return result
        return result[0] if nargout == 1 else tuple(result[:nargout])

    # What is said

    def _unknown(self, name: str) -> str:
        known = list(self.by_keyword.values()) if self.options else []
        near = difflib.get_close_matches(name.lower(), [n.lower() for n in known], 1, 0.6)
        meant = f" Did you mean {self.by_keyword[near[0]]!r}?" if near else ""
        options = ", ".join(self.options.values()) or "none"
        return (
            f"{self.name}: {name!r} is not one of its options.{meant} Its options are: {options}."
        )

    def _too_many(self, i: int, arg: Any) -> str:
        takes = ", ".join(n for n in self.positional if n != "self") or "no arguments"
        then = " and then 'Name', value pairs" if self.options else ""
        return f"{self.name} takes ({takes}){then}; argument {i + 1} is {describe(arg)}."

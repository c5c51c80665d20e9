"""Explainers that are chosen by name, or brought as functions."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import matxai
from matxai.arguments import describe, numeric_array
from matxai.lang.random import random_source

__all__ = ["METHODS", "Method", "as_maps", "method_option", "methods_option", "seed_option"]

METHODS = ("gradCAM", "occlusionSensitivity", "imageLIME", "gradientAttribution")
_OF_TORCH = ("gradCAM", "gradientAttribution")


@dataclass(frozen=True)
class Method:
    """An explainer with its options.

    Attributes
    ----------
    title : str
        What it is called.
    function : callable
        ``function(net, X, channelIdx, **options)``.
    options : dict
        Its options as they were given.
    name : str or None
        Name of matxai's function; None for a function of the user's.
    """

    title: str
    function: Callable[..., Any]
    options: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None

    def prepare(self) -> None:
        """Import what takes seconds the first time, so that no method pays for it alone."""
        if self.name in _OF_TORCH:
            import torch  # noqa: F401

    def maps(
        self, net: Any, X: np.ndarray, channelIdx: Any, count: int, **shared: Any
    ) -> np.ndarray:
        """Explain an image.

        Parameters
        ----------
        net, X, channelIdx
            As every explainer takes them.
        count : int
            Number of channels that are meant.
        **shared
            Options for each of matxai's functions that has them; its own count more.

        Returns
        -------
        numpy.ndarray of float64, h×w×K
            A map for each channel.
        """
        own = {name.lower() for name in self.options}
        has = self._takes() if self.name else ()
        added = {n: v for n, v in shared.items() if n in has and n.lower() not in own}
        found = self.function(net, X, channelIdx, **self.options, **added)
        return as_maps(found, count, f"The map of {self.title}")

    def _takes(self) -> set[str]:
        names = _option_names(self.function)
        kind = {n.lower(): v for n, v in self.options.items()}.get("method", "")
        if self.name == "gradientAttribution" and str(kind).lower() != "smoothgrad":
            names.discard("Rng")  # the others draw nothing, and say so
        return names


def as_maps(found: Any, count: int, name: str) -> np.ndarray:
    """Check maps, h×w or h×w×K, and give them three dimensions.

    Examples
    --------
    >>> as_maps([[1, 2]], 1, "scoreMap").shape
    (1, 2, 1)
    """
    if isinstance(found, str):
        raise TypeError(f"{name} must be a numeric array, but is {found!r}.")
    maps = numeric_array(found, name)
    shaped = maps[:, :, np.newaxis] if maps.ndim == 2 else maps
    if shaped.ndim != 3 or shaped.shape[2] != count or not maps.size:
        wanted = "H×W" if count == 1 else f"H×W×{count}, one map for each channel,"
        size = "×".join(map(str, maps.shape)) if maps.ndim else describe(maps)
        raise ValueError(f"{name} must be {wanted} but is {size}.")
    if not np.isfinite(shaped).all():
        raise ValueError(f"{name} must hold finite values, but holds NaN or Inf.")
    return shaped.astype(np.float64)


def method_option(value: Any, name: str) -> Method:
    """Check one explainer: a name, a function, or either with a dict of options behind it."""
    parts = tuple(value) if isinstance(value, (tuple, list)) else (value,)
    known = parts and (isinstance(parts[0], str) or callable(parts[0]))
    if not known or len(parts) > 2 or not all(isinstance(p, Mapping) for p in parts[1:]):
        raise TypeError(
            f"{name} must be the name of an explainer, a function of (net, X, channelIdx), or a "
            f'pair of either and its options, as ("imageLIME", {{"NumSamples": 500}}), but is '
            f"{describe(value)}."
        )
    options = dict(parts[1]) if len(parts) == 2 else {}
    if not isinstance(parts[0], str):
        return Method(_name_of(parts[0]), parts[0], options)
    found = _find(parts[0], name)
    function = getattr(matxai, found)
    _check_options(found, function, options)
    return Method(found, function, options, found)


def methods_option(value: Any, name: str) -> list[Method]:
    """Check several explainers: a sequence of them, or a dict of titles and explainers."""
    if isinstance(value, Mapping):
        chosen = {str(title): method_option(each, name) for title, each in value.items()}
        methods = [Method(t, m.function, m.options, m.name) for t, m in chosen.items()]
    else:
        methods = [method_option(each, name) for each in _listed(value)]
    if not methods:
        raise ValueError(f"{name} must hold at least one of {', '.join(METHODS)}, but is empty.")
    return _with_own_titles(methods)


def seed_option(value: Any, name: str) -> Any:
    """Check a source of random numbers, leaving a seed a seed: each method starts from it."""
    random_source(value, name)
    return value


def _listed(value: Any) -> Sequence[Any]:
    """Tell several explainers from one, which stands for a list of it."""
    if isinstance(value, str) or callable(value) or not isinstance(value, Sequence):
        return [value]
    pair = isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], Mapping)
    return [value] if pair else value


def _with_own_titles(methods: Sequence[Method]) -> list[Method]:
    """Put numbers behind titles that are alike."""
    titled: list[Method] = []
    taken: set[str] = set()
    for method in methods:
        title, number = method.title, 1
        while title in taken:
            number += 1
            title = f"{method.title} {number}"
        taken.add(title)
        titled.append(Method(title, method.function, method.options, method.name))
    return titled


def _find(given: str, name: str) -> str:
    by_lower = {method.lower(): method for method in METHODS}
    found = by_lower.get(given.lower())
    if found is not None:
        return found
    near = difflib.get_close_matches(given.lower(), by_lower, 1, 0.5)
    meant = f" Did you mean {by_lower[near[0]]!r}?" if near else ""
    listed = ", ".join(f'"{m}"' for m in METHODS)
    raise ValueError(f"{name} must hold names out of {listed}, but holds {given!r}.{meant}")


def _check_options(name: str, function: Callable[..., Any], options: Mapping[str, Any]) -> None:
    """Refuse misspelt options before anything is computed."""
    known = {n.lower(): n for n in _option_names(function)}
    for option in options:
        if not isinstance(option, str):
            raise TypeError(f"Options of {name} must have names, but one is {describe(option)}.")
        if option.lower() not in known:
            near = difflib.get_close_matches(option.lower(), known, 1, 0.6)
            meant = f" Did you mean {known[near[0]]!r}?" if near else ""
            listed = ", ".join(sorted(known.values()))
            raise TypeError(
                f"{option!r} is not one of the options of {name}.{meant} Its options are: {listed}."
            )


def _option_names(function: Callable[..., Any]) -> set[str]:
    parameters = inspect.signature(function).parameters.values()
    return {p.name for p in parameters if p.kind is p.KEYWORD_ONLY} - {"nargout"}


def _name_of(function: Callable[..., Any]) -> str:
    name = getattr(function, "__name__", None) or type(function).__name__
    return "function" if name == "<lambda>" else name

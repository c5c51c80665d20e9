"""MATLAB's random stream: ``rng`` and ``rand``.

MATLAB's default generator, the Mersenne twister with 53-bit doubles, is NumPy's ``RandomState``;
MATLAB's seed 0 is the twister's own default seed, 5489. There is one global stream, as in
MATLAB; it is independent of the stream behind ``numpy.random``.
"""

from __future__ import annotations

import numbers
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function

__all__ = ["RandomSettings", "Source", "rand", "random_source", "rng", "stream", "uniform"]

Source = np.random.RandomState | np.random.Generator

_DEFAULT_SEED = 5489
_SEEDS = 2**32
_TWISTER_WORDS = 624
# MATLAB's generators, in lower case: naming one is not a misspelt "default".
_GENERATORS = (
    "twister",
    "simdtwister",
    "combrecursive",
    "multfibonacci",
    "philox",
    "threefry",
    "v4",
    "v5uniform",
    "v5normal",
)


@dataclass(frozen=True, eq=False)
class RandomSettings:
    """Settings of the random stream, as ``rng`` returns them and takes them back.

    Attributes
    ----------
    Type : str
        The generator, always "twister".
    Seed : int
        The seed that the stream was started with.
    State : numpy.ndarray of uint32, shape (625,)
        The twister's 624 words, then the number of them that are used up.
    """

    Type: str
    Seed: int
    State: np.ndarray

    def __repr__(self) -> str:
        return f"RandomSettings(Type={self.Type!r}, Seed={self.Seed}, State={describe(self.State)})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RandomSettings):
            return NotImplemented
        return (self.Type, self.Seed) == (other.Type, other.Seed) and np.array_equal(
            self.State, other.State
        )

    __hash__ = None


class _GlobalStream:
    """The one stream that ``rng`` sets and ``rand`` draws from."""

    def __init__(self) -> None:
        self.source = np.random.RandomState()
        self.restart(0)

    def restart(self, seed: int) -> None:
        self.seed = seed
        self.source.seed(_twister_seed(seed))

    def settings(self) -> RandomSettings:
        _, words, position, *_ = self.source.get_state()
        state = np.append(words, position).astype(np.uint32)
        state.flags.writeable = False
        return RandomSettings("twister", self.seed, state)

    def resume(self, settings: RandomSettings) -> None:
        self.seed = settings.Seed
        self.source.set_state(_numpy_state(settings.State))


@matlab_function("s")
def rng(seed: Any = None, generator: str | None = None) -> RandomSettings:
    """Control the random stream that ``rand`` and imageLIME draw from.

    Parameters
    ----------
    seed : int, "default", "shuffle", "twister" or RandomSettings, optional
        A seed from 0 to 2^32 − 1; "default" or "twister" for the settings at start, which are
        seed 0; "shuffle" for a seed taken from the clock; or settings that ``rng`` returned
        before, which put the stream back to where it was then. A mapping with the entries Type,
        Seed and State counts as such settings. Without it, nothing changes.
    generator : str, optional
        "twister", the only generator there is.

    Returns
    -------
    RandomSettings
        The settings before the call.

    Raises
    ------
    TypeError
        If `seed` is none of these.
    ValueError
        If `seed` is no integer in range or another word, if the settings are not those of a
        twister, or if `generator` is not "twister".

    Notes
    -----
    Numeric: after ``rng("default")``, ``rand`` gives the numbers that MATLAB's documentation prints
    with four digits. The generator is the twister by Matsumoto and Nishimura, with 53-bit doubles.
    Chosen: the seed that "shuffle" takes from the clock.

    Examples
    --------
    >>> from matxai import rand, rng
    >>> s = rng("default")
    >>> round(rand(), 4)
    0.8147
    >>> s = rng()
    >>> first = rand()
    >>> s = rng(s)
    >>> rand() == first
    True
    """
    before = _GLOBAL.settings()
    if generator is None and isinstance(seed, str) and seed.lower() in _GENERATORS:
        seed, generator = 0, seed
    if generator is not None:
        _require_twister(generator)
    if isinstance(seed, (RandomSettings, Mapping)):
        _GLOBAL.resume(_settings(seed))
    elif seed is not None:
        _GLOBAL.restart(_seed(seed))
    return before


@matlab_function("X")
def rand(*sizes: Any) -> float | np.ndarray:
    """Draw uniformly distributed random numbers between 0 and 1.

    Parameters
    ----------
    *sizes : int or sequence of int, then optionally "double" or "single"
        Nothing for one number; ``n`` for an n×n array; ``m, n, …`` or one vector of them for an
        m×n×… array. The class name comes last.

    Returns
    -------
    float or numpy.ndarray, shape (m, n, …)
        One number where no size is given, else an array, filled column by column as in MATLAB.

    Raises
    ------
    TypeError
        If a size is no number.
    ValueError
        If a size is no integer, or the text is no class name.

    Notes
    -----
    Numeric for class "double", to the printed digits. Chosen for "single": the doubles are rounded
    to single, below 1.

    Examples
    --------
    >>> from matxai import rand, rng
    >>> s = rng("default")
    >>> rand(2, 2).round(4)
    array([[0.8147, 0.127 ],
           [0.9058, 0.9134]])
    """
    kind = "double"
    if sizes and isinstance(sizes[-1], str):
        *sizes, kind = sizes
        kind = kind.lower()
        if kind not in ("double", "single"):
            raise ValueError(
                f'rand: the class must be "double" or "single", but is {describe(kind)}.'
            )
    drawn = uniform(_GLOBAL.source, *_shape(sizes))
    if kind == "single":
        # Rounding may reach 1, which rand never returns.
        below_one = np.nextafter(np.float32(1), np.float32(0))
        drawn = np.minimum(drawn.astype(np.float32), below_one)
    return drawn if sizes else float(drawn)


def stream(rng: Any = None) -> Source:
    """Turn what a person gives as a random stream into one that :func:`uniform` draws from.

    Parameters
    ----------
    rng : None, int, RandomSettings, numpy.random.RandomState or numpy.random.Generator
        None is the global stream; a seed or settings start a stream of their own, by MATLAB's rule.

    Returns
    -------
    numpy.random.RandomState or numpy.random.Generator
        The stream.

    Raises
    ------
    TypeError
        If it is none of these.
    ValueError
        If it is a seed out of range.
    """
    if rng is None:
        return _GLOBAL.source
    if isinstance(rng, (np.random.RandomState, np.random.Generator)):
        return rng
    if isinstance(rng, RandomSettings):
        source = np.random.RandomState()
        source.set_state(_numpy_state(_settings(rng).State))
        return source
    return np.random.RandomState(_twister_seed(_seed_number(rng)))


def random_source(value: Any, name: str) -> Source:
    """Check an argument that says where random numbers come from; see :func:`stream`."""
    try:
        return stream(value)
    except (TypeError, ValueError) as error:
        raise type(error)(
            f"{name} must be a seed from 0 to 2^32 − 1, a numpy RandomState or Generator, or "
            f"settings that rng returned, but is {describe(value)}."
        ) from None


def uniform(source: Source, *shape: int) -> np.ndarray:
    """Draw doubles uniformly from [0, 1) and fill an array of the shape column by column.

    Parameters
    ----------
    source : numpy.random.RandomState or numpy.random.Generator
        The stream, as :func:`stream` returns it.
    *shape : int
        Shape of the array; none for an array of no dimensions.

    Returns
    -------
    numpy.ndarray of float64
        The numbers.
    """
    return source.random(int(np.prod(shape))).reshape(shape, order="F")


def _twister_seed(seed: int) -> int:
    return seed or _DEFAULT_SEED


def _numpy_state(state: np.ndarray) -> tuple[Any, ...]:
    return ("MT19937", state[:_TWISTER_WORDS], int(state[_TWISTER_WORDS]))


def _seed(seed: Any) -> int:
    if isinstance(seed, str):
        word = seed.lower()
        if word == "default":
            return 0
        if word == "shuffle":
            return time.time_ns() // 1000 % _SEEDS
        raise ValueError(
            f'rng: seed must be an integer, "default" or "shuffle", but is {describe(seed)}.'
        )
    return _seed_number(seed)


def _seed_number(seed: Any) -> int:
    if isinstance(seed, np.generic) or (isinstance(seed, np.ndarray) and seed.size == 1):
        seed = seed.item()
    if isinstance(seed, bool) or not isinstance(seed, numbers.Real):
        raise TypeError(
            f"rng: seed must be an integer from 0 to 2^32 − 1, or settings that rng returned, "
            f"but is {describe(seed)}."
        )
    if not (0 <= seed < _SEEDS and seed == int(seed)):
        raise ValueError(f"rng: seed must be an integer from 0 to 2^32 − 1, but is {seed!r}.")
    return int(seed)


def _settings(given: RandomSettings | Mapping[str, Any]) -> RandomSettings:
    if isinstance(given, RandomSettings):
        given = vars(given)
    missing = [name for name in ("Type", "Seed", "State") if name not in given]
    if missing:
        raise ValueError(
            f"rng: settings have the entries Type, Seed and State, but {missing[0]} is missing."
        )
    _require_twister(given["Type"])
    state = np.array(given["State"], dtype=np.uint32).reshape(-1)
    if state.size != _TWISTER_WORDS + 1:
        raise ValueError(
            f"rng: the State of a twister has {_TWISTER_WORDS + 1} elements, not {state.size}."
        )
    if state[-1] > _TWISTER_WORDS:
        raise ValueError(
            f"rng: the last element of a twister's State is at most {_TWISTER_WORDS}, "
            f"but is {state[-1]}."
        )
    return RandomSettings("twister", _seed_number(given["Seed"]), state)


def _require_twister(generator: Any) -> None:
    if not isinstance(generator, str):
        raise TypeError(f'rng: generator must be "twister", but is {describe(generator)}.')
    if generator.lower() != "twister":
        raise ValueError(
            f'rng: only the generator "twister", MATLAB\'s default, is available here, '
            f"not {generator!r}."
        )


def _shape(sizes: Any) -> tuple[int, ...]:
    if not sizes:
        return ()
    first = np.asarray(sizes[0])
    if len(sizes) == 1 and first.size != 1:
        sizes = first.reshape(-1)
    lengths = [_length(size) for size in sizes]
    if len(lengths) == 1:
        lengths *= 2
    while len(lengths) > 2 and lengths[-1] == 1:
        lengths.pop()
    return tuple(lengths)


def _length(size: Any) -> int:
    if isinstance(size, (np.generic, np.ndarray)) and np.size(size) == 1:
        size = size.item()
    if isinstance(size, bool) or not isinstance(size, numbers.Real):
        raise TypeError(f"rand: sizes must be integers, but one is {describe(size)}.")
    if size != size or size in (np.inf, -np.inf) or size != int(size):
        raise ValueError(f"rand: sizes must be integers, but one is {size!r}.")
    return max(0, int(size))


_GLOBAL = _GlobalStream()

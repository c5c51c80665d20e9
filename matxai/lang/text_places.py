"""strfind: where a text begins in another."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import text
from matxai.calling import matlab_function
from matxai.lang.text_values import any_texts, text_array

__all__ = ["strfind"]


@matlab_function("k", accepts={"str": any_texts, "pat": text})
def strfind(str: Any, pat: str) -> Any:
    """Find where a text begins in others, overlapping places included.

    Parameters
    ----------
    str : str, or array or list of str
        The texts that are searched.
    pat : str
        What is looked for; upper and lower case differ.

    Returns
    -------
    numpy.ndarray of int, or list of them
        The places of a single text, counted from 1; empty where there is none, or `pat` is empty.
        Of several texts, a list as they are laid out.

    Raises
    ------
    TypeError
        If `str` holds other things than texts, or `pat` is no text.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import strfind
    >>> strfind("ababa", "aba")
    array([1, 3])
    """
    whole = text_array(str, "str")
    if whole.ndim == 0:
        return _places(whole.item(), pat)
    found = np.empty(whole.shape, dtype=object)
    for i in np.ndindex(whole.shape):
        found[i] = _places(whole[i], pat)
    return found.tolist()


def _places(whole: str, pat: str) -> np.ndarray:
    last = len(whole) - len(pat) if pat else -1
    return np.array([i + 1 for i in range(last + 1) if whole.startswith(pat, i)], dtype=np.int64)

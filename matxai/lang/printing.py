"""sprintf, fprintf and compose: texts from formats and data."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from matxai.arguments import describe, text
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.lang.format_specs import conversions_in, filled
from matxai.lang.text_values import like, text_array

__all__ = ["compose", "fprintf", "sprintf"]


@matlab_function("str", accepts={"formatSpec": text})
def sprintf(formatSpec: str, *args: Any) -> str:
    r"""Write data into a text by a format.

    Parameters
    ----------
    formatSpec : str
        The format: text with conversions such as ``%d``, ``%5.2f``, ``%g``, ``%s``; ``%%`` is a
        percent sign, ``\n`` a new line. It is used again until the data are used up.
    *args : number, str, or array or list of these
        The data, arrays column by column.

    Returns
    -------
    str
        The text.

    Raises
    ------
    TypeError
        If `formatSpec` is no text, or an argument holds neither numbers nor texts.
    ValueError
        If `formatSpec` holds a conversion that there is not.

    Notes
    -----
    Documented: a number that does not fit the conversion is written by ``%e``, a fraction by
    ``%d`` or ``%s`` for example. A whole number by ``%s`` is the character of that code, and a
    text by ``%d`` the codes of its characters, as MATLAB's char vectors; a categorical counts as
    its texts. Held against GNU Octave where that agrees.

    Examples
    --------
    >>> from matxai import sprintf
    >>> sprintf("%s: %.2f%%", "espresso", 90.4)
    'espresso: 90.40%'
    >>> sprintf("%d, ", [1, 2, 3])
    '1, 2, 3, '
    >>> sprintf("%d", 1.5)
    '1.500000e+00'
    """
    return _filled("sprintf", formatSpec, args)


@matlab_function()
def fprintf(fid: Any, *args: Any) -> None:
    r"""Print data by a format.

    Parameters
    ----------
    fid : 1, 2, file or str
        1 prints to the standard output, 2 to the standard error, a file that Python opened for
        text to the file. It may be left out: then this is the format.
    *args : str, number, or array or list of these
        The format, if `fid` is given, and the data, as :func:`sprintf` takes them.

    Raises
    ------
    TypeError
        If there is no format, or an argument holds neither numbers nor texts.
    ValueError
        If `fid` is another number, or the format holds a conversion that there is not.

    Notes
    -----
    Documented, as :func:`sprintf`. It returns nothing, where MATLAB can give the number of bytes.

    Examples
    --------
    >>> from matxai import fprintf
    >>> fprintf("%s: %.2f\n", "espresso", 0.9)
    espresso: 0.90
    """
    stream = sys.stdout
    if not isinstance(fid, str):
        stream, (fid, *args) = _stream(fid), (args or (None,))
    if not isinstance(fid, str):
        raise TypeError(f"fprintf: formatSpec must be a text, but is {describe(fid)}.")
    stream.write(_filled("fprintf", fid, tuple(args)))


@matlab_function("str")
def compose(formatSpec: Any, *args: Any) -> Any:
    r"""Write each row of data into a text of its own by a format.

    Parameters
    ----------
    formatSpec : str, or array or list of str
        The format, as :func:`sprintf` takes it; several are filled alike.
    *args : number, str, or array or list of these
        The data, one column, or for 2-D arrays some columns, each.

    Returns
    -------
    numpy.ndarray of str, shape (N,) or (N, K)
        One text for each of the N rows; K texts where a row has K times the data that the format
        takes. Without data, `formatSpec` with its escapes replaced.

    Raises
    ------
    TypeError
        If `formatSpec` is no text, or an argument holds neither numbers nor texts.
    ValueError
        If the arguments have different numbers of rows.

    Notes
    -----
    Documented. Chosen: a 1-D array is a column where there are several arguments or conversions.

    Examples
    --------
    >>> from matxai import compose
    >>> compose("%s (%.2f)", ["cat", "dog"], [0.7, 0.25]).tolist()
    ['cat (0.70)', 'dog (0.25)']
    """
    specs = text_array(formatSpec, "formatSpec")
    if not args:
        results = np.empty(specs.shape, object)
        for i in np.ndindex(specs.shape):
            results[i] = _filled("compose", specs[i], ())
        return like(formatSpec, results)
    rows = _rows(args)
    texts = [_row_texts(spec, row) for spec in specs.ravel().tolist() for row in rows]
    table = np.empty((len(texts), len(texts[0]) if texts else 0), object)
    for i, row in enumerate(texts):
        table[i, :] = row
    return table[:, 0] if table.shape[1] == 1 else table


def _filled(function: str, spec: str, args: tuple[Any, ...]) -> str:
    try:
        return filled(spec, args)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{function}: {error}") from None


def _stream(fid: Any) -> Any:
    if hasattr(fid, "write"):
        return fid
    if fid in (1, 2):
        return sys.stdout if fid == 1 else sys.stderr
    raise ValueError(
        f"fprintf: fid must be 1 for the standard output, 2 for the standard error, or a file "
        f"that Python opened for text, but is {describe(fid)}."
    )


def _rows(args: tuple[Any, ...]) -> list[list[Any]]:
    columns = []
    for arg in args:
        array = np.asarray(arg.tolist() if isinstance(arg, categorical) else arg, dtype=object)
        columns.append(array.reshape(-1, 1) if array.ndim < 2 else array.reshape(len(array), -1))
    counts = {len(column) for column in columns} - {1}
    if len(counts) > 1:
        raise ValueError(
            f"compose: the data must have as many rows in each argument, but have "
            f"{' and '.join(str(len(c)) for c in columns)}."
        )
    count = counts.pop() if counts else 1
    columns = [np.broadcast_to(c, (count, c.shape[1])) for c in columns]
    return np.concatenate(columns, axis=1).tolist()


def _row_texts(spec: str, row: list[Any]) -> list[str]:
    take = conversions_in(spec) or len(row)
    parts = [row[i : i + take] for i in range(0, len(row), take)]
    return [_filled("compose", spec, tuple(part)) for part in parts]

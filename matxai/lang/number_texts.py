"""num2str, int2str, mat2str and str2double: numbers as texts, and back."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from matxai.arguments import any_of, describe, numeric_array, positive_integer, text
from matxai.calling import matlab_function
from matxai.lang.format_specs import conversions_in, filled
from matxai.lang.text_values import each, is_text

__all__ = ["int2str", "mat2str", "num2str", "number_text", "str2double"]

_NUMBER = re.compile(r"[+-]?\s*((\d+\.?\d*|\.\d+)([ed][+-]?\d+)?|inf(inity)?|nan)", re.I)
_CLASSES = {"float64": "double", "float32": "single", "bool": "logical"}
_BLANKS = " \t"
# The layout of fractions, as GNU Octave has it.
_DECIMALS = 4
_FEWEST_DIGITS = 5
_MOST_DIGITS = 16
_BESIDE_DIGITS = 7  # sign, point, exponent such as e+05, and one blank


@matlab_function("s", accepts={"formatSpec": any_of(positive_integer, text)})
def num2str(A: Any, formatSpec: Any = None) -> Any:
    r"""Write numbers as text.

    Parameters
    ----------
    A : number, truth value or array; or str, or array or list of str
        The numbers; a 1-D array is a row, and the pages of an array stand side by side. Texts come
        back as they are.
    formatSpec : int or str, optional
        The most significant digits (MATLAB's `precision`), or a format as :func:`sprintf` takes
        it, used again until the numbers of a row are used up. By default the largest
        number has four digits behind the decimal point, or five significant ones if that is more,
        and zeros at the end are left out.

    Returns
    -------
    str, or numpy.ndarray of str, shape (M,)
        The text. The rows of a matrix, and the lines that a format makes, are texts of one length;
        blank columns at both sides are cut off. Nothing gives the empty text.

    Raises
    ------
    TypeError
        If `A` holds neither numbers nor text.
    ValueError
        If `formatSpec` is no positive integer, or holds a conversion that there is not.

    Notes
    -----
    Documented: the default digits, the precision, the format, and that leading blanks are cut off
    even where the format asks for them. The widths of columns, and that whole numbers of more than
    16 digits are rounded to 16, are those of GNU Octave. Chosen: integers of Python and of integer
    classes are written with all their digits, and a precision counts for those of Python only;
    zero has no sign.

    Examples
    --------
    >>> from matxai import num2str
    >>> num2str(3.14159265)
    '3.1416'
    >>> num2str(3.14159265, 3)
    '3.14'
    >>> num2str(90.4, "%.2f%%")
    '90.40%'
    >>> num2str([[1, 22], [333, 4]]).tolist()
    ['  1   22', '333    4']
    """
    if isinstance(A, str):
        return str(A)
    if is_text(A):
        return A
    numbers = _numbers(A, "num2str")
    if not numbers.size:
        return ""
    shape = (len(numbers), -1) if numbers.ndim > 1 else (1, -1)
    rows = numbers.reshape(shape, order="F")
    made = (
        _formatted(rows, formatSpec) if isinstance(formatSpec, str) else _aligned(rows, formatSpec)
    )
    lines = _trimmed(made)
    return "".join(lines) if len(lines) < 2 else np.array(lines, dtype=object)


def number_text(number: Any) -> str:
    """Write one number or truth value as ``string`` does.

    Examples
    --------
    >>> number_text(0.5), number_text(float("inf")), number_text(True)
    ('0.5', 'Inf', 'true')
    """
    if isinstance(number, (bool, np.bool_)):
        return str(bool(number)).lower()
    # Python's integers can be too long for any array.
    return str(number) if isinstance(number, int) else num2str(number)


@matlab_function("s")
def int2str(N: Any) -> Any:
    """Round numbers to integers and write them as text.

    Parameters
    ----------
    N : number or array
        The numbers; halves are rounded away from zero.

    Returns
    -------
    str, or numpy.ndarray of str, shape (M,)
        The text, one for each row of a matrix.

    Raises
    ------
    TypeError
        If `N` holds no numbers.

    Examples
    --------
    >>> from matxai import int2str
    >>> int2str(2.5)
    '3'
    """
    numbers = _numbers(N, "int2str")
    return num2str(np.copysign(np.floor(np.abs(numbers) + 0.5), numbers) + 0.0)


@matlab_function("chr", accepts={"n": any_of(positive_integer, text)})
def mat2str(X: Any, n: Any = 15, className: str | None = None) -> str:
    """Write a matrix as the MATLAB expression that makes it.

    Parameters
    ----------
    X : number, truth value or array of at most two dimensions; or str
        The matrix; a 1-D array is a row.
    n : int, default 15
        The most significant digits. It may be left out before "class".
    className : "class", optional
        Writes the class as well, unless it is double or logical.

    Returns
    -------
    str
        The expression.

    Raises
    ------
    TypeError
        If `X` holds neither numbers nor text.
    ValueError
        If `X` has more than two dimensions, or the last argument is not "class".

    Examples
    --------
    >>> from matxai import mat2str
    >>> mat2str([[1, 2], [3, 4.5]])
    '[1 2;3 4.5]'
    >>> mat2str([True, False])
    '[true false]'
    """
    if isinstance(n, str):
        n, className = 15, n
    if className not in (None, "class"):
        raise ValueError(f'mat2str: the last argument must be "class", but is {className!r}.')
    if isinstance(X, str):
        return '"' + X.replace('"', '""') + '"'
    array = _numbers(X, "mat2str")
    if array.ndim > 2:
        raise ValueError(f"mat2str: X must have at most two dimensions, but is {describe(array)}.")
    rows = np.atleast_2d(array)
    lines = [" ".join(_exact(item, n) for item in row) for row in rows.tolist()]
    written = ";".join(lines) if array.size == 1 else f"[{';'.join(lines)}]"
    if not array.size:
        written = "zeros({},{})".format(*rows.shape if array.ndim > 1 else (0, 0))
    kind = _CLASSES.get(str(array.dtype), str(array.dtype))
    return f"{kind}({written})" if className and kind not in ("double", "logical") else written


@matlab_function("X")
def str2double(str: Any) -> Any:
    """Read numbers from texts.

    Parameters
    ----------
    str : str, or array or list of str
        The texts. Commas count as separators of thousands, and "Inf" and "NaN" as numbers.

    Returns
    -------
    float, or numpy.ndarray
        The numbers: NaN for what is no number, and for all that is no text.

    Notes
    -----
    Documented, and held against GNU Octave. Complex numbers are not read: they give NaN.

    Examples
    --------
    >>> from matxai import str2double
    >>> str2double("1,222.5")
    1222.5
    >>> str2double(["3", "three", "1e3"])
    array([   3.,   nan, 1000.])
    """
    if is_text(str):
        return each(str, "str", _read, float)
    shape = np.shape(np.asarray(str, dtype=object))
    return np.full(shape, np.nan) if shape else float("nan")


def _read(text: str) -> float:
    plain = text.strip().replace(",", "")
    if not _NUMBER.fullmatch(plain):
        return float("nan")
    return float(re.sub(r"\s", "", plain.lower().replace("d", "e")))


def _numbers(value: Any, function: str) -> np.ndarray:
    try:
        return numeric_array(value, "A" if function == "num2str" else "The argument")
    except TypeError as error:
        raise TypeError(f"{function}: {error}") from None


def _exact(item: Any, digits: int) -> str:
    if isinstance(item, bool):
        return str(item).lower()
    return _special(item) or (str(item) if isinstance(item, int) else f"%.{digits}g" % item)


def _special(item: Any) -> str:
    """Name what is no finite number; nothing for numbers."""
    if math.isfinite(item):
        return ""
    return "NaN" if math.isnan(item) else "Inf" if item > 0 else "-Inf"


def _aligned(rows: np.ndarray, precision: int | None) -> list[str]:
    # int64 is what numbers without a point become: they stand for double.
    if rows.dtype.kind in "iub" and (precision is None or rows.dtype != np.int64):
        digits = None
        texts = [[str(int(item)) for item in row] for row in rows.tolist()]
    else:
        numbers = rows.astype(np.float64) + 0.0  # no negative zeros
        digits = precision or _default_digits(numbers)
        spec = f"%.{digits or _MOST_DIGITS}g"
        texts = [[_special(item) or spec % item for item in row] for row in numbers.tolist()]
    if digits:
        width = digits + _BESIDE_DIGITS
    else:
        # Of two blanks between columns of whole numbers, a sign takes one.
        width = 2 + max(len(item.lstrip("-")) for row in texts for item in row)
    return ["".join(item.rjust(width) for item in row) for row in texts]


def _default_digits(numbers: np.ndarray) -> int | None:
    """Count the significant digits that are shown; None is for whole numbers, with all of them."""
    finite = np.abs(numbers[np.isfinite(numbers)])
    largest = float(finite.max(initial=0.0))
    before = math.floor(math.log10(largest)) + 1 if largest else 0
    if (finite == np.floor(finite)).all() and before <= _MOST_DIGITS:
        return None
    return min(max(before + _DECIMALS, _FEWEST_DIGITS), _MOST_DIGITS)


def _formatted(rows: np.ndarray, spec: str) -> list[str]:
    """Fill the format as often for each line as there are columns."""
    try:
        taken = rows.shape[1] * conversions_in(spec)
        if not taken:
            return filled(spec, ()).split("\n")
        items = rows.ravel()
        starts = range(0, items.size, taken)
        made = [filled(spec, (items[i : i + taken],)) for i in starts]
    except ValueError as error:
        raise ValueError(f"num2str: {error}") from None
    return "\n".join(made).split("\n")


def _trimmed(lines: list[str]) -> list[str]:
    """Leave out empty lines, and columns at both sides that are blank in all of them."""
    lines = [line for line in lines if line]
    longest = max(map(len, lines), default=0)
    padded = [line.ljust(longest) for line in lines]
    start = min((len(line) - len(line.lstrip(_BLANKS)) for line in padded), default=0)
    end = max((len(line.rstrip(_BLANKS)) for line in padded), default=0)
    return [line[start:end] for line in padded]

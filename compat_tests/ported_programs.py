"""Ported programs, run; and their variables held against those of GNU Octave.

The rules of comparison: class and text are equal, numbers to rounding. A scalar may be a Python
number; a vector a 1-D array, whatever its orientation; a cell row or column a list; a matrix of
cells a list of lists; a 1×1 struct a struct, other struct arrays lists of them; [] may be None.
Python's ints and int64 stand for double.
"""

from __future__ import annotations

import contextlib
import io
import re
import signal
import types
import warnings

import numpy as np

__all__ = ["differences", "run_ported"]

# The field that stands for a struct without fields in Octave's answer.
NO_FIELDS = "zz_no_fields"


def run_ported(code, seconds=20):
    """Run Python code as a script; return its variables and what it prints."""
    module = types.ModuleType("ported")
    printed = io.StringIO()

    def stop(*_):
        raise TimeoutError(f"the ported program runs longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("error")
            exec(compile(code, "ported.py", "exec"), vars(module))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    return vars(module), printed.getvalue()


def differences(variables, printed, outcome):
    """List what differs from Octave's outcome: (name, what)."""
    found = []
    for name, value in outcome.variables.items():
        # A name that is Python's own has an underscore behind it.
        mine = variables.get(f"{name}_", variables.get(name, _MISSING))
        if mine is _MISSING:
            # A loop that never ran leaves its variable empty.
            if value.size:
                found.append((name, f"is missing; it is {_shown(value)}"))
            continue
        what = _difference(mine, value)
        if what:
            found.append((name, f"{what}: it is {mine!r}, but must be {_shown(value)}"))
    if _lines(printed) != _lines(outcome.printed):
        found.append(("the output", f"is {printed!r}, but must be {outcome.printed!r}"))
    return found


_MISSING = object()


def _lines(text):
    return _unsigned_zeros(text.replace("\r\n", "\n"))


def _shown(value):
    return f"{_class_of(value)} {value.shape} {value.tolist()!r}"


def _class_of(array):
    kind = array.dtype.kind
    return {"b": "logical", "U": "char", "O": "cell", "V": "struct"}.get(
        kind, {"float64": "double", "float32": "single"}.get(array.dtype.name, array.dtype.name)
    )


def _difference(mine, theirs):
    """Say what differs, or nothing."""
    cls = _class_of(theirs)
    if cls == "char":
        return _text_difference(mine, theirs)
    if cls == "cell":
        return _cell_difference(mine, theirs)
    if cls == "struct":
        return _struct_difference(mine, theirs)
    if mine is None:
        return "" if theirs.size == 0 and cls == "double" else "None"
    if isinstance(mine, (str, list, dict)) or callable(mine) or hasattr(mine, "__dict__"):
        return "kind"
    return _number_difference(np.asarray(mine), theirs, cls)


def _number_difference(mine, theirs, cls):
    own = _class_of(mine)
    if own != cls and not (own == "int64" and cls == "double"):
        return f"class {own}, not {cls}"
    if mine.size != theirs.size:
        return f"{mine.size} elements, not {theirs.size}"
    if mine.ndim == 1 or mine.size == mine.ndim == 0:
        if theirs.size not in (max(theirs.shape), 0):
            return f"shape {mine.shape}"
    elif mine.ndim and _trimmed(mine.shape) != _trimmed(theirs.shape):
        return f"shape {mine.shape}"
    tolerance = 1e-5 if cls == "single" else 1e-9
    equal = np.isclose(
        mine.ravel("F").astype(float), theirs.ravel("F").astype(float), tolerance, tolerance,
        equal_nan=True,
    )  # fmt: skip
    return "" if equal.all() else "value"


def _trimmed(shape):
    shape = list(shape)
    while len(shape) > 2 and shape[-1] == 1:
        shape.pop()
    return shape


def _text_difference(mine, theirs):
    if not isinstance(mine, str):
        return "kind"
    text = str(theirs.reshape(-1)[0]) if theirs.size else ""
    # Octave's num2str writes a negative zero, MATLAB's does not.
    return "" if _unsigned_zeros(mine) == _unsigned_zeros(text) else "text"


def _unsigned_zeros(text):
    return re.sub(r"-0(?![\d.])", "0", text)


def _cell_difference(mine, theirs):
    if isinstance(mine, np.ndarray) and mine.dtype == object:
        if mine.ndim > 1 and mine.shape != theirs.shape:
            return f"shape {mine.shape}"
        mine = mine.tolist()
    if not isinstance(mine, (list, tuple)):
        return "kind"
    if theirs.ndim > 1 and min(theirs.shape) > 1:
        if len(mine) != len(theirs):
            return f"{len(mine)} rows"
        found = [_cell_difference(row, cells) for row, cells in zip(mine, theirs, strict=True)]
    else:
        if len(mine) != theirs.size:
            return f"{len(mine)} elements"
        pairs = zip(mine, theirs.reshape(-1), strict=True)
        found = [_difference(item, cell) for item, cell in pairs]
    return next((f"element: {what}" for what in found if what), "")


def _struct_difference(mine, theirs):
    if isinstance(mine, (list, tuple, np.ndarray)):
        if len(mine) != theirs.size:
            return f"{len(mine)} elements"
        pairs = zip(mine, theirs.reshape(-1), strict=True)
        return next((what for item, one in pairs if (what := _fields(item, one))), "")
    if theirs.size != 1:
        return "kind"
    return _fields(mine, theirs.reshape(-1)[0])


def _fields(mine, theirs):
    names = [name for name in theirs.dtype.names or () if name != NO_FIELDS]
    try:
        own = list(mine)
    except TypeError:
        return "kind"
    if own != names:
        return f"fields {own}"
    found = ((name, _difference(mine[name], theirs[name])) for name in names)
    return next((f"field {name}: {what}" for name, what in found if what), "")

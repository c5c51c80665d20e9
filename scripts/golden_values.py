"""What MATLAB made of a call, read from a folder and held against what we make of it."""

import math
import re
from typing import Any, NamedTuple

import numpy as np

from matxai import class_, load
from matxai.crosscheck.arrays import arrays_in
from matxai.crosscheck.reading import read_folder
from matxai.crosscheck.regions import part_elsewhere
from matxai.crosscheck.results import DIFFERS, EXACT, NOT_COMPARABLE, NUMERIC
from matxai.crosscheck.thresholds import NUMERIC as BOUNDS
from matxai.crosscheck.thresholds import REGION_FRACTION
from matxai.crosscheck.verdicts import compared, matlab_shaped, sizes
from matxai.lang.mat_checks import MatFileError

VALUES = "calls.mat"
# How far single and double may differ; in maps of occlusion, scores in single become double.
SINGLE, DOUBLE, OCCLUSION = BOUNDS["scores"], BOUNDS["imresize"], BOUNDS["occlusion"]
# What is said where a function, or its toolbox, is not there.
_LACKING = re.compile(
    r"undefined|unrecognized (function|variable|class)|license|not (installed|licensed|found in)|"
    r"requires? .*(toolbox|support package|converter|library)|invalid syntax|parse error|"
    r"this machine has a gpu",
    re.IGNORECASE,
)


class Theirs(NamedTuple):
    """One call of a folder."""

    name: str
    code: str
    kind: str
    size: tuple[int, ...]
    value: Any
    text: str
    error: str


class Verdict(NamedTuple):
    """How a call agrees: one of crosscheck's verdicts, and why in words."""

    verdict: str
    why: str = ""


def theirs_in(folder):
    """Read the calls of a folder: (its description, [Theirs])."""
    read = read_folder(folder)
    arrays, texts = _values(read.path / VALUES) if read.calls else ({}, {})
    found = []
    for call in read.calls:
        variable = _text(call.get("variable"))
        size = call.get("size")
        size = size if isinstance(size, list) else [size]
        found.append(
            Theirs(
                _text(call.get("id")),
                _text(call.get("code")),
                _text(call.get("class")),
                tuple(int(n) for n in size if isinstance(n, (int, float)) and math.isfinite(n)),
                arrays.get(variable, texts.get(variable)),
                _text(call.get("text")),
                _text(call.get("error")),
            )
        )
    return read, found


def _values(file):
    """Return the plain arrays and the texts of calls.mat."""
    if not file.is_file() or file.resolve().parent != file.parent.resolve():
        # It is missing, or a link out of the folder.
        return {}, {}
    arrays, _ = arrays_in(file)
    try:
        loaded = vars(load(str(file)))
    except (MatFileError, OSError):
        return arrays, {}
    other = {n: v for n, v in loaded.items() if n not in arrays}
    return arrays, other


def _text(value):
    return value if isinstance(value, str) else ""


def verdict(theirs, outcome):
    """Hold what MATLAB made of a call against our outcome."""
    if theirs.error and _LACKING.search(theirs.error):
        return Verdict(NOT_COMPARABLE, f"MATLAB could not run it: {theirs.error}")
    if outcome.refused:
        return Verdict(NOT_COMPARABLE, outcome.refused)
    if theirs.error and outcome.error:
        return Verdict(EXACT, f"an error in both; in MATLAB: {theirs.error}")
    if theirs.error:
        return Verdict(DIFFERS, f"an error in MATLAB alone: {theirs.error}")
    if outcome.error:
        return Verdict(DIFFERS, f"an error here alone: {outcome.error}")
    if isinstance(outcome.value, str) or theirs.kind in ("char", "string"):
        return _of_text(theirs, outcome.value)
    if theirs.kind in ("cell", "categorical"):
        return _of_list(theirs, outcome.value)
    return _of_numbers(theirs, outcome.value)


def _of_text(theirs, ours):
    rows = [ours] if isinstance(ours, str) else _flat(ours)
    if theirs.kind not in ("char", "string") or not all(isinstance(row, str) for row in rows):
        return Verdict(DIFFERS, f"of class {theirs.kind} in MATLAB and {_class_of(ours)} here")
    given = theirs.value if isinstance(theirs.value, str) else theirs.text
    if theirs.kind == "string":
        given = given.strip().strip('"')
    if isinstance(theirs.value, (list, np.ndarray)):
        given = "\n".join(map(str, theirs.value))
    mine = "\n".join(rows)
    if given.rstrip("\n") == mine.rstrip("\n"):
        return Verdict(EXACT)
    if given.split() == mine.split():
        return Verdict(NUMERIC, "equal but for white space")
    return Verdict(DIFFERS, f"{given[:80]!r} in MATLAB, {mine[:80]!r} here")


def _of_list(theirs, ours):
    """Compare names in a cell array or categories, as far as what disp prints tells them."""
    if theirs.kind == "categorical" != _class_of(ours):
        return Verdict(DIFFERS, f"of class {theirs.kind} in MATLAB and {_class_of(ours)} here")
    mine = _flat(ours)
    if len(mine) != math.prod(theirs.size):
        return Verdict(DIFFERS, f"{_by(theirs.size)} elements in MATLAB, {len(mine)} here")
    if theirs.kind == "cell" and not all(isinstance(each, str) for each in mine):
        return Verdict(NOT_COMPARABLE, "the size agrees; what a cell array holds is not written")
    if not theirs.text:
        return Verdict(NOT_COMPARABLE, "the size agrees; the elements are not written")
    names = _displayed(theirs)
    if names == [str(each) for each in mine]:
        return Verdict(EXACT)
    return Verdict(DIFFERS, f"{names!r} in MATLAB, {[str(each) for each in mine]!r} here")


def _displayed(theirs):
    if theirs.kind == "categorical":
        return theirs.text.split()
    # The display of MATLAB, and of Octave.
    return re.findall(r"\{'(.*?)'\s*\}", theirs.text) or re.findall(r"\] = (.*)", theirs.text)


def _flat(value):
    """Return the elements of a list, an array or a categorical, row by row as they are printed."""
    if isinstance(value, (list, tuple)):
        return [each for part in value for each in (_flat(part) if _is_list(part) else [part])]
    return list(np.asarray(value, dtype=object).reshape(-1))


def _is_list(value):
    return isinstance(value, (list, tuple))


def _of_numbers(theirs, ours):
    kind = _class_of(ours)
    # Whole numbers of Python, and int64, stand for double.
    if kind != theirs.kind and not (kind == "int64" and theirs.kind == "double"):
        return Verdict(DIFFERS, f"of class {theirs.kind} in MATLAB and {kind} here")
    plain = isinstance(ours, (bool, int, float)) or hasattr(ours, "__array__")
    if not (plain and isinstance(theirs.value, (np.ndarray, np.generic))):
        return Verdict(NOT_COMPARABLE, f"the class {theirs.kind} agrees; there are no values")
    return _of_arrays(theirs, matlab_shaped(theirs.value), np.asarray(ours))


def _of_arrays(theirs, given, mine):
    if mine.ndim < 2:
        # A vector of one dimension stands for a row or a column.
        fits = given.size == mine.size and given.size in (0, max(given.shape))
    else:
        fits = matlab_shaped(mine).shape == given.shape
    if not fits:
        return Verdict(DIFFERS, f"{sizes(given)} in MATLAB, {sizes(mine)} here")
    mine = mine.reshape(given.shape)
    if np.array_equal(given, mine, equal_nan=given.dtype.kind == mine.dtype.kind == "f"):
        return Verdict(EXACT)
    if theirs.name.startswith("superpixels-"):
        part = part_elsewhere(given, mine)
        said = f"{part:.3g} of the pixels lie in another region"
        return Verdict(NUMERIC if part <= REGION_FRACTION else DIFFERS, said)
    if given.dtype.kind == "c":
        return Verdict(DIFFERS, "complex in MATLAB")
    bound = OCCLUSION if "-takes-" in theirs.name else DOUBLE
    bound = SINGLE if theirs.kind in ("single", "dlarray") else bound
    found = compared(given, mine, bound)
    # Where all is NaN in MATLAB alone, that is a difference here.
    verdict = DIFFERS if found.verdict == NOT_COMPARABLE else found.verdict
    return Verdict(verdict, found.why or f"largest difference {found.largest:.3g}")


def _class_of(value):
    return "cell" if _is_list(value) else class_(value)


def _by(size):
    return "×".join(map(str, size))

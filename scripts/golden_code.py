"""The calls of goldenCalls.m, each as Python code, and what comes of them here.

The list is read from goldenCalls.m, the one place where it stands, and ported by ``matxai port``.
Nothing is run that comes from a folder of results.
"""

import builtins
import contextlib
import functools
import io
import tempfile
import traceback
import types
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import golden_counterparts as counterparts
import numpy as np

import matxai
from matxai.port import syntax
from matxai.port.parsing import parse
from matxai.port.porting import port
from matxai.port.runtime_errors import NotKnownError

MATLAB = Path(__file__).resolve().parent / "matlab"
LIST = MATLAB / "private" / "goldenCalls.m"
PORTING = Path(matxai.__file__).parent / "port"
NETWORKS = ("matxaiSmallNetwork", "matxaiDetector")


class Outcome(NamedTuple):
    """What a call does here: a value, an error, or the reason why there is neither."""

    value: Any = None
    error: str = ""
    refused: str = ""


@functools.cache
def calls():
    """Return the calls of goldenCalls.m: {id: code}."""
    body = parse(LIST.read_text(encoding="utf-8")).functions[0].body
    table = next(s.value for s in body if isinstance(s, syntax.Assign))
    return {_text(name): _text(code) for name, code in table.rows}


def _text(node):
    """Return the text that a literal stands for, or several in brackets, one beside the other."""
    if isinstance(node, syntax.Text):
        return node.value
    if isinstance(node, syntax.Matrix) and len(node.rows) == 1:
        return "".join(map(_text, node.rows[0]))
    raise ValueError(f"line {node.line} of {LIST.name} must hold texts alone.")


def ported(name):
    """Return a call as Python code; raise NotImplementedError where it has no counterpart."""
    if name in counterparts.NONE:
        raise NotImplementedError(counterparts.NONE[name])
    if name in counterparts.CODE:
        return counterparts.CODE[name]
    made = port(calls()[name] + "\n", name=f"{name}.m", others=_others())
    if not made.complete:
        why = ", ".join(sorted({note.why for note in made.notes if note.kind == "left"}))
        raise NotImplementedError(f"it is not ported: {why}")
    return made.code


@functools.cache
def _others():
    """Return what the calls use besides of MATLAB's functions, or of what matxai has of them."""
    heads = {name: f"function r = {name}(varargin)\nend\n" for name in counterparts.FUNCTIONS}
    files = {name: (MATLAB / f"{name}.m").read_text(encoding="utf-8") for name in NETWORKS}
    return {name: parse(text) for name, text in (heads | files).items()}


@functools.cache
def _networks():
    """Port matxaiSmallNetwork.m and matxaiDetector.m, which notes what it is given."""
    made = {"matxaiRecord": lambda *noted: None}
    others = {"matxaiRecord": parse("function matxaiRecord(varargin)\nend\n")}
    for name in NETWORKS:
        code = port(
            (MATLAB / f"{name}.m").read_text(encoding="utf-8"), name=f"{name}.m", others=others
        ).code
        made[name] = _executed(code, made)[name]
    return made


def _executed(code, functions):
    """Run Python code; `functions` are what it can import besides of modules."""

    def importing(name, *args, **kwargs):
        if name in functions:
            return types.SimpleNamespace(**{name: functions[name]})
        return builtins.__import__(name, *args, **kwargs)

    space = {"__builtins__": vars(builtins) | {"__import__": importing}, "__name__": "golden"}
    space |= {"m": matxai, "np": np, "printed": counterparts.printed} | functions
    exec(compile(code, "golden", "exec"), space)
    return space


def outcome(name):
    """Run one of our own calls, after rng(0), and return what comes of it."""
    try:
        code = ported(name)
    except NotImplementedError as error:
        return Outcome(refused=str(error))
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        functions = counterparts.FUNCTIONS | _networks()
        functions["tempname"] = functools.partial(_unused_name, folder)
        matxai.rng(0)
        try:
            with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
                made = _executed(code, functions)["r"]
        except (NotImplementedError, NotKnownError, NameError, ImportError) as error:
            return Outcome(refused=f"its Python code does not run: {error}")
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            if _is_of_porting(error):
                return Outcome(refused=f"its Python code does not run: {said}")
            # Whatever it is, MATLAB's user would see an error.
            return Outcome(error=said)
    return Outcome(made)


def _is_of_porting(error):
    """Tell whether an error comes from what ported code runs on: that is not matxai's answer."""
    frames = traceback.extract_tb(error.__traceback__)
    return any(PORTING in Path(frame.filename).parents for frame in frames)


def _unused_name(folder):
    return tempfile.mktemp(dir=folder)

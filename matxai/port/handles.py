"""Handles of functions: ``@f``."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.absent import why_absent
from matxai.port.calls import RENAMED, call_function, hides_library
from matxai.port.code import ATOM, LAMBDA, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.functions import result_kinds
from matxai.port.knowledge import ANY, Kind
from matxai.port.public import modules
from matxai.port.special_calls import special

__all__ = ["call_handle"]

_SURE = ("logical", "char")


def call_handle(emitter: Emitter, name: str) -> Code:
    """Write the handle of a function."""
    kind = Kind("function_handle", "scalar")
    if name in emitter.file.routines:
        routine = emitter.file.routines[name]
        routine.escapes = True
        return Code(name, ATOM, kind.but(items=Kind("tuple") if routine.several else None))
    if emitter.is_variable(name):
        raise Refused(f"@{name}, {name} being a variable")
    if hides_library(emitter, name):
        emitter.file.imports.add((name, name))
        return Code(name, ATOM, kind)
    if special(name) is not None and RENAMED.get(name, name) not in modules():
        # What is written in place of this function depends on its arguments.
        word = "x"
        with emitter.names({word: ANY}):
            body = call_function(emitter, name, (syntax.Name(word),))
        return Code(f"lambda {word}: {body.text}", LAMBDA, kind.but(items=body.kind))
    python = RENAMED.get(name, name)
    if python in modules():
        emitter.uses(python)
        made = result_kinds(python, [ANY], 1)[0]
        return Code(python, ATOM, kind.but(items=made if made.name in _SURE else None))
    if name in emitter.file.others:
        emitter.file.imports.add((name, name))
        return Code(name, ATOM, kind)
    emitter.file.missing.add(name)
    raise Refused(why_absent(name))

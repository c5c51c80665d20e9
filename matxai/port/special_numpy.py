"""Functions of elements that NumPy has, and matxai leaves to it."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.elementwise import elementwise_shape
from matxai.port.emitter import Emitter
from matxai.port.knowledge import Kind, array

__all__ = ["HANDLERS"]

Nodes = tuple[syntax.Expression, ...]
_NAMES = {
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "atan": "arctan",
    "sinh": "sinh",
    "cosh": "cosh",
    "tanh": "tanh",
    "asinh": "arcsinh",
}
# Where MATLAB would give complex numbers, these refuse.
_REAL = ("log2", "log10", "asin", "acos", "log1p")


def _of_elements(name: str, function: str, helper: bool) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
        if len(nodes) != 1 or nargout > 1:
            raise Refused(f"{name} takes one argument")
        code = emitter.value(nodes[0])
        kind = code.kind
        if kind.text or kind.name in ("cell", "struct"):
            raise Refused(f"{name} of a {kind.name}")
        class_name = kind.name if kind.floating else "numeric"
        made = Kind(class_name, kind.shape, kind.rank, safe=class_name != "numeric")
        if helper or not kind.floating:
            word = emitter.helper(name if helper else "elementwise")
            given = code.text if helper else f"'{function}', {code.text}"
            return Code(f"{word}({given})", ATOM, made)
        return Code(f"{emitter.numpy()}.{function}({code.text})", ATOM, made)

    return write


def _diff(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    if len(nodes) != 1:
        raise Refused("diff with an order or a dimension")
    code = emitter.value(nodes[0])
    if not (code.kind.flat and code.kind.floating and code.kind.safe):
        raise Refused("diff of what may be no vector")
    return Code(
        f"{emitter.numpy()}.diff({code.text})", ATOM, array(code.kind.shape, code.kind.name)
    )


def _two(function: str) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
        a, b = (emitter.value(n) for n in nodes)
        fits = elementwise_shape(a.kind, b.kind)
        alike = a.kind.shape == b.kind.shape or "scalar" in (a.kind.shape, b.kind.shape)
        if not fits or not alike or not (a.kind.name == b.kind.name == "double"):
            raise Refused("whether these arrays go together is not known")
        return Code(f"{emitter.numpy()}.{function}({a.text}, {b.text})", ATOM, array(*fits[:1]))

    return write


HANDLERS = {
    **{name: _of_elements(name, function, False) for name, function in _NAMES.items()},
    **{name: _of_elements(name, name, True) for name in _REAL},
    "diff": _diff,
    "atan2": _two("arctan2"),
    "hypot": _two("hypot"),
}

"""Classes of values, as far as they are known before the run; and conversions."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.elementwise import as_numbers
from matxai.port.emitter import Emitter, quoted
from matxai.port.knowledge import INTEGERS, LOGICAL, Kind, chars

__all__ = ["HANDLERS"]

Nodes = tuple[syntax.Expression, ...]
_SURE = frozenset(
    [
        "double",
        "single",
        "logical",
        "char",
        "string",
        "cell",
        "struct",
        "function_handle",
        "table",
        "categorical",
        "datetime",
        "duration",
        *INTEGERS,
    ]
)


def _class(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    code = emitter.value(nodes[0])
    if code.kind.name in _SURE:
        return Code(quoted(code.kind.name), ATOM, chars(code.kind.name))
    if not code.kind.numeric:
        emitter.differs(code.text, "a text counts as char, also where it is a string")
    return None


def _question(name: str, classes: tuple[str, ...]) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        code = emitter.value(nodes[0])
        kind = code.kind
        if kind.name in _SURE and not code.text.count("("):
            return Code(str(kind.name in classes), ATOM, LOGICAL)
        if name in ("ischar", "isstring") and not kind.numeric:
            emitter.differs(code.text, "char and string are one class in Python")
        return None

    return write


def _converted(name: str) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        if len(nodes) != 1:
            raise Refused(f"{name} takes one argument")
        code = emitter.value(nodes[0])
        kind = code.kind
        if kind.name == "char":
            if name != "double":
                raise Refused(f"{name} of characters")
            return as_numbers(emitter, code)
        if kind.name == "string":
            if name != "double":
                raise Refused(f"{name} of a string")
            return Code(
                f"{emitter.uses('str2double')}({code.text})",
                ATOM,
                Kind("double", kind.shape, safe=True),
            )
        if kind.name == "double" == name and kind.safe and not kind.index:
            return code
        return None

    return write


def _string(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    code = emitter.value(nodes[0])
    kind = code.kind
    if kind.one_text:
        return code.known(Kind("string", "scalar", const=kind.const))
    if kind.name == "any":
        made = Kind("string", "scalar")
        return Code(f"{emitter.uses('string')}({code.text})", ATOM, made) if kind.scalar else None
    shape = kind.shape
    if kind.name == "cell" and not kind.flat:
        shape = "any"
    made = Kind("string", shape, kind.rank, length=kind.length)
    return Code(f"{emitter.uses('string')}({code.text})", ATOM, made)


def _char(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    if len(nodes) != 1:
        raise Refused("a matrix of characters")
    code = emitter.value(nodes[0])
    kind = code.kind
    if kind.one_text:
        return code.known(chars(kind.const))
    one = kind.scalar or (kind.shape == "row" and kind.numeric)
    if one or kind.name == "any":
        return Code(f"{emitter.uses('char')}({code.text})", ATOM, chars() if one else Kind())
    if kind.name in ("labels", "categorical"):
        return Code(f"{emitter.uses('char')}({code.text})", ATOM, chars())
    raise Refused("a matrix of characters")


HANDLERS = {
    "class": _class,
    "ischar": _question("ischar", ("char",)),
    "isstring": _question("isstring", ("string",)),
    "iscell": _question("iscell", ("cell",)),
    "isstruct": _question("isstruct", ("struct",)),
    "islogical": _question("islogical", ("logical",)),
    "isnumeric": _question("isnumeric", ("double", "single", *INTEGERS)),
    "isfloat": _question("isfloat", ("double", "single")),
    "string": _string,
    "char": _char,
    **{name: _converted(name) for name in ("double", "single", "logical", *sorted(INTEGERS))},
}

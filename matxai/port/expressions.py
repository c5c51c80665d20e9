"""Expressions: names, numbers, texts, fields, handles; what has a module of its own is not here."""

from __future__ import annotations

import keyword
import re

from matxai.port import syntax
from matxai.port.braces import braced
from matxai.port.calls import call_function, called_function, dotted_name, is_function
from matxai.port.code import ATOM, LAMBDA, MULTIPLY, Code, Refused
from matxai.port.emitter import Emitter, quoted
from matxai.port.handles import call_handle
from matxai.port.indexing import indexed
from matxai.port.knowledge import ANY, Kind, chars, number
from matxai.port.own_functions import call_own
from matxai.port.properties import property_kind
from matxai.port.tables import one_variable

__all__ = [
    "apply",
    "brace",
    "colon",
    "dynamic_field",
    "end",
    "field",
    "handle",
    "lambda_",
    "name",
    "number_",
    "text",
]


def number_(emitter: Emitter, node: syntax.Number) -> Code:
    """Write a number."""
    written = node.text.lower()
    if written[-1] in "ij":
        raise Refused("complex numbers are not ported")
    if written.startswith(("0x", "0b")):
        return _of_digits(emitter, written)
    written = written.replace("d", "e")
    value = float(written)
    if not any(c in written for c in ".e"):
        return Code(str(int(written)), ATOM, number(int(written)))
    if written.startswith("."):
        written = f"0{written}"
    if written.endswith("."):
        written += "0"
    return Code(written.replace(".e", ".0e"), ATOM, number(value))


def _of_digits(emitter: Emitter, written: str) -> Code:
    """Write ``0x1F`` or ``0b101``, which are of the smallest unsigned class that holds them."""
    digits, sign, bits = re.fullmatch(r"0[xb]([0-9a-f]+)(?:([us])(8|16|32|64))?", written).groups()
    value = int(digits, 16 if written[1] == "x" else 2)
    smallest = next((n for n in (8, 16, 32, 64) if value < 2**n), 128)
    long = len(digits) * (4 if written[1] == "x" else 1)
    size = int(bits or smallest)
    if size > 64 or value >= 2 ** (size - (sign == "s")):
        raise Refused("this number does not fit into its class")
    if not bits and not size / 2 < long <= size and long > 8:
        raise Refused("zeros before a hexadecimal or binary number: of which class it is")
    name = f"{'' if sign == 's' else 'u'}int{size}"
    text = f"{emitter.numpy()}.{name}({written[:2]}{digits.upper()})"
    return Code(text, ATOM, Kind(name, "scalar", whole=True, low=value))


def text(emitter: Emitter, node: syntax.Text) -> Code:
    """Write a text."""
    if node.quote == "'":
        shape = "row" if node.value else "empty"
        return Code(
            quoted(node.value),
            ATOM,
            chars(node.value).but(shape="row", const=node.value)
            if shape == "row"
            else Kind("char", "row", const=""),
        )
    return Code(quoted(node.value), ATOM, Kind("string", "scalar", const=node.value))


def name(emitter: Emitter, node: syntax.Name) -> Code:
    """Write a variable, or the call of a function without arguments."""
    if emitter.is_variable(node.name):
        kind = emitter.kind_of(node.name)
        shares = frozenset() if kind.plain else frozenset([node.name])
        return Code(emitter.python(node.name), ATOM, kind, shares)
    return call_function(emitter, node.name, ())


def colon(emitter: Emitter, node: syntax.Colon) -> Code:
    """Write a colon that is given to a function."""
    return Code('":"', ATOM, chars(":"))


def end(emitter: Emitter, node: syntax.End) -> Code:
    """Write the length that the end of an index stands for."""
    if not emitter.ends:
        raise Refused("end stands outside of an index")
    base, place, count = emitter.ends[-1]
    kind = Kind("double", "scalar", index=True, safe=True, whole=True, low=0)
    if base.kind.flat and (count == 1 or (base.kind.shape == "row") == (place == 1)):
        return Code(f"len({base.text})", ATOM, kind)
    if base.kind.flat and count == 2 and base.kind.shape != "vector":
        return Code("1", ATOM, number(1))
    if base.kind.name == "cell" and base.kind.shape == "matrix":
        rows, columns = f"len({base.text})", f"len({base.base}[0])"
        if count == 1:
            return Code(f"{rows} * {columns}", MULTIPLY, kind)
        return Code(rows if place == 0 else columns, ATOM, kind)
    if count == 1:
        return Code(f"{emitter.uses('numel')}({base.text})", ATOM, kind)
    if base.kind.shape == "matrix" and base.kind.rank == count:
        return Code(f"{base.base}.shape[{place}]", ATOM, kind)
    if place == count - 1:
        known = base.kind.shape in ("matrix", "scalar")
        helper = emitter.uses("size") if known else emitter.helper("size_of")
        text = f"{helper}({base.text}, nargout={count})[{place}]"
        return Code(text, ATOM, kind)
    if base.kind.shape in ("matrix", "scalar"):
        return Code(f"{emitter.uses('size')}({base.text}, {place + 1})", ATOM, kind)
    text = f"{emitter.helper('size_of')}({base.text}, nargout={count})[{place}]"
    return Code(text, ATOM, kind)


def apply(emitter: Emitter, node: syntax.Apply) -> Code:
    """Write what is either a call or an index."""
    base = node.base
    if isinstance(base, syntax.Name) and not emitter.is_variable(base.name):
        return call_function(emitter, base.name, node.arguments)
    if isinstance(base, syntax.Field):
        dotted = _dotted(emitter, base)
        if dotted:
            return call_function(emitter, dotted, node.arguments)
        method = _method(emitter, base, node.arguments)
        if method is not None:
            return method
    return indexed(emitter, emitter.value(base), node.arguments)


def _dotted(emitter: Emitter, node: syntax.Expression) -> str | None:
    """Return the name of a function in a package; None where it is a field."""
    name = dotted_name(emitter, node)
    return None if not name or is_function(emitter, name.partition(".")[0]) else name


def _method(
    emitter: Emitter, node: syntax.Field, arguments: tuple[syntax.Expression, ...]
) -> Code | None:
    """Write a method's call as that of the function; None where it is a property or field."""
    base = emitter.value(node.base)
    if base.kind.name in ("struct", "any", "table", "exception") or base.kind.numeric:
        return None
    if node.name[0].isupper() or not is_function(emitter, node.name):
        return None
    return call_function(emitter, node.name, (node.base, *arguments))


def brace(emitter: Emitter, node: syntax.Brace) -> Code:
    """Write the element of a cell array."""
    return braced(emitter, emitter.value(node.base), node.arguments)


def field(emitter: Emitter, node: syntax.Field) -> Code:
    """Write a field or a property."""
    dotted = _dotted(emitter, node)
    if dotted:
        return call_function(emitter, dotted, ())
    base = emitter.value(node.base)
    if base.kind.name == "exception":
        return _exception(emitter, base, node.name)
    if base.kind.name == "map":
        if node.name != "Count":
            return call_function(emitter, node.name, (node.base,))
        # Of a map, MATLAB counts in uint64.
        text = f"{emitter.numpy()}.uint64(len({base.text}))"
        return Code(text, ATOM, Kind("uint64", "scalar", whole=True, low=0))
    if base.kind.name == "table" and node.name != "Properties":
        return one_variable(base, node.name)
    if keyword.iskeyword(node.name) or node.name.startswith("_"):
        return Code(f"{base.base}[{quoted(node.name)}]", ATOM, ANY, base.shares)
    if base.kind.name == "struct" and base.kind.flat:
        raise Refused("the field of several structs is a list of values")
    if base.kind.numeric or base.kind.text or base.kind.name == "cell":
        raise Refused(f"{base.text} is no struct")
    return Code(f"{base.base}.{node.name}", ATOM, property_kind(base.kind, node.name), base.shares)


def _exception(emitter: Emitter, base: Code, name: str) -> Code:
    if name == "message":
        return Code(f"str({base.text})", ATOM, Kind("char", "row"))
    if name == "identifier":
        return Code(f"getattr({base.text}, 'identifier', '')", ATOM, Kind("char", "row"))
    raise Refused(f"{name} of an error is not ported")


def dynamic_field(emitter: Emitter, node: syntax.DynamicField) -> Code:
    """Write a field whose name is computed."""
    base, key = emitter.value(node.base), emitter.value(node.name)
    if base.kind.name == "struct" and not base.kind.scalar:
        raise Refused("the field of several structs is a list of values")
    kind = ANY
    if base.kind.name == "table" and isinstance(key.kind.const, str):
        return one_variable(base, key.kind.const)
    if base.kind.name == "struct" and isinstance(key.kind.const, str):
        kind = base.kind.field(key.kind.const) or ANY
    if base.kind.name not in ("struct", "any", "table"):
        return Code(f"getattr({base.text}, {key.text})", ATOM, ANY, base.shares)
    return Code(f"{base.base}[{key.text}]", ATOM, kind, base.shares)


def handle(emitter: Emitter, node: syntax.Handle) -> Code:
    """Write the handle of a function."""
    return call_handle(emitter, node.name)


def lambda_(emitter: Emitter, node: syntax.Lambda) -> Code:
    """Write an anonymous function; what it uses is what it was when it was made."""
    kinds = (*emitter.expected, *(ANY,) * len(node.parameters))
    emitter.expected = ()
    named = {p: k for p, k in zip(node.parameters, kinds, strict=False) if p != "~"}
    parameters = ["_" if p == "~" else emitter.python(p) for p in node.parameters]
    parameters = [f"_{i}" if p == "_" and i else p for i, p in enumerate(parameters)]
    if node.parameters[-1:] == ("varargin",):
        named["varargin"] = Kind("cell", "row")
        parameters[-1] = f"*{emitter.python('varargin')}"
    ends, emitter.ends = emitter.ends, []
    count = len(emitter.before)
    with emitter.names(named):
        body = _all_outputs(emitter, node) or emitter.value(node.body)
    emitter.ends = ends
    if len(emitter.before) > count:
        raise Refused("an anonymous function holds what takes a statement in Python")
    captured = _captured(emitter, node, set(node.parameters))
    copies = [f"{emitter.python(n)}={_frozen(emitter, n)}" for n in sorted(captured)]
    if copies and parameters and parameters[-1].startswith("*"):
        listed = [*parameters, *copies]
    else:
        listed = [*parameters, *(["*", *copies] if copies else [])]
    head = f"lambda {', '.join(listed)}" if listed else "lambda"
    return Code(
        f"{head}: {body.at(LAMBDA)}", LAMBDA, Kind("function_handle", "scalar", items=body.kind)
    )


def _all_outputs(emitter: Emitter, node: syntax.Lambda) -> Code | None:
    """Write the call of one of the file's functions with all outputs, where they may count.

    An anonymous function hands on how many outputs it is asked for.
    """
    asked = emitter.asked is node or getattr(emitter.statement, "value", None) is node
    name, arguments = called_function(emitter, node.body)
    routine = emitter.file.routines.get(name)
    if not asked or routine is None or not routine.several:
        return None
    if "varargout" in routine.node.outputs:
        return None
    code, _ = call_own(emitter, name, arguments, len(routine.node.outputs))
    return Code(code.text, code.level, Kind("tuple"))


def _captured(emitter: Emitter, node: syntax.Lambda, parameters: set[str]) -> set[str]:
    """Return the variables used whose value may change after the function is made."""
    from matxai.port.scopes import walk

    used = {n.name for n in walk((node.body,)) if isinstance(n, syntax.Name)}
    used |= {n for names in emitter.local for n in names} & used
    outer = {n for n in used - parameters if emitter.is_variable(n)}
    return {n for n in outer if n in emitter.scope.rebound | emitter.scope.changed}


def _frozen(emitter: Emitter, name: str) -> str:
    kind = emitter.kind_of(name)
    if name in emitter.scope.changed and not kind.plain:
        return f"{emitter.helper('copied')}({emitter.python(name)})"
    return emitter.python(name)

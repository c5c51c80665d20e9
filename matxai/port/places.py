"""Places that are changed: variables that have no value yet, and parts of others."""

from __future__ import annotations

import keyword

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.indexing import element_kind, flat_subscript
from matxai.port.knowledge import ANY, Kind
from matxai.port.properties import property_kind, table_variable
from matxai.port.scopes import base_name, walk
from matxai.port.subscripts import subscripts

__all__ = [
    "attribute",
    "forget_fields",
    "is_next",
    "know",
    "learn_field",
    "make_empty",
    "place_of",
    "prepare",
]


def know(emitter: Emitter, name: str, kind: Kind) -> None:
    """Note what a variable holds from here on."""
    emitter.known[name] = ANY if name in emitter.scope.fickle else kind
    emitter.known.unsure.discard(name)


def prepare(emitter: Emitter, body: tuple[syntax.Statement, ...]) -> None:
    """Give variables that grow out of nothing in a loop an empty value before it."""
    bound, first = set(), {}
    for node in walk(body):
        targets = node.targets if isinstance(node, syntax.Assign) else ()
        targets = (node.target,) if isinstance(node, syntax.For) else targets
        for target in targets:
            name = base_name(target)
            if isinstance(target, syntax.Name):
                bound.add(name)
            elif name and not isinstance(target, syntax.Name):
                first.setdefault(name, target)
    for name, target in first.items():
        if name not in bound and name not in emitter.known:
            make_empty(emitter, target, name)


def make_empty(emitter: Emitter, target: syntax.Expression, name: str) -> None:
    """Give a variable that has no value yet an empty one, as MATLAB does by itself."""
    if name in emitter.known and name not in emitter.known.unsure:
        return
    if name in emitter.known.unsure:
        raise Refused(f"{name} may or may not have a value here")
    first = target
    while not isinstance(first.base, syntax.Name):
        first = first.base
    python = emitter.python(name)
    if isinstance(first, (syntax.Field, syntax.DynamicField)):
        emitter.write(f"{python} = {emitter.uses('struct')}()")
        know(emitter, name, Kind("struct", "scalar", fields=()))
    elif isinstance(first, syntax.Brace):
        emitter.write(f"{python} = []")
        know(emitter, name, Kind("cell", "row"))
    elif first is target and len(first.arguments) == 1 and name in emitter.scope.rows:
        emitter.write(f"{python} = {emitter.numpy()}.zeros(0)")
        know(emitter, name, Kind("double", "row", safe=True))
    elif first is target:
        emitter.write(f"{python} = {emitter.numpy()}.zeros((0, 0))")
        know(emitter, name, Kind("double", "any", safe=True))
    else:
        emitter.write(f"{python} = []")
        know(emitter, name, Kind("struct", "row", fields=()))


def place_of(
    emitter: Emitter, node: syntax.Expression, use: type[syntax.Node] = syntax.Field
) -> Code:
    """Write a place that is changed: it is no copy.

    A field that is not there yet becomes what suits the use that is made of it: a struct, an array
    (Apply), or a cell array (Brace).
    """
    if isinstance(node, syntax.Name):
        return Code(emitter.python(node.name), ATOM, emitter.kind_of(node.name))
    base = place_of(emitter, node.base)
    if isinstance(node, syntax.Field):
        return _field_place(emitter, node, base, use)
    if isinstance(node, syntax.DynamicField):
        return Code(f"{base.base}[{emitter.value(node.name).text}]", ATOM, ANY)
    subs = subscripts(emitter, base, node.arguments)
    kind = base.kind
    sub = flat_subscript(kind, subs) if kind.flat else None
    if kind.name == "map" and isinstance(node, syntax.Apply):
        return Code(f"{base.base}[{emitter.value(node.arguments[0]).text}]", ATOM, ANY)
    if (
        isinstance(node, syntax.Apply)
        and kind.name == "struct"
        and kind.scalar
        and len(subs) == 1
        and subs[0].constant == 1
    ):
        return base
    if isinstance(node, syntax.Apply) and kind.name == "any":
        raise Refused(f"whether {base.text} is an array of structs is not known")
    if sub is None or sub.form != "scalar" or kind.name not in ("cell", "struct", "layers"):
        raise Refused("a part of a part that is changed in place")
    made = kind.items if isinstance(node, syntax.Brace) else element_kind(kind)
    return Code(f"{base.base}[{sub.zero}]", ATOM, made or ANY)


def _new(emitter: Emitter, use: type[syntax.Node]) -> tuple[str, Kind]:
    """Write what is made where nothing is yet."""
    if use is syntax.Apply:
        return f"{emitter.numpy()}.zeros((0, 0))", Kind("double", "any", safe=True)
    if use is syntax.Brace:
        return "[]", Kind("cell", "row")
    return f"{emitter.uses('struct')}()", Kind("struct", "scalar", fields=())


def _field_place(emitter: Emitter, node: syntax.Field, base: Code, use: type[syntax.Node]) -> Code:
    kind = property_kind(base.kind, node.name)
    if base.kind.name == "struct" and base.kind.flat:
        raise Refused("the field of several structs")
    if (
        base.kind.name == "struct"
        and base.kind.fields is not None
        and base.kind.field(node.name) is None
    ):
        text, kind = _new(emitter, use)
        emitter.write(f"{attribute(base, node.name)} = {text}")
    elif base.kind.fields is None and base.kind.name in ("struct", "any") and use is syntax.Field:
        # Whether there is such a field, only the run tells.
        text = f"{emitter.helper('struct_in')}({base.text}, {node.name!r})"
        return Code(text, ATOM, kind)
    elif base.kind.fields is None and base.kind.name == "struct" and base.kind.scalar:
        text = f"{attribute(base, node.name)} = {_new(emitter, use)[0]}"
        emitter.write(f"if {node.name!r} not in {base.text}:", f"    {text}")
    return Code(attribute(base, node.name), ATOM, kind)


def attribute(base: Code, name: str) -> str:
    """Write a field of a struct."""
    return f"{base.base}[{name!r}]" if keyword.iskeyword(name) else f"{base.base}.{name}"


def learn_field(emitter: Emitter, target: syntax.Field, kind: Kind) -> None:
    """Note what a field of a variable holds; deeper ones, whose structs change with it, too."""
    path, node = [], target
    while isinstance(node, syntax.Field):
        path.insert(0, node.name)
        node = node.base
    if isinstance(node, syntax.Name):
        emitter.known[node.name] = _with_field(emitter.known.get(node.name, ANY), path, kind)
    else:
        forget_fields(emitter, node)


def _with_field(base: Kind, path: list[str], kind: Kind) -> Kind:
    if base.name == "table":
        return _with_variable(base, path, kind)
    if base.name == "struct" and base.scalar and base.fields is None:
        return base.but(fields=None)
    if base.name != "struct" or not base.scalar:
        return base
    fields = dict(base.fields)
    rest = path[1:]
    inner = fields.get(path[0], Kind("struct", "scalar", fields=()))
    fields[path[0]] = _with_field(inner, rest, kind) if rest else kind
    return base.but(fields=tuple(fields.items()))


def _with_variable(base: Kind, path: list[str], kind: Kind) -> Kind:
    if base.fields is None or path[0] == "Properties":
        return base.but(fields=None)
    made = table_variable(kind) if len(path) == 1 else ANY
    return base.but(fields=tuple({**dict(base.fields), path[0]: made}.items()))


def forget_fields(emitter: Emitter, target: syntax.Expression) -> None:
    """Forget what is known of the part of a variable that changes."""
    base = target.base
    if isinstance(base, syntax.Field):
        learn_field(emitter, base, ANY)
        return
    if not isinstance(base, syntax.Name):
        forget_fields(emitter, base)
        return
    kind = emitter.known.get(base.name, ANY)
    if kind.name in ("struct", "table"):
        emitter.known[base.name] = kind.but(fields=None)
    elif kind.name == "cell":
        emitter.known[base.name] = kind.but(items=None)


def is_next(node: syntax.Expression) -> bool:
    """Tell whether a subscript is ``end+1``."""
    return (
        isinstance(node, syntax.Binary)
        and node.operator == "+"
        and isinstance(node.left, syntax.End)
        and isinstance(node.right, syntax.Number)
        and node.right.text == "1"
    )

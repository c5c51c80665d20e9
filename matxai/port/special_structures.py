"""Structs, maps, and functions that are applied to each element."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, COMPARE, Code, Refused
from matxai.port.emitter import Emitter, quoted
from matxai.port.knowledge import ANY, LOGICAL, Kind, cell, joined
from matxai.port.listing import given, has_list
from matxai.port.storing import stored

__all__ = ["HANDLERS"]

Nodes = tuple[syntax.Expression, ...]


def _struct(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    if len(nodes) == 1 and isinstance(nodes[0], syntax.Matrix) and not any(nodes[0].rows):
        return Code("[]", ATOM, Kind("struct", "row", fields=()))
    if has_list(emitter, nodes):
        listed = ", ".join(given(emitter, node) for node in nodes)
        return Code(f"{emitter.helper('struct_of')}({listed})", ATOM, Kind("struct", "scalar"))
    if len(nodes) % 2:
        raise Refused("struct of one argument")
    if any(isinstance(node, syntax.Cell) and not any(node.rows) for node in nodes[1::2]):
        return Code("[]", ATOM, Kind("struct", "row"))
    several = _several(nodes)
    if several:
        return _array(emitter, nodes, several)
    written, fields = [], []
    for key, node in zip(nodes[::2], nodes[1::2], strict=True):
        value = _field_value(emitter, node)
        name = emitter.value(key)
        written += [name.text, stored(emitter, value)]
        fields.append((name.kind.const, value.kind))
    known = all(isinstance(name, str) for name, _ in fields)
    kind = Kind("struct", "scalar", fields=tuple(fields) if known else None)
    return Code(f"{emitter.uses('struct')}({', '.join(written)})", ATOM, kind)


def _several(nodes: Nodes) -> tuple[int, str] | None:
    """Return how many structs cell arrays of values make, and which way they lie."""
    shapes = {
        (len(node.rows), len(node.rows[0]))
        for node in nodes[1::2]
        if isinstance(node, syntax.Cell) and sum(map(len, node.rows)) != 1 and any(node.rows)
    }
    if not shapes:
        return None
    rows, columns = shapes.pop()
    if shapes or min(rows, columns) != 1:
        raise Refused("an array of structs made of cell arrays of several sizes")
    return max(rows, columns), "row" if rows == 1 else "column"


def _array(emitter: Emitter, nodes: Nodes, several: tuple[int, str]) -> Code:
    """Write the structs of an array one by one."""
    count, shape = several
    parts = []
    for i in range(count):
        own = []
        for key, node in zip(nodes[::2], nodes[1::2], strict=True):
            items = (
                [item for row in node.rows for item in row]
                if isinstance(node, syntax.Cell)
                else [node]
            )
            own += [key, syntax.Cell(((items[i] if len(items) > 1 else items[0],),))]
        parts.append(_struct(emitter, tuple(own), 1))
    fields = joined(part.kind for part in parts).fields
    text = f"[{', '.join(part.text for part in parts)}]"
    return Code(text, ATOM, Kind("struct", shape, fields=fields))


def _field_value(emitter: Emitter, node: syntax.Expression) -> Code:
    if isinstance(node, syntax.Cell):
        # A cell array makes a struct array; one in another one is the value.
        items = [item for row in node.rows for item in row]
        if len(items) == 1:
            return emitter.value(items[0])
        raise Refused("an array of structs made of a cell array")
    value = emitter.value(node)
    if value.kind.name in ("cell", "any"):
        if value.kind.name == "cell":
            raise Refused("an array of structs made of a cell array")
        emitter.differs(value.text, "it is taken to be no cell array")
    return value


def _map(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    kind = Kind("map", "scalar")
    options = [n.value.lower() for n in nodes[::2] if isinstance(n, syntax.Text)]
    if not nodes or (
        len(options) == len(nodes[::2])
        and set(options) <= {"keytype", "valuetype", "uniformvalues"}
    ):
        return Code("{}", ATOM, kind)
    if len(nodes) != 2:
        raise Refused("containers.Map with options")
    keys, values = (emitter.value(n) for n in nodes)
    if keys.kind.name == "cell" and values.kind.name == "cell" and keys.kind.flat:
        return Code(f"dict(zip({keys.text}, {stored(emitter, values)}, strict=True))", ATOM, kind)
    if keys.kind.name == "cell" and values.kind.flat and values.kind.numeric:
        return Code(f"dict(zip({keys.text}, {values.base}.tolist(), strict=True))", ATOM, kind)
    if keys.kind.one_text:
        return Code(f"{{{keys.text}: {stored(emitter, values)}}}", ATOM, kind)
    raise Refused("what the keys of this map are is not known")


def _of_map(name: str) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        code = emitter.value(nodes[0])
        if code.kind.name != "map":
            raise Refused(f"{name} of what may be no map")
        if name == "isKey":
            key = emitter.value(nodes[1])
            if not (key.kind.one_text or key.kind.scalar):
                raise Refused("isKey of several keys")
            return Code(f"{key.text} in {code.text}", COMPARE, LOGICAL)
        if name == "keys":
            return Code(f"sorted({code.text})", ATOM, cell("row", ANY))
        if len(nodes) > 1:
            raise Refused("values of some keys")
        word = emitter.temporary("key")
        text = f"[{code.base}[{word}] for {word} in sorted({code.text})]"
        return Code(text, ATOM, cell("row"), code.shares)

    return write


def _each(name: str) -> object:
    """Make what writes cellfun and arrayfun."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        from matxai.port.calls import arguments

        if nargout != 1 or len(nodes) < 2:
            return None
        over = emitter.value(nodes[1])
        given = [
            emitter.value(n) for n in nodes[1:] if not isinstance(n, (syntax.Text, syntax.Named))
        ]
        emitter.expected = tuple(_element(name, code.kind) for code in given)
        if isinstance(nodes[0], syntax.Text):
            function = _named(emitter, nodes[0])
        else:
            function = emitter.value(nodes[0])
        emitter.expected = ()
        if name == "arrayfun" and over.kind.text:
            raise Refused("arrayfun over texts")
        # The function is written already: once, or functions in functions would take forever.
        written, _ = arguments(emitter, name, (syntax.Colon(), *nodes[1:]))
        written[0] = function.text
        uniform = "UniformOutput=False" not in " ".join(written)
        items = function.kind.items
        if items and items.name == "tuple":
            written[0], items = f"lambda *x: {function.base}(*x)[0]", None
        text = f"{emitter.uses(name)}({', '.join(written)})"
        shape = over.kind.shape if over.kind.flat or over.kind.shape == "rowish" else "any"
        if not uniform and not over.kind.flat and not over.kind.scalar:
            if not (over.kind.shape == "matrix" and over.kind.rank == 2):
                raise Refused("how the results are laid out is not known")
            return Code(text, ATOM, Kind("cell", "matrix", 2, items=items))
        if not uniform:
            return Code(text, ATOM, cell(shape if over.kind.flat else "row", items))
        if items and items.name == "char":
            if shape != "row":
                raise Refused("characters in another layout than a row")
            return Code(f"''.join({text})", ATOM, Kind("char", "row"))
        if items is None or not items.numeric:
            emitter.differs(function.text, "it is taken to give numbers or truth values")
        class_name = items.name if items and items.numeric else "any"
        if class_name == "any":
            class_name = "numeric"
        return Code(text, ATOM, Kind(class_name, shape))

    return write


def _element(name: str, kind: Kind) -> Kind:
    """Return what the function is given each time."""
    if name == "cellfun":
        return kind.items or ANY
    if kind.numeric and kind.name != "numeric" and (kind.flat or kind.shape == "matrix"):
        return Kind(
            kind.name,
            "scalar",
            index=kind.index,
            safe=kind.safe and not kind.index,
            whole=kind.whole,
            low=kind.low,
        )
    return ANY


def _named(emitter: Emitter, node: syntax.Text) -> Code:
    name = {"isclass": "isa", "length": "length"}.get(node.value, node.value)
    return emitter.value(syntax.Handle(name))


def _num2cell(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    code = emitter.value(nodes[0])
    kind = code.kind
    if len(nodes) != 1 or not kind.numeric or not (kind.flat or kind.shape == "matrix"):
        raise Refused("num2cell of what may be no vector")
    item = Kind("numeric", "scalar")
    made = cell(kind.shape, item) if kind.flat else Kind("cell", "matrix", 2, items=item)
    return Code(
        f"list({code.text})" if kind.flat else f"{emitter.uses('num2cell')}({code.text})",
        ATOM,
        made,
    )


def _getfield(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    if len(nodes) != 2:
        raise Refused("getfield of several names")
    return emitter.value(syntax.DynamicField(nodes[0], nodes[1]))


def _save(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    if not nodes or not isinstance(nodes[0], syntax.Expression):
        raise Refused("save without a file")
    file = emitter.value(nodes[0])
    names = [n.value for n in nodes[1:] if isinstance(n, syntax.Text)]
    if len(names) != len(nodes) - 1:
        raise Refused("which variables are saved is not known")
    names = [n for n in names if not n.startswith("-")]
    if not names or any(not emitter.is_variable(n) for n in names):
        raise Refused("save of all variables: say which")
    from matxai.port.indexing import oriented

    items = []
    for name in names:
        code = emitter.value(syntax.Name(name))
        written = oriented(emitter, code) if code.kind.numeric else code.text
        items.append(f"{quoted(name)}: {written}")
    return Code(
        f"{emitter.uses('save')}({file.text}, {{{', '.join(items)}}})", ATOM, Kind("none", "any")
    )


HANDLERS = {
    "struct": _struct,
    "containers.Map": _map,
    "keys": _of_map("keys"),
    "values": _of_map("values"),
    "isKey": _of_map("isKey"),
    "cellfun": _each("cellfun"),
    "arrayfun": _each("arrayfun"),
    "num2cell": _num2cell,
    "getfield": _getfield,
    "save": _save,
}

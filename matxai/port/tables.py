"""Tables: their variables and parts are read, set and removed."""

from __future__ import annotations

import keyword

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter, quoted
from matxai.port.knowledge import ANY, Kind
from matxai.port.places import forget_fields, place_of
from matxai.port.storing import stored
from matxai.port.subscripts import Subscript, one_based, subscripts

__all__ = [
    "delete_in_table",
    "joined_tables",
    "one_variable",
    "set_in_table",
    "set_rows",
    "table_part",
    "table_values",
    "variable_kind",
]

Nodes = tuple[syntax.Expression, ...]
# What a table of matxai has besides its variables.
_OWN = ("Properties", "shape", "columns")
_LISTED = ("cell", "string")
_DIRECT = ("all", "slice", "scalar", "array", "mask", "truths")


def variable_kind(kind: Kind, name: str) -> Kind:
    """Return what is known of a variable of a table."""
    if name == "Properties":
        return Kind("object", "scalar")
    return (kind.fields is not None and dict(kind.fields).get(name)) or ANY


def one_variable(base: Code, name: str) -> Code:
    """Write ``T.name``."""
    text = f"{base.base}.{name}"
    if name in _OWN or not name.isidentifier() or keyword.iskeyword(name) or name[0] == "_":
        text = f"{base.base}[{quoted(name)}]"
    return Code(text, ATOM, variable_kind(base.kind, name), base.shares)


def _two(emitter: Emitter, base: Code, nodes: Nodes) -> list[Subscript]:
    if len(nodes) != 2:
        raise Refused("a table takes rows and columns")
    return subscripts(emitter, base, nodes)


def _text_of(emitter: Emitter, node: syntax.Expression) -> str | None:
    """Return the name that a subscript is, where it is known."""
    value = emitter.value(node).kind.const if isinstance(node, syntax.Text) else None
    return value if isinstance(value, str) and value != ":" else None


def table_part(emitter: Emitter, base: Code, nodes: Nodes) -> Code:
    """Write ``T(rows, names)``."""
    subs = _two(emitter, base, nodes)
    made = Kind("table", "scalar")
    if subs[1].form == "all":
        made = made.but(fields=_kept(base.kind, None))
    elif isinstance(nodes[1], (syntax.Cell, syntax.Text)):
        made = made.but(fields=_kept(base.kind, nodes[1]))
    # Rows are taken by copies; what cells hold is not.
    known = base.kind.fields is not None and all(k != ANY for _, k in base.kind.fields)
    shares = frozenset() if known or not emitter.scope.deep else base.shares
    parts = [_bracketed(emitter, node, sub) for node, sub in zip(nodes, subs, strict=True)]
    if None not in parts:
        return Code(f"{base.base}[{', '.join(parts)}]", ATOM, made, shares)
    listed = ", ".join([base.text, *(one_based(emitter, sub) for sub in subs)])
    return Code(f"{emitter.helper('table_part')}({listed})", ATOM, made, shares)


def _kept(kind: Kind, names: syntax.Expression | None) -> tuple | None:
    """Return what is known of the variables of a table; of some, or of all."""
    if kind.fields is None:
        return None
    kept = {name: each.but(index=each.index, safe=each.safe) for name, each in kind.fields}
    if names is None:
        return tuple(kept.items())
    listed = isinstance(names, syntax.Cell)
    items = [item for row in names.rows for item in row] if listed else [names]
    wanted = [item.value for item in items if isinstance(item, syntax.Text)]
    if len(wanted) != len(items) or not set(wanted) <= set(kept):
        return None
    return tuple((name, kept[name]) for name in wanted)


def _bracketed(emitter: Emitter, node: syntax.Expression, sub: Subscript) -> str | None:
    """Write a subscript in the brackets of matxai's table; None where it may be another."""
    if sub.form in _DIRECT:
        return sub.zero
    if sub.form == "text":
        return sub.one if not isinstance(node, syntax.Text) or node.value else None
    if isinstance(node, syntax.Cell):
        return sub.one
    return None


def table_values(emitter: Emitter, base: Code, nodes: Nodes) -> Code:
    """Write ``T{rows, names}``: the values themselves."""
    subs = _two(emitter, base, nodes)
    name = _text_of(emitter, nodes[1])
    if name is not None:
        column = one_variable(base, name)
        if subs[0].form == "all":
            return column
        listed = column.kind.flat and (column.kind.numeric or column.kind.name in _LISTED)
        if listed and subs[0].form not in ("text", "unknown"):
            from matxai.port.indexing import indexed

            return indexed(emitter, column, nodes[:1])
    listed = ", ".join([base.text, *(one_based(emitter, sub) for sub in subs)])
    return Code(f"{emitter.helper('table_values')}({listed})", ATOM)


def joined_tables(emitter: Emitter, codes: list[list[Code]]) -> Code:
    """Write tables put together, ``[T; U]``, and a row put below a table, ``[T; {1, 2}]``."""
    parts = [code for row in codes for code in row]
    made = Kind("table", "scalar")
    if all(part.kind.name == "table" for part in parts):
        if len(codes) > 1 and any(len(row) > 1 for row in codes):
            raise Refused("tables put together in rows and columns")
        function = emitter.helper("tables_beside" if len(codes) == 1 else "tables_below")
        return Code(f"{function}({', '.join(part.text for part in parts)})", ATOM, made)
    below = [code.kind.name for code in parts] == ["table", "cell"] and len(codes) == 2
    if not below or parts[1].kind.shape != "row":
        raise Refused("a table beside what is no table")
    owner, row = parts
    last = f"{emitter.uses('height')}({owner.text}) + 1"
    helper = emitter.helper("put_rows")
    return Code(f"{helper}({owner.text}, {stored(emitter, row)}, {last})", ATOM, made)


# Parts are set


def set_in_table(emitter: Emitter, target: syntax.Brace, value: Code) -> None:
    """Write ``T{rows, names} = value``."""
    place = place_of(emitter, target.base)
    subs = _two(emitter, place, target.arguments)
    listed = [place.text, stored(emitter, value), *(one_based(emitter, sub) for sub in subs)]
    helper = emitter.helper("put_in_table")
    emitter.write(f"{place.text} = {helper}({', '.join(listed)})")
    forget_fields(emitter, target)


def set_rows(emitter: Emitter, target: syntax.Apply, place: Code, value: Code) -> None:
    """Write ``T(rows, :) = value``, the value a row of cells or a table."""
    subs = _two(emitter, place, target.arguments)
    if subs[1].form != "all" or value.kind.name not in ("cell", "table"):
        raise Refused("elements of a table are set: T{rows, names} sets them")
    if value.kind.name == "cell" and value.kind.shape != "row":
        raise Refused("rows of a table are set by cells in rows and columns")
    listed = [place.text, stored(emitter, value), one_based(emitter, subs[0])]
    emitter.write(f"{place.text} = {emitter.helper('put_rows')}({', '.join(listed)})")
    forget_fields(emitter, target)


def delete_in_table(emitter: Emitter, target: syntax.Expression) -> None:
    """Write ``T(rows, :) = []``, ``T(:, names) = []`` and ``T.name = []``."""
    place = place_of(emitter, target.base)
    if isinstance(target, syntax.Field):
        emitter.write(f"del {place.base}[{quoted(target.name)}]")
    else:
        subs = _two(emitter, place, target.arguments)
        listed = ", ".join([place.text, *(one_based(emitter, sub) for sub in subs)])
        emitter.write(f"{place.text} = {emitter.helper('without')}({listed})")
    forget_fields(emitter, target)

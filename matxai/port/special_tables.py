"""Tables are made: of variables, under names, or in a size."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter, quoted
from matxai.port.knowledge import Kind
from matxai.port.listing import has_list
from matxai.port.properties import table_variable
from matxai.port.storing import stored

__all__ = ["HANDLERS"]

Nodes = tuple[syntax.Expression, ...]


def _table(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    """Write table(a, b), whose variables have the names of the arguments."""
    if nodes and isinstance(nodes[0], syntax.Text) and nodes[0].value == "Size":
        return _sized_table(emitter, nodes)
    first = next((i for i, n in enumerate(nodes) if isinstance(n, syntax.Text)), len(nodes))
    if not nodes or any(isinstance(n, syntax.Named) for n in nodes):
        return None
    if first < len(nodes):
        return _named_table(emitter, nodes, first)
    if not all(isinstance(n, syntax.Name | syntax.Postfix) for n in nodes):
        return None
    names = [_input_name(n) or f"Var{i}" for i, n in enumerate(nodes, 1)]
    codes = [emitter.value(n) for n in nodes]
    written = [stored(emitter, c) for c in codes]
    listed = ", ".join(quoted(n) for n in names)
    text = f"{emitter.uses('table')}({', '.join(written)}, VariableNames=[{listed}])"
    return Code(text, ATOM, _kind_of_table(names, codes))


def _named_table(emitter: Emitter, nodes: Nodes, first: int) -> Code | None:
    """Write table(a, b, 'VariableNames', names): what its variables are is known."""
    from matxai.port.calls import arguments

    if has_list(emitter, nodes[:first]):
        return None
    options = [getattr(n, "value", "") for n in nodes[first::2]]
    named = dict(zip(options, nodes[first + 1 :: 2], strict=False))
    listed = named.get("VariableNames")
    if not isinstance(listed, syntax.Cell) or len(listed.rows) != 1:
        return None
    names = [item.value for item in listed.rows[0] if isinstance(item, syntax.Text)]
    codes = [emitter.value(n) for n in nodes[:first]]
    if len(names) != len(codes) or len(listed.rows[0]) != len(codes):
        return None
    written, _ = arguments(emitter, "table", nodes)
    written[:first] = [stored(emitter, c) for c in codes]
    text = f"{emitter.uses('table')}({', '.join(written)})"
    return Code(text, ATOM, _kind_of_table(names, codes))


def _kind_of_table(names: list[str], codes: list[Code]) -> Kind:
    fields = tuple((n, table_variable(c.kind)) for n, c in zip(names, codes, strict=True))
    return Kind("table", "scalar", fields=fields)


def _sized_table(emitter: Emitter, nodes: Nodes) -> Code:
    """Write table('Size', sizes, 'VariableTypes', types)."""
    given = {n.value: emitter.value(v) for n, v in zip(nodes[::2], nodes[1::2], strict=True)}
    if not set(given) <= {"Size", "VariableTypes", "VariableNames"} or len(given) < 2:
        raise Refused("a table of this kind")
    words = [given[key].text for key in ("Size", "VariableTypes", "VariableNames") if key in given]
    text = f"{emitter.helper('sized_table')}({', '.join(words)})"
    return Code(text, ATOM, Kind("table", "scalar"))


def _input_name(node: syntax.Expression) -> str | None:
    return node.name if isinstance(node, syntax.Name) else None


def _same_variables(name: str) -> object:
    """Make what writes a function whose table has the variables of the one that it is given."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        from matxai.port.calls import arguments

        code = emitter.value(nodes[0]) if nodes and not has_list(emitter, nodes) else None
        if code is None or nargout > 1 or code.kind.name != "table" or code.kind.fields is None:
            return None
        written, _ = arguments(emitter, name, nodes)
        fields = tuple((n, table_variable(k)) for n, k in code.kind.fields)
        text = f"{emitter.uses(name)}({', '.join(written)})"
        return Code(text, ATOM, Kind("table", "scalar", fields=fields))

    return write


HANDLERS = {
    "table": _table,
    **{name: _same_variables(name) for name in ("sortrows", "head", "tail")},
}

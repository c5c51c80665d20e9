"""Lists of values: ``c{:}``, ``c{2:3}``, ``s.name`` of several structs."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.indexing import flat_subscript, oriented
from matxai.port.knowledge import ANY, Kind, cell
from matxai.port.properties import property_kind
from matxai.port.scopes import walk
from matxai.port.subscripts import Subscript, one_based, subscripts

__all__ = ["comma_list", "given", "has_list", "indexed_by_list"]

_MANY = ("all", "slice", "array", "mask", "truths")
_OF_SEVERAL = ("struct", "layers", "file")
_WORDS = {"layers": "layer", "file": "file"}


def comma_list(emitter: Emitter, node: syntax.Expression, alone: bool = False) -> Code | None:
    """Write a list of values, for use behind a star; None where it is one value.

    `alone` where nothing else stands in the brackets around it: fields of what may be several
    structs, or one, are listed there, too.
    """
    if isinstance(node, syntax.Brace):
        return _of_cells(emitter, node)
    if isinstance(node, syntax.Field):
        return _of_fields(emitter, node, alone)
    return None


def has_list(emitter: Emitter, nodes: tuple[syntax.Expression, ...], alone: bool = False) -> bool:
    """Tell whether a list of values stands among arguments, or alone in square brackets."""
    return any(
        isinstance(node, (syntax.Brace, syntax.Field))
        and comma_list(emitter, node, alone) is not None
        for node in nodes
    )


def given(emitter: Emitter, node: syntax.Expression) -> str:
    """Write an argument, or a list of them behind a star."""
    listed = comma_list(emitter, node)
    return f"*{listed.text}" if listed else emitter.value(node).text


def indexed_by_list(emitter: Emitter, base: Code, arguments: tuple[syntax.Expression, ...]) -> Code:
    """Write ``x(c{:})``: how many subscripts there are, only the run tells."""
    kind = base.kind
    if not (kind.numeric or kind.name == "any"):
        raise Refused(f"a list of subscripts into a {kind.name}")
    listed = ", ".join([oriented(emitter, base), *(given(emitter, a) for a in arguments)])
    made = Kind(kind.name, "any") if kind.numeric else ANY
    return Code(f"{emitter.helper('at')}({listed})", ATOM, made, base.shares)


# Cells


def _of_cells(emitter: Emitter, node: syntax.Brace) -> Code | None:
    if not any(_may_be_several(emitter, argument) for argument in node.arguments):
        return None
    base = emitter.value(node.base)
    kind = base.kind
    if kind.name not in ("cell", "any", "object"):
        return None
    subs = subscripts(emitter, base, node.arguments)
    if not any(sub.form in _MANY for sub in subs):
        return None
    items = cell("row", kind.items)
    if kind.name == "cell" and kind.flat:
        sub = flat_subscript(kind, subs)
        return None if sub is None else _of_flat(emitter, base, sub, items)
    if kind.name == "cell" and kind.shape == "matrix" and len(subs) <= 2:
        return _called(emitter, "listed_grid", base, subs, items)
    if len(subs) > 1:
        return None
    # Whether it is a list, and of what, only the run tells.
    return _called(emitter, "listed", base, subs, items)


def _may_be_several(emitter: Emitter, node: syntax.Expression) -> bool:
    """Tell whether a subscript may take several elements; texts of programs may be deep."""
    if isinstance(node, (syntax.Colon, syntax.Range)):
        return True
    if isinstance(node, syntax.Name):
        return emitter.is_variable(node.name) and not emitter.kind_of(node.name).scalar
    computed = (syntax.Matrix, syntax.Apply, syntax.Binary, syntax.Unary)
    return isinstance(node, computed) and not any(
        isinstance(part, syntax.Brace) for part in walk((node,))
    )


def _of_flat(emitter: Emitter, base: Code, sub: Subscript, items: Kind) -> Code | None:
    if sub.form == "all":
        return Code(base.text, base.level, items, base.shares)
    if sub.form == "slice":
        return Code(f"{base.base}[{sub.zero}]", ATOM, items, base.shares)
    if sub.form not in _MANY:
        return None
    text = f"{emitter.helper('listed')}({base.text}, {one_based(emitter, sub)}, flat=True)"
    return Code(text, ATOM, items, base.shares)


def _called(emitter: Emitter, helper: str, base: Code, subs: list[Subscript], items: Kind) -> Code:
    listed = ", ".join([base.text, *(one_based(emitter, sub) for sub in subs)])
    return Code(f"{emitter.helper(helper)}({listed})", ATOM, items, base.shares)


# Fields


def _of_fields(emitter: Emitter, node: syntax.Field, alone: bool) -> Code | None:
    kind = _kind_of_base(emitter, node.base)
    if kind is None or kind.scalar:
        return None
    unknown = kind.name == "any" and alone
    if not unknown and kind.name not in _OF_SEVERAL:
        return None
    if not (kind.flat or kind.shape in ("any", "rowish")):
        return None
    code = emitter.value(node.base)
    word = emitter.temporary(_WORDS.get(kind.name, "each"))
    one = kind.items or Kind(kind.name, "scalar", fields=kind.fields)
    made = property_kind(one, node.name)
    shares = frozenset() if made.plain else code.shares
    each = code.text if kind.flat else f"{emitter.helper('each_of')}({code.text})"
    text = f"[{word}.{node.name} for {word} in {each}]"
    return Code(text, ATOM, cell("row", made), shares)


def _kind_of_base(emitter: Emitter, base: syntax.Expression) -> Kind | None:
    """Return what the fields are taken of; None where it is surely one value."""
    if isinstance(base, syntax.Name):
        return emitter.kind_of(base.name) if emitter.is_variable(base.name) else None
    if isinstance(base, syntax.Field):
        return emitter.value(base).kind
    if isinstance(base, syntax.Apply) and isinstance(base.base, syntax.Name):
        inside = walk((base.arguments,))
        if any(isinstance(part, (syntax.Field, syntax.Brace)) for part in inside):
            plain = emitter.is_variable(base.base.name) and len(base.arguments) == 1
            if not plain or sum(isinstance(p, syntax.Brace) for p in walk((base.arguments,))):
                return None
        return emitter.value(base).kind
    return None

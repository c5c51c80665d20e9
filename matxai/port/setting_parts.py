"""Parts of arrays are set: by brackets, or by a function where the array may grow."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.indexing import flat_subscript, matrix_brackets, oriented
from matxai.port.knowledge import ANY, INTEGERS, Kind
from matxai.port.observations import is_one_row
from matxai.port.places import forget_fields, is_next, learn_field, place_of
from matxai.port.scopes import base_name
from matxai.port.storing import stored
from matxai.port.subscripts import Subscript, has_end, one_based, subscripts
from matxai.port.tables import set_rows

__all__ = ["to_part"]


def to_part(emitter: Emitter, target: syntax.Apply, value: Code) -> None:
    """Write ``x(…) = value``."""
    place = place_of(emitter, target.base, syntax.Apply)
    kind = place.kind
    if kind.name == "map":
        key = emitter.value(target.arguments[0])
        emitter.write(f"{place.base}[{key.text}] = {stored(emitter, value)}")
        return
    if kind.name == "table":
        set_rows(emitter, target, place, value)
        return
    if kind.name in ("categorical", "labels", "dlarray", "graphics", "function_handle"):
        raise Refused(f"elements of a {kind.name} are set")
    one = value.kind.name == "struct" and value.kind.scalar and len(target.arguments) == 1
    if kind.name == "struct" and kind.flat and one and is_next(target.arguments[0]):
        emitter.write(f"{place.base}.append({stored(emitter, value)})")
        return
    subs = subscripts(emitter, place, target.arguments)
    if is_one_row(value.kind):
        row = value.kind.but(shape="row", rank=0, low=value.kind.low)
        value = Code(f"{value.base}[0]", ATOM, row, value.shares)
    written = _bracketed(emitter, target, place, subs, value)
    if written:
        emitter.write(written)
        made = _changed(kind, value.kind)
    else:
        made = _put(emitter, target, place, subs, value)
    if isinstance(target.base, syntax.Name):
        emitter.known[target.base.name] = made
    elif isinstance(target.base, syntax.Field):
        learn_field(emitter, target.base, made)
    else:
        forget_fields(emitter, target)


def _changed(kind: Kind, value: Kind) -> Kind:
    low = kind.low if value.low is not None and kind.low is not None else None
    low = min(low, value.low) if low is not None else None
    return kind.but(
        length=kind.length, whole=kind.whole and value.whole, low=low, index=False, safe=kind.safe
    )


def _bracketed(
    emitter: Emitter, target: syntax.Apply, place: Code, subs: list[Subscript], value: Code
) -> str | None:
    """Write an assignment by Python's brackets; None where it could grow or mean another thing."""
    kind = place.kind
    text = _fitting(emitter, kind, value)
    if text and value.kind.scalar and kind.shape == "matrix" and _of_itself(emitter, target):
        return f"{place.base}[{subs[0].zero}] = {text}" if subs[0].form in _MASKS else None
    if base_name(target) in emitter.scope.grown or _may_grow(target, kind, subs):
        return None
    inner = _inside(kind, subs, value.kind)
    return f"{place.base}[{inner}] = {text}" if text and inner else None


_MASKS = ("mask", "truths")
_OF_ELEMENTS = frozenset(["isnan", "isinf", "isfinite", "abs"])
_ELEMENTWISE = frozenset(["<", "<=", ">", ">=", "==", "~=", "&", "|", "+", "-", ".*", "./"])


def _of_itself(emitter: Emitter, target: syntax.Apply) -> bool:
    """Tell whether a mask, as that of ``x(x < t)``, has the sizes of what it is for."""
    if not isinstance(target.base, syntax.Name) or len(target.arguments) != 1:
        return False
    return _has_sizes_of(emitter, target.arguments[0], target.base)


def _has_sizes_of(emitter: Emitter, node: syntax.Expression, array: syntax.Name) -> bool:
    if node == array:
        return True
    if isinstance(node, syntax.Binary) and node.operator in _ELEMENTWISE:
        sides = (node.left, node.right)
        fitting = [_has_sizes_of(emitter, side, array) for side in sides]
        return any(fitting) and all(
            fits or emitter.value(side).kind.scalar
            for fits, side in zip(fitting, sides, strict=True)
        )
    if isinstance(node, syntax.Unary):
        return _has_sizes_of(emitter, node.operand, array)
    if not isinstance(node, syntax.Apply) or not isinstance(node.base, syntax.Name):
        return False
    known = node.base.name in _OF_ELEMENTS and not emitter.is_variable(node.base.name)
    return known and len(node.arguments) == 1 and _has_sizes_of(emitter, node.arguments[0], array)


def _may_grow(target: syntax.Apply, kind: Kind, subs: list[Subscript]) -> bool:
    """Tell whether elements behind the end may be set, as far as that can be seen."""
    if any(has_end(a) and not s.inside for a, s in zip(target.arguments, subs, strict=True)):
        return True
    if kind.length == -1 or all(s.form in ("all", "mask") or s.inside for s in subs):
        return False
    if kind.length is None:
        return True
    if isinstance(kind.length, tuple):
        return len(subs) != len(kind.length) or not all(
            _within(s, n) for s, n in zip(subs, kind.length, strict=True)
        )
    sub = flat_subscript(kind, subs)
    return sub is None or not _within(sub, kind.length)


def _within(sub: Subscript, length: object) -> bool:
    """Tell whether a subscript surely does not reach beyond a length."""
    if sub.form in ("all", "mask") or sub.inside:
        return True
    known = isinstance(sub.most, int) and isinstance(length, int)
    return known and sub.form in ("scalar", "slice") and sub.most <= length


def _fitting(emitter: Emitter, kind: Kind, value: Code) -> str | None:
    """Write a value in the class of the array it goes into."""
    name = value.kind.name
    if kind.name in ("double", "single") and kind.safe and name in ("double", "single", "logical"):
        return value.text
    if kind.name in INTEGERS and name == kind.name:
        return value.text
    if kind.name in INTEGERS and _in_range(kind.name, value.kind.const):
        return value.text
    if kind.name in INTEGERS and name in ("double", "single", "logical"):
        return f"{emitter.uses(kind.name)}({value.text})"
    if kind.name == "logical" and name == "logical":
        return value.text
    if kind.name == "logical" and value.kind.const in (0, 1):
        return str(bool(value.kind.const))
    return None


def _in_range(class_name: str, value: object) -> bool:
    """Tell whether a constant is a number of an integer class."""
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    bits = int(class_name.lstrip("uint"))
    return 0 <= value < 2 ** (bits - (class_name[0] != "u"))


def _inside(kind: Kind, subs: list[Subscript], value: Kind) -> str | None:
    """Write the inside of the brackets of a target."""
    scalar = value.scalar
    if kind.flat:
        sub = flat_subscript(kind, subs)
        if sub is None:
            return None
        if sub.form == "scalar":
            return sub.zero if scalar else None
        if sub.form in ("all", "slice") and _within(sub, kind.length):
            return sub.zero if scalar or value.flat else None
        if sub.form in ("mask", "array") and sub.shape in ("row", "column", "vector"):
            return sub.zero if scalar or value.flat else None
        return None
    if kind.shape != "matrix":
        return None
    if len(subs) == 1:
        sub = subs[0]
        same = sub.shape == "matrix" and sub.rank == kind.rank == 2
        if sub.form == "mask" and scalar and same:
            return sub.zero
        return ":" if sub.form == "all" and scalar else None
    return _inside_matrix(kind, subs, value)


def _inside_matrix(kind: Kind, subs: list[Subscript], value: Kind) -> str | None:
    sizes = kind.length if isinstance(kind.length, tuple) else (None,) * len(subs)
    if len(sizes) != len(subs) or not all(
        s.form != "slice" or _within(s, n) for s, n in zip(subs, sizes, strict=True)
    ):
        return None
    inner = matrix_brackets(kind, subs, drop=False)
    if inner is None:
        return None
    wide = [s for s in subs if s.form != "scalar"]
    if value.scalar:
        return inner
    if len(wide) == 1 and value.flat:
        return inner
    if len(wide) == 2 and value.shape == "matrix" and value.rank == 2:
        return inner
    return None


def _put(
    emitter: Emitter, target: syntax.Apply, place: Code, subs: list[Subscript], value: Code
) -> Kind:
    """Write an assignment by a function that grows and converts as MATLAB does."""
    kind = place.kind
    if kind.name == "char" and kind.one_text and len(subs) == 1:
        if value.kind.name not in ("char", "double"):
            raise Refused("what is put into this text is not known to be char")
        listed = f"{place.text}, {value.text}, {one_based(emitter, subs[0])}"
        emitter.write(f"{place.text} = {emitter.helper('put_text')}({listed})")
        return Kind("char", "row")
    if kind.text:
        raise Refused("elements of texts are set")
    if (
        kind.name in ("double", "single")
        and kind.flat
        and value.kind.scalar
        and len(subs) == 1
        and is_next(target.arguments[0])
        and value.kind.floating
    ):
        emitter.write(f"{place.text} = {emitter.numpy()}.append({place.text}, {value.text})")
        return _changed(kind, value.kind)
    written = [one_based(emitter, s) for s in subs]
    if _is_row_of_cells(kind, subs, value.kind):
        listed = f"{place.text}, {stored(emitter, value)}, {written[0]}"
        emitter.write(f"{place.text} = {emitter.helper('put_row')}({listed})")
        return Kind("cell", "matrix", 2)
    if ((kind.flat and len(subs) > 1) or (kind.name == "cell" and not kind.flat)) and (
        kind.shape == "vector" or kind.name in ("cell", "struct")
    ):
        raise Refused("which way this lies is not known")
    base, flat = place.text, kind.flat and len(subs) > 1
    if flat or (kind.shape == "rowish" and len(subs) > 1):
        base = oriented(emitter, place)
    text = stored(emitter, value) if value.kind.name in ("cell", "struct", "any") else value.text
    if value.kind.shape in ("row", "column") and len(subs) > 1 and value.kind.numeric:
        text = value.text
    helper = emitter.helper("put")
    emitter.write(f"{place.text} = {helper}({base}, {', '.join([text, *written])})")
    return _put_kind(kind, subs, value.kind, flat)


def _is_row_of_cells(kind: Kind, subs: list[Subscript], value: Kind) -> bool:
    """Tell whether ``c(k, :) = {…}`` sets a row of cells in rows and columns."""
    cells = (kind.name, kind.shape) == ("cell", "matrix") and (value.name, value.shape) == (
        "cell",
        "row",
    )
    return cells and [s.form for s in subs] == ["scalar", "all"]


def _put_kind(kind: Kind, subs: list[Subscript], value: Kind, oriented_: bool) -> Kind:
    if oriented_:
        return kind.but(shape="matrix", rank=2, whole=False, index=False)
    if kind.name in ("double", "single", "logical", *INTEGERS, "numeric"):
        # What is put into an array becomes of its class, or is refused at run time.
        name = kind.name
        empty = kind.name == "double" and kind.shape == "any"
        one = len(subs) == 1
        shape = kind.shape if kind.flat and one else "any"
        if empty and one and value.scalar and name == "double":
            shape = "any"
        if kind.shape in ("rowish", "grid") and len(subs) == 2:
            return Kind(name, "matrix", 2, safe=name in ("double", "single"))
        if kind.shape == "matrix":
            shape = "matrix"
        return Kind(
            name,
            shape,
            kind.rank if shape == "matrix" and (one or kind.rank == len(subs)) else 0,
            safe=name in ("double", "single"),
        )
    if kind.name == "cell":
        return Kind("cell", kind.shape if kind.flat else "any")
    if kind.name == "layers":
        return kind
    return Kind(kind.name, kind.shape) if kind.name in ("char", "string") else ANY

"""Functions of which the layout of the result, or the meaning, depends on what they are given."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.indexing import oriented
from matxai.port.knowledge import ANY, LOGICAL, Kind, cell, chars, number

__all__ = ["HANDLERS"]

Nodes = tuple[syntax.Expression, ...]
Several = tuple[Code, list[Kind]]


def _given(emitter: Emitter, name: str, nodes: Nodes) -> list[str]:
    from matxai.port.calls import arguments

    return arguments(emitter, name, nodes)[0]


def _called(emitter: Emitter, name: str, written: list[str], nargout: int) -> str:
    more = [f"nargout={nargout}"] if nargout > 1 else []
    module, _, function = name.rpartition(".")
    emitter.uses(module.split(".")[0] or function)
    return f"{name}({', '.join([*written, *more])})"


def _out(text: str, kinds: list[Kind], nargout: int, code: Code | None = None) -> Code | Several:
    shares = code.shares if code else frozenset()
    if nargout < 2:
        return Code(text, ATOM, kinds[0], shares)
    return Code(text, ATOM, ANY, shares), (kinds + [ANY] * nargout)[:nargout]


# Numbers


def _magic(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    code = emitter.value(nodes[0])
    size = code.kind.const
    if not (code.kind.scalar and code.kind.numeric) or (size is not None and size < 2):
        raise Refused("the size of this magic square")
    length = (size, size) if size else None
    kind = Kind("double", "matrix", 2, safe=True, whole=True, low=1, length=length)
    return Code(_called(emitter, "magic", [code.text], 1), ATOM, kind)


_UNKNOWN = ("any", "vector")


def _class_of_both(a: Kind, b: Kind) -> str:
    if not (a.floating and b.floating):
        return "numeric"
    return "single" if "single" in (a.name, b.name) else "double"


def _kron(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    a, b = (emitter.value(n) for n in nodes)
    if not all(c.kind.numeric or c.kind.name == "any" for c in (a, b)):
        raise Refused("kron of what is no number")
    name = _class_of_both(a.kind, b.kind)
    alike = a.kind.shape == b.kind.shape and a.kind.shape in ("row", "column")
    if alike or a.kind.scalar or b.kind.scalar:
        written, like = [a.text, b.text], b.kind if a.kind.scalar else a.kind
        kind = Kind(name, like.shape, like.rank, safe=name != "numeric")
    elif a.kind.shape in _UNKNOWN and b.kind.shape in _UNKNOWN:
        raise Refused("whether these two are rows or columns is not known")
    else:
        written = [oriented(emitter, c) for c in (a, b)]
        known = all(c.kind.flat or (c.kind.shape, c.kind.rank) == ("matrix", 2) for c in (a, b))
        kind = Kind(name, "matrix" if known else "any", 2 if known else 0, safe=name != "numeric")
    return Code(_called(emitter, "kron", written, 1), ATOM, kind)


def _pdist2(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | Several:
    a, b = (emitter.value(n) for n in nodes[:2])
    written = _given(emitter, "pdist2", nodes)
    written[:2] = [oriented(emitter, c) for c in (a, b)]
    name = _class_of_both(a.kind, b.kind)
    # A distance alone is a number.
    single = len(nodes) < 4 and a.kind.shape == b.kind.shape == "row"
    kind = Kind(name, "scalar" if single else "grid", 0 if single else 2, safe=name != "numeric")
    places = Kind("double", "grid", 2, index=True, whole=True)
    return _out(_called(emitter, "pdist2", written, nargout), [kind, places], nargout)


# Missing values


def _check_texts(emitter: Emitter, name: str, code: Code) -> None:
    """Refuse what Python's values do not tell from others: characters, and cells of numbers."""
    kind = code.kind
    if kind.name == "char":
        raise Refused(f"{name} of characters")
    if kind.name == "cell" and (kind.items is None or not kind.items.one_text):
        raise Refused(f"{name} of cells that may hold more than texts")
    if kind.name == "any":
        emitter.differs(code.text, "it is taken to be no characters, and no cells with numbers")


def _ismissing(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    code = emitter.value(nodes[0])
    kind = code.kind
    _check_texts(emitter, "ismissing", code)
    made = Kind("logical", kind.shape, kind.rank)
    if kind.name == "table":
        made = Kind("logical", "matrix", 2)
    elif kind.name in ("struct", "any", "labels"):
        made = Kind("logical", "any")
    return Code(_called(emitter, "ismissing", _given(emitter, "ismissing", nodes), 1), ATOM, made)


def _rmmissing(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | Several:
    code = emitter.value(nodes[0])
    kind = code.kind
    _check_texts(emitter, "rmmissing", code)
    if kind.one_text:
        raise Refused("rmmissing of one text")
    made = Kind(kind.name, "any", safe=kind.safe, index=kind.index, whole=kind.whole)
    if kind.flat:
        if len(nodes) > 1 and not isinstance(nodes[1], syntax.Text):
            raise Refused("rmmissing of a vector along a dimension")
        made = Kind(kind.name, kind.shape, safe=kind.safe, index=kind.index, items=kind.items)
    elif kind.name == "table":
        made = Kind("table", "scalar")
    elif kind.shape == "matrix" and kind.name != "cell":
        made = Kind(kind.name, "matrix", 2, safe=kind.safe)
    text = _called(emitter, "rmmissing", _given(emitter, "rmmissing", nodes), nargout)
    gone = Kind("logical", kind.shape if kind.flat else "any")
    return _out(text, [made, gone], nargout, code)


# Structs and names


def _struct2cell(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    code = emitter.value(nodes[0])
    if code.kind.name == "struct" and not code.kind.scalar:
        raise Refused("struct2cell of several structs")
    text = _called(emitter, "struct2cell", [code.text], 1)
    return Code(text, ATOM, cell("column"), code.shares)


def _cell2struct(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    values, fields = (emitter.value(n) for n in nodes[:2])
    dim = emitter.value(nodes[2]) if len(nodes) > 2 else Code("1", ATOM, number(1))
    one = {1: "column", 2: "row"}.get(dim.kind.const)
    if values.kind.name != "cell" or values.kind.shape != one:
        raise Refused("how many structs this cell array makes is not known")
    if fields.kind.name != "cell" and not fields.kind.one_text:
        raise Refused("names of fields that are no cell array")
    names = f"[{fields.text}]" if fields.kind.one_text else fields.text
    text = f"{emitter.uses('struct')}(dict(zip({names}, {values.text}, strict=True)))"
    if isinstance(nodes[1], syntax.Cell) and sum(map(len, nodes[1].rows)) > 1:
        # With one name, a list could as well be the values of several structs.
        text = _called(emitter, "cell2struct", [values.text, fields.text, dim.text], 1)
    return Code(text, ATOM, Kind("struct", "scalar"), values.shares)


def _names(name: str) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | Several:
        kind = emitter.value(nodes[0]).kind
        made = ANY
        if kind.one_text:
            made = chars() if kind.name == "char" else Kind("string", "scalar")
        elif kind.name in ("cell", "string"):
            made = Kind(kind.name, kind.shape, items=chars() if kind.name == "cell" else None)
        changed = LOGICAL if kind.one_text else Kind("logical", kind.shape)
        text = _called(emitter, name, _given(emitter, name, nodes), nargout)
        return _out(text, [made, changed], nargout)

    return write


def _mfilename(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    asked = nodes[0].value if nodes and isinstance(nodes[0], syntax.Text) else ""
    if len(nodes) > 1 or asked not in ("", "fullpath") or (nodes and not asked):
        raise Refused("mfilename of a class")
    emitter.file.imports.add(("pathlib", "Path"))
    if asked:
        return Code("str(Path(__file__).resolve().with_suffix(''))", ATOM, chars())
    return Code("Path(__file__).stem", ATOM, chars())


HANDLERS = {
    "magic": _magic,
    "kron": _kron,
    "pdist2": _pdist2,
    "ismissing": _ismissing,
    "rmmissing": _rmmissing,
    "struct2cell": _struct2cell,
    "cell2struct": _cell2struct,
    "matlab.lang.makeValidName": _names("matlab.lang.makeValidName"),
    "matlab.lang.makeUniqueStrings": _names("matlab.lang.makeUniqueStrings"),
    "mfilename": _mfilename,
}

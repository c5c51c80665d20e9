"""What the fields and properties of structs and of matxai's objects are."""

from __future__ import annotations

from matxai.port.knowledge import ANY, Kind, array, cell, chars, thing

__all__ = ["property_kind", "table_variable"]

_LIST = Kind("layers", "vector", items=thing("layer"))
_INTEGERS_ROW = Kind("double", "row", index=True, whole=True, safe=True)

# Properties whose name alone tells what they are, whatever the object.
_PROPERTIES = {
    "Layers": _LIST,
    "InputSize": _INTEGERS_ROW,
    "Classes": Kind("labels", "column"),
    "ClassNames": Kind("labels", "column"),
    "Name": chars(),
    "InputNames": cell("row", chars()),
    "OutputNames": cell("row", chars()),
    "Files": cell("column", chars()),
    "Labels": Kind("categorical", "column"),
    "Connections": thing("table"),
    "Learnables": thing("table"),
    "Properties": thing("object"),
    "VariableNames": cell("row", chars()),
    "Parent": thing("graphics"),
    "Children": ANY,
    "Label": thing("graphics"),
    "Weights": array("any", "numeric"),
    "Bias": array("any", "numeric"),
    "Height": Kind("double", "scalar", index=True, safe=True, whole=True),
    "Width": Kind("double", "scalar", index=True, safe=True, whole=True),
}
_OF_FILES = {
    "name": chars(),
    "folder": chars(),
    "date": chars(),
    "bytes": Kind("double", "scalar", index=True, safe=True, whole=True),
    "isdir": Kind("logical", "scalar"),
}


def property_kind(base: Kind, name: str) -> Kind:
    """Return what a field or property of a value is."""
    if base.name == "struct":
        return base.field(name) or ANY
    if base.name == "file":
        return _OF_FILES.get(name, ANY)
    if base.name == "table":
        known = dict(base.fields) if base.fields is not None else {}
        return known.get(name, ANY) if name != "Properties" else thing("object")
    if base.name == "any" and name not in ("Layers", "InputSize", "Files"):
        return ANY
    return _PROPERTIES.get(name, ANY)


def table_variable(kind: Kind) -> Kind:
    """Return what a value is as a variable of a table; a list of numbers becomes an array."""
    if kind.shape != "column":
        return ANY
    if kind.name == "cell":
        return kind.but() if kind.items and kind.items.name == "char" else ANY
    if kind.name == "string" or (kind.numeric and kind.name != "numeric" and not kind.index):
        return kind.but(safe=kind.safe)
    return ANY

"""Datastores and what is read of them: images, or whatever a function makes of these."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matxai.port import syntax
from matxai.port.code import ATOM, Code
from matxai.port.emitter import Emitter
from matxai.port.knowledge import ANY, Kind

__all__ = ["HANDLERS"]

Nodes = tuple[syntax.Expression, ...]
Several = tuple[Code, list[Kind]]
_IMAGES = Kind("datastore", "scalar")
# What is read of it is not known.
_OTHER = Kind("datastore", "scalar", items=ANY)
_IMAGE = Kind("numeric", "matrix", 3)


def _write(name: str, result: Callable[[list[Kind]], list[Kind]]) -> Callable[..., Any]:
    """Make what writes the call of a function whose results depend on what it is given."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | Several:
        from matxai.port.calls import arguments

        written, kinds = arguments(emitter, name, nodes)
        made = [*result(kinds), *[ANY] * nargout]
        if nargout != 1:
            written.append(f"nargout={nargout}")
        text = f"{emitter.uses(name)}({', '.join(written)})"
        if nargout == 1:
            return Code(text, ATOM, made[0])
        return Code(text, ATOM), made[:nargout]

    return write


def _first(kinds: list[Kind]) -> Kind:
    return kinds[0] if kinds else ANY


def _read(kinds: list[Kind]) -> list[Kind]:
    first = _first(kinds)
    return [_IMAGE if first == _IMAGES else ANY]


def _labels(kinds: list[Kind]) -> list[Kind]:
    if not _first(kinds).numeric:
        return [ANY]
    return [ANY, Kind("single", "any", safe=True), Kind("single", "any", safe=True)]


HANDLERS: dict[str, Any] = {
    **{
        name: _write(name, lambda kinds: [_OTHER])
        for name in ("augmentedImageDatastore", "transform", "combine", "pixelLabelDatastore")
    },
    **{name: _write(name, _read) for name in ("read", "readimage", "preview")},
    **{name: _write(name, lambda kinds: [_first(kinds)]) for name in ("subset", "shuffle")},
    "semanticseg": _write("semanticseg", _labels),
    "confusionmat": _write("confusionmat", lambda kinds: [Kind("double", "matrix", 2, safe=True)]),
    "confusionchart": _write("confusionchart", lambda kinds: [Kind("graphics", "scalar")]),
}

"""Sizes of new arrays that are those of others, or are put together from them."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code
from matxai.port.emitter import Emitter
from matxai.port.knowledge import Kind

__all__ = ["like", "of_sizes", "shaped"]

Nodes = tuple[syntax.Expression, ...]


def of_sizes(emitter: Emitter, name: str, codes: list[Code], class_name: str) -> Code:
    """Write an array whose sizes are put together, as in ``zeros([sz(1:2) 3])``."""
    parts = ", ".join(f"*{c.base}" if c.kind.flat else c.text for c in codes)
    more = f", '{class_name}'" if class_name != "double" else ""
    kind = Kind(class_name, "any", safe=class_name in ("double", "single"), whole=True, length=-1)
    return Code(f"{emitter.uses(name)}([{parts}]{more})", ATOM, kind)


def shaped(emitter: Emitter, nodes: Nodes, value: str, function: str, dtype: str) -> Code | None:
    """Write an array as large as another one, given as size(X)."""
    other = like(emitter, nodes)
    if other is None or not (other.flat or other.shape == "matrix"):
        return None
    inner = [f"{emitter.value(nodes[0].arguments[0]).base}.shape"]
    inner += [value] if function == "full" else []
    inner += [dtype] if dtype else []
    return Code(f"{emitter.numpy()}.{function}({', '.join(inner)})", ATOM, other)


def like(emitter: Emitter, nodes: Nodes) -> Kind | None:
    """Return what X is, where sizes are given as size(X)."""
    if len(nodes) != 1 or not isinstance(nodes[0], syntax.Apply):
        return None
    call = nodes[0]
    if call.base != syntax.Name("size") or len(call.arguments) != 1:
        return None
    kind = emitter.value(call.arguments[0]).kind
    return kind if kind.numeric else None

"""Values that are kept: copied where MATLAB's own would not change, but Python's would."""

from __future__ import annotations

from matxai.port.code import Code
from matxai.port.emitter import Emitter
from matxai.port.knowledge import INTEGERS

__all__ = ["kept", "stored"]

_ARRAYS = ("double", "single", "logical", "numeric", *INTEGERS)
# What MATLAB passes by reference, or nothing can change.
_SHARED = frozenset(
    ["function_handle", "graphics", "network", "layers", "layer", "datastore", "exception", "map"]
)


def stored(emitter: Emitter, code: Code) -> str:
    """Write a value that is put into something else."""
    scope = emitter.scope
    changed = scope.changed_from(emitter.statement.line)
    risky = scope.deep or code.shares & (changed | scope.shared | {"*"})
    risky = risky and code.shares
    return _copied(emitter, code) if risky else code.text


def kept(emitter: Emitter, name: str, code: Code) -> Code:
    """Write a value that a variable gets; variables that are changed own theirs."""
    scope = emitter.scope
    others = code.shares - {name}
    if name in scope.shared:
        others = code.shares
    own = name in scope.changed | scope.shared
    later = scope.changed_from(emitter.statement.line) | scope.shared
    risky = others & (later | {"*"})
    text = _copied(emitter, code) if (name in later and others) or risky else code.text
    kind = code.kind
    if own and kind.index and not kind.scalar:
        flat = kind.flat or kind.shape == "matrix"
        text = f"{code.base}.astype(float)" if flat else f"{emitter.uses('double')}({code.text})"
        kind = kind.but(index=False, safe=True)
    level = code.level if text == code.text else 12
    return Code(text, level, kind)


def _copied(emitter: Emitter, code: Code) -> str:
    kind = code.kind
    if kind.plain or kind.name in _SHARED:
        return code.text
    if kind.name in _ARRAYS and (kind.flat or kind.shape == "matrix"):
        return f"{code.base}.copy()"
    return f"{emitter.helper('copied')}({code.text})"

"""Values that are shown because no semicolon stands behind them."""

from __future__ import annotations

from matxai.port.code import Code
from matxai.port.emitter import Emitter, quoted
from matxai.port.indexing import oriented

__all__ = ["show"]


def show(emitter: Emitter, name: str, code: Code) -> None:
    """Write what shows a value under its name."""
    kind = code.kind
    given = [quoted(name), code.text]
    if kind.shape == "column" and kind.numeric:
        given[1] = oriented(emitter, code)
    elif kind.shape in ("vector", "any") and (kind.numeric or kind.name == "any"):
        emitter.differs(name, "a vector is shown as a row, a text as char")
    if kind.name == "string":
        given.append("'string'")
    emitter.write(f"{emitter.helper('display')}({', '.join(given)})")

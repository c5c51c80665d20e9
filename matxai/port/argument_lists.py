"""Arguments in brackets, written as Python's lists."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.emitter import Emitter, quoted
from matxai.port.listing import comma_list

__all__ = ["list_of_numbers", "list_of_texts"]


def list_of_numbers(emitter: Emitter, node: syntax.Matrix) -> str:
    """Write numbers as a list; nothing where there is more than numbers."""
    rows = []
    for row in node.rows:
        items = [_constant(item) or _number(emitter, item) for item in row]
        if not all(items):
            return ""
        rows.append(f"[{', '.join(items)}]")
    if len(rows) == 1:
        return rows[0]
    return f"[{', '.join(rows)}]" if len({len(row) for row in node.rows}) == 1 else ""


def list_of_texts(node: syntax.Matrix) -> str:
    """Write strings in one row as a list; nothing where there is more than strings."""
    row = node.rows[0] if len(node.rows) == 1 else ()
    if not row or not all(isinstance(n, syntax.Text) and n.quote == '"' for n in row):
        return ""
    return f"[{', '.join(quoted(n.value) for n in row)}]"


def _constant(node: syntax.Expression) -> str:
    if isinstance(node, syntax.Unary) and node.operator == "-":
        inner = _constant(node.operand)
        return f"-{inner}" if inner else ""
    if isinstance(node, syntax.Number) and node.text.replace(".", "", 1).isdigit():
        text = node.text
        return f"0{text}" if text.startswith(".") else f"{text}0" if text.endswith(".") else text
    return ""


def _number(emitter: Emitter, node: syntax.Expression) -> str:
    if comma_list(emitter, node):
        return ""
    code = emitter.value(node)
    return code.text if code.kind.scalar and code.kind.name == "double" else ""

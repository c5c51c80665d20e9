"""Texts and what prints them: disp, fprintf, sprintf, strcat, num2str."""

from __future__ import annotations

import re

from matxai.port import syntax
from matxai.port.absent import file_of_matlab
from matxai.port.code import ATOM, Code, Refused, binary
from matxai.port.emitter import Emitter, quoted
from matxai.port.indexing import oriented
from matxai.port.knowledge import Kind, chars
from matxai.port.listing import comma_list

__all__ = ["HANDLERS", "format_text"]

Nodes = tuple[syntax.Expression, ...]
_ESCAPES = {"\\n": "\n", "\\t": "\t"}


def format_text(value: str) -> str:
    """Write a format: the ends of lines as Python writes them, where no other escapes are."""
    found = set(re.findall(r"\\.?", value))
    if found <= set(_ESCAPES):
        for escape, character in _ESCAPES.items():
            value = value.replace(escape, character)
    return quoted(value)


def _format(emitter: Emitter, node: syntax.Expression) -> Code:
    if isinstance(node, syntax.Text):
        kind = chars() if node.quote == "'" else Kind("string", "scalar")
        return Code(format_text(node.value), ATOM, kind)
    return emitter.value(node)


def _data(emitter: Emitter, nodes: Nodes) -> list[str]:
    written = []
    for node in nodes:
        listed = comma_list(emitter, node)
        if listed:
            written.append(f"*{listed.text}")
            continue
        code = emitter.value(node)
        if code.kind.name in ("cell", "struct", "table", "function_handle"):
            raise Refused(f"a {code.kind.name} is no data of a format")
        written.append(code.text)
    return written


def _formatted(emitter: Emitter, nodes: Nodes) -> str:
    """Write a text with values in it; what has none, as it is."""
    first = _format(emitter, nodes[0])
    value = nodes[0].value if len(nodes) == 1 and isinstance(nodes[0], syntax.Text) else "%"
    if "%" not in value and set(re.findall(r"\\.?", value)) <= set(_ESCAPES):
        return first.text
    return _sprintf(emitter, nodes, 1).text


def _fprintf(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    if not nodes:
        raise Refused("fprintf without a format")
    if isinstance(nodes[0], syntax.Number) and nodes[0].text == "1" and len(nodes) > 1:
        nodes = nodes[1:]
    listed = comma_list(emitter, nodes[0])
    if listed is not None:
        emitter.differs(listed.text, "its first value is taken for a format, not for a file")
        return _of_list(emitter, "fprintf", listed, nodes, Kind("none", "any"))
    first = _format(emitter, nodes[0])
    if first.kind.name == "file_id" and len(nodes) > 1:
        text = _formatted(emitter, nodes[1:])
        return Code(f"{first.base}.write({text})", ATOM, Kind("none", "any"))
    if not first.kind.text:
        if first.kind.name != "any":
            raise Refused("fprintf to a file")
        emitter.differs(first.text, "it is taken for a format, not for a file")
    written = ", ".join([first.text, *_data(emitter, nodes[1:])])
    return Code(f"{emitter.uses('fprintf')}({written})", ATOM, Kind("none", "any"))


def _of_list(emitter: Emitter, name: str, listed: Code, nodes: Nodes, made: Kind) -> Code:
    """Write a call whose format is the first of a list of values."""
    written = ", ".join([f"*{listed.text}", *_data(emitter, nodes[1:])])
    return Code(f"{emitter.uses(name)}({written})", ATOM, made)


def _sprintf(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    listed = comma_list(emitter, nodes[0])
    if listed is not None:
        return _of_list(emitter, "sprintf", listed, nodes, Kind())
    first = _format(emitter, nodes[0])
    made = Kind("string", "scalar") if first.kind.name == "string" else chars()
    written = ", ".join([first.text, *_data(emitter, nodes[1:])])
    return Code(f"{emitter.uses('sprintf')}({written})", ATOM, made)


def _message(name: str) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        if not nodes or (
            name == "warning"
            and isinstance(nodes[0], syntax.Text)
            and nodes[0].value in ("on", "off")
        ):
            return None
        listed = comma_list(emitter, nodes[0])
        if listed is not None:
            return _of_list(emitter, name, listed, nodes, Kind("none", "any"))
        if len(nodes) == 2 and comma_list(emitter, nodes[1]) is not None:
            first = _format(emitter, nodes[0])
            written = ", ".join([first.text, *_data(emitter, nodes[1:])])
            return Code(f"{emitter.uses(name)}({written})", ATOM, Kind("none", "any"))
        written = ", ".join(_told(emitter, nodes))
        return Code(f"{emitter.uses(name)}({written})", ATOM, Kind("none", "any"))

    return write


def _told(emitter: Emitter, nodes: Nodes) -> list[str]:
    """Write the message of an error, perhaps an identifier before it, and its data."""
    codes = [_format(emitter, n) if len(nodes) > 1 else emitter.value(n) for n in nodes[:2]]
    return [*(c.text for c in codes), *_data(emitter, nodes[2:])]


def _assert(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    if not nodes:
        raise Refused("assert without a condition")
    condition = emitter.value(nodes[0])
    kind = condition.kind
    if kind.flat or kind.shape == "matrix" or kind.text:
        raise Refused("assert of what is not one truth value")
    several = any(comma_list(emitter, n) is not None for n in nodes[1:3])
    rest = _data(emitter, nodes[1:]) if several else _told(emitter, nodes[1:])
    written = ", ".join([condition.text, *rest])
    return Code(f"{emitter.uses('assert_')}({written})", ATOM, Kind("none", "any"))


def _disp(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    code = emitter.value(nodes[0])
    kind = code.kind
    none = Kind("none", "any")
    if kind.one_text:
        return Code(f"print({code.text})", ATOM, none)
    if kind.name == "cell":
        raise Refused("the layout of a cell array that is shown")
    written = code.text
    if kind.numeric or kind.name == "string":
        if kind.shape in ("row", "column"):
            written = oriented(emitter, code) if kind.shape == "column" else code.text
        elif kind.shape in ("vector", "any"):
            emitter.differs(code.text, "a vector is shown as a row")
    return Code(f"{emitter.uses('disp')}({written})", ATOM, none)


def _strcat(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    codes = [emitter.value(n) for n in nodes]
    if any(c.kind.name == "cell" for c in codes):
        return None
    if any(c.kind.name == "string" for c in codes):
        if all(c.kind.one_text for c in codes):
            total = codes[0]
            for code in codes[1:]:
                total = binary("+", total, code)
            return total.known(Kind("string", "scalar"))
        return Code(
            f"{emitter.uses('append')}({', '.join(c.text for c in codes)})",
            ATOM,
            Kind("string", "any"),
        )
    if all(c.kind.one_text for c in codes):
        text = f"{emitter.uses('strcat')}({', '.join(c.text for c in codes)})"
        return Code(text, ATOM, chars())
    emitter.differs(", ".join(c.text for c in codes), "texts are taken to be char, not string")
    return None


def _num2str(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    codes = [_format(emitter, n) if i else emitter.value(n) for i, n in enumerate(nodes)]
    kind = codes[0].kind
    if kind.one_text:
        return codes[0].known(chars(kind.const))
    if kind.shape == "column" or (kind.shape == "matrix"):
        raise Refused("a matrix of characters")
    return Code(f"{emitter.uses('num2str')}({', '.join(c.text for c in codes)})", ATOM, chars())


def _strjoin(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    if len(nodes) == 2 and isinstance(nodes[1], syntax.Text):
        code = emitter.value(nodes[0])
        text = f"{emitter.uses('strjoin')}({code.text}, {format_text(nodes[1].value)})"
        made = Kind("string", "scalar") if code.kind.name == "string" else chars()
        return Code(text, ATOM, made)
    return None


def _fullfile(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    why = file_of_matlab(nodes)
    if why:
        raise Refused(why)
    codes = [emitter.value(n) for n in nodes]
    text = f"{emitter.uses('fullfile')}({', '.join(c.text for c in codes)})"
    if any(c.kind.name == "string" for c in codes):
        return Code(
            text,
            ATOM,
            Kind("string", "scalar")
            if all(c.kind.one_text for c in codes)
            else Kind("string", "any"),
        )
    return Code(text, ATOM, chars() if all(c.kind.one_text for c in codes) else Kind())


def _strlength(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    code = emitter.value(nodes[0])
    if not code.kind.one_text:
        raise Refused("strlength of several texts")
    kind = Kind("double", "scalar", index=True, safe=True, whole=True, low=0)
    return Code(f"len({code.text})", ATOM, kind)


def _fopen(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    if not nodes or nargout > 1:
        raise Refused("fopen for more than a file")
    modes = {"r": "r", "w": "w", "a": "a", "rt": "r", "wt": "w", "at": "a", "": "r"}
    mode = nodes[1].value if len(nodes) > 1 and isinstance(nodes[1], syntax.Text) else ""
    if len(nodes) > 2 or mode not in modes:
        raise Refused("the mode in which this file is opened")
    file = emitter.value(nodes[0])
    text = f"open({file.text}, '{modes[mode]}', encoding='utf-8', newline='')"
    return Code(text, ATOM, Kind("file_id", "scalar"))


def _fclose(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    code = emitter.value(nodes[0]) if nodes else None
    if code is None or code.kind.name != "file_id":
        raise Refused("fclose of what is not known to be a file")
    return Code(f"{code.base}.close()", ATOM, Kind("none", "any"))


def _strfind(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    if len(nodes) != 2 or not emitter.value(nodes[0]).kind.one_text:
        return None
    text, pattern = (emitter.value(n).text for n in nodes)
    kind = Kind("double", "row", index=True, whole=True, low=1)
    return Code(f"{emitter.uses('strfind')}({text}, {pattern})", ATOM, kind)


def _extract_between(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    """Take texts of class char: of a string with one match MATLAB gives a string, not a list."""
    if not nodes or emitter.value(nodes[0]).kind.name != "char":
        raise Refused("extractBetween of what may be a string")
    return None


HANDLERS = {
    "extractBetween": _extract_between,
    "strfind": _strfind,
    "fopen": _fopen,
    "fclose": _fclose,
    "fprintf": _fprintf,
    "sprintf": _sprintf,
    "error": _message("error"),
    "assert": _assert,
    "warning": _message("warning"),
    "disp": _disp,
    "strcat": _strcat,
    "num2str": _num2str,
    "strjoin": _strjoin,
    "fullfile": _fullfile,
    "strlength": _strlength,
}

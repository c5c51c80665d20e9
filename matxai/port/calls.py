"""Calls: of the file's own functions, of matxai's, and of those that Python has."""

from __future__ import annotations

import keyword

from matxai.port import syntax
from matxai.port.code import ATOM, LAMBDA, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.functions import REDUCTIONS, result_kinds
from matxai.port.indexing import oriented
from matxai.port.knowledge import ANY, Kind
from matxai.port.literals import comma_list
from matxai.port.notes import Note
from matxai.port.own_functions import call_own
from matxai.port.public import modules, options
from matxai.port.scopes import walk
from matxai.port.special_calls import special

__all__ = ["call_function", "call_handle", "call_several", "called_function", "is_function"]

_RENAMED = {"class": "class_", "print": "print_", "nan": "NaN", "inf": "Inf"}
# Functions that look at which way a vector lies.
_LOOKING = (
    "repmat permute size ndims cat flipud fliplr sortrows padarray mat2str writematrix "
    "imagesc imshow image imresize isrow iscolumn tril triu imfilter num2str dlarray histeq "
    "imadjust imbinarize imcrop imdilate imerode imgaussfilt imrotate imwrite ind2rgb "
    "label2rgb medfilt2 rgb2gray"
)
_ORIENTED = frozenset(_LOOKING.split())
# Packages whose functions take lists of numbers for arrays.
_LISTS = ("images.", "explain.", "graphics.", "nets.")


def called_function(
    emitter: Emitter, node: syntax.Expression
) -> tuple[str | None, tuple[syntax.Expression, ...]]:
    """Return the function that a statement calls, and its arguments."""
    if isinstance(node, syntax.Name) and not emitter.is_variable(node.name):
        return node.name, ()
    if (
        isinstance(node, syntax.Apply)
        and isinstance(node.base, syntax.Name)
        and not emitter.is_variable(node.base.name)
    ):
        return node.base.name, node.arguments
    return None, ()


def is_function(emitter: Emitter, name: str) -> bool:
    """Tell whether a name, which is no variable, is a function that can be called."""
    known = name in emitter.file.routines or name in emitter.file.others
    return known or _RENAMED.get(name, name) in modules() or special(name) is not None


def call_function(emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...]) -> Code:
    """Write the call of a function for one output."""
    return _call(emitter, name, nodes, 1)


def call_several(
    emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...], nargout: int
) -> tuple[Code, list[Kind]]:
    """Write the call of a function for several outputs, and what each of them is."""
    if name in emitter.file.routines:
        return call_own(emitter, name, nodes, nargout)
    made = special(name)
    if made is not None and nargout != 1:
        several = made(emitter, nodes, nargout)
        if isinstance(several, tuple):
            return several
    return _library(emitter, name, nodes, nargout)


def _call(emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...], nargout: int) -> Code:
    if name in emitter.file.routines:
        code, _ = call_own(emitter, name, nodes, nargout)
        return code
    handler = special(name)
    if handler is not None:
        made = handler(emitter, nodes, nargout)
        if made is not None:
            return made
    code, kinds = _library(emitter, name, nodes, nargout)
    return code.known(kinds[0]) if kinds else code


def _library(
    emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...], nargout: int
) -> tuple[Code, list[Kind]]:
    python = _RENAMED.get(name, name)
    if python not in modules():
        return _other(emitter, name, nodes, nargout)
    written, kinds = arguments(emitter, python, nodes)
    if nargout != 1:
        written.append(f"nargout={nargout}")
    emitter.uses(python)
    text = f"{python}({', '.join(written)})"
    if python == "dlfeval" and kinds[0].items is not None and kinds[0].items.name == "tuple":
        text += "[0]"
    return Code(text, ATOM), result_kinds(python, kinds, max(nargout, 1))


def _other(
    emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...], nargout: int
) -> tuple[Code, list[Kind]]:
    if name not in emitter.file.others:
        emitter.file.missing.add(name)
        note = Note(emitter.statement.line, "missing", name, f"{name} is not in matxai")
        if note not in emitter.file.notes:
            emitter.file.notes.append(note)
        raise Refused(f"{name} is not in matxai")
    program = emitter.file.others[name]
    functions = getattr(program, "functions", ())
    if not functions or program.body:
        raise Refused(f"{name} is a script, which works on the variables of this one")
    outputs = functions[0].outputs
    written, _ = arguments(emitter, name, nodes)
    emitter.file.imports.add((name, name))
    text = f"{name}({', '.join(written)})"
    if nargout > len(outputs):
        raise Refused(f"{name} has no {nargout} outputs")
    if len(outputs) > 1 and nargout == 1:
        text += "[0]"
    elif 1 < nargout < len(outputs):
        text += f"[:{nargout}]"
    shares = frozenset().union(*(emitter.value(n).shares for n in nodes if _plain(n)))
    return Code(text, ATOM, ANY, shares), [ANY] * nargout


def _plain(node: syntax.Expression) -> bool:
    return isinstance(node, (syntax.Name, syntax.Field, syntax.Apply)) and comma_free(node)


def comma_free(node: syntax.Expression) -> bool:
    """Tell whether an expression is one value, not a list of them."""
    return not any(isinstance(n, syntax.Colon) for n in walk((node,)))


# Arguments


def arguments(
    emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...]
) -> tuple[list[str], list[Kind]]:
    """Write the arguments of a function of matxai, options as keywords."""
    written: list[str] = []
    kinds: list[Kind] = []
    known = options(name)
    named = tuple(n for n in nodes if isinstance(n, syntax.Named))
    nodes = tuple(n for n in nodes if not isinstance(n, syntax.Named))
    pairs = _first_pair(nodes, known)
    for i, node in enumerate(nodes[:pairs]):
        listed = comma_list(emitter, node)
        if listed:
            written.append(f"*{listed.text}")
            kinds.append(ANY)
        else:
            code = _value(emitter, name, node, i == 0)
            kinds.append(code.kind)
            looked = name in _ORIENTED or (name in REDUCTIONS and len(nodes) > 1)
            written.append(
                _oriented(emitter, code) if looked and (i == 0 or name == "cat") else code.text
            )
    for key, value in zip(nodes[pairs::2], nodes[pairs + 1 :: 2], strict=True):
        written.append(f"{known[key.value.lower()]}={_argument(emitter, name, value)}")
    for node in named:
        written.append(f"{_option(node.name, known)}={_argument(emitter, name, node.value)}")
    return written, kinds


def _oriented(emitter: Emitter, code: Code) -> str:
    return oriented(emitter, code) if code.kind.numeric else code.text


def _argument(emitter: Emitter, name: str, node: syntax.Expression) -> str:
    return _value(emitter, name, node).text


def _value(emitter: Emitter, name: str, node: syntax.Expression, first: bool = False) -> Code:
    """Write an argument; constants in brackets as lists where those count as arrays."""
    if not isinstance(node, syntax.Matrix):
        return _passed(emitter, name, node)
    listing = modules().get(name, "").startswith(_LISTS)
    if not any(node.rows):
        if name in REDUCTIONS or listing:
            return Code("[]", ATOM, Kind("double", "any"))
        return emitter.value(node)
    text = _list(node) if (listing or name in _SIZES or name in REDUCTIONS) and not first else ""
    if listing and first and name not in _ORIENTED:
        text = _list(node)
    if not text:
        return emitter.value(node)
    shape = "row" if len(node.rows) == 1 else "matrix"
    return Code(text, ATOM, Kind("double", shape, rank=2 if shape == "matrix" else 0))


def _passed(emitter: Emitter, name: str, node: syntax.Expression) -> Code:
    """Write an argument; functions of several outputs give all of them only where asked to."""
    if name in _ASKING and isinstance(node, syntax.Lambda):
        emitter.asked = node
    code = emitter.value(node)
    made = code.kind.items if code.kind.name == "function_handle" else None
    if made is not None and made.name == "tuple" and name not in _ASKING:
        return Code(f"lambda *x: {code.base}(*x)[0]", LAMBDA, code.kind)
    return code


# Functions that ask those given to them for several outputs.
_ASKING = frozenset(["drise", "dlfeval", "cellfun", "arrayfun"])
_SIZES = frozenset(["zeros", "ones", "rand", "randn", "randi", "reshape", "repmat", "permute"])


def _list(node: syntax.Matrix) -> str:
    """Write numbers as a list; nothing where there is more than numbers."""
    rows = []
    for row in node.rows:
        items = [_constant(item) for item in row]
        if not all(items):
            return ""
        rows.append(f"[{', '.join(items)}]")
    if len(rows) == 1:
        return rows[0]
    return f"[{', '.join(rows)}]" if len({len(row) for row in node.rows}) == 1 else ""


def _constant(node: syntax.Expression) -> str:
    if isinstance(node, syntax.Unary) and node.operator == "-":
        inner = _constant(node.operand)
        return f"-{inner}" if inner else ""
    if isinstance(node, syntax.Number) and node.text.replace(".", "", 1).isdigit():
        text = node.text
        return f"0{text}" if text.startswith(".") else f"{text}0" if text.endswith(".") else text
    return ""


def _first_pair(nodes: tuple[syntax.Expression, ...], known: dict[str, str]) -> int:
    """Return where name-value pairs begin whose names are the function's options."""
    for start in range(len(nodes)):
        rest = nodes[start:]
        names = rest[::2]
        texts = all(isinstance(n, syntax.Text) and n.value.lower() in known for n in names)
        if len(rest) % 2 == 0 and texts and _distinct(names):
            return start
    return len(nodes)


def _distinct(names: tuple[syntax.Expression, ...]) -> bool:
    return len({n.value.lower() for n in names}) == len(names)


def _option(name: str, known: dict[str, str]) -> str:
    if keyword.iskeyword(name):
        raise Refused(f"{name} is a word of Python's own")
    return known.get(name.lower(), name)


# Handles


def call_handle(emitter: Emitter, name: str) -> Code:
    """Write the handle of a function."""
    kind = Kind("function_handle", "scalar")
    if name in emitter.file.routines:
        routine = emitter.file.routines[name]
        routine.escapes = True
        return Code(name, ATOM, kind.but(items=Kind("tuple") if routine.several else None))
    if emitter.is_variable(name):
        raise Refused(f"@{name}, {name} being a variable")
    if special(name) is not None and _RENAMED.get(name, name) not in modules():
        # What is written in place of this function depends on its arguments.
        word = "x"
        with emitter.names({word: ANY}):
            body = call_function(emitter, name, (syntax.Name(word),))
        return Code(f"lambda {word}: {body.text}", LAMBDA, kind.but(items=body.kind))
    python = _RENAMED.get(name, name)
    if python in modules():
        emitter.uses(python)
        made = result_kinds(python, [ANY], 1)[0]
        return Code(python, ATOM, kind.but(items=made if made.name in _SURE else None))
    if name in emitter.file.others:
        emitter.file.imports.add((name, name))
        return Code(name, ATOM, kind)
    emitter.file.missing.add(name)
    raise Refused(f"{name} is not in matxai")


_SURE = ("logical", "char")

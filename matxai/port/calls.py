"""Calls: of the file's own functions, of matxai's, and of those that Python has."""

from __future__ import annotations

import keyword

from matxai.port import syntax
from matxai.port.absent import why_absent
from matxai.port.argument_lists import list_of_numbers, list_of_texts
from matxai.port.code import ATOM, LAMBDA, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.functions import REDUCTIONS, result_kinds
from matxai.port.indexing import oriented
from matxai.port.knowledge import ANY, Kind
from matxai.port.listing import comma_list, has_list
from matxai.port.notes import Note
from matxai.port.observations import learned
from matxai.port.own_functions import call_own
from matxai.port.public import modules, options
from matxai.port.special_calls import special

__all__ = [
    "RENAMED",
    "arguments",
    "call_function",
    "call_several",
    "called_function",
    "dotted_name",
    "hides_library",
    "is_function",
]

# MATLAB's names that are other ones in Python.
RENAMED = {
    "assert": "assert_",
    "class": "class_",
    "inf": "Inf",
    "nan": "NaN",
    "print": "print_",
    "range": "range_",
}
# Functions that look at which way a vector lies.
_LOOKING = (
    "repmat permute size ndims cat flipud fliplr sortrows padarray mat2str writematrix "
    "imagesc imshow image imresize isrow iscolumn tril triu imfilter num2str dlarray histeq "
    "imadjust imbinarize imcrop imdilate imerode imgaussfilt imrotate imwrite ind2rgb "
    "label2rgb medfilt2 rgb2gray accumarray pca pinv rot90 svd csvwrite dlmwrite"
)
_ORIENTED = frozenset(_LOOKING.split())
# Of these that is the second argument, behind the name of a file.
_SECOND = ("csvwrite", "dlmwrite")
# Functions of matxai that get what a list of values holds as it is.
_STARRED_NAMES = "zeros ones NaN Inf nan inf rand randn randi strcat fullfile repmat reshape"
_STARRED = frozenset(_STARRED_NAMES.split())
_PASSING = ("gather", "gpuArray")
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
    if isinstance(node, syntax.Apply) and isinstance(node.base, syntax.Field):
        dotted = dotted_name(emitter, node.base)
        if special(dotted) is not None:
            return dotted, node.arguments
    return None, ()


def dotted_name(emitter: Emitter, node: syntax.Expression) -> str:
    """Return the name of what may be a function in a package, such as matlab.lang.makeValidName."""
    if isinstance(node, syntax.Field):
        before = dotted_name(emitter, node.base)
        return f"{before}.{node.name}" if before else ""
    alone = isinstance(node, syntax.Name) and not emitter.is_variable(node.name)
    return node.name if alone else ""


def is_function(emitter: Emitter, name: str) -> bool:
    """Tell whether a name, which is no variable, is a function that can be called."""
    known = name in emitter.file.routines or name in emitter.file.others
    return known or RENAMED.get(name, name) in modules() or special(name) is not None


def call_function(emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...]) -> Code:
    """Write the call of a function for one output."""
    return _call(emitter, name, nodes, 1)


def call_several(
    emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...], nargout: int
) -> tuple[Code, list[Kind]]:
    """Write the call of a function for several outputs, and what each of them is."""
    if name in emitter.file.routines:
        return call_own(emitter, name, nodes, nargout)
    if hides_library(emitter, name):
        return _other(emitter, name, nodes, nargout)
    made = special(name)
    if made is not None and nargout != 1:
        several = made(emitter, nodes, nargout)
        if isinstance(several, tuple):
            return several
    return _library(emitter, name, nodes, nargout)


_METHODS = frozenset(("activations", "classify", "forward", "predict"))


def _call(emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...], nargout: int) -> Code:
    if name in emitter.file.routines:
        code, _ = call_own(emitter, name, nodes, nargout)
        return code
    if hides_library(emitter, name):
        return _other(emitter, name, nodes, nargout)[0]
    handler = special(name)
    if handler is not None and not (name in _STARRED and has_list(emitter, nodes)):
        made = handler(emitter, nodes, nargout)
        if made is not None:
            return made
    code, kinds = _library(emitter, name, nodes, nargout)
    return code.known(kinds[0]) if kinds else code


def hides_library(emitter: Emitter, name: str) -> bool:
    """Tell whether a function of the folder goes before one of MATLAB's of the same name.

    What belongs to objects goes before both.
    """
    program = emitter.file.others.get(name)
    functions = getattr(program, "functions", ())
    return bool(functions) and not program.body and name not in _METHODS


def _library(
    emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...], nargout: int
) -> tuple[Code, list[Kind]]:
    python = RENAMED.get(name, name)
    if python not in modules():
        return _other(emitter, name, nodes, nargout)
    written, kinds = arguments(emitter, python, nodes)
    options_given = len(written) > len(kinds)
    if nargout != 1:
        written.append(f"nargout={nargout}")
    emitter.uses(python)
    text = f"{python}({', '.join(written)})"
    if python == "dlfeval" and kinds[0].items is not None and kinds[0].items.name == "tuple":
        text += "[0]"
    # What a GPU holds is the same array here.
    shares = emitter.value(nodes[0]).shares if name in _PASSING and nodes else frozenset()
    made = result_kinds(python, kinds, max(nargout, 1), options_given)
    if name == "classify" and len(kinds) > 1:
        _learn_network(emitter, nodes[0], kinds)
    return Code(text, ATOM, ANY, shares), made


def _learn_network(emitter: Emitter, node: syntax.Expression, kinds: list[Kind]) -> None:
    """Note that a variable is a network that classifies images: its scores are one row each."""
    if isinstance(node, syntax.Name) and node.name in emitter.known:
        net = learned(*kinds[:2])
        if net and emitter.known[node.name].name in ("any", "network"):
            emitter.known[node.name] = net


def _other(
    emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...], nargout: int
) -> tuple[Code, list[Kind]]:
    if name not in emitter.file.others:
        emitter.file.missing.add(name)
        note = Note(emitter.statement.line, "missing", name, why_absent(name))
        if note not in emitter.file.notes:
            emitter.file.notes.append(note)
        raise Refused(why_absent(name))
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
    shares = frozenset().union(*(_shares(emitter, n) for n in nodes))
    return Code(text, ATOM, ANY, shares), [ANY] * nargout


def _shares(emitter: Emitter, node: syntax.Expression) -> frozenset[str]:
    if isinstance(node, (syntax.Brace, syntax.Field)):
        listed = comma_list(emitter, node)
        return (listed or emitter.value(node)).shares
    if isinstance(node, (syntax.Name, syntax.Apply)):
        return emitter.value(node).shares
    return frozenset()


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
                _oriented(emitter, code)
                if looked and (i == (name in _SECOND) or name == "cat")
                else code.text
            )
    for key, value in zip(nodes[pairs::2], nodes[pairs + 1 :: 2], strict=True):
        written.append(f"{known[key.value.lower()]}={_argument(emitter, name, value)}")
    for node in named:
        written.append(f"{_option(node.name, known)}={_argument(emitter, name, node.value)}")
    return written, kinds


def _oriented(emitter: Emitter, code: Code) -> str:
    return oriented(emitter, code) if code.kind.numeric else code.text


def _argument(emitter: Emitter, name: str, node: syntax.Expression) -> str:
    texts = list_of_texts(node) if isinstance(node, syntax.Matrix) else ""
    return texts or _value(emitter, name, node).text


def _value(emitter: Emitter, name: str, node: syntax.Expression, first: bool = False) -> Code:
    """Write an argument; constants in brackets as lists where those count as arrays."""
    if not isinstance(node, syntax.Matrix):
        return _passed(emitter, name, node)
    listing = modules().get(name, "").startswith(_LISTS)
    if not any(node.rows):
        if name in REDUCTIONS or listing:
            return Code("[]", ATOM, Kind("double", "any"))
        return emitter.value(node)
    taken = listing or name in _SIZES or name in REDUCTIONS
    if first:
        taken = listing and name not in _ORIENTED
    text = list_of_numbers(emitter, node) if taken else ""
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
_ASKING = frozenset(["drise", "dlfeval", "cellfun", "arrayfun", "transform"])
_SIZES = frozenset(["zeros", "ones", "rand", "randn", "randi", "reshape", "repmat", "permute"])


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

"""Functions: parameters, defaults, arguments blocks, and what they return."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.blocks import block
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter, File, Routine, quoted
from matxai.port.environments import Environment
from matxai.port.knowledge import ANY, INTEGERS, Kind, joined
from matxai.port.loading import with_loaded
from matxai.port.nesting import around, check_nested, inside
from matxai.port.notes import Note
from matxai.port.own_functions import uses_name
from matxai.port.places import know
from matxai.port.scopes import python_name, scope_of, walk
from matxai.port.storing import kept

__all__ = ["define", "function_name", "results_of"]


def function_name(name: str) -> str:
    """Return the Python name of a function of the file."""
    return python_name(name, frozenset())


def define(file: File, routine: Routine) -> list[str]:
    """Write a function; note what its outputs are."""
    node = routine.node
    try:
        _check(file, node)
        return _defined(file, routine)
    except Refused as refused:
        routine.results = ()
        return _left(file, node, str(refused))


def _check(file: File, node: syntax.Function) -> None:
    nested = {name for name, each in file.routines.items() if each.around is not None}
    check_nested(node, nested)
    if any(block.kind == "Repeating" for block in node.blocks):
        raise Refused("repeating arguments")


def _left(file: File, node: syntax.Function, reason: str) -> list[str]:
    file.notes.append(Note(node.line, "left", f"function {node.name}", reason))
    file.left_lines.update(range(node.line, node.last + 1))
    said = f"line {node.line} of {file.name} is not ported: {reason}"
    source = [f"    # {line}".rstrip() for line in node.source.split("\n")]
    return [
        f"def {function_name(node.name)}(*_, **__):",
        f"    # Not ported: {reason}.",
        *source,
        f"    raise NotImplementedError({quoted(said)})",
    ]


def _defined(file: File, routine: Routine) -> list[str]:
    node = routine.node
    if routine.around is None:
        scope = around(node, scope_of(node.body, (*node.parameters, *node.outputs)))
    else:
        scope, _ = inside(routine.around, node)
    scope = with_loaded(file, scope, node.body)
    emitter = _emitter(file, scope, routine)
    with emitter.trial():
        _body(emitter, routine, ())
    unsure = _unsure(routine, emitter.returns)
    emitter = _emitter(file, scope, routine)
    with emitter.indented():
        _body(emitter, routine, unsure)
    routine.results = tuple(_result(name, emitter.returns) for name in node.outputs)
    return [f"def {function_name(node.name)}({_parameters(emitter, routine)}):", *emitter.lines]


def results_of(file: File, routine: Routine, parameters: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Return what the outputs of a function are if its arguments are these."""
    node = routine.node
    twin = Routine(node, parameters, routine.results, routine.optional)
    emitter = _emitter(
        file, around(node, scope_of(node.body, (*node.parameters, *node.outputs))), twin
    )
    try:
        with emitter.trial():
            _body(emitter, twin, ())
    except Refused:
        return ()
    return tuple(_result(name, emitter.returns) for name in node.outputs)


def _emitter(file: File, scope: object, routine: Routine) -> Emitter:
    emitter = Emitter(file, scope, routine)
    emitter.returns = []
    return emitter


def _unsure(routine: Routine, returns: list[Environment]) -> tuple[str, ...]:
    return tuple(
        name
        for name in routine.node.outputs
        if any(name not in known or name in known.unsure for known in returns)
        and name not in routine.node.parameters
    )


def _result(name: str, returns: list[Environment]) -> Kind:
    if not returns or any(name not in known or name in known.unsure for known in returns):
        return ANY
    return joined(known[name] for known in returns)


def _body(emitter: Emitter, routine: Routine, unsure: tuple[str, ...]) -> None:
    node = routine.node
    statements = _documented(emitter, node.body)
    if "varargout" in node.outputs:
        emitter.write("varargout = []")
        know(emitter, "varargout", Kind("cell", "row"))
    for name in unsure:
        # Without a value, it is an error in MATLAB only where somebody asks for it.
        emitter.write(f"{emitter.python(name)} = None")
    if routine.around is not None:
        _borrow(emitter, routine)
    if uses_name(node, "nargin"):
        emitter.write(f"nargin = {emitter.value(syntax.Name('nargin')).text}")
    emitter.counted = True
    _take(emitter, routine)
    for each in node.blocks:
        if each.kind in ("", "Input"):
            _check_arguments(emitter, routine, each)
    for each in node.nested:
        _nested(emitter, emitter.file.routines[each.name])
    block(emitter, statements)
    if not emitter.known.dead:
        text = returned(emitter)
        if text != "return":
            emitter.write(text)


def _nested(emitter: Emitter, routine: Routine) -> None:
    """Write a nested function; what stops it stops the function around it."""
    _check(emitter.file, routine.node)
    emitter.write("", *_defined(emitter.file, routine), "")


def _borrow(emitter: Emitter, routine: Routine) -> None:
    """Take the variables that a nested function shares with the one around it."""
    scope, assigned = inside(routine.around, routine.node)
    for name in scope.fickle:
        know(emitter, name, ANY)
    if assigned:
        emitter.write(f"nonlocal {', '.join(emitter.python(name) for name in assigned)}")


def _documented(
    emitter: Emitter, body: tuple[syntax.Statement, ...]
) -> tuple[syntax.Statement, ...]:
    """Write the comment below a function's first line as what help() shows; return the rest."""
    first = body[0] if body else None
    if not isinstance(first, syntax.Comment) or first.trailing or first.section:
        return body
    text = first.text.strip()
    if not text or '"' in (text[-1], text[0]) or '"""' in text or text.endswith("\\"):
        return body
    mark = 'r"""' if "\\" in text else '"""'
    more = "\n" if "\n" in text else ""
    emitter.write(f'{mark}{text}{more}"""')
    return body[1:]


def returned(emitter: Emitter) -> str:
    """Write the return statement, and note what is known at this place."""
    emitter.returns.append(emitter.known.twin())
    names = [emitter.python(n) for n in emitter.routine.node.outputs]
    if "varargout" in emitter.routine.node.outputs:
        return f"return ({', '.join([*names[:-1], '*varargout'])},)"
    return f"return {', '.join(names)}".rstrip()


# Parameters


def _optional(routine: Routine) -> bool:
    node = routine.node
    asks = uses_name(node, "nargin") or any(
        isinstance(n, syntax.Apply) and isinstance(n.base, syntax.Name) and n.base.name == "exist"
        for n in walk(node.body)
    )
    return routine.optional or asks


def _options(node: syntax.Function) -> dict[str, list[syntax.Argument]]:
    found: dict[str, list[syntax.Argument]] = {}
    for each in node.blocks:
        for argument in each.arguments:
            if argument.field and each.kind in ("", "Input"):
                found.setdefault(argument.name, []).append(argument)
    return found


def _parameters(emitter: Emitter, routine: Routine) -> str:
    node = routine.node
    options = _options(node)
    defaults = {
        a.name for b in node.blocks for a in b.arguments if a.default is not None and not a.field
    }
    written, optional = [], _optional(routine)
    for i, name in enumerate(node.parameters):
        if name in options:
            continue
        if name == "varargin":
            written.append(f"*{emitter.python(name)}")
            continue
        optional = optional or name in defaults
        python = f"_{i}" if name == "~" else emitter.python(name)
        written.append(f"{python}=None" if optional else python)
    named = [f"{a.field}=None" for arguments in options.values() for a in arguments]
    if named and not (written and written[-1].startswith("*")):
        written.append("*")
    written += named
    if uses_name(node, "nargout"):
        if not any(w.startswith("*") for w in written):
            written.append("*")
        written.append("nargout=1")
    return ", ".join(written)


def _take(emitter: Emitter, routine: Routine) -> None:
    """Know the parameters; those that are changed are copied first, as MATLAB does."""
    kinds = routine.parameters or ()
    options = _options(routine.node)
    for i, name in enumerate(routine.node.parameters):
        if name == "~" or name in options:
            continue
        if name == "varargin":
            emitter.write(f"{emitter.python(name)} = list({emitter.python(name)})")
            know(emitter, name, Kind("cell", "row"))
            continue
        kind = kinds[i] if i < len(kinds) and not routine.escapes else ANY
        code = kept(
            emitter,
            name,
            Code(
                emitter.python(name), ATOM, kind.but(index=kind.index, low=kind.low), frozenset("*")
            ),
        )
        if name in emitter.scope.changed and code.text != emitter.python(name):
            emitter.write(f"{emitter.python(name)} = {code.text}")
        know(emitter, name, code.kind)


# Arguments blocks

_CONVERTED = frozenset(["double", "single", "logical", *INTEGERS])


def _check_arguments(emitter: Emitter, routine: Routine, each: syntax.ArgumentsBlock) -> None:
    emitter.statement = each
    options = _options(routine.node)
    for argument in each.arguments:
        if not argument.field:
            _check_argument(emitter, argument, argument.name, emitter.python(argument.name))
    for name, arguments in options.items():
        fields = []
        for argument in arguments:
            if argument.default is None:
                raise Refused(f"the option {argument.field} has no default")
            key = f"{name}.{argument.field}"
            _check_argument(emitter, argument, key, argument.field)
            fields.append((argument.field, emitter.known.pop(key, ANY)))
        pairs = ", ".join(f"{quoted(f)}, {f}" for f, _ in fields)
        emitter.write(f"{emitter.python(name)} = {emitter.uses('struct')}({pairs})")
        know(emitter, name, Kind("struct", "scalar", fields=tuple(fields)))


def _check_argument(emitter: Emitter, argument: syntax.Argument, name: str, python: str) -> None:
    kind = emitter.known.get(name, ANY)
    if argument.default is not None:
        code = emitter.value(argument.default)
        emitter.write(f"if {python} is None:", f"    {python} = {code.text}")
        kind = joined([kind, code.kind]) if kind != ANY else ANY
    class_name = argument.class_name
    if class_name in _CONVERTED and kind.name != class_name:
        emitter.write(f"{python} = {emitter.uses(class_name)}({python})")
        kind = Kind(class_name, kind.shape, kind.rank, safe=class_name in ("double", "single"))
    elif class_name == "string" and kind.name != "string":
        emitter.write(f"{python} = {emitter.uses('string')}({python})")
        kind = Kind("string", kind.shape)
    elif class_name == "char" and kind.name != "char":
        kind = Kind("char", "row")
    elif class_name in ("cell", "struct", "function_handle", "table") and kind == ANY:
        kind = Kind(class_name, "any" if class_name == "cell" else "scalar")
    sizes = tuple(size.strip() for size in argument.sizes)
    shape = {("1", "1"): "scalar", ("1", ":"): "row", (":", "1"): "column"}.get(sizes)
    if shape and kind.shape != shape and kind.name not in ("char", "any"):
        if shape != "scalar" and kind.numeric:
            emitter.write(f"{python} = {emitter.numpy()}.ravel({python})")
        kind = kind.but(shape=shape, index=kind.index)
    emitter.known[name] = kind

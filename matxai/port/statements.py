"""Statements: values, assignments, comments, commands."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.assigning import assign
from matxai.port.branches import if_, switch, try_
from matxai.port.calls import call_several, called_function
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.knowledge import ANY, Kind
from matxai.port.loops import break_, for_, while_
from matxai.port.places import know
from matxai.port.scopes import base_name
from matxai.port.setting_lists import is_list, set_list
from matxai.port.several_outputs import assign_several
from matxai.port.showing import show
from matxai.port.workspace import load_statement, nothing_to_do

__all__ = ["WRITERS"]


def _comment(emitter: Emitter, node: syntax.Comment) -> None:
    if node.trailing and emitter.lines and emitter.lines[-1].strip():
        last = emitter.lines[-1].strip()
        if "#" not in last:
            emitter.lines[-1] += f"  # {node.text}" if node.text else ""
            return
    mark = "# %% " if node.section else "# "
    for i, line in enumerate(node.text.split("\n")):
        emitter.write(((mark if i == 0 else "# ") + line).rstrip())


def _blank(emitter: Emitter, node: syntax.Blank) -> None:
    emitter.write("")


def _unparsed(emitter: Emitter, node: syntax.Unparsed) -> None:
    raise Refused(node.reason)


def _show(emitter: Emitter, node: syntax.Show) -> None:
    value = node.value
    if nothing_to_do(emitter, node) or load_statement(emitter, value):
        return
    name, arguments = called_function(emitter, value)
    if name is not None:
        if name in ("error", "rethrow", "throw") and name != "error":
            code = emitter.value(arguments[0])
            emitter.write(f"raise {code.text}")
            emitter.known.dead = True
            return
        code = _statement_call(emitter, name, arguments)
        emitter.flush()
        printed = node.printed and code.kind.name not in ("none", "graphics", "datastore")
        if printed and code.kind != ANY:
            show(emitter, "ans", code)
        else:
            emitter.write(code.text)
            if printed and name in emitter.file.routines:
                _ = name
        if name == "error":
            emitter.known.dead = True
        return
    code = emitter.value(value)
    emitter.flush()
    if node.printed:
        label = value.name if isinstance(value, syntax.Name) else "ans"
        show(emitter, label, code)
    else:
        emitter.write(code.text)


def _statement_call(emitter: Emitter, name: str, arguments: tuple[syntax.Expression, ...]) -> Code:
    routine = emitter.file.routines.get(name)
    if routine is not None and not routine.node.outputs:
        code, _ = call_several(emitter, name, arguments, 0)
        return code.known(Kind("none", "any"))
    if name == "tic" and not arguments:
        return Code(f"{emitter.uses('tic')}()", ATOM, Kind("none", "any"))
    if name == "toc" and not arguments:
        return Code(f"{emitter.uses('toc')}(nargout=0)", ATOM, Kind("none", "any"))
    call = syntax.Apply(syntax.Name(name), arguments)
    return emitter.value(call)


def _assign(emitter: Emitter, node: syntax.Assign) -> None:
    if len(node.targets) == 1 and is_list(emitter, node):
        set_list(emitter, node)
    elif len(node.targets) == 1:
        target = node.targets[0]
        code = _assigned(emitter, target, node.value)
        emitter.flush()
        assign(emitter, target, code, node.value)
    else:
        assign_several(emitter, node)
    if node.printed:
        for target in node.targets:
            name = base_name(target)
            if name is not None:
                show(emitter, name, emitter.value(syntax.Name(name)))


def _assigned(emitter: Emitter, target: syntax.Expression, value: syntax.Expression) -> Code:
    """Write the value that a target gets."""
    empty = isinstance(value, syntax.Matrix) and not any(value.rows)
    if isinstance(target, syntax.Name) and empty and target.name in emitter.scope.rows:
        return Code(f"{emitter.numpy()}.zeros(0)", ATOM, Kind("double", "row", safe=True))
    if isinstance(target, syntax.Apply) and empty:
        return Code("[]", ATOM, ANY)
    counts = isinstance(target, syntax.Name) and target.name in emitter.scope.indexing
    with emitter.counting(counts):
        return emitter.value(value)


def _return(emitter: Emitter, node: syntax.Return) -> None:
    from matxai.port.definitions import returned

    if emitter.routine is None:
        emitter.write("raise SystemExit")
    else:
        emitter.write(returned(emitter))
    emitter.known.dead = True


def _global(emitter: Emitter, node: syntax.Global) -> None:
    for name in node.names:
        python = emitter.python(name)
        emitter.file.globals[python] = f"{emitter.numpy()}.zeros((0, 0))"
        know(emitter, name, ANY)
    if emitter.routine is not None:
        emitter.write(f"global {', '.join(emitter.python(n) for n in node.names)}")


def _persistent(emitter: Emitter, node: syntax.Persistent) -> None:
    if emitter.routine is None:
        raise Refused("persistent outside of a function")
    for name in node.names:
        python = f"_{emitter.routine.node.name}_{name}"
        emitter.renamed[name] = python
        emitter.file.globals[python] = f"{emitter.numpy()}.zeros((0, 0))"
        know(emitter, name, ANY)
    emitter.write(f"global {', '.join(emitter.python(n) for n in node.names)}")


def _command(emitter: Emitter, node: syntax.Command) -> None:
    if nothing_to_do(emitter, node):
        return
    words = tuple(syntax.Text(word, "'") for word in node.words)
    call = syntax.Apply(syntax.Name(node.name), words)
    if load_statement(emitter, call):
        return
    if emitter.is_variable(node.name):
        raise Refused(f"{node.name} is a variable")
    code = _statement_call(emitter, node.name, words)
    emitter.write(code.text)


WRITERS = {
    syntax.Comment: _comment,
    syntax.Blank: _blank,
    syntax.Unparsed: _unparsed,
    syntax.Show: _show,
    syntax.Assign: _assign,
    syntax.If: if_,
    syntax.For: for_,
    syntax.While: while_,
    syntax.Switch: switch,
    syntax.Try: try_,
    syntax.Break: break_,
    syntax.Continue: break_,
    syntax.Return: _return,
    syntax.Global: _global,
    syntax.Persistent: _persistent,
    syntax.Command: _command,
}

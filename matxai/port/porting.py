"""port(): the text of a MATLAB program in, the text of a Python program out."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from collections.abc import Mapping

from matxai.port import (
    expressions,
    literals,
    matrices,
    operators,
    syntax,
)
from matxai.port.blocks import block
from matxai.port.calls import is_function
from matxai.port.definitions import define, function_name
from matxai.port.emitter import Emitter, File, Routine
from matxai.port.knowledge import ANY, joined
from matxai.port.loading import with_loaded
from matxai.port.modernizing import modernized
from matxai.port.nesting import all_functions, nested_names
from matxai.port.notes import Note, Ported
from matxai.port.parsing import parse
from matxai.port.scopes import called_names, scope_of
from matxai.port.statements import WRITERS

__all__ = ["port"]

_HANDLERS = {
    syntax.Number: expressions.number_,
    syntax.Text: expressions.text,
    syntax.Name: expressions.name,
    syntax.Colon: expressions.colon,
    syntax.End: expressions.end,
    syntax.Apply: expressions.apply,
    syntax.Brace: expressions.brace,
    syntax.Field: expressions.field,
    syntax.DynamicField: expressions.dynamic_field,
    syntax.Handle: expressions.handle,
    syntax.Lambda: expressions.lambda_,
    syntax.Unary: operators.unary_,
    syntax.Binary: operators.binary_,
    syntax.Postfix: operators.postfix,
    syntax.Range: literals.range_,
    syntax.Matrix: matrices.matrix,
    syntax.Cell: literals.cell_,
    **WRITERS,
}
# How often what calls tell of arguments is handed on: each round is right, later ones know more.
_ROUNDS = 5
_WIDTH = 99


def port(
    text: str,
    *,
    name: str = "script.m",
    others: Mapping[str, syntax.Program] | None = None,
    modernize: bool = False,
) -> Ported:
    """Port a MATLAB program to Python.

    Parameters
    ----------
    text : str
        The program: a script, or a file of functions.
    name : str, default "script.m"
        Name of its file, for messages.
    others : mapping of str to Program, optional
        The other files of its folder, by their names without ending.
    modernize : bool, default False
        Whether calls of the older functions become what MathWorks advises in their place.

    Returns
    -------
    Ported
        The Python text, and what there is to say about it.
    """
    program, unmodernized = parse(text), ()
    if modernize:
        program, unmodernized = modernized(program, others or {})
    file = _file(program, name, others or {})
    _learn(file, program)
    # Variables must not hide what the text calls besides.
    file.taken |= {name for _, name in file.imports}
    file.notes[:] = unmodernized
    file.imports.clear()
    file.left_lines.clear()
    body = _script(file, program)
    functions = [define(file, routine) for routine in file.routines.values() if not routine.around]
    body += _start(program)
    for each in program.functions:
        if not each.name.isidentifier():
            file.notes.append(Note(each.line, "left", "function", "this function has no name"))
    code = _formatted(_assembled(file, body, functions))
    ported = _ported(file, text, code)
    if modernize and not ported.complete:
        return _better(ported, port(text, name=name, others=others))
    return ported


def _better(newer: Ported, older: Ported) -> Ported:
    """Choose the older calls where with newer ones less is known, and more is left."""
    if newer.left <= older.left:
        return newer
    why = "not modernized: more lines would be left"
    return dataclasses.replace(older, notes=(Note(1, "differs", "--modernize", why), *older.notes))


def _file(program: syntax.Program, name: str, others: Mapping[str, syntax.Program]) -> File:
    routines = {f.name: Routine(f) for f in program.functions if f.name.isidentifier()}
    names = nested_names(program)
    for outer in program.functions:
        for inner in outer.nested:
            if inner.name in names:
                routines[inner.name] = Routine(inner, escapes=True, around=outer)
    variables = scope_of(program.body).variables
    taken = called_names(program.body, variables) | set(routines)
    for each in all_functions(program):
        scope = scope_of(each.body, (*each.parameters, *each.outputs))
        taken |= called_names((each.body, each.blocks), scope.variables)
    file = File(name, routines, others, frozenset(taken), _HANDLERS)
    probe = Emitter(file, scope_of(()))
    # What is no function can not be called: it is a variable that a file brings.
    file.taken = frozenset(n for n in taken if is_function(probe, n))
    if not _code(program.body) and program.functions:
        # Others call the first function of a file without a script.
        first = file.routines.get(program.functions[0].name)
        if first is not None:
            first.escapes = True
    return file


def _start(program: syntax.Program) -> list[str]:
    """Write what runs a file of functions: MATLAB calls the first one."""
    first = program.functions[0] if program.functions else None
    if _code(program.body) or first is None or first.parameters or not first.name.isidentifier():
        return []
    return ["if __name__ == '__main__':", f"    {function_name(first.name)}()"]


def _code(body: tuple[syntax.Statement, ...]) -> bool:
    return any(not isinstance(s, (syntax.Comment, syntax.Blank)) for s in body)


def _learn(file: File, program: syntax.Program) -> None:
    """Find out what the arguments and outputs of the file's functions are."""
    for _ in range(_ROUNDS):
        file.imports.clear()
        for routine in file.routines.values():
            routine.calls.clear()
            routine.ways.clear()
        _script(file, program)
        before = [(r.parameters, r.results) for r in file.routines.values()]
        for routine in file.routines.values():
            if routine.around is None:
                define(file, routine)
        for routine in file.routines.values():
            routine.parameters = _arguments(routine)
        if before == [(r.parameters, r.results) for r in file.routines.values()]:
            return


def _arguments(routine: Routine) -> tuple:
    count = len(routine.node.parameters)
    if routine.escapes or not routine.calls:
        return (ANY,) * count
    columns = [[c[i] for c in routine.calls if i < len(c)] for i in range(count)]
    # A constant is forgotten: the function is not written for one value.
    return tuple(
        dataclasses.replace(joined(column), const=None) if column else ANY for column in columns
    )


def _script(file: File, program: syntax.Program) -> list[str]:
    scope = with_loaded(file, scope_of(program.body), program.body)
    emitter = Emitter(file, scope)
    block(emitter, program.body)
    return emitter.lines


# The text


def _assembled(file: File, body: list[str], functions: list[list[str]]) -> str:
    text = "\n".join([*body, *(line for lines in functions for line in lines)])
    words = set(re.findall(r"\w+", text))
    file.imports = {(module, name) for module, name in file.imports if name in words}
    parts = [_header(file), *_imports(file)]
    if file.globals or file.divides:
        file.imports.add(("numpy", "np"))
        parts = [_header(file), *_imports(file)]
        if file.divides:
            parts += ["", "np.seterr(all='ignore')  # as MATLAB: 1/0 is Inf, without a warning"]
        if file.globals:
            parts.append("")
        parts += [f"{name} = {value}" for name, value in file.globals.items()]
    for lines in functions:
        parts += ["", "", *lines]
    lines = [*parts, *(["", ""] if functions else [""]), *body]
    return "\n".join(lines) + "\n"


def _header(file: File) -> str:
    lines = [f"# Ported from {file.name} by matxai port."]
    places: dict[str, list[int]] = {}
    for line, why in sorted({(n.line, n.why) for n in file.notes if n.kind == "left"}):
        places.setdefault(why, []).append(line)
    if places:
        lines.append("# Not ported, and left as comments:")
    for why, found in places.items():
        word = "line" if len(found) == 1 else "lines"
        lines.append(f"#   {word} {', '.join(map(str, found))}: {why}")
    return "\n".join(lines)


def _imports(file: File) -> list[str]:
    lines = [""]
    if ("numpy", "np") in file.imports:
        lines += ["import numpy as np"]
    groups: dict[str, list[str]] = {}
    own = {name for module, name in file.imports if module == "matxai.port.runtime"}
    for module, name in sorted(file.imports):
        # Of two functions of one name, the ported scripts' own knows more.
        if module != "numpy" and not (module == "matxai" and name in own):
            groups.setdefault(module, []).append(name)
    for module in sorted(groups):
        lines += _import_lines(module, groups[module])
    return lines if len(lines) > 1 else []


def _import_lines(module: str, names: list[str]) -> list[str]:
    """Write the import of names in as many lines as they need."""
    head = f"from {module} import "
    lines = [head + names[0]]
    for name in names[1:]:
        if len(lines[-1]) + len(name) + 2 > _WIDTH:
            lines.append(head + name)
        else:
            lines[-1] += f", {name}"
    return lines


def _formatted(code: str) -> str:
    """Lay the text out by ruff, where it is there."""
    command = [
        sys.executable,
        "-m",
        "ruff",
        "format",
        "--quiet",
        "--line-length",
        str(_WIDTH),
        "--isolated",
        "-",
    ]
    try:
        done = subprocess.run(
            command, input=code, capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return code
    return done.stdout if done.returncode == 0 and done.stdout else code


def _ported(file: File, text: str, code: str) -> Ported:
    lines = text.splitlines()
    written = {
        i for i, line in enumerate(lines, 1) if line.strip() and not line.strip().startswith("%")
    }
    left = written & file.left_lines
    notes = tuple(sorted(file.notes, key=lambda n: (n.line, n.kind, n.what)))
    functions = sorted(name for module, name in file.imports if module == "matxai")
    missing = sorted({n.what for n in notes if n.kind == "missing"})
    count = len(left) or len({n.line for n in notes if n.kind == "left"})
    return Ported(code, notes, len(written - left), count, tuple(functions), tuple(missing))

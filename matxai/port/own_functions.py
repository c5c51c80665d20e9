"""Calls of the functions that the file itself defines."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter, Routine
from matxai.port.knowledge import ANY, Kind
from matxai.port.listing import comma_list
from matxai.port.scopes import python_name, walk

__all__ = ["call_own", "option_names", "uses_name"]


def option_names(routine: Routine) -> dict[str, str]:
    """Return the options of an arguments block, by their names in lower case."""
    return {
        argument.field.lower(): argument.field
        for block in routine.node.blocks
        for argument in block.arguments
        if argument.field and block.kind in ("", "Input")
    }


def uses_name(node: syntax.Function, name: str) -> bool:
    """Tell whether a function asks for nargin or nargout."""
    return any(isinstance(n, syntax.Name) and n.name == name for n in walk(node.body))


def call_own(
    emitter: Emitter, name: str, nodes: tuple[syntax.Expression, ...], nargout: int
) -> tuple[Code, list[Kind]]:
    """Write the call of one of the file's functions."""
    routine = emitter.file.routines[name]
    outputs = routine.node.outputs
    variadic = "varargout" in outputs
    if nargout > max(len(outputs), 1) and not variadic:
        raise Refused(f"{name} has no {nargout} outputs")
    written, kinds, shares = _arguments(emitter, routine, nodes)
    if uses_name(routine.node, "nargout"):
        written.append(f"nargout={nargout}")
    text = f"{python_name(name, frozenset())}({', '.join(written)})"
    if routine.several and nargout == 1:
        text += "[0]"
    elif variadic or 1 < nargout < len(outputs):
        text += f"[:{nargout}]" if nargout > 1 else ""
    results = _lying(emitter, routine, kinds) or [ANY] * len(outputs)
    if variadic:
        results = [*results[: len(outputs) - 1], *[ANY] * max(nargout, 1)]
    routine.calls.append(tuple(kinds))
    if nargout == 1 and not outputs:
        raise Refused(f"{name} has no output")
    one = results[0] if results else ANY
    shares = frozenset() if one.plain and nargout == 1 else shares
    return Code(text, ATOM, one, shares), results[: max(nargout, 1)]


def _lying(emitter: Emitter, routine: Routine, kinds: list[Kind]) -> list[Kind]:
    """Return what the outputs of a call are: vectors lie as those that the call gives make them.

    Of a function that is called with rows and with columns, only each call tells.
    """
    results = list(routine.results)
    file = emitter.file
    given = routine.parameters or ()
    ways = tuple(k.shape if k.shape in ("row", "column") else "" for k in kinds)
    open_ = any(k.shape == "vector" for k in results)
    turned = any(w and g.shape == "vector" for w, g in zip(ways, given, strict=False))
    if file.looking or routine.escapes or not (open_ and turned):
        return results
    if ways not in routine.ways:
        from matxai.port.definitions import results_of

        own = [
            g.but(shape=w, safe=g.safe, index=g.index) if w and g.shape == "vector" else g
            for w, g in zip(ways, given, strict=False)
        ]
        file.looking = True
        try:
            routine.ways[ways] = results_of(file, routine, (*own, *given[len(own) :]))
        finally:
            file.looking = False
    found = routine.ways[ways] or results
    return [
        made.but(shape=one.shape, safe=made.safe, index=made.index, whole=made.whole)
        if made.shape == "vector" and one.shape in ("row", "column")
        else made
        for made, one in zip(results, found, strict=True)
    ]


def _arguments(
    emitter: Emitter, routine: Routine, nodes: tuple[syntax.Expression, ...]
) -> tuple[list[str], list[Kind], frozenset[str]]:
    options = option_names(routine)
    positional = [p for p in routine.node.parameters if not _is_options(routine, p)]
    written, kinds, shares = [], [], frozenset()
    place = 0
    while place < len(nodes):
        node = nodes[place]
        if isinstance(node, syntax.Named):
            code = emitter.value(node.value)
            written.append(f"{options.get(node.name.lower(), node.name)}={code.text}")
        elif (
            options
            and len(kinds) >= _required(routine, positional)
            and isinstance(node, syntax.Text)
            and node.value.lower() in options
            and place + 1 < len(nodes)
        ):
            code = emitter.value(nodes[place + 1])
            written.append(f"{options[node.value.lower()]}={code.text}")
            place += 1
        else:
            listed = comma_list(emitter, node)
            code = listed or emitter.value(node)
            written.append(f"*{code.text}" if listed else code.text)
            if listed:
                routine.escapes = True
            kinds.append(code.kind)
        shares |= code.shares
        place += 1
    names = routine.node.parameters
    variadic = names[-1:] == ("varargin",)
    if len(kinds) > len(positional) and not variadic and not routine.escapes:
        raise Refused(f"{routine.node.name} takes {len(positional)} arguments")
    if len(kinds) < len(positional) - variadic:
        routine.optional = True
    return written, kinds, shares


def _is_options(routine: Routine, parameter: str) -> bool:
    return any(
        a.name == parameter and a.field for block in routine.node.blocks for a in block.arguments
    )


def _required(routine: Routine, positional: list[str]) -> int:
    defaults = {
        a.name
        for block in routine.node.blocks
        for a in block.arguments
        if a.default is not None and not a.field
    }
    return len([p for p in positional if p not in defaults])

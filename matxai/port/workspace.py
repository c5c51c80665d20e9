"""What works on the workspace or the desktop: load, clear, clc and the like."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import Refused
from matxai.port.emitter import Emitter, quoted
from matxai.port.knowledge import ANY
from matxai.port.places import know

__all__ = ["DESKTOP", "load_statement", "nothing_to_do"]

# What has no effect on what a Python script computes.
DESKTOP = frozenset(
    [
        "clc",
        "clear",
        "clearvars",
        "format",
        "more",
        "addpath",
        "rmpath",
        "beep",
        "commandwindow",
        "home",
        "diary",
        "echo",
        "dbstop",
        "workspace",
        "desktop",
        "profile",
        "rehash",
        "savepath",
        "genpath",
    ]
)


def nothing_to_do(emitter: Emitter, node: syntax.Show | syntax.Command) -> bool:
    """Write a statement that a Python script needs not as a comment; tell whether it is one."""
    if isinstance(node, syntax.Command):
        name, words = node.name, node.words
    else:
        value = node.value
        base = value.base if isinstance(value, syntax.Apply) else value
        if not isinstance(base, syntax.Name):
            return False
        name, words = base.name, ()
        if isinstance(value, syntax.Apply):
            words = tuple(a.value for a in value.arguments if isinstance(a, syntax.Text))
    if name not in DESKTOP or emitter.is_variable(name):
        return False
    if name in ("clear", "clearvars"):
        _clear(emitter, words)
    source = (node.source.strip() or name).split("\n")[0]
    emitter.write(f"# {source}")
    return True


def _clear(emitter: Emitter, words: tuple[str, ...]) -> None:
    names = [w for w in words if not w.startswith("-") and w not in ("all", "variables")]
    if emitter.loops or emitter.routine is not None:
        raise Refused("clear in a loop or function")
    if any("*" in w for w in names):
        raise Refused("clear by a pattern")
    gone = names or list(emitter.known)
    there = [n for n in gone if n in emitter.known]
    if there and names:
        sure = [n for n in there if n not in emitter.known.unsure]
        if sure:
            emitter.write(f"del {', '.join(emitter.python(n) for n in sure)}")
        for name in there:
            if name not in sure:
                emitter.write(f"globals().pop({quoted(emitter.python(name))}, None)")
    for name in there:
        emitter.known.pop(name, None)
        emitter.known.unsure.discard(name)


def load_statement(emitter: Emitter, value: syntax.Expression) -> bool:
    """Write a load without an output: its variables are taken out of what it returns."""
    if not (isinstance(value, syntax.Apply) and isinstance(value.base, syntax.Name)):
        return False
    if value.base.name != "load" or emitter.is_variable("load"):
        return False
    if not value.arguments:
        raise Refused("load without a file")
    file = emitter.value(value.arguments[0])
    listed = [a.value for a in value.arguments[1:] if isinstance(a, syntax.Text)]
    names = [n for n in listed if not n.startswith("-")] or sorted(emitter.scope.loaded)
    if any("*" in n for n in names):
        raise Refused("load by a pattern")
    if not names:
        emitter.write(f"{emitter.uses('load')}({file.text})")
        return True
    if not listed:
        emitter.differs(
            file.text, "of what the file holds, only the names that nothing else explains are taken"
        )
    word = emitter.temporary("loaded")
    emitter.write(f"{word} = {emitter.uses('load')}({file.text})")
    for name in names:
        emitter.write(f"{emitter.python(name)} = {word}.{name}")
        know(emitter, name, ANY)
    return True

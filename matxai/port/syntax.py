"""The tree of a MATLAB program: what was written, with operators grouped as MATLAB groups them.

Whether ``f(x)`` calls or indexes is not decided here, nor whether ``a.b`` is a field or a method:
that depends on what the names are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "Apply",
    "Argument",
    "ArgumentsBlock",
    "Assign",
    "Binary",
    "Blank",
    "Brace",
    "Break",
    "Cell",
    "Colon",
    "Command",
    "Comment",
    "Continue",
    "DynamicField",
    "End",
    "Expression",
    "Field",
    "For",
    "Function",
    "Global",
    "Handle",
    "If",
    "Ignored",
    "Lambda",
    "Matrix",
    "Name",
    "Named",
    "Node",
    "Number",
    "Persistent",
    "Postfix",
    "Program",
    "Range",
    "Return",
    "Show",
    "Statement",
    "Switch",
    "Text",
    "Try",
    "Unary",
    "Unparsed",
    "While",
]


@dataclass(frozen=True, kw_only=True)
class Node:
    """Anything in the tree.

    Attributes
    ----------
    line, last : int
        First and last line of it in the file, counted from 1.
    source : str
        Its text, as it stands in the file.
    """

    line: int = field(default=0, compare=False)
    last: int = field(default=0, compare=False)
    source: str = field(default="", compare=False, repr=False)


class Expression(Node):
    """Anything with a value."""


class Statement(Node):
    """Anything that is executed."""


# Expressions


@dataclass(frozen=True)
class Number(Expression):
    """A number as written: ``3``, ``.5e-3``, ``0x1F``, ``2i``."""

    text: str


@dataclass(frozen=True)
class Text(Expression):
    """A text; `quote` is ``'`` for char and ``"`` for string; `value` has no doubled quotes."""

    value: str
    quote: str


@dataclass(frozen=True)
class Name(Expression):
    """A variable, or a function called without parentheses."""

    name: str


@dataclass(frozen=True)
class Colon(Expression):
    """The ``:`` that stands for all of a dimension."""


@dataclass(frozen=True)
class End(Expression):
    """The ``end`` inside an index; it belongs to the innermost Apply or Brace of a variable."""


@dataclass(frozen=True)
class Ignored(Expression):
    """The ``~`` in place of an output or of a parameter."""


@dataclass(frozen=True)
class Unary(Expression):
    """``+``, ``-`` or ``~`` before its operand (``!`` is read as ``~``)."""

    operator: str
    operand: Expression


@dataclass(frozen=True)
class Postfix(Expression):
    """``'`` or ``.'`` behind its operand."""

    operator: str
    operand: Expression


@dataclass(frozen=True)
class Binary(Expression):
    r"""Two operands and ``+ - * .* / ./ \ .\ ^ .^ == ~= < <= > >= & | && ||``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Range(Expression):
    """``start:stop`` or ``start:step:stop``."""

    start: Expression
    step: Expression | None
    stop: Expression


@dataclass(frozen=True)
class Matrix(Expression):
    """``[…]``, row by row."""

    rows: tuple[tuple[Expression, ...], ...]


@dataclass(frozen=True)
class Cell(Expression):
    """``{…}``, row by row."""

    rows: tuple[tuple[Expression, ...], ...]


@dataclass(frozen=True)
class Named(Expression):
    """``Name=value`` among arguments."""

    name: str
    value: Expression


@dataclass(frozen=True)
class Apply(Expression):
    """``base(arguments)``: a call or an index."""

    base: Expression
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Brace(Expression):
    """``base{arguments}``."""

    base: Expression
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Field(Expression):
    """``base.name``: a field, a property or a method."""

    base: Expression
    name: str


@dataclass(frozen=True)
class DynamicField(Expression):
    """``base.(name)``."""

    base: Expression
    name: Expression


@dataclass(frozen=True)
class Lambda(Expression):
    """``@(parameters) body``; a parameter is its name or ``~``."""

    parameters: tuple[str, ...]
    body: Expression


@dataclass(frozen=True)
class Handle(Expression):
    """``@name``, also ``@package.name``."""

    name: str


# Statements


@dataclass(frozen=True)
class Show(Statement):
    """An expression by itself; `printed` where no semicolon follows."""

    value: Expression
    printed: bool


@dataclass(frozen=True)
class Assign(Statement):
    """``target = value`` or ``[targets] = value``; `printed` where no semicolon follows."""

    targets: tuple[Expression, ...]
    value: Expression
    printed: bool
    bracketed: bool = False


@dataclass(frozen=True)
class Command(Statement):
    """Command syntax: ``hold on`` is the function's name and its words."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class If(Statement):
    """Conditions, each with its body, and what is done otherwise."""

    branches: tuple[tuple[Expression, tuple[Statement, ...]], ...]
    otherwise: tuple[Statement, ...]


@dataclass(frozen=True)
class For(Statement):
    """``for`` and ``parfor``."""

    target: Expression
    values: Expression
    body: tuple[Statement, ...]
    parallel: bool = False


@dataclass(frozen=True)
class While(Statement):
    """``while``."""

    condition: Expression
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Switch(Statement):
    """``switch``; `otherwise` is None where there is none."""

    subject: Expression
    cases: tuple[tuple[Expression, tuple[Statement, ...]], ...]
    otherwise: tuple[Statement, ...] | None


@dataclass(frozen=True)
class Try(Statement):
    """``try``; `name` is the variable of ``catch name``."""

    body: tuple[Statement, ...]
    name: str | None
    handler: tuple[Statement, ...]


@dataclass(frozen=True)
class Break(Statement):
    """``break``."""


@dataclass(frozen=True)
class Continue(Statement):
    """``continue``."""


@dataclass(frozen=True)
class Return(Statement):
    """``return``."""


@dataclass(frozen=True)
class Global(Statement):
    """``global a b``."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Persistent(Statement):
    """``persistent a b``."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Comment(Statement):
    """A comment, without its percent sign.

    `trailing` where code stands before it on its line; `section` for ``%%``; a block ``%{ … %}``
    and comments that continue each other are one comment of several lines.
    """

    text: str
    trailing: bool = False
    section: bool = False


@dataclass(frozen=True)
class Blank(Statement):
    """One or more empty lines."""


@dataclass(frozen=True)
class Unparsed(Statement):
    """What is no MATLAB, or what this tree has no place for, and why."""

    reason: str


@dataclass(frozen=True)
class Argument(Node):
    """A line of an ``arguments`` block: ``name.field (sizes) class {validators} = default``.

    `sizes` are the texts between the commas, `field` is None where there is none.
    """

    name: str
    field: str | None
    sizes: tuple[str, ...]
    class_name: str | None
    validators: tuple[Expression, ...]
    default: Expression | None


@dataclass(frozen=True)
class ArgumentsBlock(Node):
    """An ``arguments`` block; `kind` is ``""``, ``Input``, ``Output`` or ``Repeating``."""

    kind: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True)
class Function(Node):
    """A function, its parameters (``~`` for those not used), and its help text's comment."""

    name: str
    outputs: tuple[str, ...]
    parameters: tuple[str, ...]
    blocks: tuple[ArgumentsBlock, ...]
    body: tuple[Statement, ...]
    nested: tuple[Function, ...] = ()


@dataclass(frozen=True)
class Program(Node):
    """A file: the statements of a script (none in a function file), and its functions in order."""

    body: tuple[Statement, ...]
    functions: tuple[Function, ...]

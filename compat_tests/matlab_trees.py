"""Drawn trees of MATLAB programs, and their text, written without a line of the porter."""

import functools

import hypothesis.strategies as st

from matxai.port import syntax

__all__ = ["assignments", "expressions", "programs", "written"]

LEVELS = [
    ("||",), ("&&",), ("|",), ("&",), ("<", "<=", ">", ">=", "==", "~="), (":",), ("+", "-"),
    ("*", "/", "\\", ".*", "./", ".\\"), ("sign",), ("^", ".^", "'", ".'"), ("atom",),
]  # fmt: skip
LEVEL = {operator: level for level, operators in enumerate(LEVELS) for operator in operators}
BINARY = [
    text for texts in LEVELS for text in texts if text not in (":", "sign", "'", ".'", "atom")
]

names = st.sampled_from(["a", "b", "net", "endings", "X1", "i", "iff"]).map(syntax.Name)
numbers = st.sampled_from(["1", "2.5", ".5", "1e-3", "0x1F", "3i", "10"]).map(syntax.Number)
letters = st.text("ab '\"%.{[é…,;=", max_size=6)
texts = st.builds(syntax.Text, letters, st.sampled_from(["'", '"']))
handles = st.sampled_from(["sin", "pkg.fn"]).map(syntax.Handle)
parameters = st.lists(st.sampled_from(["x", "y", "~"]), max_size=2).map(tuple)


def rows(items):
    return st.integers(1, 3).flatmap(
        lambda width: st.lists(
            st.lists(items, min_size=width, max_size=width).map(tuple), max_size=3
        ).map(tuple)
    )


def compound(inner):
    """Expressions of expressions; a function is no operand."""
    bounds = inner.filter(lambda tree: not isinstance(tree, syntax.Cell | syntax.Matrix))
    anything = st.one_of(inner, inner, inner, handles, st.builds(syntax.Lambda, parameters, inner))
    return st.one_of(
        st.builds(syntax.Unary, st.sampled_from("+-~"), inner),
        st.builds(syntax.Postfix, st.sampled_from(["'", ".'"]), inner),
        st.builds(syntax.Binary, st.sampled_from(BINARY), inner, inner),
        st.builds(syntax.Binary, st.sampled_from(BINARY), inner, inner),
        st.builds(syntax.Range, bounds, st.none() | bounds, bounds),
        st.builds(syntax.Matrix, rows(inner)),
        st.builds(syntax.Cell, rows(anything)),
        accesses(anything),
        st.builds(syntax.Apply, names, st.tuples(anything, options(anything))),
    )


def options(values):
    return st.builds(syntax.Named, st.sampled_from(["Stride", "Rng"]), values)


def accesses(values):
    """One to three indices, calls or fields, one behind the other."""
    ending = st.builds(syntax.Binary, st.just("-"), st.just(syntax.End()), numbers)
    index = st.one_of(values, st.sampled_from([syntax.Colon(), syntax.End()]), ending)
    arguments = st.lists(index, min_size=1, max_size=3).map(tuple)
    step = st.one_of(
        st.tuples(st.just(syntax.Apply), st.just(()) | arguments),
        st.tuples(st.just(syntax.Brace), arguments),
        st.tuples(st.just(syntax.Field), st.sampled_from(["Name", "end_", "if"])),
        st.tuples(st.just(syntax.DynamicField), names | texts),
    )
    steps = st.lists(step, min_size=1, max_size=3)
    return st.builds(
        lambda name, steps: functools.reduce(
            lambda base, step: step[0](base, step[1]), steps, name
        ),
        names,
        steps,
    )


values = st.recursive(st.one_of(names, numbers, texts), compound, max_leaves=6)
expressions = st.one_of(values, values, handles, st.builds(syntax.Lambda, parameters, values))
# A bracket in a text among targets in brackets is refused: the grammar takes it for one of them.
targets = st.one_of(names, accesses(names), st.just(syntax.Ignored())).filter(
    lambda tree: "[" not in repr(tree)
)
assignments = st.one_of(
    st.builds(syntax.Assign, st.tuples(names), expressions, st.booleans()),
    st.builds(
        syntax.Assign,
        st.lists(targets, min_size=1, max_size=3).map(tuple),
        values,
        st.booleans(),
        st.just(True),
    ),
)
simple = st.one_of(
    assignments,
    st.builds(syntax.Show, values, st.booleans()),
    st.builds(syntax.Command, st.sampled_from(["hold", "close", "format"]),
              st.sampled_from([("on",), ("all", "force"), ("-v7.3",), ("a b",)])),
    st.sampled_from([syntax.Break(), syntax.Continue(), syntax.Return(),
                     syntax.Global(("g", "h")), syntax.Persistent(("p",))]),
    st.sampled_from(["help", "50 % of it", "x = 3;", "{", "#ok"]).map(syntax.Comment),
)  # fmt: skip


def apart(statements):
    """Leave out comments behind comments: they would be one."""
    pairs = zip((None, *statements), statements, strict=False)
    return tuple(
        after
        for before, after in pairs
        if not (isinstance(before, syntax.Comment) and isinstance(after, syntax.Comment))
    )


def blocks(inner):
    """Statements with statements in them."""
    body = st.lists(inner, max_size=3).map(apart)
    clause = st.tuples(values, body)
    return st.one_of(
        st.builds(syntax.If, st.lists(clause, min_size=1, max_size=3).map(tuple), body),
        st.builds(syntax.For, names, values, body, st.booleans()),
        st.builds(syntax.While, values, body),
        st.builds(syntax.Switch, values, st.lists(clause, min_size=1, max_size=2).map(tuple),
                  st.none() | body),
        st.builds(syntax.Try, body, st.none() | st.just("ME"), body),
    )  # fmt: skip


statements = st.recursive(simple, blocks, max_leaves=4)
bodies = st.lists(statements, max_size=5).map(apart)
functions = st.builds(
    syntax.Function,
    st.sampled_from(["first", "second"]),
    st.lists(st.sampled_from(["p", "q"]), max_size=2).map(tuple),
    st.lists(st.sampled_from(["x", "~", "varargin"]), max_size=2).map(tuple),
    st.just(()),
    bodies,
)
programs = st.builds(syntax.Program, bodies, st.lists(functions, max_size=2).map(tuple))


def written(tree, space=""):
    """Write a tree as MATLAB code, `space` around operators and inside of brackets."""
    return Writer(space).text(tree)


class Writer:
    def __init__(self, space):
        self.space = space

    def text(self, tree):
        return getattr(self, type(tree).__name__)(tree)

    def at(self, level, tree):
        """Write an operand, in parentheses where it would be torn apart."""
        text = self.text(tree)
        return text if level_of(tree) >= level else f"({self.space}{text})"

    def joined(self, items):
        return f",{self.space}".join(map(self.text, items))

    def Number(self, tree):
        return tree.text

    def Name(self, tree):
        return tree.name

    def Text(self, tree):
        return tree.quote + tree.value.replace(tree.quote, tree.quote * 2) + tree.quote

    def Colon(self, _):
        return ":"

    def End(self, _):
        return "end"

    def Ignored(self, _):
        return "~"

    def Handle(self, tree):
        return f"@{tree.name}"

    def Unary(self, tree):
        return tree.operator + self.at(LEVEL["sign"], tree.operand)

    def Postfix(self, tree):
        if isinstance(tree.operand, syntax.Text):
            return f"({self.text(tree.operand)}){tree.operator}"
        return self.at(LEVEL["'"], tree.operand) + tree.operator

    def Binary(self, tree):
        level = LEVEL[tree.operator]
        left = self.at(level, tree.left)
        right = self.at(level + 1, tree.right)
        return f"{left}{self.space}{tree.operator}{self.space}{right}"

    def Range(self, tree):
        parts = [part for part in (tree.start, tree.step, tree.stop) if part is not None]
        return ":".join(self.at(LEVEL[":"] + 1, part) for part in parts)

    def Lambda(self, tree):
        return f"@({', '.join(tree.parameters)}) {self.text(tree.body)}"

    def Matrix(self, tree):
        return "[" + f";{self.space}".join(map(self.joined, tree.rows)) + "]"

    def Cell(self, tree):
        return "{" + f";{self.space}".join(map(self.joined, tree.rows)) + "}"

    def Named(self, tree):
        return f"{tree.name}={self.text(tree.value)}"

    def Apply(self, tree):
        return f"{self.text(tree.base)}({self.joined(tree.arguments)})"

    def Brace(self, tree):
        return f"{self.text(tree.base)}{{{self.joined(tree.arguments)}}}"

    def Field(self, tree):
        return f"{self.text(tree.base)}.{tree.name}"

    def DynamicField(self, tree):
        return f"{self.text(tree.base)}.({self.text(tree.name)})"

    def Show(self, tree):
        return self.text(tree.value) + ("" if tree.printed else ";")

    def Assign(self, tree):
        left = self.joined(tree.targets)
        left = f"[{left}]" if tree.bracketed else left
        return f"{left} ={self.space}{self.text(tree.value)}" + ("" if tree.printed else ";")

    def Command(self, tree):
        words = (f"'{word}'" if " " in word else word for word in tree.words)
        return f"{tree.name} {' '.join(words)}"

    def Comment(self, tree):
        return f"% {tree.text}"

    def Break(self, _):
        return "break"

    def Continue(self, _):
        return "continue;"

    def Return(self, _):
        return "return"

    def Global(self, tree):
        return f"global {' '.join(tree.names)}"

    def Persistent(self, tree):
        return f"persistent {' '.join(tree.names)}"

    def body(self, statements):
        return "".join(f"  {line}\n" for line in map(self.text, statements))

    def If(self, tree):
        words = ["if", *["elseif"] * len(tree.branches)]
        text = "".join(
            f"{word} {self.text(condition)}\n{self.body(body)}"
            for word, (condition, body) in zip(words, tree.branches, strict=False)
        )
        otherwise = f"else\n{self.body(tree.otherwise)}" if tree.otherwise else ""
        return f"{text}{otherwise}end"

    def For(self, tree):
        word = "parfor" if tree.parallel else "for"
        header = f"{word} {self.text(tree.target)} = {self.text(tree.values)}\n"
        return f"{header}{self.body(tree.body)}end"

    def While(self, tree):
        return f"while {self.text(tree.condition)}\n{self.body(tree.body)}end"

    def Switch(self, tree):
        text = f"switch {self.text(tree.subject)}\n"
        for value, body in tree.cases:
            text += f"case {self.text(value)}\n{self.body(body)}"
        if tree.otherwise is not None:
            text += f"otherwise\n{self.body(tree.otherwise)}"
        return f"{text}end"

    def Try(self, tree):
        name = "" if tree.name is None else f" {tree.name}"
        return f"try\n{self.body(tree.body)}catch{name}\n{self.body(tree.handler)}end"

    def Function(self, tree):
        outputs = f"[{', '.join(tree.outputs)}] = " if tree.outputs else ""
        header = f"function {outputs}{tree.name}({', '.join(tree.parameters)})\n"
        return f"{header}{self.body(tree.body)}end\n"

    def Program(self, tree):
        return self.body(tree.body) + "\n" + "\n".join(map(self.text, tree.functions))


def level_of(tree):
    match tree:
        case syntax.Binary(operator):
            return LEVEL[operator]
        case syntax.Range():
            return LEVEL[":"]
        case syntax.Unary():
            return LEVEL["sign"]
        case syntax.Postfix():
            return LEVEL["'"]
        case syntax.Lambda():
            return -1
    return LEVEL["atom"]

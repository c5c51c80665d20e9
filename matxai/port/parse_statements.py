"""Statements of tree-sitter's tree as statements of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import tree_sitter

from .errors import UnreadableError
from .grammar import Source, children, of_type, tree_of
from .parse_comments import Remarks
from .parse_expressions import ExpressionReader
from .syntax import (
    Assign,
    Blank,
    Break,
    Command,
    Comment,
    Continue,
    Expression,
    For,
    Global,
    If,
    Ignored,
    Name,
    Persistent,
    Return,
    Show,
    Statement,
    Switch,
    Try,
    Unparsed,
    While,
)

__all__ = ["StatementReader"]

_SEPARATORS = frozenset({";", ",", "\n"})
_COMMENTS = frozenset({"comment", "line_continuation"})
_COMPOUND = (If, For, While, Switch, Try)
_DEEPEST = 40
_UPDATE = re.compile(r"(\+\+|--|[-+*/^|&]=)")
_NOT_READ = {
    "class_definition": "classes are not ported",
    "spmd_statement": "spmd is not ported",
    "function_definition": "a function inside of a block",
}


class StatementReader:
    """Turns nodes of one source into statements.

    `variables` are the names assigned so far: ``a -1`` is a difference where ``a`` is one of
    them and a command elsewhere.
    """

    def __init__(self, source: Source, remarks: Remarks, variables: Iterable[str] = ()) -> None:
        self.source = source
        self.expressions = ExpressionReader(source)
        self.variables = set(variables)
        self._remarks = remarks
        self._depth = 0
        self._kinds: dict[str, Callable[[tree_sitter.Node, bool], Statement]] = {
            "assignment": self._assignment,
            "command": self._command,
            "if_statement": self._if,
            "for_statement": self._for,
            "while_statement": self._while,
            "switch_statement": self._switch,
            "try_statement": self._try,
            "break_statement": lambda node, _: Break(**self._place(node)),
            "continue_statement": lambda node, _: Continue(**self._place(node)),
            "return_statement": lambda node, _: Return(**self._place(node)),
            "global_operator": lambda node, _: Global(self._declared(node), **self._place(node)),
            "persistent_operator": lambda node, _: Persistent(
                self._declared(node), **self._place(node)
            ),
        }

    def sequence(
        self, nodes: Sequence[tree_sitter.Node], start: int, end: int
    ) -> tuple[Statement, ...]:
        """Statements, comments and empty lines between two bytes.

        Parameters
        ----------
        nodes : sequence of tree_sitter.Node
            Statements and what separates them; functions are passed over, for those
            who read them, but not in blocks, where they do not belong.
        start, end : int
            From which byte on and before which comments belong to them.

        Returns
        -------
        tuple of Statement
        """
        found: list[Statement] = []
        header = self.source.line(start)
        for position, node in enumerate(nodes):
            if node.type in _SEPARATORS or node.type in _COMMENTS:
                continue
            found.extend(self._remarks.take(start, node.start_byte))
            start = node.end_byte
            if node.type != "function_definition" or self._depth:
                found.extend(self._statement(node, _printed(nodes, position)))
        found.extend(self._remarks.take(start, end))
        return tuple(self._spaced(found, header))

    def _place(self, node: tree_sitter.Node) -> dict:
        return self.source.place(node.start_byte, node.end_byte)

    def _text(self, node: tree_sitter.Node) -> str:
        return self.source.text(node.start_byte, node.end_byte)

    def _spaced(self, statements: list[Statement], header: int) -> Iterator[Statement]:
        before: Statement | None = None
        for statement in statements:
            if before is not None:
                first, last = before.last + 1, statement.line - 1
                if first <= last and self.source.is_empty(first, last):
                    yield Blank(line=first, last=last)
            code = header if before is None else before.last
            if isinstance(statement, Comment) and (
                statement.line != code or isinstance(before, _COMPOUND)
            ):
                statement = replace(statement, trailing=False)
            yield statement
            before = statement

    def _statement(self, node: tree_sitter.Node, printed: bool) -> Iterator[Statement]:
        """Read one statement, behind the comments inside of it for which it has no place."""
        try:
            statement = self._read(node, printed)
            inside = self._remarks.take(node.start_byte, node.end_byte)
            if not isinstance(statement, _COMPOUND):
                _refuse_holes(inside)
        except UnreadableError as error:
            self._remarks.take(node.start_byte, node.end_byte)
            yield Unparsed(str(error), **self._place(node))
            return
        for remark in inside:
            moved = replace(remark, line=statement.line, last=statement.line)
            yield replace(moved, trailing=False) if isinstance(moved, Comment) else moved
        yield statement

    def _read(self, node: tree_sitter.Node, printed: bool) -> Statement:
        if node.type in _NOT_READ:
            raise UnreadableError(_NOT_READ[node.type])
        if node.type in self._kinds:
            return self._kinds[node.type](node, printed)
        return Show(self.expressions.read(node), printed, **self._place(node))

    def _assignment(self, node: tree_sitter.Node, printed: bool) -> Assign:
        left, _, right = children(node)
        bracketed = left.type == "multioutput_variable"
        written = [part for part in children(left) if part.is_named] if bracketed else [left]
        value = self.expressions.read(right)
        targets = tuple(
            Ignored(**self._place(target))
            if target.type == "ignored_argument"
            else self.expressions.read(target)
            for target in written
        )
        for target in targets:
            self.assigned(target)
        return Assign(targets, value, printed, bracketed, **self._place(node))

    def assigned(self, target: Expression) -> None:
        """Know the variable of a target from now on."""
        while not isinstance(target, Name) and hasattr(target, "base"):
            target = target.base
        if isinstance(target, Name):
            self.variables.add(target.name)

    def _declared(self, node: tree_sitter.Node) -> tuple[str, ...]:
        names = tuple(self._text(name) for name in of_type(node, "identifier"))
        self.variables.update(names)
        return names

    def _command(self, node: tree_sitter.Node, printed: bool) -> Statement:
        name, *words = (self._text(child) for child in children(node))
        if name.startswith("!"):
            raise UnreadableError("a command of the operating system")
        if not words:
            return Show(Name(name, **self._place(node)), printed, **self._place(node))
        if _UPDATE.match(words[0]):
            raise UnreadableError(f"MATLAB has no operator {_UPDATE.match(words[0])[0]!r}")
        if name in self.variables:
            return Show(self._expression_of(node), printed, **self._place(node))
        return Command(name, tuple(_word(word) for word in words), **self._place(node))

    def _expression_of(self, node: tree_sitter.Node) -> Expression:
        """Read as an expression what tree-sitter took for a command."""
        source = Source(b"x=" + self.source.data[node.start_byte : node.end_byte] + b"\n",
                        first=self.source.line(node.start_byte))  # fmt: skip
        root = tree_of(source.data)
        if root.has_error or len(list(of_type(root, "assignment"))) != 1:
            raise UnreadableError("neither a command nor an expression")
        return ExpressionReader(source).read(children(root.children[0])[2])

    def _if(self, node: tree_sitter.Node, _: bool) -> If:
        clauses = list(of_type(node, "elseif_clause", "else_clause"))
        stops = [*(clause.start_byte for clause in clauses), _end_of(node).start_byte]
        branches, otherwise = [], ()
        for clause, stop in zip([node, *clauses], stops, strict=True):
            word, condition = children(clause)[:2] if clause.type != "else_clause" else (
                children(clause)[0], None)  # fmt: skip
            if condition is None:
                otherwise = self._body(clause, word.end_byte, stop)
                continue
            read = self.expressions.read(condition)
            branches.append((read, self._body(clause, condition.end_byte, stop)))
        return If(tuple(branches), otherwise, **self._place(node))

    def _while(self, node: tree_sitter.Node, _: bool) -> While:
        condition = children(node)[1]
        read = self.expressions.read(condition)
        body = self._body(node, condition.end_byte, _end_of(node).start_byte)
        return While(read, body, **self._place(node))

    def _for(self, node: tree_sitter.Node, _: bool) -> For:
        iterator = next(of_type(node, "iterator"))
        target, values = (part for part in children(iterator) if part.is_named)
        read = self.expressions.read(target)
        over = self.expressions.read(values)
        self.assigned(read)
        header_end = max(part.end_byte for part in of_type(node, "iterator", "parfor_options", ")"))
        body = self._body(node, header_end, _end_of(node).start_byte)
        parallel = children(node)[0].type == "parfor"
        return For(read, over, body, parallel, **self._place(node))

    def _switch(self, node: tree_sitter.Node, _: bool) -> Switch:
        subject = self.expressions.read(children(node)[1])
        clauses = list(of_type(node, "case_clause", "otherwise_clause"))
        stops = [*(clause.start_byte for clause in clauses[1:]), _end_of(node).start_byte]
        cases, otherwise = [], None
        for clause, stop in zip(clauses, stops, strict=False):
            word = children(clause)[0]
            if clause.type == "otherwise_clause":
                otherwise = self._body(clause, word.end_byte, stop)
                continue
            value = children(clause)[1]
            read = self.expressions.read(value)
            cases.append((read, self._body(clause, value.end_byte, stop)))
        return Switch(subject, tuple(cases), otherwise, **self._place(node))

    def _try(self, node: tree_sitter.Node, _: bool) -> Try:
        clause = next(of_type(node, "catch_clause"), None)
        end = _end_of(node).start_byte
        stop = end if clause is None else clause.start_byte
        body = self._body(node, children(node)[0].end_byte, stop)
        if clause is None:
            return Try(body, None, (), **self._place(node))
        word = children(clause)[0]
        caught = next(of_type(clause, "identifier"), None)
        if caught is None:
            handler = self._body(clause, word.end_byte, end)
            return Try(body, None, handler, **self._place(node))
        if caught.start_point.row == word.start_point.row:
            self.variables.add(self._text(caught))
            handler = self._body(clause, caught.end_byte, end)
            return Try(body, self._text(caught), handler, **self._place(node))
        # tree-sitter takes a bare name on the next line for the variable of `catch`.
        handler = self._body(clause, word.end_byte, end, first=caught)
        return Try(body, None, handler, **self._place(node))

    def _body(
        self,
        node: tree_sitter.Node,
        start: int,
        end: int,
        first: tree_sitter.Node | None = None,
    ) -> tuple[Statement, ...]:
        if self._depth == _DEEPEST:
            raise UnreadableError(f"blocks are nested more than {_DEEPEST} deep")
        nodes = [] if first is None else [first]
        for child in node.children:
            if child.type == "block":
                nodes.extend(child.children)
            elif child.type in _SEPARATORS and child.start_byte >= start:
                nodes.append(child)
        self._depth += 1
        try:
            return self.sequence(nodes, start, end)
        finally:
            self._depth -= 1


def _printed(nodes: Sequence[tree_sitter.Node], position: int) -> bool:
    """Whether no semicolon follows the statement at a position."""
    following = (nodes[later] for later in range(position + 1, len(nodes)))
    return next((node.type != ";" for node in following if node.type not in _COMMENTS), True)


def _refuse_holes(remarks: Iterable[Statement]) -> None:
    for remark in remarks:
        if isinstance(remark, Unparsed):
            raise UnreadableError(remark.reason)


def _end_of(node: tree_sitter.Node) -> tree_sitter.Node:
    return node.children[-1]


def _word(word: str) -> str:
    """Argument of a command, without its quotes."""
    if '"' in word:
        raise UnreadableError("double quotes behind a command mean different things in releases")
    if "'" not in word:
        return word
    inside = word[1:-1]
    if len(word) < 2 or word[0] != "'" or word[-1] != "'" or "'" in inside.replace("''", ""):
        raise UnreadableError("quotes within a word of a command")
    return inside.replace("''", "'")

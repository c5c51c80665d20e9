import time

import hypothesis.strategies as st
import pytest
from hypothesis import given
from matlab_trees import expressions, programs, written

from matxai.port.errors import PortError
from matxai.port.parsing import parse
from matxai.port.syntax import (
    Apply,
    Assign,
    Binary,
    Blank,
    Brace,
    Command,
    Comment,
    DynamicField,
    Field,
    For,
    Function,
    If,
    Ignored,
    Matrix,
    Name,
    Named,
    Number,
    Postfix,
    Program,
    Show,
    Text,
    Try,
    Unary,
    Unparsed,
)

x, y, a, b = map(Name, "xyab")
spaces = st.sampled_from(["", " "])


def one(text):
    """Read the only statement of a program."""
    (statement,) = parse(text).body
    return statement


def value(text):
    return one(f"v = {text};").value


def nodes(tree):
    if isinstance(tree, tuple):
        for item in tree:
            yield from nodes(item)
    elif hasattr(tree, "source"):
        yield tree
        for item in vars(tree).values():
            yield from nodes(item)


def unread(program):
    return [node for node in nodes(program) if isinstance(node, Unparsed)]


@given(expressions, spaces)
def test_what_is_written_is_read(tree, space):
    same = value(written(tree, space)) == tree
    assert same, written(tree, space)


@given(programs, spaces)
def test_programs_that_are_written_are_read(tree, space):
    same = parse(written(tree, space)) == tree
    assert same, written(tree, space)


@given(programs, spaces)
def test_every_node_knows_where_it_stands(tree, space):
    text = written(tree, space)
    lines = text.split("\n")
    for node in nodes(parse(text)):
        if node.source:
            first, *_ = node.source.split("\n")
            assert first in lines[node.line - 1]
            assert node.source.rstrip("\n").count("\n") == node.last - node.line


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("-x.^2", Unary("-", Binary(".^", x, Number("2")))),
        ("x == y & a", Binary("&", Binary("==", x, y), a)),
        ("2^3^2", Binary("^", Binary("^", Number("2"), Number("3")), Number("2"))),
        ("x.^2'", Postfix("'", Binary(".^", x, Number("2")))),
        ("2^-x", Binary("^", Number("2"), Unary("-", x))),
        ("3.^x", Binary(".^", Number("3"), x)),
        ("3.'", Postfix(".'", Number("3"))),
        ("~x == y", Binary("==", Unary("~", x), y)),
        ("f(~[1 2])", Apply(Name("f"), (Unary("~", Matrix(((Number("1"), Number("2")),))),))),
        ("f(~x == y)", Apply(Name("f"), (Binary("==", Unary("~", x), y),))),
        ("[a -1]", Matrix(((a, Unary("-", Number("1"))),))),
        ("[a - 1]", Matrix(((Binary("-", a, Number("1")),),))),
        ("[a' b']", Matrix(((Postfix("'", a), Postfix("'", b)),))),
        ("[~[a] b]", Matrix(((Unary("~", Matrix(((a,),))), b),))),
        ("['a' 'b''c']", Matrix(((Text("a", "'"), Text("b'c", "'")),))),
        ("[1 2\n3 4]", Matrix(((Number("1"), Number("2")), (Number("3"), Number("4"))))),
        ("[a ...\n b]", Matrix(((a, b),))),
        ('"say ""x"""', Text('say "x"', '"')),
        ("a.b(1).c{2}.(x)", DynamicField(Brace(Field(Apply(Field(a, "b"), (Number("1"),)), "c"),
                                               (Number("2"),)), x)),
        ("f(a, Name=1)", Apply(Name("f"), (a, Named("Name", Number("1"))))),
    ],
)  # fmt: skip
def test_expressions(text, tree):
    assert value(text) == tree


def test_commands():
    program = parse("close all; hold on, format long g\nprint -dpng 'my file.png' % now\n")
    assert program.body == (
        Command("close", ("all",)),
        Command("hold", ("on",)),
        Command("format", ("long", "g")),
        Command("print", ("-dpng", "my file.png")),
        Comment("now", trailing=True),
    )


def test_a_name_that_is_a_variable_is_no_command():
    difference = Show(Binary("-", a, Number("1")), True)
    assert parse("a -1").body == (Command("a", ("-1",)),)
    assert parse("a = 3;\na -1").body[1] == difference
    assert parse("for a = 1:3\na -1\nend").body[0].body == (difference,)
    (function,) = parse("function f(a)\na -1\nend").functions
    assert function.body == (difference,)


def test_a_name_alone_is_shown():
    assert parse("figure\nx;").body == (Show(Name("figure"), True), Show(x, False))


def test_targets():
    assert one("[~, a.b(3)] = f;").targets == (
        Ignored(),
        Apply(Field(a, "b"), (Number("3"),)),
    )
    assert one("[a] = f").bracketed


@pytest.mark.parametrize(
    ("text", "name", "handler"),
    [
        ("try\n x;\ncatch ME\n y;\nend", "ME", (Show(y, False),)),
        ("try\n x;\ncatch\n y;\nend", None, (Show(y, False),)),
        ("try\n x;\ncatch\n y\n a\nend", None, (Show(y, True), Show(a, True))),
        ("try, x; catch, y; end", None, (Show(y, False),)),
        ("try, x; catch ME, y; end", "ME", (Show(y, False),)),
        ("try\n x;\nend", None, ()),
    ],
)
def test_try(text, name, handler):
    assert one(text) == Try((Show(x, False),), name, handler)


def test_one_line_blocks():
    assert one("if x, y; elseif a y, else, b; end") == If(
        ((x, (Show(y, False),)), (a, (Show(y, True),))), (Show(b, False),)
    )
    assert one("parfor (x = a, 4) y; end") == For(x, a, (Show(y, False),), parallel=True)


def test_comments_and_blank_lines():
    program = parse(
        "% Help\n%  more\n\n%% Section\nif x % why\n  % before\n  y;\n\n  a; % of a\n  % last\n"
        "end % of if\n%{\n  a block\n    of text\n%}\nb;\n"
    )
    assert program.body == (
        Comment("Help\n more"),
        Blank(),
        Comment("Section", section=True),
        If(
            (
                (
                    x,
                    (
                        Comment("why", trailing=True),
                        Comment("before"),
                        Show(y, False),
                        Blank(),
                        Show(a, False),
                        Comment("of a", trailing=True),
                        Comment("last"),
                    ),
                ),
            ),
            (),
        ),
        Comment("of if"),
        Comment("a block\n  of text"),
        Show(b, False),
    )


@pytest.mark.parametrize(
    "text",
    [
        "v = [1 % one\n  % two\n 2];",
        "v = f(a, ... one\n  ... two\n  b);",
        "v = {a ... % one\n ;\n% two\n}",
    ],
)
def test_comments_in_a_statement_stand_before_it(text):
    *comments, statement = parse(text).body
    assert [comment.text for comment in comments] == ["one", "two"]
    assert isinstance(statement, Assign)
    assert not any(comment.trailing for comment in comments)


@given(programs, st.data())
def test_no_comment_is_lost(tree, data):
    lines = written(tree).split("\n")
    for number in data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=4)):
        if "%" not in lines[number] and not lines[number].strip().startswith(("close", "format")):
            lines[number] += f" % note{number}"
    program = parse("\n".join(lines))
    comments = [node.text for node in nodes(program) if isinstance(node, Comment)]
    # Comments on lines that follow each other are one.
    found = [line for text in comments for line in text.splitlines()]
    for line in lines:
        if " % note" in line:
            assert line.partition(" % ")[2] in found


def test_functions():
    program = parse(
        "x = 1;\n\n% Adds.\nfunction [a, b] = f(x, ~)\n% Help\na = x;\n"
        "  function g\n  b = 1;\n  end\nend\n"
    )
    assert program == Program(
        (Assign((x,), Number("1"), False),),
        (
            Function(
                "f", ("a", "b"), ("x", "~"), (),
                (Comment("Adds."), Comment("Help"), Assign((a,), x, False)),
                (Function("g", (), (), (), (Assign((b,), Number("1"), False),)),),
            ),
        ),
    )  # fmt: skip


def test_functions_without_end():
    program = parse("function f\nx = 1;\n\n% About g\nfunction g\ny\n")
    assert [function.name for function in program.functions] == ["f", "g"]
    assert program.functions[1].body == (Comment("About g"), Show(y, True))


def test_arguments_blocks():
    (function,) = parse(
        "function f(x, opt)\narguments\n  x (1,:) double {mustBePositive} = 3\n"
        "  opt.Rng string\nend\narguments (Repeating)\n  y\nend\nend"
    ).functions
    first, second = function.blocks
    assert (first.kind, second.kind) == ("", "Repeating")
    whole, part = first.arguments
    assert (whole.name, whole.field, whole.sizes) == ("x", None, ("1", ":"))
    assert (whole.class_name, whole.validators) == ("double", (Name("mustBePositive"),))
    assert whole.default == Number("3")
    assert (part.name, part.field, part.class_name, part.default) == ("opt", "Rng", "string", None)


@pytest.mark.parametrize(
    "text",
    [
        "v = 1 + * 2", "v = (1 + ", "v = 'abc", "v = y = 3", "v = y != 3", "y += 1", "!ls -l",
        "v = ?Layer", "spmd\nx\nend", "classdef A\nend", "v = 2^-x'", "v = 2^-x^2",
        'title "a b"', "persistent n = 3", "v = # 3", "function a = set.b(x)\nend",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_unparsed_and_the_rest_is_read(text):
    program = parse(f"a;\n{text}\n")
    assert program.body[0] == Show(a, False)
    (bad,) = unread(program)
    assert bad.source.strip().startswith(text.strip().split("\n")[0])
    assert bad.reason
    assert not program.functions


def test_statements_behind_what_cannot_be_read_are_read():
    program = parse("a;\nv = y != 3;\nb;\nif x\n  v = * 2;\n  b;\nend\n")
    assert [type(node) for node in program.body] == [Show, Unparsed, Show, If]
    assert [type(node) for node in program.body[3].branches[0][1]] == [Unparsed, Show]


def test_a_function_in_a_block_is_not_lost():
    (bad,) = unread(parse("if x\n  function f\n  y;\n  end\nend\n"))
    assert "function f" in bad.source


def test_a_block_that_is_not_closed_is_told_at_the_top():
    program = parse("a;\nfor x = a\n  y;\n")
    assert isinstance(program.body[0], Unparsed)
    assert "'end' missing" in program.body[0].reason


def test_what_is_no_text_is_refused():
    with pytest.raises(PortError, match="binary"):
        parse("x = 1;\n\x00\x01")
    with pytest.raises(PortError, match="characters"):
        parse("x" * 5_000_001)


DEEP = {
    "parentheses": "v = " + "(" * 5000 + "1" + ")" * 5000,
    "brackets": "v = " + "[" * 5000 + "]" * 5000,
    "calls": "v = " + "f(" * 5000 + ")" * 5000,
    "fields": "v = a" + ".b(1)" * 5000,
    "signs": "v = " + "-" * 5000 + "1",
    "sum": "v = 1" + " + 1" * 5000,
    "blocks": "if x\n" * 5000 + "end\n" * 5000,
    "open parentheses": "(" * 20_000,
    "open blocks": "for x = 1:3\n" * 1500,
    "functions": "function f\n" * 500 + "end\n" * 500,
    "quotes": "'" * 20_001,
    "noise": "@#$%^&*()" * 5000,
    "lambdas": "v = " + "@(x) " * 5000 + "1",
}


@pytest.mark.parametrize("name", DEEP)
def test_what_is_too_deep_is_unparsed_within_seconds(name):
    started = time.perf_counter()
    assert unread(parse(DEEP[name]))
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize(
    "bad", [0, pytest.param(40, marks=pytest.mark.slow)], ids=["correct", "with errors"]
)
def test_ten_thousand_lines(bad):
    lines = ['v = f(a(1:3, :), "b") + 3.*c; % hello', "if a && b", "  y = [1 -2; 3 4]';", "end"]
    lines *= 2500
    for number in range(0, bad * 100, 100):
        lines[number] = "v = * 3;"
    started = time.perf_counter()
    program = parse("\n".join(lines))
    taken = time.perf_counter() - started
    assert len(unread(program)) == bad
    assert len(program.body) == 7500 - bad
    # 2 s at rest.
    assert taken < 30


@given(st.text("xy123 ()[]{}'\"=;,.:~@&|^*/+-%\n<>!endif", max_size=60))
def test_anything_gets_an_answer(text):
    parse(text)


@given(programs, st.integers(0, 400), st.integers(0, 60))
def test_a_program_with_a_part_cut_out_gets_an_answer(tree, start, length):
    text = written(tree)
    start %= len(text) + 1
    parse(text[:start] + text[start + length :])


def test_a_quote_that_is_not_closed_at_the_end():
    assert unread(parse("function f\nx = 3;\ny = ['a' 'b\n"))


def test_brackets_in_texts_among_targets_are_refused():
    (statement,) = parse("[a.('[')] = b;").body
    assert isinstance(statement, Unparsed)

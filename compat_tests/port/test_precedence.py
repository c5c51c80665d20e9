import hypothesis.strategies as st
import numpy as np
from hypothesis import given
from octave import evaluate, needs_octave
from tree_values import NotRealError, value_of

from matxai.port.parsing import parse
from matxai.port.syntax import Unparsed

VARIABLES = {
    "P": np.array([[1.0, 2.0], [3.0, 2.0]]),
    "Q": np.array([[2.0, 1.0], [1.0, 3.0]]),
    "R": np.array([[3.0, 2.0], [1.0, 1.0]]),
    "k": np.array([[3.0]]),
}
BLANKS = st.sampled_from(["", " "])
MATRIX_OPERATORS = ["+", "-", ".*", "./", ".\\", ".^", "==", "~=", "<", "<=", ">", ">=", "&", "|"]


def quoted(text):
    """Let Octave read an expression when it runs: it ends at what it cannot read before."""
    return "eval('" + text.replace("'", "''") + "')"


def compared(texts):
    """Hold the values of expressions, as the parser reads them, against Octave's."""
    for text in texts:
        try:
            kind, theirs = evaluate(quoted(text), **VARIABLES)
        except RuntimeError:
            continue
        (read,) = parse(f"x = {text};").body
        assert not isinstance(read, Unparsed), (text, read.reason)
        try:
            ours = value_of(read.value, VARIABLES)
        except NotRealError:
            continue
        if kind == "cell":
            theirs = [np.asarray(item) for item in theirs[0]]
            assert len(ours) == len(theirs), (text, len(ours), len(theirs))
        else:
            ours, theirs = [ours], [theirs]
        for mine, other in zip(ours, theirs, strict=True):
            if other.dtype.kind == "U":
                other = np.array([[float(ord(letter)) for letter in "".join(other)]])
            np.testing.assert_allclose(mine, other.astype(float), rtol=1e-9, err_msg=text)


@st.composite
def chains(draw, operands, operators, signs=("-", "+", "~"), quotes=("'", ".'")):
    """A row of operands and operators, some in parentheses, with signs and transposes."""
    pieces = []
    powered = False
    for position in range(draw(st.integers(1, 6))):
        if position:
            operator = draw(st.sampled_from(operators))
            pieces.append(f" {operator} ")
            powered = operator in (".^", "^")
        # A sign behind a power groups as nobody documents.
        pieces.extend(draw(st.lists(st.sampled_from(signs), max_size=0 if powered else 2)))
        pieces.append(draw(st.sampled_from(operands)))
        pieces.extend(draw(st.lists(st.sampled_from(quotes), max_size=2)) if quotes else [])
    return "".join(pieces).replace("++", "+ +").replace("--", "- -")


@needs_octave
@given(
    st.lists(chains(["P", "Q", "R", "2", "k"], [*MATRIX_OPERATORS, "*"]), min_size=4, max_size=6)
)
def test_operators_group_as_octave_groups_them(texts):
    compared(texts)


@needs_octave
@given(
    st.lists(
        chains(["1", "2", "k", "(1 + k)"], ["+", "-", ".*", ":", "<", "=="], ["-"], []).filter(
            lambda text: text.count(":") <= 2 and "==" not in text.partition(":")[2]
        ),
        min_size=4,
        max_size=6,
    )
)
def test_ranges_stand_between_comparison_and_addition(texts):
    compared(texts)


@needs_octave
@given(
    st.lists(chains(["0", "1", "k"], ["&&", "||", "&", "|", "<", "+", "^"]), min_size=4, max_size=6)
)
def test_short_circuits_are_weakest(texts):
    compared(texts)


@st.composite
def elements(draw):
    """What may stand in braces, with blanks that decide whether it is one element or more."""
    pieces = []
    for position in range(draw(st.integers(1, 5))):
        if position:
            operator = draw(st.sampled_from(["+", "-", ".*", "==", "", ",", "&", "./", "'"]))
            if operator in ("", ","):
                pieces.append(operator or " ")
            elif operator != "'":
                pieces.append(draw(BLANKS) + operator + draw(BLANKS))
            else:
                pieces.append(draw(st.sampled_from([" 'it''s' ", "' ", ".' , "])))
        pieces.append(draw(st.sampled_from(["-", "~", "+", "", "", "", ""])))
        pieces.append(
            draw(
                st.sampled_from(
                    ["P", "Q'", "k", "2", "1.", "3.'", "(k -1)", "(k - 1)'", "abs(k -5)",
                     "abs (P)", "[k -1]", "[1 - 2]", "[P' Q']", "[1, -k]'", "'a b'"]
                )
            )
        )  # fmt: skip
    # Two signs at once are Octave's increment.
    return "{" + "".join(pieces).replace("--", "- -").replace("++", "+ +") + "}"


@needs_octave
@given(st.lists(elements(), min_size=5, max_size=8))
def test_blanks_separate_elements_where_they_do_in_octave(texts):
    compared(texts)

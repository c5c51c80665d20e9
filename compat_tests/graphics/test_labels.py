"""Titles, labels and what MATLAB's marks in them become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import categorical
from matxai.graphics.figures import gca, gcf
from matxai.graphics.labels import sgtitle, title, xlabel, ylabel
from matxai.graphics.legends import legend
from matxai.graphics.lines import plot
from matxai.graphics.notes import text
from matxai.graphics.texts import lines_of, tex_to_mathtext


def shown():
    """Give the text that matplotlib has as the title, drawing it."""
    gcf()._artist.draw_without_rendering()
    return gca()._artist.get_title()


@pytest.mark.tier("documented")
def test_a_list_has_a_line_for_each():
    assert title(["goldfish", 0.98, categorical(["cat"])]).String == ["goldfish", "0.98", "cat"]
    assert shown() == "goldfish\n0.98\ncat"


@pytest.mark.parametrize(
    ("given_", "string"),
    [("x", "x"), (3, "3"), (0.12345678, "0.12346"), (categorical(["dog"])[0], "dog"), ("", "")],
)
def test_what_can_be_a_title(given_, string):
    assert title(given_).String == string


@pytest.mark.tier("documented", "TeX marks in titles; `_` lowers the next letter")
@pytest.mark.parametrize(
    ("marks", "line"),
    [
        (r"High \newline (Resolution)", "High\n(Resolution)"),
        ("High \newline (Resolution)", "High\n(Resolution)"),
        (r"conv\_1", "conv_1"),
        ("conv_relu", r"conv$_{\mathregular{r}}$elu"),
        ("x^{10}", r"x$^{\mathregular{10}}$"),
        (r"\alpha = \beta", r"$\alpha$ = $\beta$"),
        (r"{\bf bold} text", "bold text"),
        (r"\fontsize{20}big \color{red}red", "big red"),
        (r"C:\nowhere", r"C:\nowhere"),
        ("5 $ and 6 $", r"5 \$ and 6 \$"),
        ("100%", "100%"),
    ],
)
def test_marks(marks, line):
    title(marks)
    assert shown() == line


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=20))
def test_any_text_can_be_drawn(words):
    from matplotlib.mathtext import MathTextParser

    from matxai.graphics.texts import write_text

    class Text:
        def set_text(self, value):
            self.text = value

        def set_parse_math(self, value):
            self.math = value

    text_ = Text()
    write_text(text_, [words])
    if text_.math:
        for line in text_.text.split("\n"):
            MathTextParser("path").parse(line)
    write_text(text_, [words], "none")
    assert (text_.text, text_.math) == (words, False)


def test_without_marks_nothing_changes():
    assert tex_to_mathtext("Golden retriever (0.55)") == "Golden retriever (0.55)"
    assert lines_of("a\nb", "txt") == ["a", "b"]


def test_the_interpreter_can_be_left_out_and_changed():
    t = title("conv_relu", "Interpreter", "none")
    assert shown() == "conv_relu"
    t.Interpreter = "tex"
    assert shown() == r"conv$_{\mathregular{r}}$elu"
    t.String = "x_1"
    assert shown() == r"x$_{\mathregular{1}}$"


@pytest.mark.parametrize("words", ["Color", "fontsize", "Parent"])
def test_a_text_can_be_the_name_of_an_option(words):
    assert title(words).String == words
    assert title(gca(), words, "FontSize", 8).String == words
    assert xlabel(words).String == words
    assert text(1, 1, words).String == words
    assert sgtitle(words).String == words


def test_options_are_properties():
    t = title("x", "FontSize", 20, "FontWeight", "normal", Color="r", FontName="DejaVu Sans")
    assert (t.FontSize, t.FontWeight, t.Color.tolist()) == (20, "normal", [1, 0, 0])
    assert gca().Title is t
    ylabel("y", FontSize=7)
    assert gca().YLabel.FontSize == 7
    note = text(0.5, 0.5, "here", Units="normalized", HorizontalAlignment="center", Rotation=90)
    assert (note.HorizontalAlignment, note.VerticalAlignment, note.Rotation) == (
        "center",
        "middle",
        90,
    )
    assert note in gca().Children


def test_legends_name_lines_in_order():
    lines = plot([[1, 2], [3, 4]])
    assert legend().String == ["data1", "data2"]
    assert legend(["a_1", "b"], "Location", "southoutside").String == ["a_1", "b"]
    assert legend([lines[1]], "only").String == ["only"]
    lines[0].DisplayName = "named"
    assert legend("Box", "off").String == ["named", "data2"]
    legend("off")
    assert gca()._artist.get_legend() is None


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: title(), TypeError, "title: txt is missing"),
        (lambda: title(None), TypeError, "title: txt must be a text or a list"),
        (lambda: title("x", Colour="r"), TypeError, "Did you mean 'Color'"),
        (lambda: title("x", Color="reddish"), ValueError, "Color must be a colour"),
        (lambda: title("x", Color=[255, 0, 0]), ValueError, "from 0 to 1"),
        (lambda: title("x", Interpreter="html"), ValueError, "Interpreter must be"),
        (lambda: title("x", FontSize="big"), TypeError, "FontSize must be a number"),
        (lambda: text(1, "x", "y"), TypeError, "text: y must be a number"),
        (lambda: (plot([1, 2]), legend("a", "b")), ValueError, "2 texts, such as 'b', for 1"),
        (lambda: legend(Location="middle"), ValueError, "Location must be"),
    ],
)
def test_wrong_arguments_are_refused(call, error, says):
    with pytest.raises(error, match=says):
        call()

r"""Texts in pictures: several lines, and MATLAB's TeX marks as matplotlib writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.arguments import describe

if TYPE_CHECKING:
    from matplotlib.text import Text

__all__ = ["lines_of", "tex_to_mathtext", "write_text"]

_SYMBOLS = frozenset(
    re.findall(
        r"\w+",
        "alpha beta gamma delta epsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi "
        "varpi rho sigma varsigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi "
        "Pi Sigma Upsilon Phi Psi Omega forall exists cong approx sim leq geq neq infty pm "
        "times div cdot bullet circ partial nabla int sum prod leftarrow rightarrow uparrow "
        "downarrow leftrightarrow in subset supset cap cup wedge vee oplus otimes propto perp "
        "angle equiv ldots Re Im aleph",
    )
)
_MARKS = re.compile(
    r"\\(?P<style>(?:bf|it|rm|sl)(?![A-Za-z]) ?|(?:fontsize|fontname|color(?:\[rgb\])?)\{[^{}]*\})"
    r"|\\(?P<symbol>[A-Za-z]+)"
    r"|\\(?P<escaped>[\\{}_^])"
    r"|(?P<script>[_^])(?:\{(?P<group>[^{}]*)\}|(?P<one>[^\s\\{}]))"
    r"|(?P<brace>[{}])"
    r"|(?P<dollar>\$)"
)
_LINE_BREAK = re.compile(r"\\newline(?![A-Za-z])")


def lines_of(value: Any, name: str) -> list[str]:
    """Split what MATLAB takes for a text into lines: a text, a number, a cell, a categorical."""
    if isinstance(value, str):
        # In a Python text that is not raw, the first two characters of the mark are a line feed.
        return value.replace("\newline", r"\newline").split("\n")
    if isinstance(value, (list, tuple, np.ndarray)) and np.ndim(np.asarray(value, object)) > 0:
        return [line for item in value for line in lines_of(item, name)]
    if isinstance(value, (bool, np.bool_)):
        return [str(int(value))]
    if isinstance(value, (int, float, np.number, np.ndarray)) and np.ndim(value) == 0:
        return [f"{float(value):.5g}"]
    if hasattr(value, "isundefined") and value.size == 1:
        return [str(np.asarray(value, object).item())]
    raise TypeError(f"{name} must be a text or a list of texts, one a line, not {describe(value)}.")


def tex_to_mathtext(line: str) -> str:
    r"""Write one line with MATLAB's TeX marks in matplotlib's notation.

    Examples
    --------
    >>> tex_to_mathtext("x_1 in conv_{10}, \\alpha")
    'x$_{\\mathregular{1}}$ in conv$_{\\mathregular{10}}$, $\\alpha$'
    """
    return _MARKS.sub(_mathtext, line)


def _mathtext(mark: re.Match[str]) -> str:
    if mark["symbol"]:
        known = mark["symbol"] in _SYMBOLS
        return f"$\\{mark['symbol']}$" if known else "\\" + mark["symbol"]
    if mark["escaped"]:
        return mark["escaped"]
    if mark["script"]:
        inner = mark["group"] if mark["group"] is not None else mark["one"]
        return f"${mark['script']}{{\\mathregular{{{_in_math(inner)}}}}}$" if inner else ""
    return r"\$" if mark["dollar"] else ""


def _in_math(text: str) -> str:
    parts = re.split(r"(\\[A-Za-z]+)", text)
    return "".join(
        part if part[1:] in _SYMBOLS else re.sub(r"([\\_^$%#& ])", r"\\\1", part) for part in parts
    )


def write_text(text: Text, lines: list[str], interpreter: str = "tex") -> None:
    """Put lines into a text of matplotlib; what its notation cannot write stands as it is."""
    text._matxai_text = (list(lines), interpreter)
    if interpreter == "tex":
        broken = [part for line in lines for part in _LINE_BREAK.split(line)]
        written = [tex_to_mathtext(line.strip()) for line in broken]
    else:
        broken = written = lines
    text.set_parse_math(interpreter != "none")
    text.set_text("\n".join(written))
    if interpreter != "none" and not _can_be_parsed(written):
        text.set_parse_math(False)
        text.set_text("\n".join(broken))


def _can_be_parsed(lines: list[str]) -> bool:
    from matplotlib.mathtext import MathTextParser

    parser = MathTextParser("path")
    for line in lines:
        try:
            if "$" in line.replace(r"\$", ""):
                parser.parse(line)
        except ValueError:
            return False
    return True

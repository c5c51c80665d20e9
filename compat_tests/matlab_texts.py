"""Random MATLAB expressions that are text."""

from __future__ import annotations

from matlab_kinds import DOUBLE, TEXT, WORDS
from matlab_truths import Truths

__all__ = ["Texts"]


class Texts(Truths):
    """Writes texts."""

    def word(self):
        return "'" + self.random.choice(WORDS) + "'"

    def text(self, depth=2):
        """Write a char row."""
        simple = [
            (3, self.word),
            (5, lambda: self.variable(TEXT)),
            (1, lambda: self.one("'it''s'", "'a,b;c'", "'100%'", "' pad '", "'x = 1'", "''")),
        ]
        if depth <= 0:
            return self.weighted(simple)
        t = lambda: self.text(depth - 1)
        n = lambda: str(self.random.randint(0, 12))
        return self.weighted(
            [
                *simple,
                (4, lambda: f"[{t()}{self.one(' ', ', ', ',')}{t()}]"),
                (2, lambda: f"[{self.word()} num2str({self.whole(depth)}) {self.word()}]"),
                (2, lambda: f"{self.one('upper', 'lower', 'strtrim', 'fliplr')}({t()})"),
                (2, lambda: f"num2str({self.whole(depth)})"),
                (1, lambda: f"num2str({self.one('pi', '-0.125', '1e6', 'true', '12345.678')})"),
                (3, lambda: self.formatted(depth)),
                (1, lambda: f"strrep({t()}, {self.quoted_letter()}, {self.word()})"),
                (1, lambda: f"strcat({self.word()}, {self.word()})"),
                (1, lambda: f"strjoin({self.words()}, '{self.one(', ', '-', '')}')"),
                (1, lambda: f"int2str({n()})"),
                (1, lambda: f"mat2str({self.one('[1 2;3 4]', '[0.5 -1]', '7', '[true false]')})"),
                (1, lambda: f"repmat({self.word()}, 1, {self.random.randint(1, 3)})"),
                (2, lambda: self.part_of_word()),
                (1, lambda: f"char({self.one('[72 105]', '65:70', '97')})"),
                (1, lambda: f"regexprep({t()}, '{self.one('[aeiou]', '[0-9]+', 'o|e')}', '_')"),
                (1, lambda: self.field(TEXT)),
                (2, lambda: self.cell_item(TEXT)),
                (1, lambda: self.own_call(TEXT, depth)),
                (1, lambda: f"class({self.anything()})"),
            ]
        )  # fmt: skip

    def quoted_letter(self):
        return "'" + self.random.choice("aeotx") + "'"

    def part_of_word(self):
        word = self.random.choice(WORDS)
        name = self.variable(TEXT)
        if name is None or self.chance(0.3):
            return f"strrep('{word}', '{word[:1]}', '')"
        return f"{name}({self.one('end:-1:1', '1:end', ':', '1:min(2, end)', '2:end', '1:end-1')})"

    def whole(self, depth):
        return self.one(
            str(self.random.randint(-20, 500)), f"numel({self.text(depth - 1)})",
            f"round({self.scalar(depth - 1)})", self.variable(DOUBLE) or "3",
        )  # fmt: skip

    def formatted(self, depth):
        """Write sprintf with arguments that fit its format."""
        return f"sprintf({self.format_and_values(depth)})"

    def format_and_values(self, depth):
        number = lambda: self.scalar(depth - 1)
        whole = lambda: str(self.random.randint(-9, 999))
        fixed = lambda: self.one("%.2f", "%6.1f", "%g", "%5.3g", "%e", "%+.1f")
        list_of = lambda: self.one("%d ", "%d,", "%3d|", "%05.1f;")
        pairs = lambda: self.one("[1 2; 3 4]", "1:3", "[]")
        return self.weighted(
            [
                (3, lambda: f"'%d', {whole()}"),
                (3, lambda: f"'{fixed()}', {number()}"),
                (3, lambda: f"'%s: %d', {self.text(depth - 1)}, {whole()}"),
                (2, lambda: f"'{list_of()}', [{whole()} {whole()} {whole()}]"),
                (1, lambda: f"'%d-%s;', {whole()}, 'ab', {whole()}, 'c'"),
                (1, lambda: f"'%-6s|%4d', {self.word()}, {whole()}"),
                (1, lambda: f"'%d%% of %s\\n', {whole()}, {self.word()}"),
                (1, lambda: "'plain\\ttext'"),
                (1, lambda: f"'%d %d\\n', {pairs()}"),
                (1, lambda: "'%c%c', 'xy'"),
                (1, lambda: f"'%x %o', {self.random.randint(0, 99)}, 8"),
            ]
        )

    def words(self):
        found = self.names(
            lambda k: k.cls == "cell" and k.parts and all(p == TEXT for p in k.parts)
        )
        if found and self.chance(0.7):
            return self.random.choice(found)
        items = [self.word() for _ in range(self.random.randint(1, 4))]
        return "{" + self.one(", ", " ").join(items) + "}"

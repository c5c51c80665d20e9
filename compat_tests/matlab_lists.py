"""Random MATLAB programs about lists of values: c{…} and s.name, of cells and structs of all sorts.

Many are errors in MATLAB: what does not fit together is for the oracle to say.
"""

from __future__ import annotations

import random

from matlab_programs import Program

__all__ = ["write_lists"]

_COLLECT = "function r = collect(varargin)\nr = varargin;\nend"
_COUNT = "function r = count(varargin)\nr = numel(varargin) + 10 * f1(varargin{2:end});\nend"
_FIRST = "function r = f1(varargin)\nr = 0; if nargin > 0, r = numel(varargin{1}); end\nend"


def write_lists(seed):
    """Write a program: a cell array or structs, a list of values, and what is done with it."""
    writer = _Lists(random.Random(seed))
    statements = [writer.start(), *(writer.use(i) for i in range(writer.random.randint(1, 3)))]
    return Program(tuple(statements), (_COLLECT, _COUNT, _FIRST))


class _Lists:
    def __init__(self, chooser):
        self.random = chooser
        self.kind = self.one("number", "number", "row", "column", "matrix", "text", "cell", "mixed")
        self.count = chooser.randint(2, 4)
        self.numeric = self.kind in ("number", "row", "column", "matrix")
        self.grid = False
        self.structs = False

    def one(self, *options):
        return self.random.choice(options)

    def item(self):
        a, b, c, d = (self.random.randint(-3, 9) for _ in range(4))
        kind = self.kind
        if kind == "mixed":
            kind = self.one("number", "row", "column", "text")
        return {
            "number": self.one(f"{a}", f"{a}", f"{b}.5", f"int8({c})"),
            "row": self.one(f"[{a} {b}]", f"[{a}, {b}]", f"[{a} {b} {c}]"),
            "column": self.one(f"[{a}; {b}]", f"[{a} {b}]'", f"[{a}; {b}; {c}]"),
            "matrix": f"[{a} {b}; {c} {d}]",
            "text": self.one("'ab'", "'c'", "'x y'"),
            "cell": self.one(f"{{{a}}}", f"{{{a}, {b}}}", f"{{{a}, 'q'}}"),
        }[kind]

    def start(self):
        items = [self.item() for _ in range(self.count)]
        self.structs = self.random.random() < 0.35
        if self.structs:
            return self.of_structs(items)
        loop = "\n".join(f"c{{end+1}} = {item};" for item in items)
        rows = f"c = {{{items[0]}, {items[1]}; {items[-1]}, {items[0]}}};"
        self.grid = self.random.random() < 0.15
        if self.grid:
            self.count = 4
            return rows
        return self.one(
            f"c = {{{', '.join(items)}}};",
            f"c = {{{', '.join(items)}}};",
            f"c = {{{'; '.join(items)}}};",
            f"c = {{}};\n{loop}",
            f"c = collect({', '.join(items)});",
            f"c = cell(1, {self.count});\nfor k = 1:{self.count}\n    c{{k}} = {items[0]};\nend",
            f"c = [{{{items[0]}}}, {{{', '.join(items[1:])}}}];",
            f"c = cellfun(@(v) v, {{{', '.join(items)}}}, 'UniformOutput', false);",
            f"c = {{{', '.join(items)}, 7}};\nc(end) = [];\nc{{1}} = {items[-1]};",
        )

    def of_structs(self, items):
        wrapped = ", ".join(f"{{{i}}}" if i.startswith("{") else i for i in items)
        single = [f"struct('a', {item})" for item in items]
        loop = "\n".join(f"s({k}).a = {item};" for k, item in enumerate(items, 1))
        return self.one(
            f"s = struct('a', {{{wrapped}}}, 'b', 'same');",
            f"s = struct();\n{loop}",
            loop if self.kind == "cell" else f"s = [{', '.join(single)}];",
            loop,
        )

    def several(self):
        """Write a list of values."""
        if self.structs:
            return self.one("s.a", "s.a", "s(2:end).a", "s([1 2]).a", "s(1:2).a", "s(end:-1:1).a")
        if self.grid:
            return self.one("c{:}", "c{1, :}", "c{:, 2}", "c{:, end}", "c{2:3}", "c{1:2, 1}")
        # Of no values at all, MATLAB makes a double, whatever the others are.
        mask = " ".join(["true", *(self.one("true", "false") for _ in range(self.count - 1))])
        return self.one(
            "c{:}", "c{:}", "c{2:end}", "c{1:2}", "c{[1 end]}", "c{end:-1:1}", f"c{{[{mask}]}}",
            "c{1:end-1}", "c{find([1 0 1])}",
        )  # fmt: skip

    def use(self, i):
        x, several = f"x{i}", self.several()
        text = self.one(
            f"{x} = [{several}];",
            f"{x} = [{several}];",
            f"{x} = [{several}; {self.several()}];",
            f"{x} = [{self.item()}, {several}];",
            f"{x} = [{several}; {self.item()}];",
            f"{x} = {{{several}}};",
            f"{x} = {{{several}, {self.item()}}};",
            f"{x} = vertcat({several});",
            f"{x} = horzcat({several}, {self.item()});",
            f"{x} = cat({self.one(1, 2, 3)}, {several});",
            f"{x} = max({'s(1:2).a' if self.structs else 'c{1:2}'});"
            if self.numeric
            else f"{x} = 1;",
            f"{x} = numel({{{several}}});",
            f"{x} = collect({several});",
            f"{x} = count({several});",
            f"{x} = ones({several});" if self.kind == "number" else f"{x} = 2;",
            f"{x} = sprintf('%g,', {several});",
            f"g{i} = @(varargin) numel(varargin);\n{x} = g{i}({several}, 1);",
            f"A = reshape(1:16, 4, 4);\n{x} = A({several});",
            f"[{x}, q{i}] = {'s.a' if self.structs else 'c{:}'};",
            f"[{x}, q{i}] = deal({'s(1:2).a' if self.structs else 'c{1:2}'});",
            f"[s.a] = deal({self.random.randint(0, 9)});\n{x} = [s.a];",
            f"t{i} = s;\n[t{i}.a] = deal(1, 2);\n{x} = {{s.a}};",
            f"d{i} = {{1, 2, 3, 4}};\n[d{i}{{:}}] = deal(5);\n{x} = [d{i}{{2:3}}];",
        )
        more = self.one(
            "",
            f"\ny{i} = {x}';",
            f"\ny{i} = size({x});",
            f"\ny{i} = {x}(end);",
            f"\ny{i} = [{x}, {x}];",
            f"\ny{i} = [{x}; {x}];" if self.numeric else "",
            f"\ny{i} = class({x});",
            f"\ny{i} = {x} * 2;" if self.numeric else "",
            f"\nfor k{i} = {x}\n    y{i} = k{i};\nend",
        )
        return text + more

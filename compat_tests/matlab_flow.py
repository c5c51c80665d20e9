"""Random MATLAB conditions, loops and what catches errors."""

from __future__ import annotations

from matlab_kinds import DOUBLE, TEXT, Kind, deeper, within
from matlab_values import Values

__all__ = ["Flow"]


class Flow(Values):
    """Writes statements that hold statements."""

    def block(self, count=None):
        """Write the statements of a block; what is new in it is forgotten afterwards."""
        known, fixed = dict(self.known), set(self.fixed)
        self.fixed |= set(known)
        self.nested += 1
        lines = []
        for _ in range(count or self.random.randint(1, 2)):
            lines += ["    " + line for line in self.statement().split("\n")]
        self.nested -= 1
        self.known = {n: k for n, k in known.items() if self.known.get(n) == k}
        self.fixed = fixed
        return "\n".join(lines)

    def condition(self):
        return self.weighted(
            [
                (6, lambda: self.truth(2)),
                (1, lambda: self.scalar(0)),
                (1, lambda: f"{self.numbers(1, 3, 0)} > 0"),
                (1, lambda: self.variable(Kind("double", 1, None))),
                (1, lambda: self.text(0)),
                (1, lambda: f"~isempty({self.anything()})"),
            ]
        )

    def if_statement(self):
        if self.chance(0.15):
            name = self.variable(DOUBLE)
            if name:
                return f"if {self.condition()}, {name} = {self.scalar(1)}; end"
        text = f"if {self.condition()}\n{self.block()}\n"
        for _ in range(self.one(0, 0, 1, 2)):
            text += f"elseif {self.condition()}\n{self.block()}\n"
        if self.chance(0.5):
            text += f"else\n{self.block()}\n"
        return text + "end"

    def loop_name(self):
        return self.one("i", "k", "n", "jj") if not self.nested else self.one("j", "m", "q")

    def in_loop(self, name, kind, last=""):
        """Write the body of a loop over values of a kind."""
        self.known[name] = kind
        body = self.block()
        if self.chance(0.2):
            condition = self.truth(1)
            jump = self.one("break", "continue")
            body = f"    if {condition}\n        {jump}\n    end\n{body}"
        self.known.pop(name, None)
        return body + last

    def for_statement(self):
        name = self.loop_name()
        if name in self.known:
            return None
        return self.weighted(
            [
                (4, lambda: self.counted_loop(name)),
                (2, lambda: self.collecting_loop(name)),
                (2, lambda: self.vector_loop(name)),
                (1, lambda: self.column_loop(name)),
                (1, lambda: self.cell_loop(name)),
                (1, lambda: self.struct_loop(name)),
            ]
        )

    def counted_loop(self, name):
        found = self.names(lambda k: k.cls in ("double", "uint8") and k.rows == 1 and k.cols)
        count = self.random.randint(1, 4)
        stop = str(count)
        if found and self.chance(0.6):
            array = self.random.choice(found)
            count = self.known[array].cols
            stop = self.one(f"numel({array})", f"length({array})", f"size({array}, 2)")
        values = self.one(f"1:{stop}", f"1:{stop}", f"{stop}:-1:1", f"1:2:{stop}", f"(1:{stop})")
        return f"for {name} = {values}\n{self.in_loop(name, Kind('index', 1, count))}\nend"

    def collecting_loop(self, name):
        """Gather a result: by a sum, by growth, or into elements."""
        target, count = self.fresh(), self.random.randint(1, 5)
        self.known.pop(target, None)
        value = lambda: self.one(f"{name}^2", f"{name} * {self.scalar(0)}", f"mod({name}, 3)")
        start, step, kind = self.weighted(
            [
                (2, lambda: ("0", f"{target} = {target} + {value()};", DOUBLE)),
                (2, lambda: ("[]", f"{target}(end+1) = {value()};", Kind("double", 1, count))),
                (1, lambda: ("[]", f"{target} = [{target} {within(value())}];",
                             Kind("double", 1, count))),
                (1, lambda: ("[]", f"{target} = [{target}; {within(value())}];",
                             Kind("double", count, 1))),
                (2, lambda: (f"zeros(1, {count})", f"{target}({name}) = {value()};",
                             Kind("double", 1, count))),
                (2, lambda: (f"zeros({count}, 2)",
                             f"{target}({name}, :) = [{name} {self.scalar(0)}];",
                             Kind("double", count, 2))),
                (1, lambda: ("''", f"{target} = [{target} {self.word()}];", TEXT)),
                (1, lambda: ("''", f"{target} = [{target} num2str({name}) ','];", TEXT)),
                (2, lambda: ("{}", f"{target}{{end+1}} = sprintf('n%d', {name});",
                             Kind("cell", 1, count, (TEXT,) * count))),
                (1, lambda: (f"cell(1, {count})", f"{target}{{{name}}} = {value()};",
                             Kind("cell", 1, count, (DOUBLE,) * count))),
                (1, lambda: ("struct()", f"{target}.(sprintf('f%d', {name})) = {value()};",
                             Kind("struct", 1, 1))),
                (1, lambda: ("1", f"if {name} > 1, {target} = {target} * {name}; end", DOUBLE)),
            ]
        )  # fmt: skip
        self.set(target, kind)
        return f"{target} = {start};\nfor {name} = 1:{count}\n    {step}\nend"

    def vector_loop(self, name):
        values = self.numbers(1, self.random.randint(2, 4), 1)
        return f"for {name} = {values}\n{self.in_loop(name, DOUBLE)}\nend"

    def column_loop(self, name):
        rows, cols = self.one((2, 2), (3, 2), (2, 3), (3, 1))
        values = self.numbers(rows, cols, 1)
        return f"for {name} = {values}\n{self.in_loop(name, Kind('double', rows, 1))}\nend"

    def cell_loop(self, name):
        words = self.words()
        target = self.fresh()
        self.known.pop(target, None)
        step = self.one(
            f"{target} = [{target} {name}{{1}}];", f"{target} = [{target} upper({name}{{1}}(1))];"
        )
        self.set(target, TEXT)
        return f"{target} = '';\nfor {name} = {words}\n    {step}\nend"

    def struct_loop(self, name):
        target = self.fresh()
        field = self.one("a", "score")
        count = self.random.randint(2, 3)
        self.known.pop(target, None)
        lines = [
            f"for {name} = 1:{count}",
            f"    {target}({name}).{field} = {self.one(f'{name}^2', f'{name} - 1')};",
            f"    {target}({name}).name = sprintf('no. %d', {name});",
            "end",
        ]
        self.set(target, Kind("struct", 1, count, ((field, DOUBLE), ("name", TEXT))))
        return self.cleared(target) + "\n".join(lines)

    def while_statement(self):
        name = self.one("count", "n2", "step")
        if name in self.known:
            return None
        self.known[name] = Kind("index", 1, 1)
        limit, body = self.random.randint(1, 4), self.block(1)
        del self.known[name]
        extra = f" && {within(self.truth(1))}" if self.chance(0.3) else ""
        jump = f"    if {within(self.truth(1))}, break, end\n" if self.chance(0.3) else ""
        return (
            f"{name} = 0;\nwhile {name} < {limit}{extra}\n"
            f"    {name} = {name} + 1;\n{jump}{body}\nend"
        )

    def switch_statement(self):
        if self.chance(0.5):
            subject = self.text(1)
            cases = [self.word(), f"{{{self.word()}, {self.word()}}}", "'CAT'"]
        else:
            subject = self.one(self.scalar(1), f"mod({self.scalar(0)}, 3)")
            cases = [self.literal(), f"{{{self.random.randint(0, 3)}, 5}}", "2", "0"]
        text = f"switch {subject}\n"
        for case in self.random.sample(cases, self.random.randint(1, 3)):
            text += f"    case {case}\n{deeper(self.block(1))}\n"
        if self.chance(0.6):
            text += f"    otherwise\n{deeper(self.block(1))}\n"
        return text + "end"

    def try_statement(self):
        arrays = self.arrays()
        array = self.random.choice(arrays) if arrays else None
        name = self.fresh()
        outside = array and self.known[array].rows * self.known[array].cols + 1
        failing = self.weighted(
            [
                (2, lambda: array and f"{name} = {array}({outside});"),
                (2, lambda: array and f"{name} = {array}(0);"),
                (1, lambda: array and f"{name} = {array}(1.5);"),
                (1, lambda: f"{name} = [1 2 3] + [1 2];"),
                (1, lambda: f"{name} = [1 2; 3 4] * [1 2 3];"),
                (1, lambda: "error('my:id', 'value %d', 3);"),
                (1, lambda: "error('no value');"),
                (1, lambda: f"s1.a = 1; {name} = s1.b;"),
                (1, lambda: f"{name} = [1 2; 3];"),
                (2, lambda: f"{name} = {self.scalar(1)};"),
            ]
        )
        own = "error(" in failing
        handler = self.one(f"{name} = {self.literal()};", f"{name} = 'failed';")
        caught = self.one("catch", "catch err", "catch ME")
        if own and caught != "catch":
            what = caught.split()[1]
            handler = f"{name} = {what}.message;" if "my" not in failing else self.one(
                f"{name} = {what}.identifier;", f"{name} = {what}.message;"
            )  # fmt: skip
        # The message of an error that is not the program's own is Octave's.
        body = "" if own else f"{self.block(1)}\n"
        text = f"try\n{body}    {failing}\n{caught}\n    {handler}\nend"
        self.known.pop(name, None)
        return text

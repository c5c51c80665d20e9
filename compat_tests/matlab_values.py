"""Random MATLAB statements about structs, cells, several outputs and handles."""

from __future__ import annotations

from matlab_kinds import DOUBLE, LOGICAL, TEXT, Kind, within
from matlab_statements import Statements

__all__ = ["Values"]


class Values(Statements):
    """Writes statements about structs, cells and functions."""

    def several_outputs(self):
        first, second = self.fresh(), self.fresh()
        if first == second:
            return None
        count = self.random.randint(2, 5)
        row = self.numbers(1, count, 1)
        matrix = self.numbers(2, 3, 1)
        vector = Kind("double", 1, count)

        def gives(text, *kinds):
            for name, kind in zip((first, second), kinds, strict=True):
                if kind is None:
                    self.known.pop(name, None)
                else:
                    self.set(name, kind)
            return text

        both = f"[{first}, {second}]"
        own = [n for n, (_, outputs) in self.functions.items() if len(outputs) == 2]

        def own_function():
            if not own:
                return None
            name = self.random.choice(own)
            parameters, outputs = self.functions[name]
            arguments = ", ".join(self.of(kind, 1) for kind in parameters)
            return gives(f"{both} = {name}({arguments});", *outputs)

        return self.weighted(
            [
                (3, lambda: gives(f"{both} = {self.one('max', 'min')}({row});", DOUBLE, DOUBLE)),
                (3, lambda: gives(f"{both} = sort({row});", vector, vector)),
                (1, lambda: gives(f"{both} = sort({row}, 'descend');", vector, vector)),
                (2, lambda: gives(f"[~, {second}] = max({row});", None, DOUBLE)),
                (2, lambda: gives(f"{both} = size({matrix});", DOUBLE, DOUBLE)),
                (1, lambda: gives(f"{both} = max({matrix});",
                                  Kind("double", 1, 3), Kind("double", 1, 3))),
                (1, lambda: gives(f"{both} = min({matrix}, [], 2);",
                                  Kind("double", 2, 1), Kind("double", 2, 1))),
                (1, lambda: gives(f"{both} = ismember({row}, [1 2 3 5]);",
                                  Kind("logical", 1, count), vector)),
                (1, lambda: gives(f"{both} = find({matrix} > 1);", None, None)),
                (1, lambda: gives(f"[{first}, ~, {second}] = unique({row});",
                                  Kind("double", 1, None), None)),
                (1, lambda: gives(f"{both} = deal({self.scalar(1)}, {self.text(1)});",
                                  DOUBLE, TEXT)),
                (1, lambda: gives(f"[~, {first}, {second}] = fileparts('maps/run_1.png');",
                                  TEXT, TEXT)),
                (1, lambda: gives(f"{both} = ind2sub([2 3], {self.random.randint(1, 6)});",
                                  DOUBLE, DOUBLE)),
                (1, lambda: gives(f"{both} = meshgrid(1:3, 1:2);",
                                  Kind("double", 2, 3), Kind("double", 2, 3))),
                (5, own_function),
            ]
        )  # fmt: skip

    def struct_statement(self):
        found = self.names(lambda k: k.cls == "struct" and k.cols == 1 and k.parts)
        if not found or self.chance(0.3):
            return self.new_struct()
        name = self.random.choice(found)
        kind = self.known[name]
        field, part = self.random.choice(kind.parts)
        access = self.one(f".{field}", f".{field}", f".('{field}')")
        if part == Kind("double", 1, 3) and self.chance(0.6):
            return f"{name}{access}({self.subscript(3)}) = {self.scalar(1)};"
        if name in self.fixed or self.chance(0.6):
            return f"{name}{access} = {self.of(part, 1)};"
        if self.chance(0.3):
            inner = (("depth", DOUBLE), ("note", TEXT))
            lines = [
                f"{name}.opts.depth = {self.scalar(1)};",
                f"{name}.opts.note = {self.text(1)};",
            ]
            new = ("opts", Kind("struct", 1, 1, inner))
            parts = tuple(p for p in kind.parts if p[0] != "opts")
            self.set(name, Kind("struct", 1, 1, (*parts, new)))
            return "\n".join(lines)
        if self.chance(0.3) and len(kind.parts) > 1:
            self.set(name, Kind("struct", 1, 1, tuple(p for p in kind.parts if p[0] != field)))
            return f"{name} = rmfield({name}, '{field}');"
        target = self.fresh()
        if target == name:
            return None
        self.known.pop(target, None)
        return self.one(
            f"{target} = fieldnames({name});", f"{target} = numel(fieldnames({name}));",
            f"{target} = struct2cell({name});" if self.chance(0.2) else f"{target} = {name};",
        )  # fmt: skip

    def new_struct(self):
        name, kind = self.fresh(), self.struct_kind()
        self.known.pop(name, None)
        if self.chance(0.5):
            lines = [self.cleared(name).rstrip("\n")]
            lines += [f"{name}.{field} = {self.of(part, 1)};" for field, part in kind.parts]
            self.set(name, kind)
            return "\n".join(lines)
        if self.chance(0.4):
            first, second, third = (self.scalar(0) for _ in range(3))
            text = f"{name} = struct('a', {{{first}, {second}, {third}}}, 'name', 'same');"
            self.set(name, Kind("struct", 1, 3, (("a", DOUBLE), ("name", TEXT))))
            return text
        text = f"{name} = {self.of(kind, 1)};"
        self.set(name, kind)
        return text

    def cell_statement(self):
        found = self.names(lambda k: k.cls == "cell" and k.parts)
        target = self.fresh()
        if not found or self.chance(0.4):
            return self.new_cell(target)
        name = self.random.choice(found)
        kind = self.known[name]
        index = self.random.randint(1, len(kind.parts))
        part = kind.parts[index - 1]
        if name not in self.fixed and self.chance(0.4):
            part = self.one(DOUBLE, TEXT, Kind("double", 1, 3))
            parts = (*kind.parts[: index - 1], part, *kind.parts[index:])
            self.set(name, Kind("cell", 1, kind.cols, parts))
        if self.chance(0.5):
            value = self.of(part, 1)
            return self.one(f"{name}{{{index}}} = {value};", f"{name}({index}) = {{{value}}};")
        if target == name:
            return None
        self.known.pop(target, None)
        return self.one(
            f"{target} = {name}({self.one('1', '1:end', 'end', 'end:-1:1')});",
            f"{target} = [{name}, {{{self.text(1)}}}];", f"{target} = cellfun(@numel, {name});",
            f"{target} = cellfun(@(q) numel(q) > 2, {name});", f"{target} = numel({name});",
            f"{target} = cellfun(@ischar, {name});", f"{target} = cellfun('isempty', {name});",
            f"{target} = cellfun(@(q) [q q], {name}, 'UniformOutput', false);",
        )  # fmt: skip

    def new_cell(self, target):
        row = self.numbers(1, 3, 1)
        text, kind = self.weighted(
            [
                (2, lambda: ("strsplit('a-bc-d', '-')", Kind("cell", 1, 3, (TEXT,) * 3))),
                (1, lambda: ("strsplit('one two')", Kind("cell", 1, 2, (TEXT,) * 2))),
                (1, lambda: (f"num2cell({row})", Kind("cell", 1, 3, (DOUBLE,) * 3))),
                (1, lambda: (f"upper({self.words()})", None)),
                (1, lambda: (f"strcat({self.words()}, '_x')", None)),
                (1, lambda: (f"sort({self.words()})", None)),
                (1, lambda: (f"unique({self.words()})", None)),
                (1, lambda: (f"strcmp({self.words()}, {self.word()})", None)),
                (1, lambda: (f"ismember({self.word()}, {self.words()})", LOGICAL)),
                (1, lambda: (f"any(strcmp({self.words()}, {self.word()}))", LOGICAL)),
                (1, lambda: (f"find(strcmp({self.words()}, {self.word()}))", None)),
                (1, lambda: (f"{{{within(self.scalar(1))}, {self.text(1)}; [], 'z'}}", None)),
                (1, lambda: (f"arrayfun(@(q) q*2, {row}, 'UniformOutput', false)",
                             Kind("cell", 1, 3, (DOUBLE,) * 3))),
                (1, lambda: (f"{{{row}, {{{self.word()}, 2}}}}", None)),
                (1, lambda: (self.one("{}", "cell(1, 2)", "cell(2, 2)"), None)),
                (1, lambda: (f"isfield(struct('a', 1), {self.words()})", None)),
            ]
        )  # fmt: skip
        if kind is None:
            self.known.pop(target, None)
        else:
            self.set(target, kind)
        return f"{target} = {text};"

    def copied(self):
        """Copy a value, then change one of the two: the other stays."""
        found = self.names(
            lambda k: (
                (k.cls == "double" and k.cols and k.cols * k.rows > 1)
                or (k.cls == "struct" and k.cols == 1 and k.parts)
                or (k.cls == "cell" and k.parts)
            )
        )
        if not found:
            return None
        name, copy = self.random.choice(found), self.fresh()
        if name == copy:
            return None
        kind = self.known[name]
        changed = self.one(name, copy)
        self.set(copy, kind)
        if kind.cls == "struct":
            field, part = kind.parts[0]
            change = f"{changed}.{field} = {self.of(part, 1)};"
            if part == Kind("double", 1, 3):
                change = f"{changed}.{field}(2) = {self.scalar(1)};"
        elif kind.cls == "cell":
            change = f"{changed}{{1}} = {self.of(kind.parts[0], 1)};"
        else:
            change = f"{changed}({self.one('1', 'end')}) = {self.scalar(1)};"
        if self.chance(0.3):
            box = self.fresh()
            if box not in (name, copy):
                self.known.pop(box, None)
                return f"{box}{{1}} = {name};\n{copy} = {name};\n{change}".replace(
                    f"{box}{{1}} = {name};", f"{box} = {{{name}, 1}};"
                )
        return f"{copy} = {name};\n{change}"

    def handle(self):
        """Make an anonymous function, perhaps with a variable that changes afterwards."""
        name = self.fresh()
        self.known.pop(name, None)
        captured = self.variable(DOUBLE)
        plain = ["x^2 + 1", "2*x - 3", "-x.^2", "x./2", "abs(x) + 1", "mod(x, 4)"]
        if captured and captured != "x":
            plain += [f"x + {captured}", f"{captured} - x", f"x .* {captured}"]
        body, kind = self.random.choice(plain), DOUBLE
        if self.chance(0.3):
            kind = Kind("double", 1, 3)
            body = body.replace("^", ".^").replace("..", ".")
        text = f"{name} = @(x) {body};"
        if self.chance(0.15):
            text = f"{name} = {self.one('@floor', '@abs', '@(x) max(x, 1)')};"
        if self.chance(0.2):
            self.set(name, Kind("function", 1, 1, ((DOUBLE, DOUBLE), DOUBLE)))
            return f"{name} = @(x, y) {self.one('x - y', 'x*y + 1', 'max(x, y)')};"
        self.set(name, Kind("function", 1, 1, ((kind,), kind)))
        if captured and captured != name and captured in body and self.chance(0.7):
            text += f"\n{captured} = {self.scalar(1)};"
        return text

    def printing(self):
        return self.weighted(
            [
                (4, lambda: f"fprintf({self.line(1)});"),
                (1, lambda: f"disp({self.text(1)});"),
            ]
        )

    def line(self, depth):
        first, comma, rest = self.format_and_values(depth).partition(", ")
        if first.endswith("'"):
            return f"{first[:-1]}\\n'{comma}{rest}"
        return f"{first}{comma}{rest}"

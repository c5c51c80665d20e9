"""Random MATLAB statements that assign, and functions of several outputs."""

from __future__ import annotations

from matlab_expressions import Expressions
from matlab_kinds import DOUBLE, INTEGERS, LOGICAL, TEXT, Kind, within

__all__ = ["Statements"]

NAMES = (
    *"abcdxyzABCMvwtseQ", "name", "list", "total", "idx", "out", "lambda", "def", "is", "print",
    "id", "str", "alpha", "result", "k2", "mapX", "names", "len_", "type",
)  # fmt: skip
FIELDS = ("a", "b", "name", "score", "Layers", "value")


class Statements(Expressions):
    """Writes statements, and keeps book of what the variables are."""

    def __init__(self, random):
        super().__init__(random)
        self.nested = 0
        self.fixed = set()
        """Variables that must keep their kind: others read them when this block is left."""

    def fresh(self):
        """Give a name for a new value, perhaps one whose value is given up."""
        free = [n for n in NAMES if n not in self.fixed and n not in self.functions]
        unused = [n for n in free if n not in self.known]
        return self.random.choice(unused if unused and self.chance(0.8) else free or NAMES)

    def any_kind(self):
        size = lambda: self.random.randint(2, 5)
        small = lambda: self.random.randint(2, 3)
        return self.weighted(
            [
                (4, lambda: DOUBLE),
                (4, lambda: Kind("double", 1, size())),
                (3, lambda: Kind("double", size(), 1)),
                (4, lambda: Kind("double", small(), small())),
                (1, lambda: Kind("double", 1, None)),
                (2, lambda: LOGICAL),
                (1, lambda: Kind("logical", 1, size())),
                (1, lambda: Kind("logical", small(), small())),
                (2, lambda: Kind(self.one(*INTEGERS))),
                (2, lambda: Kind(self.one(*INTEGERS), 1, size())),
                (1, lambda: Kind(self.one(*INTEGERS), small(), small())),
                (1, lambda: Kind("single", 1, self.one(1, size()))),
                (5, lambda: TEXT),
                (3, self.cell_kind),
                (2, self.struct_kind),
            ]
        )

    def cell_kind(self):
        count = self.random.randint(1, 4)
        if self.chance(0.5):
            return Kind("cell", 1, count, (TEXT,) * count)
        plain = (DOUBLE, TEXT, Kind("double", 1, 3), LOGICAL)
        return Kind("cell", 1, count, tuple(self.one(*plain) for _ in range(count)))

    def struct_kind(self):
        names = self.random.sample(FIELDS, self.random.randint(1, 3))
        plain = (DOUBLE, TEXT, Kind("double", 1, 3), Kind("double", 2, 2))
        return Kind("struct", 1, 1, tuple((name, self.one(*plain)) for name in names))

    def cleared(self, name):
        """Write the line that makes a new struct possible under a name."""
        return f"{name} = struct();\n" if self.nested or self.chance(0.5) else f"clear {name}\n"

    def set(self, name, kind):
        """Keep book of an assignment."""
        self.known[name] = kind

    def assignment(self):
        kind, name = self.any_kind(), self.fresh()
        text = f"{name} = {self.of(kind, 3)};"
        self.set(name, kind)
        return text

    def change(self):
        """Compute a variable anew from itself and others."""
        found = self.names(lambda k: k.cls not in ("index", "function"))
        if not found:
            return None
        name = self.random.choice(found)
        return f"{name} = {self.of(self.known[name], 2)};"

    def arrays(self, cls="double"):
        return self.names(lambda k: k.cls == cls and k.cols and k.rows * k.cols > 1)

    def indexed(self):
        """Assign to elements."""
        cls = self.one("double", "double", "double", *INTEGERS, "logical")
        found = self.arrays(cls)
        if not found:
            return None
        name = self.random.choice(found)
        _, rows, cols, _ = self.known[name]
        value = lambda: self.truth(1) if cls == "logical" else self.scalar(1)
        compared = f"{name} {self.one('>', '<', '==', '~=', '>=')} {self.random.randint(-1, 6)}"
        if min(rows, cols) == 1:
            n = rows * cols
            two = Kind("double", *((1, 2) if rows == 1 else (2, 1)))
            return self.weighted(
                [
                    (4, lambda: f"{name}({self.subscript(n)}) = {value()};"),
                    (2, lambda: f"{name}({compared}) = {value()};"),
                    (1, lambda: f"{name}(:) = {value()};"),
                    (1, lambda: f"{name}({self.subscripts(n, 2)}) = {self.of(two, 1)};"),
                    (1, lambda: f"{name}([1 end]) = {value()};"),
                    (1, lambda: f"{name}({name} > 1) = {name}({name} > 1) * 2;"
                        if cls == "double" else None),
                ]
            )  # fmt: skip
        row, column = self.subscript(rows), self.subscript(cols)
        return self.weighted(
            [
                (3, lambda: f"{name}({row}, {column}) = {value()};"),
                (1, lambda: f"{name}({self.random.randint(1, rows * cols)}) = {value()};"),
                (2, lambda: f"{name}({row}, :) = {value()};"),
                (2, lambda: f"{name}({row}, :) = {self.numbers(1, cols, 1)};"),
                (2, lambda: f"{name}(:, {column}) = {self.numbers(rows, 1, 1)};"),
                (1, lambda: f"{name}(:, {column}) = {self.numbers(1, rows, 1)};"),
                (2, lambda: f"{name}({compared}) = {value()};"),
                (1, lambda: f"{name}(:) = {self.numbers(1, rows * cols, 1)};"),
                (1, lambda: f"{name}(1:2, end) = {value()};"),
            ]
        )

    def growth(self):
        found = self.names(lambda k: k.cls in ("double", "cell", "char") and k[1:3] != (1, 1))
        if not found:
            return None
        name = self.random.choice(found)
        kind = self.known[name]
        if kind.cls == "char":
            return f"{name} = {self.one(f'[{name} {self.text(1)}]', f'[{self.word()}, {name}]')};"
        if kind.cls == "cell":
            part = self.one(DOUBLE, TEXT)
            text = f"{name}{{end+1}} = {self.of(part, 1)};"
            self.set(name, Kind("cell", 1, kind.cols + 1, (*kind.parts, part)))
            return text
        if kind.cols is None:
            return self.one(
                f"{name}(end+1) = {self.scalar(1)};", f"{name} = [{name} {within(self.scalar(1))}];"
            )
        rows, cols = kind.rows, kind.cols
        if min(rows, cols) > 1:
            row, column = self.numbers(1, cols, 1), self.numbers(rows, 1, 1)
            down = self.chance(0.5)
            self.set(name, Kind("double", rows + down, cols + (not down)))
            if down:
                return self.one(f"{name}(end+1, :) = {row};", f"{name} = [{name}; {within(row)}];")
            return self.one(
                f"{name}(:, end+1) = {column};", f"{name} = [{name}, {within(column)}];",
                f"{name}(2, {cols + 1}) = {self.scalar(1)};",
            )  # fmt: skip
        more = self.one(1, 1, 2)
        grown = Kind("double", 1, cols + more) if rows == 1 else Kind("double", rows + more, 1)
        where = "end+1" if more == 1 and self.chance(0.7) else str(rows * cols + more)
        text = f"{name}({where}) = {self.scalar(1)};"
        if more == 1 and self.chance(0.3):
            between = " " if rows == 1 else "; "
            text = f"{name} = [{name}{between}{within(self.scalar(1))}];"
        self.set(name, grown)
        return text

    def deletion(self):
        found = self.names(
            lambda k: k.cls in ("double", "cell", "uint8") and k.cols and k.rows * k.cols > 2
        )
        if not found:
            return None
        name = self.random.choice(found)
        cls, rows, cols, parts = self.known[name]
        if min(rows, cols) > 1:
            down = self.chance(0.5)
            where = self.subscript(rows if down else cols)
            self.set(name, Kind(cls, rows - down, cols - (not down)))
            return f"{name}({where}, :) = [];" if down else f"{name}(:, {where}) = [];"
        count = rows * cols
        gone = self.random.randint(1, count)
        if cls == "double" and self.chance(0.4):
            del self.known[name]
            if rows == 1:
                self.set(name, Kind("double", 1, None))
            return f"{name}({name} {self.one('>', '==', '<')} {self.random.randint(0, 5)}) = [];"
        where = self.one("1", "end", str(gone)) if cls != "cell" else str(gone)
        parts = parts and parts[: gone - 1] + parts[gone:]
        self.set(name, Kind(cls, rows - (rows > 1), cols - (cols > 1), parts))
        return f"{name}({where}) = [];"

"""Random subscripts: elements and parts of the variables there are."""

from __future__ import annotations

from matlab_kinds import Chooser

__all__ = ["Elements"]


class Elements(Chooser):
    """Writes indexing."""

    def subscript(self, length):
        """Write a subscript within 1 … length."""
        loops = [
            n for n, k in self.known.items() if k.cls == "index" and k.cols and k.cols <= length
        ]
        options = [(3, lambda: str(self.random.randint(1, length))), (3, lambda: "end")]
        if loops:
            options.append((8, lambda: self.random.choice(loops)))
        if length > 1:
            back = self.random.randint(1, length - 1)
            options += [(2, lambda: f"end-{back}"), (1, lambda: f"end - {back}")]
            options += [(1, lambda: f"min(end, {self.random.randint(1, 9)})")]
        return self.weighted(options)

    def element(self, cls):
        """Index one element of a variable."""
        found = self.names(
            lambda k: k.cls == cls and k.cols and k.rows * k.cols > 0 and k[1:3] != (1, 1)
        )
        if not found:
            return None
        name = self.random.choice(found)
        _, rows, cols, _ = self.known[name]
        if min(rows, cols) == 1 and self.chance(0.8):
            return f"{name}({self.subscript(rows * cols)})"
        if self.chance(0.2):
            return f"{name}({self.random.randint(1, rows * cols)})"
        return f"{name}({self.subscript(rows)},{self.one('', ' ')}{self.subscript(cols)})"

    def subscripts(self, length, count):
        """Write subscripts that pick `count` of `length` elements, or None."""
        if count > length:
            return None
        start = self.random.randint(1, length - count + 1)
        stop = start + count - 1
        options = [(3, lambda: f"{start}:{stop}")]
        if count == length:
            options.append((4, lambda: ":"))
            options.append((2, lambda: "end:-1:1"))
        if stop == length:
            options.append((3, lambda: f"{start}:end"))
        if start == 1 and count == length - 1:
            options.append((4, lambda: "1:end-1"))
        if count == (length + 1) // 2:
            options.append((2, lambda: "1:2:end"))
        if count > 0:
            picked = [self.random.randint(1, length) for _ in range(count)]
            options.append((2, lambda: f"[{' '.join(map(str, picked))}]"))
            mask = self.random.sample(range(length), count)
            flags = " ".join("true" if i in mask else "false" for i in range(length))
            options.append((1, lambda: f"[{flags}]" if length > 1 else None))
        return self.weighted(options)

    def slice(self, cls, rows, cols):
        """Index several elements of a variable."""

        def fits(k):
            if k.cls != cls or not k.cols or k[1:3] == (1, 1):
                return False
            if min(k.rows, k.cols) == 1:
                long = k.rows if cols == 1 else k.cols
                return (rows == 1 or cols == 1) and long >= max(rows, cols) and long > 1
            return k.rows >= rows and k.cols >= cols

        found = self.names(fits)
        if not found:
            return None
        name = self.random.choice(found)
        kind = self.known[name]
        if min(kind.rows, kind.cols) == 1:
            if (kind.rows > 1) != (rows > 1):
                return None
            inside = self.subscripts(kind.rows * kind.cols, rows * cols)
            return inside and f"{name}({inside})"
        first = self.subscript(kind.rows) if rows == 1 else self.subscripts(kind.rows, rows)
        second = self.subscript(kind.cols) if cols == 1 else self.subscripts(kind.cols, cols)
        return f"{name}({first}, {second})" if first and second else None

    def paths(self, kind, wanted):
        """Yield the ends of the paths of fields that lead to a kind."""
        for name, part in kind.parts:
            if part == wanted:
                yield f".{name}"
                yield f".('{name}')"
            elif part.cls == "struct" and part[1:3] == (1, 1):
                yield from (f".{name}{rest}" for rest in self.paths(part, wanted))

    def field(self, wanted):
        found = []
        for name, kind in self.known.items():
            if kind.cls == "struct" and kind.cols:
                which = "" if kind.cols == 1 else f"({self.subscript(kind.cols)})"
                found += [name + which + path for path in self.paths(kind, wanted)]
        return self.random.choice(found) if found else None

    def has_field(self):
        found = self.names(lambda k: k.cls == "struct")
        name = found and self.random.choice(found)
        return f"isfield({name}, '{self.one('a', 'name', 'missing')}')" if found else None

    def cell_item(self, wanted):
        found = []
        for name, kind in self.known.items():
            if kind.cls == "cell":
                found += [f"{name}{{{i + 1}}}" for i, p in enumerate(kind.parts) if p == wanted]
                if kind.parts and kind.parts[-1] == wanted:
                    found.append(f"{name}{{end}}")
                if kind.parts and all(p == wanted for p in kind.parts):
                    found.append(f"{name}{{{self.subscript(len(kind.parts))}}}")
        return self.random.choice(found) if found else None

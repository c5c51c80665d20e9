"""Statements that belong together, as people write them in scripts that explain networks."""

from __future__ import annotations

from matlab_flow import Flow
from matlab_kinds import DOUBLE, TEXT, Kind

__all__ = ["Idioms"]


class Idioms(Flow):
    """Writes several statements that are one idea."""

    def idiom(self):
        write = self.one(
            self.ordered, self.selected, self.found, self.counted_up, self.matrix_loop,
            self.empties, self.letters, self.listed, self.struct_array, self.deep_assignment,
            self.volume, self.columns, self.orientation, self.swapped, self.defaults, self.endless,
            self.sizes, self.masks, self.keyed, self.normalized, self.flattened, self.whole_numbers,
            self.counts_in_sums,
        )  # fmt: skip
        text = write()
        self.known |= self.given
        return text

    def new(self, *kinds):
        """Give names that are not in use, and keep book of their kinds (None: do not use)."""
        names = []
        for _ in kinds:
            name = self.fresh()
            while name in names:
                name = f"{name}{len(names)}"
            self.known.pop(name, None)
            names.append(name)
        self.given = {n: k for n, k in zip(names, kinds, strict=True) if k is not None}
        return names

    def vector(self):
        count = self.random.randint(3, 5)
        return self.numbers(*self.one((1, count), (1, count), (count, 1)), 1)

    def ordered(self):
        values = self.vector()
        v, order, best, top = self.new(None, None, None, DOUBLE)
        return self.one(
            f"{v} = {values};\n[~, {order}] = sort({v}, 'descend');\n{best} = {v}({order});\n"
            f"{top} = {v}({order}(1));",
            f"{v} = {values};\n[{top}, {order}] = max({v});\n{v}({order}) = [];\n"
            f"{best} = numel({v});",
            f"{v} = {values};\n[{best}, {order}] = sort({v});\n{top} = {order}(end) + {best}(1);\n"
            f"{v}({order}(1:2)) = 0;",
        )

    def selected(self):
        values, limit = self.vector(), self.random.randint(-1, 5)
        v, idx, n, rest = self.new(None, None, DOUBLE, None)
        return self.one(
            f"{v} = {values};\n{idx} = find({v} > {limit});\n{v}({idx}) = {v}({idx}) * 2;\n"
            f"{n} = numel({idx});\n{rest} = {v}({v} <= {limit});",
            f"{v} = {values};\n{idx} = {v} > {limit};\n{n} = sum({idx});\n{rest} = {v};\n"
            f"{rest}(~{idx}) = -1;",
            f"{v} = {values};\n{idx} = {v} == max({v});\n{v}({idx}) = 0;\n{n} = nnz({idx});\n"
            f"{rest} = {v}({idx});",
        )

    def found(self):
        n, where, at = self.new(DOUBLE, None, None)
        word = self.word()
        return self.one(
            f"{where} = strfind({self.text(1)}, 'a');\n{n} = numel({where});",
            f"{at} = find(strcmp({{'cat', 'dog', 'map'}}, {word}));\n{n} = numel({at});\n"
            f"{where} = isempty({at});",
            f"{at} = find({self.vector()} > 2, 1);\n{n} = isempty({at}) + 0;",
            f"{at} = regexp('run12_map7', '\\d+', 'match');\n{n} = str2double({at}{{end}});",
            f"{at} = regexp('run12', '(\\w)(\\d+)', 'tokens');\n{where} = {at}{{1}}{{2}};\n"
            f"{n} = 1;",
        )

    def counted_up(self):
        counts, data = self.new(Kind("double", 1, 3), Kind("double", 1, 4))
        values = " ".join(str(self.random.randint(1, 3)) for _ in range(4))
        return (
            f"{counts} = zeros(1, 3);\n{data} = [{values}];\nfor i = 1:numel({data})\n"
            f"    {counts}({data}(i)) = {counts}({data}(i)) + 1;\nend"
        )

    def matrix_loop(self):
        (m,) = self.new(Kind("double", 2, 3))
        inner = self.one("i + j", "i * j", "10*i + j", "i - j", "(i > j) * 2")
        start = self.one("zeros(2, 3)", "ones(2, 3)", "[]")
        limits = ("size({m}, 1)", "size({m}, 2)") if start != "[]" else ("2", "3")
        first, second = (limit.format(m=m) for limit in limits)
        return (
            f"{m} = {start};\nfor i = 1:{first}\n    for j = 1:{second}\n"
            f"        {m}(i, j) = {inner};\n    end\nend"
        )

    def empties(self):
        v, n, m = self.new(None, None, None)
        return self.one(
            f"{v} = [];\n{n} = isempty({v});\n{m} = numel({v}) + sum({v});",
            f"{v} = [];\n{v}(end+1) = {self.scalar(0)};\n{n} = [{v} 2];\n{m} = [[] {n} []];",
            f"{v} = zeros(1, 0);\n{n} = size({v}, 2);\n{m} = [{v}, 4];",
            f"{v} = {self.vector()};\n{n} = {v}({v} > 1000);\n{m} = isempty({n});",
            f"{v} = {{}};\n{n} = numel({v});\n{v}{{3}} = 'x';\n{m} = isempty({v}{{1}});",
            f"{v} = '';\n{n} = isempty({v});\n{m} = [{v} 'x' {v}];",
            f"{v} = 1:{self.one('0', '-1', '1')};\n{n} = 0;\nfor k = {v}\n    {n} = {n} + k;\nend\n"
            f"clear k\n{m} = length({v});",
            f"{v} = [];\n{n} = max({v});\n{m} = any({v}) + all({v});",
            f"{v} = [];\nif {v}\n    {n} = 1;\nelse\n    {n} = 2;\nend\n{m} = isequal({v}, []);",
            f"{v} = struct([]);\n{n} = isempty({v});\n{m} = numel({v});",
        )

    def letters(self):
        s, t, n = self.new(None, TEXT, DOUBLE)
        word = self.word()
        return self.one(
            f"{s} = {word};\n{t} = upper({s}(1));\n{n} = {s}(1) - 'a';",
            f"{s} = {word};\n{t} = [{s} {s}(1)];\n{n} = sum({s} == {s}(end));",
            f"{s} = 'abcde';\n{s}(2) = 'X';\n{s}(end+1) = '!';\n{t} = {s}([1 end]);\n"
            f"{n} = length({s});",
            f"{s} = {word};\n{s}({s} == 'a') = 'o';\n{t} = {s};\n{n} = any({s} == 'o') + 0;",
            f"{s} = {word};\n{n} = double({s}(1)) + 1;\n{t} = char({n});",
            f"{s} = '2048';\n{n} = str2double({s}) / 2;\n{t} = num2str({n});",
            f"{s} = '123';\n{n} = sum({s} - '0');\n{t} = fliplr({s});",
            f"{s} = {word};\n{s}(1) = [];\n{t} = strrep({s}, 'a', 'bb');\n"
            f"{n} = numel({t}) - numel({s});",
            f"{s} = double({word});\n{n} = {s}(end);\n{t} = char({s} + 1);",
            f"{s} = lower({word});\n{n} = strncmp({s}, 'cat', 2) + 0;\n{t} = [{s} '_' int2str(7)];",
        )  # fmt: skip

    def listed(self):
        c, n, t = self.new(None, None, None)
        words = "{'cat', 'dog', 'layer one'}"
        return self.one(
            f"{c} = {words};\n{t} = '';\nfor k = 1:numel({c})\n    {t} = [{t} {c}{{k}} ' '];\nend\n"
            f"{n} = strtrim({t});",
            f"{c} = {{1, 2, 5}};\n{n} = [{c}{{:}}];\n{t} = max({c}{{2:3}});",
            f"{c} = {{4, 'x'}};\n[{n}, {t}] = {c}{{:}};",
            f"{c} = {words};\n{n} = cellfun(@(q) q(1), {c});\n{t} = cellfun(@length, {c});",
            f"{c} = cell(1, 3);\n{c}{{2}} = [1 2];\n{c}{{2}}(3) = 7;\n{n} = numel({c}{{2}});\n"
            f"{t} = isempty({c}{{1}});",
            f"{c} = {words};\n{n} = ismember({c}, {{'dog', 'map'}});\n{t} = {c}({n});",
            f"{c} = {words};\n{c}({self.one('2', 'end', '1:2', '[1 3]')}) = [];\n"
            f"{n} = numel({c});\n"
            f"{t} = {c};",
            f"{c} = [{words}, {{'new'}}];\n{n} = numel({c});\n{t} = strjoin({c}, '|');",
            f"{c} = {{1, 'a'; 2, 'b'}};\n{n} = {c}{{2, 1}};\n{t} = {c}{{1, end}};\n",
            f"{c} = {{3, {{4, 'in'}}}};\n{n} = {c}{{2}}{{1}} + {c}{{1}};\n{t} = {c}{{end}}{{end}};",
            f"{c} = {words};\n{t} = sprintf('%s;', {c}{{:}});\n{n} = length({t});",
            f"{c} = cellfun(@(q) [q '.png'], {words}, 'UniformOutput', false);\n{n} = {c}{{end}};\n"
            f"{t} = numel({c});",
        ).rstrip("\n")  # fmt: skip

    def struct_array(self):
        s, n, t = self.new(None, None, None)
        make = self.one(
            f"{s} = struct('a', {{3, 1, 2}}, 'name', {{'x', 'y', 'z'}});",
            f"{s}(1).a = 3;\n{s}(1).name = 'x';\n{s}(2).a = 1;\n{s}(2).name = 'y';",
            f"{s} = [struct('a', 3, 'name', 'x'), struct('a', 1, 'name', 'y')];",
        )
        use = self.one(
            f"{n} = [{s}.a];\n{t} = {{{s}.name}};",
            f"{n} = 0;\nfor k = 1:numel({s})\n    {n} = {n} + {s}(k).a;\nend\n{t} = {s}(end).name;",
            f"[~, {n}] = max([{s}.a]);\n{t} = {s}({n}).name;",
            f"{s}(2) = [];\n{n} = numel({s});\n{t} = {s}(1);",
            f"{s}(end+1).a = 9;\n{n} = isempty({s}(end).name);\n{t} = numel({s});",
            f"{n} = arrayfun(@(q) q.a * 2, {s});\n{t} = {s}([1 2]);",
            f"{t} = {s}([{s}.a] > 1);\n{n} = numel({t});",
            f"{t} = {s}(1);\n{t}.a = 100;\n{n} = {s}(1).a;",
        )
        return f"{self.cleared(s)}{make}\n{use}"

    def deep_assignment(self):
        s, n = self.new(None, None)
        return self.cleared(s) + self.one(
            f"{s}.list = {{}};\n{s}.list{{end+1}} = 'x';\n{s}.list{{end+1}} = 2;\n"
            f"{n} = numel({s}.list);",
            f"{s}.v = [];\n{s}.v(end+1) = 3;\n{s}.v(end+1) = 4;\n{n} = sum({s}.v);",
            f"{s}.m = zeros(2);\n{s}.m(2, :) = [5 6];\n{n} = {s}.m(end);",
            f"{s}.a.b.c = {self.scalar(0)};\n{s}.a.b.d = 'deep';\n{n} = isfield({s}.a, 'b');",
            f"{s}.a = 1;\n{n} = {s};\n{n}.a = 2;\n{n}.b = {s}.a;",
            f"{s} = {{struct('a', 1)}};\n{s}{{1}}.a = 5;\n{n} = {s}{{1}}.a;",
            f"{s}.('x1') = 1;\n{n} = 'y1';\n{s}.({n}) = 2;\n{n} = fieldnames({s});",
            f"{s} = struct('p', struct('q', [1 2 3]));\n{s}.p.q(2) = [];\n{n} = {s}.p.q;",
            f"{s}.items(3).k = 1;\n{n} = numel({s}.items);",
        )

    def volume(self):
        a, n, b = self.new(None, None, None)
        make = self.one(
            "zeros(2, 3, 2)", "ones(2, 3, 2)", "reshape(1:12, 2, 3, 2)",
            "cat(3, [1 2 3; 4 5 6], ones(2, 3))", "repmat([1 2 3; 4 5 6], [1 1 2])",
        )  # fmt: skip
        use = self.one(
            f"{a}(:, :, 2) = [1 2 3; 4 5 6];\n{n} = sum({a}, 3);\n{b} = size({a});",
            f"{n} = {a}(:, :, 1);\n{b} = size({a}, 3);",
            f"{n} = squeeze({a}(1, 2, :));\n{b} = numel({a});",
            f"{n} = max(max(max({a})));\n{b} = mean({a}, 3);",
            f"{n} = permute({a}, [2 1 3]);\n{b} = ndims({a});",
            f"{a}(1, 1, 2) = 9;\n{n} = max({a}, [], 3);\n{b} = sum({a}(:));",
            f"[{n}, {b}] = max(max(max({a})));",
            f"{n} = reshape({a}, [], 2);\n{b} = {a}(end);",
            f"{b} = {a}(:, :, end) .* {self.scalar(0)};\n{n} = squeeze(sum(sum({a}, 1), 2));",
        )
        return f"{a} = {make};\n{use}"

    def columns(self):
        m, n, t = self.new(Kind("double", 3, 2), None, None)
        matrix = self.numbers(3, 2, 1)
        return f"{m} = {matrix};\n" + self.one(
            f"{n} = mean({m});\n{t} = {m} - {n};",
            f"{n} = sum({m}, 2);\n{t} = {m} ./ {n};",
            f"{n} = {m}(:, 1) > {m}(:, 2);\n{t} = {m}({n}, :);",
            f"{n} = max({m}(:));\n{t} = {m} / ({n} + 100);",
            f"[~, {n}] = max({m}, [], 2);\n{t} = {n}';",
            f"{n} = {m}';\n{t} = {n}(:, 1);",
            f"{n} = {m}(2, :) * {m}(3, :)';\n{t} = {m}(:, 1)' * {m}(:, 2);",
            f"{n} = {m}' * {m};\n{t} = {m} * [1; 2];",
            f"{n} = sort({m}, 'descend');\n{t} = any({m} > 2);",
            f"{n} = {m}(end, :);\n{t} = {m}(end);",
        )

    def orientation(self):
        v, w, n = self.new(None, None, None)
        return f"{v} = {self.vector()};\n" + self.one(
            f"{w} = {v}(:);\n{n} = size({w});",
            f"{w} = {v}(:)';\n{n} = size({w}, 1);",
            f"{v} = {v}(:);\n{w} = [{v} {v}];\n{n} = {w}';",
            f"{w} = {v}';\n{n} = isrow({w});",
            f"{w} = reshape({v}, 1, []);\n{n} = {w}(1);",
            f"{w} = {v}(:) * {v}(:)';\n{n} = {v}(:)' * {v}(:);",
            f"{w} = [{v}(1) {v}(2)];\n{n} = [{v}(1); {v}(end)];",
            f"{w} = {v}(:) + (1:2);\n{n} = numel({w});",
        )

    def swapped(self):
        a, b, t = self.new(DOUBLE, DOUBLE, None)
        first, second = self.literal(), self.literal()
        return self.one(
            f"{a} = {first};\n{b} = {second};\n{t} = {a};\n{a} = {b};\n{b} = {t};",
            f"{a} = {first};\n{b} = {second};\n[{a}, {b}] = deal({b}, {a});\n{t} = {a} - {b};",
        )

    def defaults(self):
        (a,) = self.new(None)
        if self.nested:
            return f"{a} = exist('{a}', 'var') > 1;"
        return (
            f"clear {a}\nif ~exist('{a}', 'var')\n    {a} = {self.literal()};\nend\n"
            f"if exist('{a}', 'var'), {a} = {a} + 1; end"
        )

    def endless(self):
        a, b = self.new(DOUBLE, None)
        return (
            f"{a} = 1;\n{b} = [];\nwhile true\n    {a} = {a} * 2;\n    if {a} > 20\n"
            f"        break\n    elseif {a} == 8\n        continue\n    end\n"
            f"    {b}(end+1) = {a};\nend"
        )

    def sizes(self):
        r, c, m = self.new(DOUBLE, DOUBLE, None)
        matrix = self.numbers(2, 3, 1)
        return f"{m} = {matrix};\n" + self.one(
            f"[{r}, {c}] = size({m});\n{m} = zeros({r}, {c} + 1);",
            f"{r} = size({m});\n{c} = prod({r});\n{m} = ones({r});",
            f"{r} = size({m});\n{c} = {r}(1:2);\n{m} = reshape({m}, {r}(2), {r}(1));",
            f"{c} = size({m}, 1) * size({m}, 2);\n{r} = {c} == numel({m});",
            f"{r} = zeros(size({m}));\n{c} = isequal(size({r}), size({m}));",
        )

    def masks(self):
        m, mask, n = self.new(Kind("double", 3, 3), None, None)
        matrix = self.numbers(3, 3, 1)
        return f"{m} = {matrix};\n" + self.one(
            f"{mask} = {m} > mean({m}(:));\n{n} = {m}({mask});\n{m}(~{mask}) = 0;",
            f"{mask} = uint8({m} > 1);\n{n} = {mask} .* uint8({m});\n{m}(2, 2) = sum({mask}(:));",
            f"{mask} = {m} > 0 & {m} < 5;\n{n} = sum(sum({mask}));\n{m} = {m} .* {mask};",
            f"{mask} = ismember({m}, [1 2 5]);\n{n} = nnz({mask});\n{m}({mask}) = -{m}({mask});",
            f"{mask} = tril(ones(3)) > 0;\n{n} = any({mask}(:, 3));\n{m}({mask}) = 1;",
            f"{mask} = isnan({m}) | {m} == 0;\n{n} = all(all({mask}));\n{m}({mask}) = 8;",
            f"[{mask}, {n}] = find({m} == max({m}(:)));",
        )

    def keyed(self):
        m, n, k = self.new(None, None, None)
        return (
            f"{m} = containers.Map();\n{m}('dog') = 2;\n{m}('cat') = {self.literal()};\n"
            + self.one(
                f"{n} = keys({m});\n{k} = {m}('cat') + {m}('dog');",
                f"{n} = isKey({m}, 'dog');\n{k} = {m}.Count;",
                f"{n} = {m}.isKey('bird');\n{k} = values({m});",
            )
        )

    def normalized(self):
        v, w = self.new(None, None)
        return f"{v} = {self.one('[2 4 10]', '[2; 4; 10]', '[1 2; 3 5]')};\n" + self.one(
            f"{w} = ({v} - min({v}(:))) / (max({v}(:)) - min({v}(:)));",
            f"{w} = {v} ./ sum({v}(:));",
            f"{w} = 1 - {v} / max({v}(:));",
            f"{w} = exp(-({v}.^2) / 8);",
            f"{w} = sqrt(sum({v}(:).^2));",
        )

    def flattened(self):
        m, v = self.new(Kind("double", 2, 3), None)
        return f"{m} = {self.numbers(2, 3, 1)};\n" + self.one(
            f"{v} = {m}(:);\n{v}(2) = [];",
            f"{v} = {m}(:)';",
            f"{v} = sum({m}(:)) / numel({m});",
            f"{v} = sort({m}(:), 'descend');\n{v} = {v}(1:3);",
            f"{v} = unique({m}(:));",
            f"{v} = {m}([1 4 2]);",
            f"{v} = {m}([1 4; 2 3]);",
            f"{v} = {m}(2, [3 1 1]);",
            f"{v} = {m}(:, [true false true]);",
        )

    def counts_in_sums(self):
        """Compute with subscripts and counts, which are double."""
        v, k, w = self.new(None, None, None)
        return self.one(
            f"{v} = {self.vector()};\n[~, {k}] = max({v});\n{w} = [{k} 0.5] / 2;",
            f"{v} = {self.vector()};\n[~, {k}] = sort({v});\n{k}(1) = 0.25;\n{w} = {k} * 1.5;",
            f"{v} = {self.vector()};\n{k} = find({v} > 1);\n{w} = {k} / 4;\n{k}(end+1) = 2.5;",
            f"{v} = {self.vector()};\n{k} = size({v});\n{w} = {k} / 4;\n{k}(2) = 0.5;",
            f"[{v}, {k}] = ind2sub([2 3], {self.random.randint(1, 6)});\n"
            f"{w} = [{v} {k} 0.5; 1 1.5 {k} / 4];",
            f"{v} = numel({self.vector()});\n{k} = [{v} 0.5];\n{w} = 1:{v};\n{w}(1) = 0.5;",
            f"[~, {v}] = ismember([2 5], [1 2 3]);\n{k} = {v} + 0.25;\n{w} = [{v} 0.5];",
        )

    def whole_numbers(self):
        a, b, c = self.new(None, None, None)
        return self.one(
            f"{a} = uint8(200);\n{b} = {a} + 100;\n{c} = {a} - {b} * 2;",
            f"{a} = uint8([10 250]);\n{b} = {a} / 4;\n{c} = double({a}) / 4;",
            f"{a} = int8(-100);\n{b} = -{a} * 2;\n{c} = abs({a} - 100);",
            f"{a} = int32(7);\n{b} = {a} / 2;\n{c} = mod({a}, 4);",
            f"{a} = uint8([1 2; 3 4]);\n{a}(1, 1) = 300;\n{b} = {a} * 0.5;\n{c} = sum({a}(:));",
            f"{a} = uint8(5.5);\n{b} = class({a} * 1.5);\n{c} = {a} == 6;",
            f"{a} = uint8([100 200]);\n{b} = mean({a});\n{c} = 255 - {a};",
            f"{a} = int16(1:3);\n{b} = {a} .^ 2;\n{c} = [{a} 4.6];",
            f"{a} = uint8(3):uint8(6);\n{b} = {a}(end) - {a}(1);\n{c} = class({a});",
            f"{a} = true + true;\n{b} = class({a});\n{c} = -true;",
            f"{a} = single(1) / 3;\n{b} = class({a} * 2);\n{c} = double({a}) > 0.33;",
            f"{a} = uint8([1 2 3]);\n{a}(5) = 9;\n{b} = [{a}, uint8(7)];\n{c} = max({a}, 2);",
        )

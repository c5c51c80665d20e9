"""Which way vectors lie is known through calls and subscripts; numbers of integer classes."""

import pytest
from beside_octave import differ_from_octave
from octave import needs_octave

from matxai.port.porting import port

PROGRAMS = [
    "A = eye(3); B = flipud(A); x = [A(2, :) 4]; z = eye(2, 3) * 2; w = fliplr(z);",
    "a = zeros(1, 2); for n = 1:3, a(n, :) = [n n]; end, s = size(a); t = a'; u = a(2, 1);",
    "x = f([1 2 3; 4 5 6]); y = x(2:3); z = [y; 7 8]; w = y'; n = size(y);\n"
    "function r = f(A)\nr = max(A);\nend",
    "x = f([1 2 3]); y = x(2:3); z = [y; 7 8]; n = size(y); k = x([true false true]);\n"
    "function r = f(A)\nr = max([A; A]);\nend",
    "x = f([1 2; 3 4]); y = x(:, 1); z = y'; n = size(y);\n"
    "function r = f(A)\nif numel(A) > 2, r = A; else, r = 1; end\nend",
    "x = f(2); y = [x 1]; z = y';\nfunction r = f(n)\nr = ones(1, n); if n > 10, r = 1; end\nend",
    "x = f(3); y = [x; 1]; z = y';\nfunction r = f(n)\n"
    "if n < 2, r = 1; return, end, r = n * f(n - 1);\nend",
    "x = f(2); y = arrayfun(@(v) v + 1, [x 3]); z = [y; y];\n"
    "function r = f(n)\nif n < 2, r = 1; return, end, r = n * f(n - 1);\nend",
    "x = f([1 2 3]); y = x'; z = f([1;2]); w = z'; n = size(z); u = [x 4]; v = [z; 5];\n"
    "function r = f(v)\nr = v * 2;\nend",
    "x = f([3 1 2], 1); z = f([3; 1], 1); w = z'; t = f([3 1 2], 0); y = [t; t]; n = size(t);\n"
    "function r = f(v, up)\nif up, r = sort(v); else, r = v; end\nend",
    "x = f([3 1 2]); z = f([3; 1]); w = [z; 1]; u = [x 1]; y = x(:)'; q = y';\n"
    "function r = f(v)\nr = v(:)';\nr(end+1) = 9;\nr = r(r > 1);\n"
    "if numel(v) < 3, r = r'; end\nend",
    "x = uint8(3):uint8(6); y = uint8(3):6; z = int16(-4):2:int16(5); w = uint8(6):-2:uint8(0);",
    "x = uint8(250):uint8(255); s = sum(x); z = x + 10;",
    "for k = uint8(1):uint8(3), y = k * 100; end",
    "a = 0xFF; b = 0x0F; c = 0b101; d = 0x1Fu16; e = a + 10; f = class(d); g = 0b1s8 - 5;",
]


@needs_octave
@pytest.mark.tier("numeric")
def test_they_lie_as_in_octave(monkeypatch):
    assert differ_from_octave(PROGRAMS, monkeypatch) == []


@pytest.mark.parametrize("text", ["x = uint8(250):300;", "x = uint8(1):0.5:3;", "x = 0x00FF;"])
def test_numbers_that_may_not_fit_are_refused(text):
    assert not port(text + "\n").complete

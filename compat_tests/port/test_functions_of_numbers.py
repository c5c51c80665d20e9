"""Ports of functions of numbers, for which it matters how vectors lie: held against GNU Octave."""

import functools
from dataclasses import dataclass

import pytest
from octave import needs_octave
from octave_programs import run_in_octave
from ported_programs import differences, run_ported

from matxai.lang.not_known import NotKnownError
from matxai.port import porting
from matxai.port.porting import port


@pytest.fixture(autouse=True)
def plain_text(monkeypatch):
    monkeypatch.setattr(porting, "_formatted", lambda code: code)


@dataclass(frozen=True)
class Program:
    """A script."""

    body: str
    functions: tuple = ()


def run(text):
    ported = port(text)
    assert ported.complete, ported.notes
    return run_ported(ported.code)[0]


START = "x = [0 1 2 4 5]; y = [1 3 2 5 4]'; A = [4 1 2; 3 5 1; 2 2 9; 1 0 3]; "
PROGRAMS = [
    START + body
    for body in [
        "p = prctile(x, [25 50 75]); q = quantile(A, 0.5, 2); r = range(A, 2); s = range(x);",
        "p = prctile(y, 50); a = cumprod(x); a(2) = 9; b = cummax(y); c = cummin(A);",
        "r = corrcoef(x, y); s = r(1, 2); C = cov(A); v = cov(x); d = corr(x', y); n = size(C);",
        "t = trapz(x, y'); u = trapz(y); c = cumtrapz(x); w = sum(c);",
        "v = interp1(x, y, [0.5 1.5]); w = interp1(x, y, 3, 'nearest'); z = v(2) + w;",
        "k = conv2(A, [1 2 1], 'same'); m = conv2(A, [1 2 1]', 'same'); f = filter2([1 2], A);",
        "B = rot90(A); b = rot90(x); n = size(b); c = rot90(y, -1); m = size(c);",
        "a = accumarray([1; 2; 2; 4], [10; 20; 30; 40]); s = a(2); t = sum(a);",
        "a = accumarray([1 2 2], 5); n = size(a);",
        "a = accumarray([1; 3; 3], [5; 6; 9], [4 1], @max); s = a(3) - a(2);",
        "d = diag(A); D = diag(x(1:2)); t = trace(D); n = rank(A); s = sum(d);",
        "s = svd(A); m = s(1) / s(end); P = pinv(y); n = size(P); e = eig(A' * A); f = e(3);",
        "c = cross([1 0 0], [0 1 0]); d = dot(x, x); v = vecnorm(A); w = vecnorm(x);",
        "n = nchoosek(5, 2); p = primes(20); s = p(3); q = sum(isprime(x)); g = gcd(12, 18);",
        "m = movmean(x, 3); s = m(2); n = size(m); h = histc(x, 0:2:6); t = h(1); k = size(h);",
        "b = bsxfun(@plus, x, y); n = size(b); c = bsxfun(@minus, A, mean(A)); s = sum(c(:));",
        "f = func2str(@mean); g = str2func('cos'); v = g(0); w = [f 'x'];",
        "t.a = 1; t.b = 3; s = structfun(@(z) z * 2, t); v = sum(s);",
        "c = {[1 2], [3 4]}; m = cell2mat(c); n = size(m);",
        "d = cell2mat({[1 2]; [3 4]}); s = d(2, 1);",
        "c = cell2mat({1, 2, 3}); s = c(2);",
        "d = mat2cell(A, [1 3], [2 1]); e = d{2, 1}; f = size(e);",
        "d = mat2cell(A, [1 3]); e = d{2}; f = size(e);",
        "r = isreal(x); q = factorial(4) + gamma(3);",
        "s = std(x) / mean(x); range = max(x) - min(x); for i = 1:2, s = s + range; end",
        "w = 0; for i = 1:3, w = w + range(x(1:i)); end",
    ]
]


@functools.cache
def outcomes():
    return dict(zip(PROGRAMS, run_in_octave([Program(p) for p in PROGRAMS]), strict=True))


@needs_octave
@pytest.mark.parametrize("text", PROGRAMS)
def test_the_port_does_what_octave_does(text):
    outcome = outcomes()[text]
    assert not outcome.error
    ported = port(text)
    assert ported.complete, ported.notes
    assert differences(*run_ported(ported.code), outcome) == []


def test_several_outputs():
    made = run(
        "A = [4 1 2; 3 5 1; 2 2 9; 1 0 3]; [U, S, V] = svd(A, 'econ'); n = norm(U * S * V' - A);\n"
        "[c, s, l] = pca(A); k = size(s); [lo, hi] = bounds([3 1 2]); [r, p] = corrcoef(A);\n"
        "[rho, pval] = corr([1 2 3]', [2 4 7]'); t = corr([1 2 3]', [1 3 2]', 'Type', 'Spearman');"
    )
    assert made["n"] < 1e-12
    assert (made["lo"], made["hi"], made["k"].tolist()) == (1, 3, [4, 3])
    assert made["t"] == 0.5
    assert 0 < made["pval"] < 0.2


@pytest.mark.parametrize(
    "text",
    [
        "x = [1 2 3]; y = cumprod(x, 1);",
        "f = func2str(@(x) x + 1);",
        "f = str2func('@(x) x + 1');",
        "c = cell2mat({'ab', 'cd'});",
    ],
)
def test_what_is_not_known_is_refused(text):
    assert not port(text).complete


def test_what_shows_at_run_time_is_refused():
    with pytest.raises(NotKnownError):
        run("f = @(q) q; x = f([1 2 3]); y = rot90(x);")

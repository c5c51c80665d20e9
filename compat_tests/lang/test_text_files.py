"""readlines, writelines, fileread, jsonencode and jsondecode."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import needs_octave
from octave_texts import octave_text

from matxai import (
    categorical,
    fileread,
    jsondecode,
    jsonencode,
    readlines,
    struct,
    table,
    writelines,
)

lines = st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8), max_size=5)
numbers = st.lists(st.integers(-999, 999).map(float), min_size=2, max_size=5)


@given(lines)
def test_lines_come_back(tmp_path_factory, items):
    file = tmp_path_factory.mktemp("text") / "lines.txt"
    writelines(items, file)
    assert readlines(file).tolist() == [*items, ""]
    assert readlines(file, EmptyLineRule="skip").tolist() == [line for line in items if line]


def test_other_files(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("\ufeffä\r\nb".encode())
    assert readlines(file).tolist() == ["ä", "b"]
    file.write_bytes("ä\r\n".encode("latin-1"))
    assert fileread(file, Encoding="latin-1") == "ä\r\n"
    writelines("one", tmp_path / "b.txt")
    writelines(["two"], tmp_path / "b.txt", WriteMode="append")
    assert fileread(tmp_path / "b.txt") == "one\ntwo\n"


@needs_octave
@given(numbers, st.text(st.sampled_from("ab c"), min_size=1), st.booleans())
def test_json_is_that_of_octave(data, text, flag):
    code = "jsonencode(struct('x', x.', 'text', t, 'flag', logical(f), 'half', 0.5))"
    theirs = octave_text(code, x=data, t=text, f=flag)
    assert jsonencode(struct(x=data, text=text, flag=flag, half=0.5)) == theirs


@given(
    st.recursive(
        st.one_of(st.text(), st.booleans()),
        lambda v: st.dictionaries(st.sampled_from("ab"), v, min_size=1),
    )
)
def test_json_comes_back(value):
    assert json.loads(jsonencode(value)) == value
    assert json.loads(jsonencode(jsondecode(json.dumps(value)))) == value


def test_json_of_other_values():
    assert jsonencode([np.nan, np.inf, 1.5]) == "[null,null,1.5]"
    assert jsonencode(np.uint8([[1, 2], [3, 4]])) == "[[1,2],[3,4]]"
    assert jsonencode(categorical(["a", "b"])) == '["a","b"]'
    assert jsonencode(categorical(["a"])[0]) == '"a"'
    T = table(["cat", "dog"], [0.5, 2], VariableNames=["n", "s"])
    assert jsonencode(T) == '[{"n":"cat","s":0.5},{"n":"dog","s":2}]'
    assert jsonencode(struct(a=1), PrettyPrint=True) == '{\n  "a": 1\n}'
    assert jsonencode(None) == "[]"


def test_values_of_json():
    S = jsondecode(
        '{"m":[[1,2],[3,4]],"c":[1,"a"],"n":null,"1 k":[true,false],"s":[{"a":1},{"a":2}]}'
    )
    assert S.m.tolist() == [[1, 2], [3, 4]]
    assert S.c == [1, "a"]
    assert S.n.shape == (0, 0)
    assert S["x1_k"].dtype == bool
    assert [s.a for s in S.s] == [1, 2]
    assert isinstance(jsondecode("5"), float)
    assert np.isnan(jsondecode("[1, null]")[1])


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda d: readlines(d / "none"), FileNotFoundError, "none"),
        (lambda d: readlines(d / "e", EmptyLineRule="error"), ValueError, "has an empty line"),
        (lambda d: readlines(d / "e", EmptyLineRule="drop"), ValueError, "EmptyLineRule must be"),
        (
            lambda d: writelines(5, d / "f"),
            TypeError,
            "lines must be a text, or a list or array of texts, but is 5.",
        ),
        (
            lambda d: jsonencode(object),
            TypeError,
            "jsonencode: there is no JSON for <class 'object'>.",
        ),
        (lambda d: jsondecode("{"), ValueError, "jsondecode: txt is no JSON"),
        (lambda d: jsondecode(5), TypeError, "txt must be a text, but is 5."),
    ],
)
def test_bad_input(tmp_path, call, kind, said):
    (tmp_path / "e").write_text("a\n\nb\n")
    with pytest.raises(kind) as error:
        call(tmp_path)
    assert said in str(error.value)

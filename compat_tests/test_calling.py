"""The door: MATLAB's calling convention."""

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matxai
from matxai.arguments import one_of, positive_integer
from matxai.calling import matlab_function


@matlab_function("a", "b", "c", accepts={"Count": positive_integer, "Kind": one_of("one", "two")})
def explain(net, X, channel=1, *, Count=7, Kind="one", Other=None, nargout=1):
    return (net, X, channel), (Count, Kind, Other), nargout


def options(*args, **kwargs):
    return explain(*args, nargout=2, **kwargs)[1]


def test_defaults():
    assert explain(1, 2, nargout=3) == ((1, 2, 1), (7, "one", None), 3)


@pytest.mark.parametrize("name", ["Count", "count", "COUNT"])
def test_pairs_and_keywords_in_any_case(name):
    assert options(1, 2, name, 3) == (3, "one", None)
    assert options(1, 2, **{name: 3}) == (3, "one", None)
    assert options(1, 2, 3, name, 3.0, "kind", "TWO") == (3, "two", None)


@given(st.permutations([("Count", 5), ("Kind", "two"), ("Other", "Count")]), st.integers(0, 3))
def test_pairs_in_any_order_and_mixed_with_keywords(pairs, split):
    flat = [item for pair in pairs[:split] for item in pair]
    assert options(1, 2, *flat, **dict(pairs[split:])) == (5, "two", "Count")


def test_positional_arguments_by_keyword():
    assert explain(net=1, x=2, Channel=9) == (1, 2, 9)


def test_the_last_of_two_equal_names_counts():
    assert options(1, 2, "Count", 3, "count", 4) == (4, "one", None)
    assert options(1, 2, "Count", 3, Count=4) == (4, "one", None)


def test_a_text_can_be_an_optional_positional_argument():
    assert explain(1, 2, "label") == (1, 2, "label")
    assert explain(1, 2, "label", "Count", 2) == (1, 2, "label")


@pytest.mark.parametrize("nargout", [0, 1, 2, 3])
def test_nargout(nargout):
    result = explain(1, 2, nargout=nargout)
    if nargout == 0:
        assert result is None
    elif nargout == 1:
        assert result == (1, 2, 1)
    else:
        assert len(result) == nargout


@pytest.mark.parametrize("nargout", [-1, 4, 1.0, True, "2"])
def test_impossible_nargout(nargout):
    with pytest.raises(TypeError, match="nargout must be 0 to 3 .*a, b, c"):
        explain(1, 2, nargout=nargout)


@pytest.mark.parametrize(
    ("args", "kwargs", "says"),
    [
        ((1, 2, 3, "Cuont", 4), {}, "'Cuont' is not one of its options. Did you mean 'Count'"),
        ((1, 2), {"knid": "one"}, "'knid' is not one of its options. Did you mean 'Kind'"),
        ((1, 2), {"zzz": 1}, "Its options are: Count, Kind, Other"),
        ((1, 2, "Count"), {}, "the option 'Count' has no value"),
        ((1, 2, "Count", 3, 4), {}, "an option name after 'Count' and its value, but got 4"),
        ((1, 2, "Count", 3, "Cuont", 4), {}, "Did you mean 'Count'"),
        ((1, 2, 3, 4), {}, "argument 4 is 4"),
        ((1,), {}, r"X is missing. Call explain\(net, X, channel, Name=Value\)"),
        ((), {}, "net is missing"),
        ((1, "Count", 3), {}, "X is missing: argument 2 is the option name 'Count'"),
        ((1, 2), {"X": 2}, "X is given twice"),
        ((1, 2, "Count", "many"), {}, "explain: Count must be a positive integer, but is 'many'"),
    ],
)
def test_wrong_calls_are_type_errors_that_name_what_was_meant(args, kwargs, says):
    with pytest.raises(TypeError, match=says):
        explain(*args, **kwargs)


def test_wrong_values_are_value_errors():
    with pytest.raises(ValueError, match="explain: Count must be a positive integer, but is 0"):
        explain(1, 2, Count=0)
    with pytest.raises(ValueError, match='explain: Kind must be "one" or "two", but is \'three\''):
        explain(1, 2, "Kind", "three")


def test_the_signature_shows_names_and_defaults():
    parameters = inspect.signature(matxai.imageLIME).parameters
    assert list(parameters)[:3] == ["net", "X", "channelIdx"]
    defaults = {n: p.default for n, p in parameters.items() if p.kind is p.KEYWORD_ONLY}
    assert defaults["NumFeatures"] == 49
    assert defaults["NumSamples"] == 2048
    assert defaults["Segmentation"] == "superpixels"
    assert defaults["Model"] == "tree"
    assert defaults["OutputUpsampling"] == "nearest"
    assert defaults["MiniBatchSize"] == 128
    assert defaults["ExecutionEnvironment"] == "auto"


def test_every_public_function_goes_through_the_door():
    for name in matxai.__all__:
        value = getattr(matxai, name)
        if not (inspect.isclass(value) or inspect.ismodule(value)):
            assert getattr(value, "__matlab_function__", False), name


def test_every_public_function_is_documented_with_what_it_takes():
    for name in matxai.__all__:
        value = getattr(matxai, name)
        assert value.__doc__, name
        if not (inspect.isclass(value) or inspect.ismodule(value)):
            parameters = inspect.signature(value).parameters
            assert all(p in value.__doc__ for p in parameters if p not in ("args", "kwargs")), name


def test_dispatch_says_what_it_takes():
    with pytest.raises(TypeError, match="predict: the first argument must be a dlnetwork.*not 3"):
        matxai.predict(3, 4)
    with pytest.raises(TypeError, match="view: the first argument must be a RegressionTree"):
        matxai.view("tree")


def test_none_is_not_given_where_it_is_the_default_and_checked_elsewhere():
    @matlab_function("y", accepts={"Weights": positive_integer, "Count": positive_integer})
    def layer(*, Weights=None, Count=1):
        return Weights, Count

    assert layer(Weights=None) == (None, 1)
    with pytest.raises(TypeError, match="Count"):
        layer(Count=None)

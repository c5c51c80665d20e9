"""error, warning and assert."""

import pickle
import warnings

import numpy as np
import pytest
from octave import evaluate, needs_octave

from matxai import MException, assert_, error, struct, warning


def thrown(*args):
    with pytest.raises(MException) as caught:
        error(*args)
    return caught.value.identifier, caught.value.message


@pytest.mark.tier("documented")
def test_identifiers_and_formats():
    assert thrown("No %d\\n") == ("", "No %d\\n")
    assert thrown("No %d.", 5) == ("", "No 5.")
    assert thrown("net:noLayer", "No layer %s.", "relu") == ("net:noLayer", "No layer relu.")
    assert thrown("a:b") == ("", "a:b")
    assert thrown("time: %d", 5) == ("", "time: 5")
    assert thrown(struct(message="m", identifier="a:b")) == ("a:b", "m")


@pytest.mark.tier("documented")
def test_what_does_not_hold_is_an_error():
    for holds in (True, 1, -0.5, np.array([[True]]), np.uint8(3)):
        assert_(holds, "no")
    for fails in (False, 0, np.array([0.0])):
        with pytest.raises(MException, match="^Assertion failed.$"):
            assert_(fails)
    with pytest.raises(MException, match="^50%$") as caught:
        assert_(False, "50%")
    assert caught.value.identifier == ""


@needs_octave
@pytest.mark.parametrize("told", ["'no %d.', 5", "'a:b', 'no %s', 'x'", "'a:b', 'no'", "'plain'"])
def test_errors_are_octaves(told):
    with pytest.raises(MException) as caught:
        exec(f"assert_(False, {told})")
    said = "getfield(lasterror(), '{}')"
    catching = f'evalc("try, assert(false, {told}), end")'
    evaluate(f"numel({catching})")
    for part in ("message", "identifier"):
        theirs = evaluate(said.format(part))[1]
        assert getattr(caught.value, part) == (str(theirs[0]) if theirs.size else "")


def test_several_truth_values_are_no_condition():
    for cond in ([True, True], [], "a", float("nan"), None):
        with pytest.raises(TypeError, match="assert: cond must be one truth value"):
            assert_(cond)
    with pytest.raises(TypeError, match="msg must be a text, but is 5"):
        assert_(False, 5)


def test_an_error_can_be_sent():
    again = pickle.loads(pickle.dumps(MException("a:b", "m")))
    assert (again.identifier, again.message, str(again)) == ("a:b", "m", "m")


def test_warnings_are_shown_where_they_come_from():
    with pytest.warns(UserWarning, match="^net:slow: 3 images$") as shown:
        warning("net:slow", "%d images", 3)
    assert shown[0].filename.endswith("test_messages.py")
    with pytest.warns(UserWarning, match="^100% slow$"):
        warning("100% slow")


def test_warnings_are_switched_off():
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warning("off", "net:slow")
            warning("net:slow", "quiet")
            warning("off", "all")
            warning("anything")
        warning("on", "all")
        with pytest.warns(UserWarning, match="loud"):
            warning("net:slow", "loud")
    finally:
        warning("on", "all")


@pytest.mark.parametrize("function", [error, warning])
def test_bad_input(function):
    name = function.__name__
    with pytest.raises(TypeError, match=f"{name}: msg must be a text, but is 5."):
        function(5)
    with pytest.raises(TypeError, match=f"{name}: msg must be a text, but is 5."):
        function("a:b", 5)
    with pytest.raises(ValueError, match="'%z' is no conversion"):
        function("%z", 5)

"""error and warning."""

import pickle
import warnings

import pytest

from matxai import MException, error, struct, warning


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

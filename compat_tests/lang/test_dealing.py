import pytest

from matxai import deal


def test_one_value_goes_to_all_outputs():
    assert deal(3, nargout=3) == (3, 3, 3)
    assert deal("Name") == "Name"


def test_each_output_gets_its_own():
    assert deal(1, "x", [2], nargout=3) == (1, "x", [2])


def test_wrong_numbers_are_told():
    with pytest.raises(ValueError, match="there are 3 for 2"):
        deal(1, 2, 3, nargout=2)
    with pytest.raises(TypeError, match="no value"):
        deal()

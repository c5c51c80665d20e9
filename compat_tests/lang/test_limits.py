"""The ends of the classes of numbers: GNU Octave is the oracle."""

import numpy as np
import pytest
from octave import agree, evaluate

import matxai
from matxai import flintmax, intmax, realmax, uint8

WHOLE = ["int8", "int16", "int32", "uint8", "uint16", "uint32"]


@pytest.mark.octave
@pytest.mark.tier("documented")
@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for name in ("intmax", "intmin") for kind in WHOLE]
    + [(name, k) for name in ("realmax", "realmin", "flintmax") for k in ("double", "single")],
)
def test_limits(name, kind):
    agree(getattr(matxai, name)(kind), evaluate(f"{name}('{kind}')"))


def test_classes():
    assert intmax().dtype == np.int32
    assert intmax("uint8") == uint8(300)
    assert type(realmax()) is float
    assert flintmax("single").dtype == np.float32
    assert int(intmax("uint64")) == 2**64 - 1


def test_bad_input():
    with pytest.raises(ValueError, match="classname must be"):
        intmax("double")
    with pytest.raises(ValueError, match="classname must be"):
        realmax("int8")

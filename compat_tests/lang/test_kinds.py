"""ischar, iscell and their relatives."""

import numpy as np
import pytest

import matxai
from matxai import categorical, struct, table

VALUES = {
    "text": "cat",
    "string array": np.array(["cat"]),
    "object array of texts": np.array(["cat"], object),
    "list of texts": ["cat", "dog"],
    "list": [1, "a"],
    "number": 3.5,
    "array": np.zeros(3, np.uint8),
    "truth": True,
    "truths": np.zeros(2, bool),
    "struct": struct(a=1),
    "structs": [struct(a=1)],
    "table": table([1]),
    "labels": categorical(["cat"]),
    "nothing": None,
}
ARE = {
    "ischar": {"text"},
    "isstring": {"text", "string array", "object array of texts"},
    "iscellstr": {"list of texts"},
    "iscell": {"list of texts", "list", "structs"},
    "isnumeric": {"number", "array"},
    "islogical": {"truth", "truths"},
    "isstruct": {"struct", "structs"},
    "istable": {"table"},
    "iscategorical": {"labels"},
}


@pytest.mark.parametrize("name", ARE)
def test_what_is_what(name):
    function = getattr(matxai, name)
    found = {what for what, value in VALUES.items() if function(value) is True}
    assert found == ARE[name]
    assert all(isinstance(function(value), bool) for value in VALUES.values())

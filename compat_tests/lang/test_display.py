"""disp."""

import numpy as np
import pytest

from matxai import categorical, disp, struct, table


@pytest.mark.tier("documented", "`disp` is in MATLAB's format short, common factors included")
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text", "text"),
        (5, "     5"),
        (np.pi, "    3.1416"),
        (1000, "        1000"),
        (123.456, "  123.4560"),
        (1234.5, "   1.2345e+03"),
        (0.0001, "   1.0000e-04"),
        (np.nan, "   NaN"),
        ([1, 2, 3], "     1     2     3"),
        ([1, np.nan, -np.inf], "     1   NaN  -Inf"),
        ([[1, 2], [3, 4]], "     1     2\n     3     4"),
        ([7, 7, 1024], "           7           7        1024"),
        ([0.5, 2], "    0.5000    2.0000"),
        ([1000.5, 1], "   1.0e+03 *\n\n    1.0005    0.0010"),
        ([[0.25, 0], [-1, 0.5]], "    0.2500         0\n   -1.0000    0.5000"),
        (True, "   1"),
        ([True, False], "   1   0"),
        (np.uint8([1, 20]), "    1   20"),
        ([], ""),
        (np.zeros((2, 1, 2)), "(:,:,1) =\n\n     0\n     0\n\n(:,:,2) =\n\n     0\n     0\n"),
        (["cat", 5], "    {'cat'}\n    {[5]}"),
        (np.array(["a", "bc"]), '    "a"     "bc"'),
        (struct(a=1, bc="x"), "     a: 1\n    bc: 'x'"),
        (categorical(["cat", "dog"]), "     cat\n     dog"),
        (table([1, 2]), "    Var1\n    ____\n\n     1  \n     2  "),
        (None, "None"),
    ],
)
def test_what_is_shown(capsys, value, expected):
    assert disp(value) is None
    assert capsys.readouterr().out == expected + "\n"

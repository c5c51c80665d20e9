"""Files of version 4: their headers are not believed."""

import struct

import numpy as np
import pytest
from mat_bytes import written

from matxai import MatFileError, load


@pytest.mark.parametrize(
    ("numbers_of_header", "said"),
    [
        ((0, 10**6, 10**3, 0, 2), "ends in the middle of the variable 'x'"),
        ((0, 1, 2, 1, 2), "ends in the middle of the variable 'x'"),
        ((2000, 1, 2, 0, 2), "the numbers of a VAX"),
        ((2, 1, 2, 0, 2), "a sparse matrix that has not 3 or 4 columns"),
        ((0, 1, 2, 0, 4000), "ends in the middle of a variable"),
        ((0, 1, 1, 0, 2), "ends in the middle of a variable"),
    ],
)
def test_headers_of_version_4_are_not_believed(tmp_path, numbers_of_header, said):
    def file(*head):
        return written(tmp_path, struct.pack("<5i", *head), b"x\0", np.array([1.0, 2]).tobytes())

    assert load(file(0, 1, 2, 0, 2)).x.tolist() == [1, 2]
    with pytest.raises(MatFileError) as error:
        load(file(*numbers_of_header))
    assert said in str(error.value)


@pytest.mark.parametrize("columns", [-1, np.nan, 0.5, 2.0**40])
def test_sparse_matrices_of_version_4_have_a_size(tmp_path, columns):
    def file(width):
        data = np.array([[1.0, 1, 5], [2, width, 0]])
        return written(tmp_path, struct.pack("<5i", 2, 2, 3, 0, 2), b"x\0", data.tobytes("F"))

    assert load(file(2)).x.toarray().tolist() == [[5, 0], [0, 0]]
    with pytest.raises(MatFileError, match="a sparse matrix without a size"):
        load(file(columns))

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from matxai import categorical, categories, confusionmat

pairs = st.lists(st.tuples(st.sampled_from("badc"), st.sampled_from("badc")), min_size=1)


@pytest.mark.tier("exact", "The matrices that MATLAB's page of `confusionmat` prints come out")
def test_the_documented_example():
    known, predicted = [3, 2, 2, 3, 1, 1], [4, 2, 3, np.nan, 1, 1]
    C, order = confusionmat(known, predicted, nargout=2)
    assert C.tolist() == [[2, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert order.tolist() == [1, 2, 3, 4]
    reversed_ = confusionmat(known, predicted, "Order", [4, 3, 2, 1])
    assert np.array_equal(reversed_, C[::-1, ::-1])


@given(pairs)
def test_counts_are_those_of_scikit_learn(labels):
    true, predicted = map(list, zip(*labels, strict=True))
    for made in (list, np.array, lambda x: categorical(x, list("badc"))):
        C, order = confusionmat(made(true), made(predicted), nargout=2)
        names = list(order.tolist() if isinstance(order, categorical) else order)
        # A class that never came keeps scikit-learn from warning of one that is alone.
        expected = confusion_matrix(true, predicted, labels=[*names, "none"])[:-1, :-1]
        assert np.array_equal(C, expected)


@pytest.mark.tier(
    "documented",
    "`confusionmat` has categories in their order, numbers sorted, and texts in the order in which "
    "they come first, known ones before predicted ones",
)
def test_the_order_of_classes():
    texts = confusionmat(["b", "a"], ["c", "b"], nargout=2)[1]
    assert texts == ["b", "a", "c"]
    labels = categorical(["b", "a"], ["b", "a", "z"])
    order = confusionmat(labels, labels, nargout=2)[1]
    assert categories(order).tolist() == order.tolist() == ["b", "a", "z"]
    assert confusionmat([True, False], [True, True], nargout=2)[1].tolist() == [False, True]


def test_what_is_missing_is_not_counted():
    known = categorical(["a", "", "b"], ["a", "b"])
    assert confusionmat(known, categorical(["a", "b", ""], ["a", "b"])).tolist() == [[1, 0], [0, 0]]
    assert confusionmat(["a", ""], ["a", "a"]).tolist() == [[1.0]]


def test_wrong_input_is_named():
    with pytest.raises(TypeError, match="labels of one kind, but are texts and numbers"):
        confusionmat(["a"], [1])
    with pytest.raises(ValueError, match="as many elements, but have 1 and 2"):
        confusionmat([1], [1, 2])
    with pytest.raises(ValueError, match="lacks 2"):
        confusionmat([1, 2], [1, 2], Order=[1, 3])
    with pytest.raises(ValueError, match="twice"):
        confusionmat([1, 2], [1, 2], Order=[1, 2, 2])
    with pytest.raises(TypeError, match="group must be a categorical"):
        confusionmat({"a": 1}, [1])
    with pytest.raises(ValueError, match="vector of labels"):
        confusionmat(np.ones((2, 2)), [1, 2])

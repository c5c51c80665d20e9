import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from matxai import categorical, close, plotconfusion
from matxai.graphics.confusion import confusion_counts
from matxai.graphics.state import current_figure

labels = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1)


@given(labels)
def test_counts_are_those_of_scikit_learn(pairs):
    true, given_ = map(list, zip(*pairs, strict=True))
    counts, names = confusion_counts(categorical(true), categorical(given_))
    # A class that never came keeps scikit-learn from warning of one that is alone.
    expected = confusion_matrix(true, given_, labels=[*names, "none"])[:-1, :-1]
    # MATLAB has outputs down the rows.
    assert np.array_equal(counts, expected.T)


@given(labels)
def test_matrices_of_scores_count_like_labels(pairs):
    true, given_ = (np.array([ord(c) - 97 for c in s]) for s in zip(*pairs, strict=True))
    counts, names = confusion_counts(np.eye(4)[:, true], np.eye(4)[:, given_] * 0.7)
    assert names == ["1", "2", "3", "4"]
    assert np.array_equal(counts, confusion_matrix(true, given_, labels=range(4)).T)


def test_one_row_stands_for_two_classes():
    counts, _ = confusion_counts([0, 0, 1, 1], [0.1, 0.7, 0.5, 0.2])
    assert counts.tolist() == [[1, 1], [1, 1]]


def test_the_figure_has_counts_parts_and_names():
    truth = categorical(["cat", "dog", "dog", "dog"])
    plotconfusion(truth, categorical(["cat", "cat", "dog", "dog"]), "Validation")
    axes = current_figure().axes[0]
    written = [t.get_text() for t in axes.texts]
    assert "2\n50.0%" in written
    assert "75.0%\n25.0%" in written
    assert "50.0%\n50.0%" in written
    assert [t.get_text() for t in axes.get_xticklabels()] == ["cat", "dog"]
    assert axes.get_title() == "Validation Confusion Matrix"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("Target Class", "Output Class")
    close("all")


def test_wrong_input_is_named():
    cat = categorical(["cat"])
    with pytest.raises(TypeError, match="both be categorical"):
        plotconfusion(cat, [1])
    with pytest.raises(ValueError, match="as many observations"):
        plotconfusion(cat, categorical(["cat", "cat"]))
    with pytest.raises(ValueError, match="as many rows"):
        plotconfusion(np.eye(3), np.eye(2))
    with pytest.raises(ValueError, match="without NaN"):
        plotconfusion([np.nan], [1])

import numpy as np
import pytest

from matxai import (
    categorical,
    close,
    confusionchart,
    exportgraphics,
    figure,
    get,
    imread,
    nexttile,
    saveas,
    set,
    sortClasses,
    subplot,
    tiledlayout,
    title,
)
from matxai.graphics.state import current_figure

COUNTS = np.array([[6, 2, 0], [1, 3, 0], [0, 0, 9]])
NAMES = ["cat", "dog", "eel"]


@pytest.fixture(autouse=True)
def no_figures():
    yield
    close("all")


def written():
    return [t.get_text() for t in current_figure().axes[0].texts]


@pytest.mark.tier(
    "documented", "`confusionchart` has the documented properties, with their defaults"
)
def test_the_properties():
    cm = confusionchart(COUNTS, NAMES)
    assert (cm.XLabel, cm.YLabel, cm.Title) == ("Predicted Class", "True Class", "")
    assert cm.ClassLabels == NAMES
    assert (cm.Normalization, cm.RowSummary, cm.ColumnSummary) == ("absolute", "off", "off")
    assert cm.DiagonalColor.tolist() == [0, 0.4471, 0.7412]
    assert cm.OffDiagonalColor.tolist() == [0.851, 0.3255, 0.098]
    assert np.array_equal(cm.NormalizedValues, COUNTS)
    cm.Title = "Mistakes"
    set(cm, "xlabel", "given", "DiagonalColor", "g")
    assert get(cm, "XLabel") == "given"
    assert cm.DiagonalColor.tolist() == [0, 1, 0]
    title("by title")
    assert cm.Title == "by title"


@pytest.mark.parametrize(
    ("how", "sums"),
    [
        ("row-normalized", [[8], [4], [9]]),
        ("column-normalized", [[7, 5, 9]]),
        ("total-normalized", 21),
    ],
)
def test_normalized_values(how, sums):
    cm = confusionchart(COUNTS, NAMES, Normalization=how)
    np.testing.assert_allclose(cm.NormalizedValues, COUNTS / np.array(sums))
    assert f"{COUNTS[0, 0] / np.ravel(sums)[0]:.1%}" in written()


@pytest.mark.tier("chosen", "`confusionchart` leaves cells of 0 blank; classes of texts are sorted")
def test_what_is_written():
    confusionchart(COUNTS, NAMES)
    assert sorted(written()) == ["1", "2", "3", "6", "9"]
    axes = current_figure().axes[0]
    assert [t.get_text() for t in axes.get_xticklabels()] == NAMES
    assert confusionchart(["b", "a"], ["b", "c"]).ClassLabels == ["a", "b", "c"]


def test_summaries_say_what_is_right_and_what_is_not():
    cm = confusionchart(COUNTS, NAMES, "RowSummary", "row-normalized", "ColumnSummary", "absolute")
    # Of 8 cats 6 are right; of 7 taken for cats 1 is not.
    assert {"75.0%", "25.0%", "100.0%", "6", "1"} <= {*written()}
    before = len(written())
    cm.RowSummary = "off"
    assert len(written()) < before
    cm.RowSummary = "total-normalized"
    assert f"{6 / 21:.1%}" in written()


def test_labels_are_counted():
    truth = categorical(["cat", "dog", "dog"])
    cm = confusionchart(truth, categorical(["cat", "cat", "dog"]))
    assert cm.NormalizedValues.tolist() == [[1, 0], [1, 1]]
    assert cm.ClassLabels.tolist() == ["cat", "dog"]
    assert confusionchart(COUNTS).ClassLabels.tolist() == [1, 2, 3]
    assert confusionchart([1, 2, 2], [1, 1, 2]).NormalizedValues.tolist() == [[1, 0], [1, 1]]


@pytest.mark.parametrize("made", [list, np.array, lambda names: categorical(names, names)])
def test_classes_are_sorted(made):
    cm = confusionchart(COUNTS, made(NAMES))
    sortClasses(cm, "descending-diagonal")
    assert [*np.asarray(cm.ClassLabels)] == ["eel", "cat", "dog"]
    assert np.diagonal(cm.NormalizedValues).tolist() == [9, 6, 3]
    assert cm.NormalizedValues[1, 2] == 2
    cm.sortClasses("auto")
    assert [*np.asarray(cm.ClassLabels)] == NAMES
    assert np.array_equal(cm.NormalizedValues, COUNTS)
    sortClasses(cm, ["dog", "eel", "cat"])
    assert np.diagonal(cm.NormalizedValues).tolist() == [3, 9, 6]
    cm.Normalization = "row-normalized"
    sortClasses(cm, "ascending-diagonal")
    assert [*np.asarray(cm.ClassLabels)] == ["dog", "cat", "eel"] or np.allclose(
        np.diagonal(cm.NormalizedValues), [0.75, 0.75, 1]
    )


def test_one_class_is_enough():
    assert confusionchart([[5]], ["cat"]).NormalizedValues.tolist() == [[5]]


def test_a_chart_can_be_saved(tmp_path):
    cm = confusionchart(COUNTS, NAMES, Title="US$ and $")
    saveas(cm, tmp_path / "whole.png")
    exportgraphics(cm, tmp_path / "part.png")
    assert imread(tmp_path / "whole.png").std() > 0
    assert imread(tmp_path / "part.png").std() > 0


def test_charts_stand_where_they_are_asked_for():
    first = subplot(1, 2, 1)
    confusionchart(COUNTS)
    assert len(first._artist.texts) == 5
    f = figure()
    figure()
    confusionchart(f, COUNTS, NAMES)
    assert current_figure() is f._artist
    layout = tiledlayout(1, 2)
    confusionchart(layout, COUNTS)
    ax = nexttile()
    assert confusionchart(COUNTS, Parent=ax)._artist is ax._artist


def test_wrong_input_is_named():
    with pytest.raises(ValueError, match="square matrix"):
        confusionchart([[1, -1], [0, 2]])
    with pytest.raises(ValueError, match="must hold 3 labels"):
        confusionchart(COUNTS, ["a"])
    with pytest.raises(TypeError, match="give labels"):
        confusionchart()
    with pytest.raises(ValueError, match="Normalization must be"):
        confusionchart(COUNTS, Normalization="by row")
    cm = confusionchart(COUNTS, NAMES)
    with pytest.raises(ValueError, match="each of the classes"):
        sortClasses(cm, ["cat", "dog", "cow"])
    with pytest.raises(NotImplementedError, match="cluster"):
        sortClasses(cm, "cluster")
    with pytest.raises(TypeError, match="ConfusionMatrixChart"):
        sortClasses(COUNTS, "auto")
    with pytest.raises(AttributeError):
        cm.ClassLabels = ["a"]
    with pytest.raises(AttributeError, match="Did you mean 'Normalization'"):
        cm.Normalisation = "absolute"

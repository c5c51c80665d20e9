"""Which figure and which axes are current, and what close leaves."""

import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest

from matxai.graphics.figures import clf, close, drawnow, figure, gca, gcf
from matxai.graphics.handles import get, set
from matxai.graphics.holding import cla, hold, ishold
from matxai.graphics.images import imagesc
from matxai.graphics.lines import plot
from matxai.graphics.state import figure_numbers


def test_figures_have_the_lowest_free_numbers_and_the_last_is_current():
    assert [figure().Number for _ in range(3)] == [1, 2, 3]
    close(2)
    assert gcf().Number == 3
    assert figure().Number == 2
    figure(1)
    assert gcf().Number == 1
    assert figure(7).Number == gcf().Number == 7
    assert figure_numbers() == [1, 2, 3, 7]


def test_the_same_object_has_the_same_handle():
    assert gcf() is gcf()
    assert gca() is gca()
    assert gca().Parent is gcf()
    assert figure(gcf()) is gcf()


def test_figures_are_pyplots():
    f = figure(4)
    assert plt.get_fignums() == [4]
    assert plt.gcf().number == f.Number
    plt.figure(6)
    assert gcf().Number == 6
    ax = plt.gcf().add_subplot()
    imagesc(ax, [[0, 1]])
    assert gca().XLim.tolist() == [0.5, 2.5]


@pytest.mark.parametrize("everything", [lambda: close("all"), lambda: close([1, 2, 3, 4])])
def test_nothing_is_left_after_closing_all(everything):
    figure()
    figure("Visible", "off")
    imagesc([[0, 1]])
    figure("Name", "third")
    figure(Visible=False)
    everything()
    assert figure_numbers() == plt.get_fignums() == []
    close("all")
    close()
    assert gcf().Number == 1


def test_close_by_name_by_handle_and_the_current_one():
    a, _, c = figure("Name", "maps"), figure(), figure()
    close("maps")
    close(c)
    assert figure_numbers() == [2]
    close()
    assert figure_numbers() == []
    with pytest.raises(ValueError, match="closed"):
        figure(a)


def test_invisible_figures_are_drawn_in_but_not_given_to_pyplot():
    seen = figure()
    f = figure("visible", "off")
    assert gcf() is f
    imagesc([[0, 1]])
    assert gca().Parent is f
    assert plt.get_fignums() == [seen.Number]
    figure(seen)
    assert gcf() is seen
    set(f, "Visible", "on")
    assert plt.get_fignums() == [1, 2]
    assert gcf() is seen
    f.Visible = "off"
    assert (f.Visible, plt.get_fignums()) == ("off", [1])
    assert gcf() is seen


def test_many_figures_are_no_warning():
    for _ in range(25):
        figure()
    assert len(figure_numbers()) == 25


@pytest.mark.tier("documented")
def test_hold_decides_whether_drawing_empties_the_axes():
    plot([1, 2])
    plot([3, 4])
    assert len(gca().Children) == 1
    hold("on")
    plot([5, 6])
    assert len(gca().Children) == 2
    hold()
    assert not ishold()
    plot([7, 8])
    assert len(gca().Children) == 1
    hold()
    assert ishold()
    assert gca().NextPlot == "add"
    hold(gca(), "off")
    assert not ishold(gca())


def test_hold_belongs_to_its_axes():
    from matxai.graphics.subplots import subplot

    left, right = subplot(121), subplot(122)
    hold(left, "on")
    assert (ishold(left), ishold(right)) == (True, False)


def test_drawing_without_hold_resets_titles_and_limits():
    from matxai.graphics.labels import title
    from matxai.graphics.limits import xlim

    plot([1, 2])
    title("before")
    xlim([0, 100])
    plot([1, 2])
    assert gca().Title.String == ""
    assert gca().XLim[1] < 100


def test_cla_and_clf_empty():
    plot([1, 2])
    hold("on")
    cla()
    assert gca().Children == []
    assert not ishold()
    old = gca()
    assert clf().Children == []
    with pytest.raises(ValueError, match="deleted"):
        imagesc(old, [[1]])


def test_properties_of_figures():
    f = figure("Position", [10, 20, 300, 200], "Name", "maps", Color="w")
    assert get(f, "position").tolist() == [10, 20, 300, 200]
    set(f, "Units", "normalized", "OuterPosition", [0, 0, 1, 1])
    assert f.Position.tolist() == [0, 0, 1, 1]
    f.Units = "pixels"
    assert f.Position.tolist() == [0, 0, 1920, 1080]
    assert get(f, "Name") == "maps"
    set(1, "Color", [0, 0.5, 1])
    assert f.Color.tolist() == [0, 0.5, 1]
    ax = gca()
    assert f.CurrentAxes is ax
    assert repr(f) == "<Figure 1>"
    drawnow()


def test_a_script_runs_without_a_screen(tmp_path):
    code = """
import sys
from matxai import close, figure, gcf, imagesc, saveas, colormap, drawnow
figure(); imagesc([[1, 2], [3, 4]]); colormap("jet"); drawnow(); saveas(gcf(), sys.argv[1])
"""
    path = tmp_path / "map.png"
    # Neither a display nor a backend is named.
    environment = {"PATH": "/usr/bin", "HOME": str(tmp_path)}
    command = [sys.executable, "-W", "error", "-c", code, str(path)]
    subprocess.run(command, check=True, env=environment)
    assert path.stat().st_size > 1000


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: figure(0), ValueError, "f must be a positive integer"),
        (lambda: figure(Nam="x"), TypeError, "Did you mean 'Name'"),
        (lambda: figure(Visible="maybe"), ValueError, 'Visible must be "on" or "off"'),
        (lambda: figure(Position=[1, 2, 3]), ValueError, "Position must be"),
        (lambda: close(9), ValueError, "there is no figure 9"),
        (lambda: close("maps"), ValueError, "'maps'"),
        (lambda: hold("maybe"), ValueError, "hold: state must be"),
        (lambda: hold(gcf(), "on"), TypeError, "hold"),
        (lambda: cla(3), TypeError, "ax must be axes"),
        (lambda: get(gcf(), "Numbr"), ValueError, "Did you mean 'Number'"),
        (lambda: drawnow("soon"), ValueError, "drawnow: option"),
    ],
)
def test_wrong_arguments_are_refused(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_deleted_axes_are_refused():
    from matxai.graphics.subplots import subplot

    old = subplot(1, 1, 1)
    subplot(2, 2, 1)
    with pytest.raises(ValueError, match="deleted"):
        imagesc(old, np.eye(2))

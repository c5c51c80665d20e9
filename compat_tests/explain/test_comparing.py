"""compareMethods."""

import subprocess
import sys

import numpy as np
import pytest
import tiny_networks as tiny
from PIL import Image

from matxai import (
    DAGNetwork,
    compareMethods,
    deletionScore,
    gradCAM,
    gradientAttribution,
    imageLIME,
    imresize,
    insertionScore,
    occlusionSensitivity,
    predict,
    rng,
)

X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)
QUICK = ("imageLIME", {"NumSamples": 40, "Segmentation": "grid"})


@pytest.fixture(scope="module")
def net():
    return tiny.conv()


def brightness(net, X, channelIdx):
    return X.mean(axis=2)


def failing(net, X, channelIdx):
    raise KeyError("costs $5 & <more>")


# What it returns


def test_each_map_is_that_of_its_method(net):
    comparison = compareMethods(
        net, X, [3, 1], Methods=["gradCAM", "occlusionSensitivity", QUICK, "gradientAttribution"],
        Rng=4,
    )  # fmt: skip
    expected = {
        "gradCAM": gradCAM(net, X, [3, 1]),
        "occlusionSensitivity": occlusionSensitivity(net, X, [3, 1]),
        "imageLIME": imageLIME(net, X, [3, 1], NumSamples=40, Segmentation="grid", Rng=4),
        "gradientAttribution": gradientAttribution(net, X, [3, 1]),
    }
    assert comparison.Methods == list(comparison.Maps) == list(expected)
    for name, maps in expected.items():
        assert np.allclose(comparison.Maps[name], maps, atol=1e-6)
        assert comparison.Maps[name].shape == (16, 16, 2)
        assert comparison.Seconds[name] > 0
    assert np.allclose(comparison.Scores, predict(net, X)[0, [2, 0]], atol=1e-6)
    assert comparison.Channels == [3, 1]
    assert comparison.Labels == ["channel 3", "channel 1"]
    assert comparison.Errors == {}
    assert comparison.Options["imageLIME"] == QUICK[1]
    assert np.array_equal(comparison.X, X)


def test_the_four_methods_are_the_default(net):
    comparison = compareMethods(net, X, 1, Rng=0)
    assert comparison.Methods == [
        "gradCAM", "occlusionSensitivity", "imageLIME", "gradientAttribution",
    ]  # fmt: skip
    assert all(m.shape == (16, 16) for m in comparison.Maps.values())


@pytest.mark.tier(
    "chosen",
    "`compareMethods` finds names in any case, and numbers methods that are called alike",
)
def test_names_are_found_in_any_case_and_titles_told_apart(net):
    chosen = [
        "GRADCAM",
        ("gradcam", {"outputupsampling": "none"}),
        brightness,
        lambda *_: X[..., 0],
    ]
    comparison = compareMethods(net, X, 1, "methods", chosen)
    assert comparison.Methods == ["gradCAM", "gradCAM 2", "brightness", "function"]
    assert comparison.Maps["brightness"].dtype == np.float64
    named = compareMethods(net, X, 1, Methods={"coarse": chosen[1], "light": brightness})
    assert np.array_equal(named.Maps["coarse"], comparison.Maps["gradCAM 2"])
    assert named.Options["coarse"] == {"outputupsampling": "none"}
    assert compareMethods(net, X, 1, Methods="gradcam").Methods == ["gradCAM"]
    assert compareMethods(net, X, 1, Methods=brightness).Methods == ["brightness"]
    assert compareMethods(net, X, 1, Methods=QUICK, Rng=0).Methods == ["imageLIME"]


def test_a_function_gets_the_arguments_and_its_options(net):
    calls = []

    def recording(*arguments, **options):
        calls.append((arguments, options))
        return np.zeros((4, 4, 2))

    compareMethods(net, X, [2, 5], Methods=[(recording, {"Depth": 3})], Rng=0)
    (((given, image, channels), options),) = calls
    assert given is net
    assert np.array_equal(image, X)
    assert channels == [2, 5]
    assert options == {"Depth": 3}


@pytest.mark.tier("chosen", "Each method starts from the seed `Rng`; one of its own counts more")
def test_each_method_starts_from_the_seed_and_its_own_counts_more(net):
    smooth = ("gradientAttribution", {"method": "SmoothGrad", "NumSamples": 3})
    own = ("imageLIME", QUICK[1] | {"rng": 9})
    comparison = compareMethods(net, X, 1, Methods=[QUICK, smooth, own, QUICK], Rng=4)
    maps = list(comparison.Maps.values())
    assert np.array_equal(maps[0], maps[3])
    assert np.array_equal(maps[0], imageLIME(net, X, 1, **QUICK[1], Rng=4))
    expected = gradientAttribution(net, X, 1, Method="smoothgrad", NumSamples=3, Rng=4)
    assert np.allclose(maps[1], expected, atol=1e-6)
    assert np.array_equal(maps[2], imageLIME(net, X, 1, **QUICK[1], Rng=9))
    rng(4)
    assert np.array_equal(compareMethods(net, X, 1, Methods=QUICK).Maps["imageLIME"], maps[0])


def test_labels_and_class_names(net):
    classes = ["ant", "bee", "cat", "dog", "eel"]
    dag = DAGNetwork(tiny.conv_model(), Classes=classes)
    by_label = compareMethods(dag, X, ["cat", "ant"], Methods=["gradCAM"])
    assert (by_label.Labels, by_label.Channels) == (["cat", "ant"], [3, 1])
    given = compareMethods(net, X, [3, 1], Methods=["gradCAM"], ClassNames=np.array(classes))
    assert given.Labels == ["cat", "ant"]
    assert np.allclose(by_label.Maps["gradCAM"], given.Maps["gradCAM"], atol=1e-6)


@pytest.mark.tier(
    "chosen",
    'Metrics of maps smaller than X are those of the map enlarged by `"nearest"`',
)
def test_metrics_are_those_of_the_functions(net):
    coarse = ("gradCAM", {"OutputUpsampling": "none", "FeatureLayer": "relu_1"})
    small = lambda *_: np.arange(8.0).reshape(2, 2, 2)
    comparison = compareMethods(
        net, X, [1, 2], Methods={"cam": coarse, "small": small}, Metrics=["Deletion", "insertion"]
    )
    assert list(comparison.Metrics) == ["deletion", "insertion"]
    large = imresize(comparison.Maps["small"], [16, 16], "nearest")
    for name, function in (("deletion", deletionScore), ("insertion", insertionScore)):
        found = comparison.Metrics[name]
        assert np.array_equal(found["cam"], function(net, X, [1, 2], comparison.Maps["cam"]))
        assert np.array_equal(found["small"], function(net, X, [1, 2], large))
    one = compareMethods(net, X, 1, Methods=["gradCAM"], Metrics="deletion")
    assert one.Metrics["deletion"]["gradCAM"].shape == (1,)
    assert "deletion" in repr(one)


# Methods that fail


@pytest.mark.tier("chosen", "A method that fails does not lose the others, unless all fail")
def test_a_method_that_fails_does_not_lose_the_others():
    net = tiny.weighted_sum(np.random.RandomState(0).randn(2, 3, 16, 16))
    with pytest.warns(RuntimeWarning) as told:
        comparison = compareMethods(
            net, X, 1, Methods=["gradCAM", "occlusionSensitivity", failing], Metrics="deletion"
        )
    assert [str(w.message)[:40] for w in told] == [
        "compareMethods: gradCAM failed, the othe", "compareMethods: failing failed, the othe",
    ]  # fmt: skip
    assert list(comparison.Maps) == list(comparison.Metrics["deletion"]) == ["occlusionSensitivity"]
    assert isinstance(comparison.Errors["failing"], KeyError)
    assert isinstance(comparison.Errors["gradCAM"], ValueError)
    assert np.isnan(comparison.Seconds["gradCAM"])
    assert "failed: KeyError" in repr(comparison)
    panels = panels_of(comparison)
    assert "KeyError" in panels[-1].texts[0].get_text()
    assert "ValueError" in panels[1].texts[0].get_text()
    page = comparison._repr_html_()
    assert "<more>" not in page


def test_where_every_method_fails_there_is_an_error(net):
    with (
        pytest.warns(RuntimeWarning),
        pytest.raises(
            ValueError, match="every method failed. failing: 'costs.*function: "
        ) as found,
    ):
        compareMethods(net, X, 1, Methods=[failing, lambda *_: np.full((3, 3), np.nan)])
    assert isinstance(found.value.__cause__, KeyError)


@pytest.mark.parametrize("found", [np.ones((3, 3, 2)), np.ones(3), "map", None, [[np.inf]]])
def test_a_function_that_returns_no_map_fails(net, found):
    with pytest.warns(RuntimeWarning, match="The map of mine must"):
        comparison = compareMethods(
            net, X, 1, Methods={"mine": lambda *_: found, "other": brightness}
        )
    assert list(comparison.Maps) == ["other"]


def test_an_interruption_is_none_of_a_method(net):
    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compareMethods(net, X, 1, Methods=[interrupted, "gradCAM"])


# The picture


def panels_of(comparison):
    return [a for a in comparison.figure().axes if a.get_label() != "<colorbar>"]


def test_the_picture_has_a_row_for_each_channel_and_a_column_for_each_method(net):
    comparison = compareMethods(net, X, [3, 1], Methods=["gradCAM", "occlusionSensitivity"])
    figure = comparison.figure()
    bars = [a for a in figure.axes if a.get_label() == "<colorbar>"]
    panels = panels_of(comparison)
    assert (len(panels), len(bars)) == (6, 4)
    for i, k in ((0, 0), (3, 1)):
        assert np.allclose(panels[i].images[0].get_array(), X / 255)
        for j, name in enumerate(comparison.Methods):
            drawn = panels[i + 1 + j].images[1]
            assert np.array_equal(drawn.get_array(), comparison.Maps[name][:, :, k])
            assert list(drawn.get_extent()) == [-0.5, 15.5, 15.5, -0.5]
    assert panels[0].get_xlabel() == f"channel 3: {comparison.Scores[0]:.3g}"
    assert panels[1].get_title() == f"gradCAM\n{comparison.Seconds['gradCAM']:.2g} s"
    assert comparison.figure() is not figure


@pytest.mark.parametrize(
    "image",
    [
        np.random.RandomState(0).rand(9, 40, 1) * 255,
        np.random.RandomState(0).rand(40, 7, 2),
        np.zeros((5, 5, 4)),
    ],
    ids=["grey and flat", "two channels and tall", "four channels"],
)
def test_images_of_any_shape_are_drawn(image, tmp_path):
    net = tiny.conv(image.shape)
    comparison = compareMethods(net, image, 1, Methods=["occlusionSensitivity", brightness])
    comparison.save(tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size[0] > 500


@pytest.mark.parametrize("name", ["a.png", "b.PDF", "c.svg", "d.jpg", "new/folder/e.png"])
def test_it_is_saved_whole(net, tmp_path, name):
    comparison = compareMethods(net, X, 1, Methods=[brightness], ClassNames=["$x$", "b", *"cde"])
    file = tmp_path / name
    comparison.save(file)
    assert file.stat().st_size > 1000
    assert [p.name for p in file.parent.iterdir() if p.is_file()] == [file.name]


def test_a_failure_to_save_leaves_an_earlier_file(net, tmp_path, monkeypatch):
    file = tmp_path / "a.png"
    file.write_bytes(b"before")
    comparison = compareMethods(net, X, 1, Methods=[brightness])
    monkeypatch.setattr("matplotlib.figure.Figure.savefig", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        comparison.save(str(file))
    assert file.read_bytes() == b"before"


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        (("a.bmp2",), {}, ValueError, r"file must end in \.png.*but is 'a.bmp2'"),
        (("a",), {}, ValueError, "file must end in"),
        ((3,), {}, TypeError, "file must be the name of a file, but is 3"),
        (("a.png",), {"dpi": 0}, ValueError, "dpi must be a positive integer"),
    ],
)
def test_files_that_cannot_be(net, arguments, options, error, message):
    comparison = compareMethods(net, X, 1, Methods=[brightness])
    with pytest.raises(error, match=message):
        comparison.save(*arguments, **options)


def test_it_shows_itself_in_a_notebook(net):
    comparison = compareMethods(net, X, 1, Methods=[brightness])
    assert comparison._repr_png_()[:8] == b"\x89PNG\r\n\x1a\n"
    assert comparison._repr_html_().startswith('<img alt="Comparison of explanations of channel 1')
    lines = repr(comparison).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Comparison of explanations of channel 1 (")
    assert lines[1].split()[0] == "brightness"


def test_pyplot_and_the_display_are_left_alone():
    code = (
        "import sys; sys.path.insert(0, 'compat_tests')\n"
        "import numpy as np, tiny_networks as tiny\n"
        "from matxai import compareMethods\n"
        "made = compareMethods(tiny.conv(), np.ones((16, 16, 3)), 1,\n"
        "    Methods=['occlusionSensitivity'])\n"
        "assert 'torch' not in sys.modules and 'matplotlib' not in sys.modules\n"
        "made._repr_html_()\n"
        "assert 'matplotlib.pyplot' not in sys.modules and 'torch' not in sys.modules\n"
    )
    root = __file__.rsplit("compat_tests", 1)[0]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# Bad input


def test_progress_is_handed_on(net):
    calls = []
    methods = ["gradCAM", ("occlusionSensitivity", {"Stride": 4}), brightness]
    compareMethods(net, X, 1, Methods=methods, Progress=lambda *a: calls.append(a))
    # How many masks are scored at once is the business of occlusionSensitivity.
    assert calls[-1] == (16, 16)
    assert {total for _, total in calls} == {16}


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        ((X, 1), {"Methods": ["gradCAM", "LIME"]}, ValueError, "Did you mean 'imageLIME'"),
        ((X, 1), {"Methods": "zzz"}, ValueError, '"gradCAM", "occlusionSens.*but holds \'zzz\'.$'),
        ((X, 1), {"Methods": []}, ValueError, "Methods must hold at least one of gradCAM"),
        ((X, 1), {"Methods": {}}, ValueError, "Methods must hold at least one of gradCAM"),
        ((X, 1), {"Methods": 3}, TypeError, "Methods must be the name of an explainer"),
        ((X, 1), {"Methods": [("gradCAM", 1, 2)]}, TypeError, "Methods must be the name of an ex"),
        ((X, 1), {"Methods": [()]}, TypeError, "Methods must be the name of an explainer"),
        ((X, 1), {"Methods": [("imageLIME", {"Sample": 1})]}, TypeError, "'Sample' is not one of"),
        ((X, 1), {"Methods": [("imageLIME", {3: 1})]}, TypeError, "Options of imageLIME must have"),
        ((X, 1), {"Methods": [("gradCAM", {"nargout": 2})]}, TypeError, "'nargout' is not one of"),
        ((X, 1), {"Metrics": "removal"}, ValueError, 'Metrics must be "deletion" or "insertion"'),
        ((X, 1), {"ClassNames": ["a", "b"]}, ValueError, "ClassNames must hold 5 names.*holds 2"),
        ((X, 1), {"ClassNames": 5}, TypeError, "ClassNames must be texts"),
        ((X, 1), {"Rng": "today"}, TypeError, "Rng must be a seed"),
        ((X, 1), {"Progress": 3}, TypeError, "Progress must be"),
        ((X, 6), {}, ValueError, "channelIdx must hold integers from 1 to 5"),
        ((X[1:], 1), {}, ValueError, "X must be 16×16×3"),
        ((X * np.nan, 1), {}, ValueError, "X must hold finite values"),
        (("cat.png", 1), {}, TypeError, "X must be a numeric array"),
        ((X, 1), {"Method": "gradCAM"}, TypeError, "Did you mean 'Methods'"),
    ],
)
def test_bad_input(net, arguments, options, error, message):
    with pytest.raises(error, match=message):
        compareMethods(net, *arguments, **options)

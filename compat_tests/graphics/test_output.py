"""Files of figures: there, whole, and of the right size."""

import numpy as np
import pytest
from drawn_pixels import fill_figure

from matxai import imread
from matxai.graphics.colouring import colorbar
from matxai.graphics.figures import close, figure, gca, gcf
from matxai.graphics.frames import getframe
from matxai.graphics.images import imagesc
from matxai.graphics.output import exportgraphics, print_, saveas
from matxai.graphics.showing import imshow
from matxai.graphics.subplots import subplot
from matxai.graphics.tiles import nexttile, tiledlayout

SIGNATURES = {
    "png": b"\x89PNG",
    "jpg": b"\xff\xd8",
    "tif": b"II*\0",
    "bmp": b"BM",
    "pdf": b"%PDF",
    "svg": b"<?xml",
    "eps": b"%!PS",
}


@pytest.mark.parametrize("extension", sorted(SIGNATURES))
def test_formats(tmp_path, extension):
    imagesc([[0, 1]])
    path = tmp_path / f"map.{extension}"
    exportgraphics(gcf(), path, Resolution=30)
    assert path.read_bytes().startswith(SIGNATURES[extension])


@pytest.mark.tier("documented", "`saveas` writes 150 pixels an inch: 875×656")
def test_saveas_has_150_pixels_an_inch(tmp_path):
    imagesc([[0, 1]])
    saveas(gcf(), str(tmp_path / "a.png"))
    assert imread(tmp_path / "a.png").shape == (656, 875, 3)
    saveas(1, tmp_path / "b", "jpeg")
    assert imread(tmp_path / "b.jpeg").shape == (656, 875, 3)


@pytest.mark.parametrize("save", [saveas, exportgraphics])
def test_an_earlier_file_stays_whole_when_drawing_fails(tmp_path, save, monkeypatch):
    path = tmp_path / "map.png"
    path.write_bytes(b"earlier")
    imagesc([[0, 1]])

    def fail(file, **options):
        file.write(b"half of")
        raise RuntimeError("no more")

    monkeypatch.setattr(gcf()._artist, "savefig", fail)
    with pytest.raises(RuntimeError, match="no more"):
        save(gcf(), path)
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_exportgraphics_crops_and_scales(tmp_path):
    tiledlayout(1, 2)
    left = nexttile()
    imshow(np.zeros((10, 10, 3)))
    nexttile()
    imshow(np.ones((10, 10, 3)) / 2)
    colorbar()
    whole, one, large = tmp_path / "whole.png", tmp_path / "one.png", tmp_path / "large.png"
    exportgraphics(gcf(), whole, Resolution=60)
    exportgraphics(left, one, Resolution=60)
    exportgraphics(left, large, "Resolution", 120)
    shown, black = imread(whole), imread(one)
    assert shown.shape[1] > 1.9 * black.shape[1]
    assert (black[4:-4, 4:-4] == 0).all()
    np.testing.assert_allclose(imread(large).shape[:2], 2 * np.array(black.shape[:2]), atol=3)
    exportgraphics(gca(), one, BackgroundColor="none", Resolution=30)
    exportgraphics(gca(), one, BackgroundColor="current", ContentType="image")


def test_the_colour_bar_belongs_to_exported_axes(tmp_path):
    subplot(1, 2, 1)
    imagesc([[0, 1]])
    exportgraphics(gca(), tmp_path / "a.png")
    colorbar()
    exportgraphics(gca(), tmp_path / "b.png")
    without, with_ = imread(tmp_path / "a.png"), imread(tmp_path / "b.png")
    assert with_.shape[1] > 0.95 * without.shape[1]
    assert len(np.unique(with_.reshape(-1, 3), axis=0)) > 100 > 20


def test_print_takes_its_arguments_in_any_order(tmp_path):
    imagesc([[0, 1]])
    print_(gcf(), str(tmp_path / "a"), "-dpng", "-r96")
    assert imread(tmp_path / "a.png").shape == (420, 560, 3)
    print_("-r300", tmp_path / "b.png")
    assert imread(tmp_path / "b.png").shape == (1312, 1750, 3)


def test_getframe_is_what_is_drawn():
    picture = np.random.RandomState(0).randint(0, 256, (8, 9, 3)).astype(np.uint8)
    imshow(picture)
    fill_figure(8, 9, 2)
    frame = getframe(gcf())
    np.testing.assert_array_equal(frame.cdata[::2, ::2], picture)
    np.testing.assert_array_equal(getframe().cdata, frame.cdata)
    assert frame.colormap.size == 0


def test_getframe_of_axes_is_the_axes():
    ax = subplot(1, 2, 1)
    imagesc(np.ones((4, 4, 3)) * [1, 0, 0])
    cdata = getframe(ax).cdata
    assert cdata.shape[1] == pytest.approx(0.3347 * 560, abs=1)
    assert (cdata[5:-5, 5:-5] == [255, 0, 0]).all()


def test_invisible_figures_are_saved(tmp_path):
    f = figure("Visible", "off")
    imagesc([[0, 1]])
    saveas(f, tmp_path / "a.png")
    assert len(np.unique(imread(tmp_path / "a.png"))) > 2


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: saveas(gcf(), "map.fig"), ValueError, "extension of filename must be one of bmp"),
        (lambda: saveas(gcf(), "map"), ValueError, "extension of filename"),
        (lambda: saveas(gcf(), "map", "doc"), ValueError, "formattype must be one of"),
        (lambda: saveas(gcf(), 7), TypeError, "filename must be the path"),
        (lambda: saveas("map.png", gcf()), TypeError, "saveas"),
        (lambda: saveas(99, "map.png"), ValueError, "saveas: fig: there is no figure 99"),
        (lambda: exportgraphics(gcf(), "a.png", Resolution=0), ValueError, "must be positive"),
        (lambda: exportgraphics(gcf(), "a.png", Res=1), TypeError, "Resolution, ContentType"),
        (lambda: exportgraphics(gcf(), "a.png", ContentType="vector"), ValueError, "'image'"),
        (lambda: print_("-dpng"), TypeError, "print_: filename is missing"),
        (lambda: print_("-x", "a.png"), ValueError, "'-x' is not one of its options"),
        (lambda: getframe("x"), TypeError, "getframe"),
    ],
)
def test_wrong_arguments_are_refused(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_closed_figures_cannot_be_saved():
    f = figure()
    close(f)
    with pytest.raises(ValueError, match="saveas: fig is a figure that was closed"):
        saveas(f, "map.png")

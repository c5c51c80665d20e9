"""Pictures in which each pixel of an image is a square of screen pixels that can be read back."""

import numpy as np

from matxai.graphics.figures import gcf
from matxai.graphics.frames import getframe
from matxai.graphics.state import current_axes


def fill_figure(height, width, square):
    """Let the current axes fill a figure of just as many pixels as the image needs."""
    figure = gcf()
    figure.Position = [1, 1, width * square, height * square]
    axes = current_axes()
    axes.set_position((0, 0, 1, 1))
    axes.set_axis_off()
    return figure


def drawn(height, width, square=3):
    """Draw the current axes and give the colour of each pixel of the image, H×W×3 of uint8."""
    figure = fill_figure(height, width, square)
    picture = getframe(figure).cdata
    assert picture.shape == (height * square, width * square, 3)
    blocks = picture.reshape(height, square, width, square, 3)
    first = blocks[:, :1, :, :1]
    assert (blocks == first).all(), "pixels are not squares of one colour"
    return first[:, 0, :, 0]


def levels(colours):
    """Give the bytes of colours from 0 to 1."""
    return np.round(np.asarray(colours) * 255).astype(int)

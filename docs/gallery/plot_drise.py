"""
drise: what a detection relies on
=================================

D-RISE hides parts of the image at random, over and over, and watches how well a detector still
finds its objects. The detector here is a toy whose truth is known: it looks for two coins, and so
the maps can be judged.

MATLAB's examples: "Understand Which Parts of Image Are Important for Detection" and "Specify
Bounding Box and Label to Understand", on the page of ``drise``.

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``function [boundingBox,classProb,objectness] = f(imgBatch)``
     - a function that returns ``boundingBox, classProb, objectness``
   * - ``numImg = size(imgBatch,4)``
     - ``numImg = size(imgBatch, 4)``
   * - ``cell(numImg,1)``
     - a list
   * - ``[map,bbox,scores,label] = drise(@f,img)``
     - ``drise(f, img, nargout=4)``
   * - ``drise(@f,img,bbox,label,NumSamples=512)``
     - ``drise(f, img, bbox, label, NumSamples=512)``
   * - ``map(:,:,2)``
     - ``map[:, :, 1]``
   * - ``I = insertShape(img,"rectangle",bbox)``
     - ``I = insertShape(img, "rectangle", bbox)``
   * - ``imshow(I); hold on; imagesc(map,AlphaData=0.5); colormap jet``
     - ``imshow(I); hold("on"); imagesc(map, AlphaData=0.5); colormap("jet")``
"""

import matplotlib.pyplot as plt
import numpy as np
import skimage.data
from skimage.feature import match_template

from matxai import (
    colorbar,
    colormap,
    drise,
    figure,
    fprintf,
    hold,
    imagesc,
    imresize,
    imshow,
    insertShape,
    nexttile,
    rng,
    size,
    tiledlayout,
    title,
)

img = imresize(skimage.data.coins(), 0.5)  # your own image: for a detector of your own, as well

# %%
# A detector that finds two coins
# -------------------------------
#
# It knows two coins by heart, class 1 and class 2, and proposes the place that is most like each;
# the likeness is the score. Boxes are ``[x y w h]`` in MATLAB's coordinates, where the first pixel
# is 1. For one image a detector returns three arrays; for a batch, H×W×C×N, three lists of N
# arrays, which are cell arrays in MATLAB.

known = [img[6:37, 152:184], img[83:110, 93:120]]


def place(image, coin):
    """Say where an image is most like a coin, and how like."""
    likeness = match_template(image, coin)
    row, col = np.unravel_index(likeness.argmax(), likeness.shape)
    return [col + 1, row + 1, coin.shape[1], coin.shape[0]], max(0, likeness.max())


def detect(imgBatch):
    """Detect in one image, H×W, or in N of them, H×W×1×N."""
    numImg = size(imgBatch, 4)
    if numImg > 1:
        found = [detect(imgBatch[:, :, 0, i]) for i in range(numImg)]
        return tuple(zip(*found, strict=True))
    boundingBox, objectness = zip(*(place(imgBatch, coin) for coin in known), strict=True)
    return boundingBox, np.eye(2), objectness


# %%
# Which pixels make it find them?
# -------------------------------
#
# Without boxes, ``drise`` explains what the detector finds in the image, with one map each. ``rng``
# makes the run repeatable.

rng("default")
scoreMap, bbox, scores, label = drise(detect, img, NumSamples=512, nargout=4)


def draw(values, box, name):
    """Lay a map over the image, half transparent, with the box."""
    nexttile()
    imshow(insertShape(img, "rectangle", box, Color="white", LineWidth=2))
    hold("on")
    imagesc(values, AlphaData=0.5)
    colormap("jet")
    colorbar()
    title(name)


figure(Position=[100, 100, 1000, 370])
tiledlayout(1, 2, TileSpacing="compact")
for k, box in enumerate(bbox):
    draw(scoreMap[:, :, k], box, f"class {label[k]}, score {scores[k]:.2f}")

# %%
# A value says how much better the coin is found, on average, when the pixel is shown than when it
# is hidden. That is high on the coins and about 0 elsewhere, where the speckles are chance: more
# samples make them fainter.

for k, (x, y, w, h) in enumerate(bbox.astype(int)):
    inside = np.zeros(img.shape, bool)
    inside[y - 1 : y - 1 + h, x - 1 : x - 1 + w] = True
    fprintf("class %d: mean %.4f inside the box, ", label[k], scoreMap[inside, k].mean())
    fprintf("%.4f outside\n", scoreMap[~inside, k].mean())

# %%
# A detector that looks elsewhere
# -------------------------------
#
# This one always puts its box on the coin of class 1, but is as sure of it as it sees the coin of
# class 2. The box does not tell; the map does: it is highest on that coin, and raised on the coins
# that look like it. Here box and class are given.


def pretend(imgBatch):
    """Put a box on one coin because of the other."""
    numImg = size(imgBatch, 4)
    if numImg > 1:
        found = [pretend(imgBatch[:, :, 0, i]) for i in range(numImg)]
        return tuple(zip(*found, strict=True))
    _, sure = place(imgBatch, known[1])
    return bbox[:1], [[1, 0]], [sure]


misled = drise(pretend, img, bbox[0], 1, NumSamples=512)

figure(Position=[100, 100, 560, 400])
tiledlayout(1, 1)
draw(misled, bbox[0], "what the box relies on")

plt.show()

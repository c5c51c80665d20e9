"""
gradientAttribution: which pixels the score hangs on
====================================================

The gradient of a class's score says for each pixel how much the score changes when the pixel does.
In MATLAB this is a function at the end of an example, written with ``dlgradient``; here it is
built in, and :ref:`sphx_glr_gallery_out_plot_gradient_compare.py` writes it by hand.

MATLAB's example: "Investigate Classification Decisions Using Gradient Attribution Techniques".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``[net,classNames] = imagePretrainedNetwork(name)``
     - ``imagePretrainedNetwork(name, nargout=2)``
   * - ``imresize(img,net.Layers(1).InputSize(1:2))``
     - ``imresize(img, net.Layers[0].InputSize[:2])``
   * - ``[score,channel] = max(predict(net,single(X)))``
     - ``max(predict(net, X), nargout=2)``
   * - ``gradientAttribution(net,X,label,"prob","autodiff")`` (the example's own function)
     - ``gradientAttribution(net, X, channel)``
   * - ``gradientAttribution(net,X,label,"prob","guided-backprop")``
     - ``gradientAttribution(net, X, channel, Method="guided-backprop")``
   * - ``cmap = [linspace(1,0,255)' linspace(1,0,255)' linspace(1,0,255)']``
     - ``cmap = np.column_stack([linspace(1, 0, 255)] * 3)``
   * - ``nexttile; imagesc(map); colormap(cmap); axis image off``
     - ``nexttile(); imagesc(map); colormap(cmap); axis("image", "off")``
   * - ``min(map/limit,1)``
     - ``np.minimum(map / limit, 1)``
"""

import matplotlib.pyplot as plt
import numpy as np
import skimage.data

from matxai import (
    axis,
    colormap,
    figure,
    fprintf,
    gradientAttribution,
    imagePretrainedNetwork,
    imagesc,
    imresize,
    imshow,
    linspace,
    max,
    nexttile,
    predict,
    tiledlayout,
    title,
)

img = skimage.data.chelsea()  # your own image: from matxai import imread; img = imread("my.jpg")

net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
X = imresize(img, net.Layers[0].InputSize[:2])
score, channel = max(predict(net, X), nargout=2)
label = classNames[channel - 1]
fprintf("%s (channel %d), score %.3f\n", label, channel, score)

# White where nothing depends on a pixel, black where most does.
cmap = np.column_stack([linspace(1, 0, 255)] * 3)

# %%
# The gradient, and guided backpropagation
# ----------------------------------------
#
# The map adds up the absolute values of the gradient over red, green and blue, and rescales them
# from 0 to 1. It is noisy. Guided backpropagation lets only positive values through each ReLU layer
# on the way back, and only where the layer was active: the map is sharper.

scoreMap = gradientAttribution(net, X, channel)
guidedMap = gradientAttribution(net, X, channel, Method="guided-backprop")

figure(Position=[100, 100, 960, 350])
tiledlayout(1, 3, TileSpacing="compact")
nexttile()
imshow(X)
title(label)
for name, values in {"autodiff": scoreMap, "guided-backprop": guidedMap}.items():
    nexttile()
    imagesc(values)
    colormap(cmap)
    axis("image", "off")
    title(name)

# %%
# Three further methods
# ---------------------
#
# "zeiler-fergus" lets positive values through each ReLU layer whether or not it was active: of this
# network it shows the grid of the convolutions' strides more than the cat. "integrated-gradients"
# averages the gradient on the way from a baseline, here each channel's mean, to the image, and
# multiplies it by their difference; "smoothgrad" averages it over noisy copies of the image. Both
# take 50 images by default, and 20 here, for this page to be built fast. A few pixels far above the
# rest would leave the maps white, so black begins at the 99th percentile.

options = {
    "zeiler-fergus": {},
    "integrated-gradients": {"Baseline": "mean", "NumSteps": 20},
    "smoothgrad": {"NumSamples": 20, "Rng": 0},
}
signed = {}
figure(Position=[100, 100, 960, 350])
tiledlayout(1, 3, TileSpacing="compact")
for method, own in options.items():
    values, signed[method] = gradientAttribution(net, X, channel, Method=method, **own, nargout=2)
    nexttile()
    imagesc(np.minimum(values / np.quantile(values, 0.99), 1))
    colormap(cmap)
    axis("image", "off")
    title(method)

# %%
# What the numbers add up to
# --------------------------
#
# The second output is what the map was made from, with its sign. For integrated gradients it is
# each value's part of the score, and the parts add up to the difference between the image and the
# baseline, the more exactly the more steps there are.

baseline = np.broadcast_to(X.mean(axis=(0, 1)), X.shape)
change = (predict(net, X) - predict(net, baseline))[0, channel - 1]
_, fewer = gradientAttribution(
    net, X, channel, Method="integrated-gradients", Baseline="mean", NumSteps=5, nargout=2
)
fprintf("the score changes by %.4f\n", change)
fprintf("the parts with 5 steps add up to %.4f\n", fewer.sum())
fprintf("the parts with 20 steps add up to %.4f\n", signed["integrated-gradients"].sum())

plt.show()

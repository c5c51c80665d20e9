"""
imageLIME: the parts that matter
================================

LIME divides an image into features, hides each of them at random, over and over, and fits a simple
model that predicts the network's score from which features were shown. The model says how much
each feature matters.

MATLAB's example: "Visualize Which Parts of an Image are Important for Classification", on the page
of ``imageLIME``.

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``[net,classNames] = imagePretrainedNetwork("squeezenet");``
     - ``net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)``
   * - ``X = imread("my.jpg");``
     - ``X = imread("my.jpg")``
   * - ``inputSize = net.Layers(1).InputSize(1:2);``
     - ``inputSize = net.Layers[0].InputSize[:2]``
   * - ``X = imresize(X,inputSize);``
     - ``X = imresize(X, inputSize)``
   * - ``score = predict(net,single(X));``
     - ``score = predict(net, single(X))``
   * - ``[~,channel] = max(score);``
     - ``_, channel = max(score, nargout=2)``
   * - ``classNames(channel)``
     - ``classNames[channel - 1]``
   * - ``scoreMap = imageLIME(net,X,channel);``
     - ``scoreMap = imageLIME(net, X, channel)``
   * - ``imshow(X); hold on``
     - ``imshow(X); hold("on")``
   * - ``imagesc(scoreMap,AlphaData=0.5)``
     - ``imagesc(scoreMap, AlphaData=0.5)``
   * - ``colormap jet; colorbar``
     - ``colormap("jet"); colorbar()``
   * - ``[L,N] = superpixels(X,49);``
     - ``L, N = superpixels(X, 49, nargout=2)``
   * - ``imshow(labeloverlay(X,boundarymask(L),Transparency=0))``
     - ``imshow(labeloverlay(X, boundarymask(L), Transparency=0))``
"""

import matplotlib.pyplot as plt
import skimage.data

from matxai import (
    boundarymask,
    colorbar,
    colormap,
    figure,
    hold,
    imageLIME,
    imagePretrainedNetwork,
    imagesc,
    imresize,
    imshow,
    labeloverlay,
    max,
    predict,
    rng,
    single,
    superpixels,
    title,
)

X = skimage.data.coffee()  # your own image: from matxai import imread; X = imread("my.jpg")

# %%
# A network and an image
# ----------------------
#
# The network takes images of one size, and raw values of 0 to 255.

rng("default")
net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
inputSize = net.Layers[0].InputSize[:2]
X = imresize(X, inputSize)

figure()
imshow(X)

# %%
# What the network says
# ---------------------
#
# ``max`` counts the channel from 1, and so does ``imageLIME``; Python's brackets count from 0.

score = predict(net, single(X))
topScore, channel = max(score, nargout=2)
print(f"{classNames[channel - 1]}, score {topScore:.2f}, channel {channel}")

# %%
# Which parts it says so for
# --------------------------
#
# All options have MATLAB's defaults: about 49 superpixels, 2048 synthetic images, a regression
# tree. Only ``NumSamples`` is lowered here, for this page to be built fast.

scoreMap = imageLIME(net, X, channel, NumSamples=1024)

figure()
imshow(X)
hold("on")
imagesc(scoreMap, AlphaData=0.5)
colormap("jet")
colorbar()
title(classNames[channel - 1])

# %%
# Red parts matter most: hide them, and the score changes most. The importances of a tree are never
# negative, so the colours do not say in which direction.
#
# The features
# ------------
#
# By default the features are superpixels, which follow the outlines of the image: those that
# MATLAB's ``superpixels`` finds.

L, N = superpixels(X, 49, nargout=2)

figure()
imshow(labeloverlay(X, boundarymask(L), Transparency=0))
title(f"{N} superpixels")

plt.show()

"""
occlusionSensitivity: the parts that the score needs
====================================================

A grey square moves over the image. Each place of it gives one number: the score of the whole image
minus the score with that part covered.

MATLAB's example: "Visualize Which Parts of an Image are Important for Classification", on the page
of ``occlusionSensitivity``.

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``[net,classNames] = imagePretrainedNetwork("googlenet");``
     - ``net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)``
   * - ``X = imread("my.jpg");``
     - ``X = imread("my.jpg")``
   * - ``X = imresize(X,net.Layers(1).InputSize(1:2));``
     - ``X = imresize(X, net.Layers[0].InputSize[:2])``
   * - ``scores = predict(net,single(X));``
     - ``scores = predict(net, single(X))``
   * - ``[label,score] = scores2label(scores,classNames);``
     - ``label, score = scores2label(scores, classNames, nargout=2)``
   * - ``channel = find(string(label) == classNames);``
     - ``channel = find(string(label) == classNames)``
   * - ``scoreMap = occlusionSensitivity(net,X,channel);``
     - ``scoreMap = occlusionSensitivity(net, X, channel)``
   * - ``imshow(X); hold on``
     - ``imshow(X); hold("on")``
   * - ``imagesc(scoreMap,'AlphaData',0.5); colormap jet``
     - ``imagesc(scoreMap, 'AlphaData', 0.5); colormap("jet")``
   * - ``isequal(scoreMap,imresize(coarse,inputSize))``
     - ``isequal(scoreMap, imresize(coarse, inputSize))``
"""

import matplotlib.pyplot as plt
import skimage.data

from matxai import (
    colorbar,
    colormap,
    figure,
    find,
    hold,
    imagePretrainedNetwork,
    imagesc,
    imresize,
    imshow,
    isequal,
    max,
    min,
    nexttile,
    occlusionSensitivity,
    predict,
    scores2label,
    single,
    size,
    string,
    tiledlayout,
    title,
)

X = skimage.data.coffee()  # your own image: from matxai import imread; X = imread("my.jpg")

# %%
# Classify the image
# ------------------

net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
inputSize = net.Layers[0].InputSize[:2]
X = imresize(X, inputSize)

scores = predict(net, single(X))
label, score = scores2label(scores, classNames, nargout=2)
print(f"{label}: {score[0]:.2f}")

figure()
imshow(X)
title(label)

# %%
# The map
# -------
#
# Red parts support the class: the score falls when they are covered. Where values are negative, it
# rises.

channel = find(string(label) == classNames)
scoreMap = occlusionSensitivity(net, X, channel)

figure()
imshow(X)
hold("on")
imagesc(scoreMap, 'AlphaData', 0.5)  # fmt: skip
colormap("jet")
colorbar()
title(f"what {label} needs")

# %%
# The numbers behind it
# ---------------------
#
# By default the mask is 20 % of the image and its step 10 %: 45 and 22 pixels here. That is 11×11
# numbers, which ``OutputUpsampling="none"`` returns as they are; the default enlarges them with
# ``imresize``.

coarse = occlusionSensitivity(net, X, channel, OutputUpsampling="none")
print(f"size {size(coarse)}, from {min(coarse, [], 'all'):.3f} to {max(coarse, [], 'all'):.3f}")
print("enlarged by imresize:", isequal(scoreMap, imresize(coarse, inputSize)))

# %%
# The mask
# --------
#
# Any colour will do for the mask; the default is the mean colour of the image. What matters should
# not depend on it much.

black = occlusionSensitivity(net, X, channel, MaskValue=0)
white = occlusionSensitivity(net, X, channel, MaskValue=255)

figure(Position=[100, 100, 760, 340])
tiledlayout(1, 2, TileSpacing="compact")
for masked, name in [(black, "black mask"), (white, "white mask")]:
    nexttile()
    imshow(X)
    hold("on")
    imagesc(masked, AlphaData=0.5)
    colormap("jet")
    colorbar()
    title(name)

plt.show()

"""
Understand a prediction with LIME
=================================

Why this class, and why not the other one? One image, two classes and two simple models.

MATLAB's example: "Understand Network Predictions Using LIME".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``net = googlenet;``
     - ``net = assembleNetwork(lgraph)``, see below
   * - ``classes = net.Layers(end).Classes;``
     - ``classes = net.Layers[-1].Classes``
   * - ``[YPred,scores] = classify(net,img);``
     - ``YPred, scores = classify(net, img, nargout=2)``
   * - ``[~,topIdx] = maxk(scores,3);``
     - ``_, topIdx = maxk(scores[0], 3, nargout=2)``
   * - ``topScores = scores(topIdx);``
     - ``topScores = scores[0, topIdx - 1]``
   * - ``topClasses = classes(topIdx);``
     - ``topClasses = classes[topIdx - 1]``
   * - ``titles = compose("%s (%.2f)",topClasses,topScores');``
     - ``titles = compose("%s (%.2f)", string(topClasses), topScores)``
   * - ``title(join(titles,"; "))``
     - ``title(join(titles, "; "))``
   * - ``[map,featureMap,featureImportance] = imageLIME(net,img,YPred);``
     - ``map, featureMap, featureImportance = imageLIME(net, img, YPred, nargout=3)``
   * - ``maps = imageLIME(net,img,topClasses(1:2)); maps(:,:,2)``
     - ``maps = imageLIME(net, img, topClasses[:2]); maps[:, :, 1]``
   * - ``imageLIME(net,img,YPred,"Segmentation","grid", ...``
       ``"OutputUpsampling","bicubic","NumFeatures",100, ...``
       ``"NumSamples",6000,"Model","linear")``
     - ``imageLIME(net, img, YPred, "Segmentation", "grid",``
       ``"OutputUpsampling", "bicubic", "NumFeatures", 100,``
       ``"NumSamples", 6000, "Model", "linear")``
   * - ``[~,idx] = maxk(featureImportance,4);``
     - ``_, idx = maxk(featureImportance, 4, nargout=2)``
   * - ``mask = ismember(featureMap,idx);``
     - ``mask = ismember(featureMap, idx)``
   * - ``maskedImg = uint8(mask).*img;``
     - ``maskedImg = times(uint8(mask), img)``
"""

import matplotlib.pyplot as plt
import skimage.data

from matxai import (
    addLayers,
    assembleNetwork,
    classificationLayer,
    classify,
    colorbar,
    colormap,
    compose,
    connectLayers,
    figure,
    hold,
    imageLIME,
    imagePretrainedNetwork,
    imagesc,
    imresize,
    imshow,
    ismember,
    join,
    layerGraph,
    max,
    maxk,
    nexttile,
    rng,
    sprintf,
    string,
    tiledlayout,
    times,
    title,
    uint8,
)

img = skimage.data.chelsea()  # your own image: from matxai import imread; img = imread("my.jpg")

# %%
# A network that knows its classes
# --------------------------------
#
# Older scripts begin with ``net = googlenet``, a ``DAGNetwork`` with the class names in its last
# layer. Such a network is put together here; :func:`matxai.importONNXNetwork` makes one of a file.

rng("default")
dlnet, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
lgraph = layerGraph(dlnet)
lgraph = addLayers(lgraph, classificationLayer(Name="output", Classes=classNames))
lgraph = connectLayers(lgraph, "prob", "output")
net = assembleNetwork(lgraph)

# %%
# The three highest scores
# ------------------------

img = imresize(img, net.Layers[0].InputSize[:2])
YPred, scores = classify(net, img, nargout=2)

classes = net.Layers[-1].Classes
_, topIdx = maxk(scores[0], 3, nargout=2)
topScores = scores[0, topIdx - 1]
topClasses = classes[topIdx - 1]
titles = compose("%s (%.2f)", string(topClasses), topScores)

figure()
imshow(img)
title(join(titles, "; "))

# %%
# Two classes
# -----------
#
# Labels of several classes give one map for each; the synthetic images are the same for all. There
# are 768 of them here and not 2048, the default, for this page to be built fast.

maps, featureMap, featureImportance = imageLIME(
    net, img, topClasses[:2], "NumSamples", 768, nargout=3
)

figure(Position=[100, 100, 760, 340])
tiledlayout(1, 2, TileSpacing="compact")
for k in range(2):
    nexttile()
    imshow(img)
    hold("on")
    imagesc(maps[:, :, k], "AlphaData", 0.5)
    colormap("jet")
    colorbar()
    title(sprintf("LIME (%s)", string(topClasses[k])))

# %%
# Only the most important features
# --------------------------------
#
# The importances have a row for each feature and a column for each class.

numTopFeatures = 4
_, idx = maxk(featureImportance[:, 0], numTopFeatures, nargout=2)
mask = ismember(featureMap, idx)
maskedImg = times(uint8(mask), img)

figure()
imshow(maskedImg)
title(sprintf("LIME (%s - top %d features)", string(YPred), numTopFeatures))

# %%
# A finer map, and a linear model
# -------------------------------
#
# 100 features are 10×10 squares. A linear model has a weight for each, and needs more images than
# it has features by far: 6000 in MATLAB's example, 1500 here. Weights have a sign: red parts raise
# the score and blue ones lower it. Bicubic upsampling makes the map smooth.

limeMap, _, weights = imageLIME(
    net, img, YPred,
    "Segmentation", "grid",
    "OutputUpsampling", "bicubic",
    "NumFeatures", 100,
    "NumSamples", 1500,
    "Model", "linear",
    nargout=3,
)  # fmt: skip
print(f"{(weights > 0).sum()} weights are positive, the greatest is {max(weights):.3f}")
print(f"{(weights < 0).sum()} weights are negative")

figure()
imshow(img)
hold("on")
imagesc(limeMap, "AlphaData", 0.5)
colormap("jet")
colorbar()
title(sprintf("LIME (%s - linear model)", string(YPred)))

plt.show()

"""
Understand a prediction with occlusion
======================================

What one class needs can be what another one suffers from. Maps of several classes show it; smaller
masks show it in more detail.

MATLAB's example: "Understand Network Predictions Using Occlusion".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``net = googlenet;``
     - ``net = assembleNetwork(lgraph)``, see below
   * - ``[YPred,scores] = classify(net,img);``
     - ``YPred, scores = classify(net, img, nargout=2)``
   * - ``[~,topIdx] = maxk(scores,3);``
     - ``_, topIdx = maxk(scores[0], 3, nargout=2)``
   * - ``topClasses = net.Layers(end).Classes(topIdx);``
     - ``topClasses = net.Layers[-1].Classes[topIdx - 1]``
   * - ``map = occlusionSensitivity(net,img,YPred);``
     - ``map = occlusionSensitivity(net, img, YPred)``
   * - ``map = occlusionSensitivity(net,img,YPred,"Stride",10,"MaskSize",15);``
     - ``map = occlusionSensitivity(net, img, YPred, "Stride", 10, "MaskSize", 15)``
   * - ``maps = occlusionSensitivity(net,img,topClasses);``
     - ``maps = occlusionSensitivity(net, img, topClasses)``
   * - ``limit = max(abs(maps),[],"all"); clim([-limit limit])``
     - ``limit = max(abs(maps), [], "all"); clim([-limit, limit])``
   * - ``for i = 1:length(topClasses)``
     - ``for i in range(length(topClasses)):``
   * - ``nexttile; imagesc(maps(:,:,i))``
     - ``nexttile(); imagesc(maps[:, :, i])``
   * - ``imshow(img,'InitialMagnification',150)``
     - ``imshow(img, 'InitialMagnification', 150)``
   * - ``imagesc(map,'AlphaData',0.5); colormap jet; colorbar``
     - ``imagesc(map, 'AlphaData', 0.5); colormap("jet"); colorbar()``
   * - ``title(sprintf("Occlusion sensitivity (%s)",YPred))``
     - ``title(sprintf("Occlusion sensitivity (%s)", string(YPred)))``
"""

import matplotlib.pyplot as plt
import skimage.data

from matxai import (
    abs,
    addLayers,
    assembleNetwork,
    classificationLayer,
    classify,
    clim,
    colorbar,
    colormap,
    compose,
    connectLayers,
    figure,
    hold,
    imagePretrainedNetwork,
    imagesc,
    imresize,
    imshow,
    join,
    layerGraph,
    length,
    max,
    maxk,
    nexttile,
    occlusionSensitivity,
    sprintf,
    string,
    tiledlayout,
    title,
)

# Your own image: from matxai import imread; img = imread("my.jpg")
img = skimage.data.stereo_motorcycle()[0]

# %%
# A network that knows its classes
# --------------------------------
#
# Older scripts begin with ``net = googlenet``, a ``DAGNetwork`` with the class names in its last
# layer. Such a network is put together here.

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

_, topIdx = maxk(scores[0], 3, nargout=2)
topScores = scores[0, topIdx - 1]
topClasses = net.Layers[-1].Classes[topIdx - 1]
titles = compose("%s (%.2f)", string(topClasses), topScores)

figure()
imshow(img, 'InitialMagnification', 150)  # fmt: skip
title(join(titles, "; "))

# %%
# The class with the highest score
# --------------------------------
#
# The default mask is 45 pixels wide here and moves by 22.

occlusionMap = occlusionSensitivity(net, img, YPred)

figure()
imshow(img, 'InitialMagnification', 150)  # fmt: skip
hold("on")
imagesc(occlusionMap, 'AlphaData', 0.5)  # fmt: skip
colormap("jet")
colorbar()
title(sprintf("Occlusion sensitivity (%s)", string(YPred)))

# %%
# All three
# ---------
#
# Several labels give one map for each, from the same occluded images. The network shares 100 %
# among its classes: where a part speaks for one, it can speak against another. ``clim`` makes the
# colours mean the same in all maps; green is 0.

maps = occlusionSensitivity(net, img, topClasses)
limit = max(abs(maps), [], "all")

figure(Position=[100, 100, 900, 330])
tiledlayout(1, 3, TileSpacing="compact")
for i in range(length(topClasses)):
    nexttile()
    imshow(img)
    hold("on")
    imagesc(maps[:, :, i], 'AlphaData', 0.5)  # fmt: skip
    colormap("jet")
    clim([-limit, limit])
    title(titles[i])
colorbar()

# %%
# In more detail
# --------------
#
# A smaller step takes more images, 23×23 of them, and a smaller mask hides less: the map is finer,
# its values smaller, and more of it is noise.

detail = occlusionSensitivity(net, img, YPred, "Stride", 10, "MaskSize", 15)

figure()
imshow(img, 'InitialMagnification', 150)  # fmt: skip
hold("on")
imagesc(detail, 'AlphaData', 0.5)  # fmt: skip
colormap("jet")
colorbar()
title(sprintf("Occlusion sensitivity (%s), stride 10", string(YPred)))

plt.show()

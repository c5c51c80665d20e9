"""
Grad-CAM, by hand and built in
==============================

Deep layers of a network hold features, each with a map of where it is. Grad-CAM weights these maps
by how the score rises with them and adds them up. It takes one pass through the network forwards
and a part of one backwards.

MATLAB's example: "Grad-CAM Reveals the Why Behind Deep Learning Decisions".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``dlImg = dlarray(single(img),"SSC");``
     - ``dlImg = dlarray(single(img), "SSC")``
   * - ``[scores,features] = predict(net,dlImg,Outputs=["prob" "relu5"]);``
     - ``scores, features = predict(net, dlImg, Outputs=["prob", "relu5"], nargout=2)``
   * - ``gradient = dlgradient(scores(channel),features);``
     - ``gradient = dlgradient(scores[channel - 1], features)``
   * - ``[features,gradient] = dlfeval(@slopes,net,dlImg,…);``
     - ``features, gradient = dlfeval(slopes, net, dlImg, …)``
   * - ``map = sum(features.*sum(gradient,[1 2]),3);``
     - ``map = sum(features * sum(gradient, [1, 2]), 3)``
   * - ``map = squeeze(extractdata(map));``
     - ``map = squeeze(extractdata(map))``
   * - ``map = rescale(map);``
     - ``map = rescale(map)``
   * - ``map = imresize(map,inputSize,Method="bicubic");``
     - ``map = imresize(map, inputSize, Method="bicubic")``
   * - ``map = gradCAM(net,img,channel);``
     - ``map = gradCAM(net, img, channel)``
   * - ``[map,featureLayer,reductionLayer] = gradCAM(___);``
     - ``map, featureLayer, reductionLayer = gradCAM(..., nargout=3)``
   * - ``gradCAM(net,img,channel,FeatureLayer=name)``
     - ``gradCAM(net, img, channel, FeatureLayer=name)``
   * - ``gradCAM(net,img,@(Y)Y(a)-Y(b),ReductionLayer="fc")``
     - ``gradCAM(net, img, lambda Y: Y[a - 1] - Y[b - 1], ReductionLayer="fc")``
   * - ``imshow(img); hold on``
     - ``imshow(img); hold("on")``
   * - ``imagesc(map,AlphaData=0.5); colormap jet``
     - ``imagesc(map, AlphaData=0.5); colormap("jet")``
"""

import matplotlib.pyplot as plt
import skimage.data

from matxai import (
    abs,
    colorbar,
    colormap,
    dlarray,
    dlfeval,
    dlgradient,
    extractdata,
    figure,
    gradCAM,
    hold,
    imagePretrainedNetwork,
    imagesc,
    imresize,
    imshow,
    max,
    maxk,
    nexttile,
    predict,
    rescale,
    single,
    size,
    sprintf,
    squeeze,
    sum,
    tiledlayout,
    title,
)

img = skimage.data.chelsea()  # your own image: from matxai import imread; img = imread("my.jpg")

# %%
# Classify the image
# ------------------

net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
inputSize = net.Layers[0].InputSize[:2]
img = imresize(img, inputSize)

scores = predict(net, single(img))
topScores, topIdx = maxk(scores[0], 2, nargout=2)
channel = topIdx[0]

figure()
imshow(img)
title(sprintf("%s (%.2f)", classNames[channel - 1], topScores[0]))

# %%
# By hand: features, and the gradient of the score
# ------------------------------------------------
#
# ``dlgradient`` works inside of a function that ``dlfeval`` calls. The features are the last ones
# with a height and a width, 7×7 here; the score is that of the softmax layer.


def slopes(net, img, scoreLayer, featureLayer, channel):
    """Return the features, and how fast the score rises with each."""
    scores, features = predict(net, img, Outputs=[scoreLayer, featureLayer], nargout=2)
    return features, dlgradient(scores[channel - 1], features)


dlImg = dlarray(single(img), "SSC")
features, gradient = dlfeval(slopes, net, dlImg, "prob", "conv_head_relu", channel)
print("features:", size(features))

# %%
# Each feature map is weighted by the sum of its gradient, and all are added up. The example then
# brings the map to values from 0 to 1 and to the size of the image.

weighted = squeeze(extractdata(sum(features * sum(gradient, [1, 2]), 3)))
print("map:", size(weighted))

byHand = rescale(weighted)
byHand = imresize(byHand, inputSize, Method="bicubic")

figure()
imshow(img)
hold("on")
imagesc(byHand, AlphaData=0.5)
colormap("jet")
title("Grad-CAM by hand")

# %%
# Built in
# --------
#
# ``gradCAM`` chooses the same two layers. It weights by the mean of the gradient where the example
# takes the sum, and keeps what is positive: with ``OutputUpsampling="none"`` that is all there is
# between the two.

builtIn, featureLayer, reductionLayer = gradCAM(net, img, channel, nargout=3)
print("features of", featureLayer, "and the score of", reductionLayer)

coarse = gradCAM(net, img, channel, OutputUpsampling="none")
height, width = size(weighted)
same = max(weighted / (height * width), 0)
difference = max(abs(coarse - same), [], "all") / max(coarse, [], "all")
print("the same map, up to rounding:", difference < 1e-5)

figure()
imshow(img)
hold("on")
imagesc(builtIn, AlphaData=0.5)
colormap("jet")
colorbar()
title("gradCAM")

# %%
# Earlier layers
# --------------
#
# Features of earlier layers have more pixels and smaller parts of the image in view: the map
# scatters over details, of the background as well.

figure(Position=[100, 100, 760, 360])
tiledlayout(1, 2, TileSpacing="compact")
for name in ["block11_depthwise_relu", "block5_depthwise_relu"]:
    nexttile()
    imshow(img)
    hold("on")
    imagesc(gradCAM(net, img, channel, FeatureLayer=name), AlphaData=0.5)
    colormap("jet")
    title(name, Interpreter="none")

# %%
# Another score
# -------------
#
# The derivative of a probability vanishes where it is close to 0 or 1, and the map with it. The
# layer before the softmax has no such bounds. A function in place of the class makes any score of
# the output, here how far one class is ahead of another.

a, b = topIdx
ahead = gradCAM(net, img, lambda Y: Y[a - 1] - Y[b - 1], ReductionLayer="fc")

figure()
imshow(img)
hold("on")
imagesc(ahead, AlphaData=0.5)
colormap("jet")
title(f"{classNames[a - 1]} rather than {classNames[b - 1]}")

plt.show()

"""
Gradient maps by hand: a ReLU layer of your own
===============================================

Plain backpropagation, guided backpropagation and Zeiler and Fergus' deconvolution differ in one
place only: in what a ReLU layer hands back. A class of one's own says that in three lines; with it
in the place of each ReLU layer of the network, ``dlgradient`` gives the three maps. They are those
that :func:`gradientAttribution <matxai.gradientAttribution>` gives in one call.

MATLAB's example: "Investigate Classification Decisions Using Gradient Attribution Techniques".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``classdef BackwardReluLayer < nnet.layer.Layer``
     - ``class BackwardReluLayer(nnet.layer.Layer):``
   * - ``function dLdX = backward(layer,X,Z,dLdZ,memory)``
     - ``def backward(self, X, Z, dLdZ, memory):``
   * - ``lgraph = layerGraph(net)``
     - ``lgraph = layerGraph(net)``
   * - ``isa(layer,"nnet.cnn.layer.ClippedReLULayer")``
     - ``isa(layer, "nnet.cnn.layer.ClippedReLULayer")``
   * - ``lgraph = replaceLayer(lgraph,layer.Name,newLayer)``
     - ``lgraph = replaceLayer(lgraph, layer.Name, newLayer)``
   * - ``dlnet = dlnetwork(lgraph)``
     - ``dlnet = dlnetwork(lgraph)``
   * - ``dlX = dlarray(single(X),"SSC")``
     - ``dlX = dlarray(single(X), "SSC")``
   * - ``dydX = dlfeval(@gradientOf,dlnet,dlX,channel)``
     - ``dydX = dlfeval(gradientOf, dlnet, dlX, channel)``
   * - ``Y = predict(dlnet,dlX); dlgradient(Y(channel),dlX)``
     - ``Y = predict(dlnet, dlX); dlgradient(Y[channel - 1], dlX)``
   * - ``map = rescale(sum(abs(extractdata(dydX)),3))``
     - ``map = rescale(sum(abs(extractdata(dydX)), 3))``
"""

import matplotlib.pyplot as plt
import numpy as np
import skimage.data

from matxai import (
    abs,
    axis,
    colormap,
    disp,
    dlarray,
    dlfeval,
    dlgradient,
    dlnetwork,
    extractdata,
    figure,
    fprintf,
    gradientAttribution,
    gray,
    imagePretrainedNetwork,
    imagesc,
    imresize,
    imshow,
    isa,
    layerGraph,
    max,
    nexttile,
    nnet,
    predict,
    replaceLayer,
    rescale,
    single,
    sum,
    table,
    tiledlayout,
    title,
)

img = skimage.data.coffee()  # your own image: from matxai import imread; img = imread("my.jpg")

net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
X = imresize(img, net.Layers[0].InputSize[:2])
score, channel = max(predict(net, X), nargout=2)
fprintf("%s (channel %d), score %.3f\n", classNames[channel - 1], channel, score)

# %%
# A layer of your own
# -------------------
#
# This network's rectifiers are clipped: below 0 they are 0, above 6 they are 6. ``predict`` says
# so. ``backward`` gets the derivative of the score by the layer's output, and returns that by its
# input. Without such a method, it would be found by differentiating ``predict``.


class BackwardReluLayer(nnet.layer.Layer):
    def __init__(self, Name, Mode):
        super().__init__(Name)
        self.Mode = Mode

    def predict(self, X):
        return np.clip(X, 0, 6)

    def backward(self, X, Z, dLdZ, memory):
        active = (X > 0) * (X < 6)
        if self.Mode == "guided-backprop":
            return active * (dLdZ > 0) * dLdZ
        if self.Mode == "zeiler-fergus":
            return (dLdZ > 0) * dLdZ
        return active * dLdZ


# %%
# In the place of every ReLU layer
# --------------------------------
#
# ``layerGraph`` takes the network apart. It stays as it is: what is changed is the graph, of which
# ``dlnetwork`` makes another network.


def withReluLayers(net, mode):
    lgraph = layerGraph(net)
    for layer in lgraph.Layers:
        if isa(layer, "nnet.cnn.layer.ClippedReLULayer"):
            lgraph = replaceLayer(lgraph, layer.Name, BackwardReluLayer(layer.Name, mode))
    return dlnetwork(lgraph)


def gradientOf(dlnet, dlX, channel):
    Y = predict(dlnet, dlX)
    return dlgradient(Y[channel - 1], dlX)


modes = ["backprop", "guided-backprop", "zeiler-fergus"]
dlX = dlarray(single(X), "SSC")
gradients = []
for mode in modes:
    dlnet = withReluLayers(net, mode)
    gradients.append(extractdata(dlfeval(gradientOf, dlnet, dlX, channel)))

# %%
# The maps
# --------
#
# Absolute values, added up over red, green and blue; black is at the 99th percentile and above, as
# a few pixels lie far above the rest.

figure(Position=[100, 100, 1000, 310])
tiledlayout(1, 4, TileSpacing="compact")
nexttile()
imshow(X)
title(classNames[channel - 1])
for mode, dydX in zip(modes, gradients, strict=True):
    values = sum(abs(dydX), 3)
    nexttile()
    imagesc(rescale(values, InputMax=np.quantile(values, 0.99)))
    colormap(1 - gray(255))
    axis("image", "off")
    title(mode)

# %%
# The same in one call
# --------------------
#
# ``gradientAttribution`` calls plain backpropagation "autodiff". The last column is the
# largest difference, relative to the largest value.

methods = ["autodiff", "guided-backprop", "zeiler-fergus"]
largest = [max(abs(dydX), None, "all") for dydX in gradients]
difference = []
for method, dydX in zip(methods, gradients, strict=True):
    _, expected = gradientAttribution(net, X, channel, Method=method, nargout=2)
    difference.append(max(abs(dydX - expected), None, "all") / max(abs(expected), None, "all"))
disp(
    table(
        methods, largest, difference, VariableNames=["Method", "LargestValue", "LargestDifference"]
    )
)

plt.show()

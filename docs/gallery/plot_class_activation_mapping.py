"""
Class activation mapping
========================

Many networks end with the mean of each feature over the image and one fully connected layer. The
weights of that layer say how much each feature counts for a class; the same weights, applied before
the mean, say where.

MATLAB's example: "Investigate Network Predictions Using Class Activation Mapping".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``act = activations(net,img,layerName);``
     - ``act = activations(net, img, layerName)``
   * - ``fcWeights = net.Layers(end-2).Weights;``
     - ``fcWeights = net.Layers[-3].Weights``
   * - ``fcBias = net.Layers(end-2).Bias;``
     - ``fcBias = net.Layers[-3].Bias``
   * - ``means = squeeze(mean(act,[1 2]));``
     - ``means = squeeze(mean(act, [1, 2])).ravel()``
   * - ``scores = fcWeights*means + fcBias;``
     - ``scores = fcWeights @ means + fcBias``
   * - ``[~,classIds] = maxk(scores,3);``
     - ``_, classIds = maxk(scores, 3, nargout=2)``
   * - ``w = reshape(fcWeights(classIds(1),:),1,1,[]);``
     - ``w = fcWeights[classIds[0] - 1]``
   * - ``CAM = sum(act.*w,3);``
     - ``CAM = sum(act * w, 3)``
   * - ``scores = exp(scores)/sum(exp(scores));``
     - ``scores = exp(scores) / sum(exp(scores))``
   * - ``CAM = rescale(imresize(CAM,size(img,[1 2])));``
     - ``CAM = rescale(imresize(CAM, size(img, [1, 2])))``
   * - ``CAM(CAM < 0.2) = 0;``
     - ``CAM[CAM < 0.2] = 0``
   * - ``cmap = jet(255).*linspace(0,1,255)';``
     - ``cmap = jet(255) * linspace(0, 1, 255)[:, None]``
   * - ``colours = ind2rgb(uint8(255*CAM),cmap);``
     - ``colours = ind2rgb(uint8(255 * CAM), cmap)``
   * - ``grey = double(rgb2gray(img))/255;``
     - ``grey = double(rgb2gray(img)) / 255``
   * - ``imshow(rescale(grey/2 + colours))``
     - ``imshow(rescale(grey[:, :, None] / 2 + colours))``
"""

import matplotlib.pyplot as plt
import skimage.data

from matxai import (
    abs,
    activations,
    addLayers,
    assembleNetwork,
    classificationLayer,
    connectLayers,
    double,
    exp,
    figure,
    gradCAM,
    imagePretrainedNetwork,
    imresize,
    imshow,
    ind2rgb,
    jet,
    layerGraph,
    linspace,
    max,
    maxk,
    mean,
    nexttile,
    rescale,
    rgb2gray,
    size,
    sprintf,
    squeeze,
    sum,
    tiledlayout,
    title,
    uint8,
)

img = skimage.data.rocket()  # your own image: from matxai import imread; img = imread("my.jpg")

# %%
# A network that ends with a mean
# -------------------------------
#
# Older scripts begin with ``net = googlenet``, a ``DAGNetwork`` with the class names in its last
# layer. Such a network is put together here. Before the softmax and the output layer it has the
# fully connected one; before that, the features of ``conv_head_relu`` are averaged.

dlnet, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
lgraph = layerGraph(dlnet)
lgraph = addLayers(lgraph, classificationLayer(Name="output", Classes=classNames))
lgraph = connectLayers(lgraph, "prob", "output")
net = assembleNetwork(lgraph)

layerName = "conv_head_relu"
for layer in net.Layers[-6:]:
    print(layer.Name)

# %%
# The scores, from the features
# -----------------------------

img = imresize(img, net.Layers[0].InputSize[:2])
act = activations(net, img, layerName)
print("features:", size(act))

fcWeights = net.Layers[-3].Weights
fcBias = net.Layers[-3].Bias
means = squeeze(mean(act, [1, 2])).ravel()
scores = fcWeights @ means + fcBias
_, classIds = maxk(scores, 3, nargout=2)
labels = net.Layers[-1].Classes[classIds - 1]

probabilities = exp(scores) / sum(exp(scores))
for label, classId in zip(labels, classIds, strict=True):
    print(f"{label}: {probabilities[classId - 1]:.2f}")

# %%
# Where they come from
# --------------------
#
# The map has a value for each of 7×7 places. Their mean and the bias are the class's score before
# the softmax, so the map divides up the score among the places.

w = fcWeights[classIds[0] - 1]
CAM = sum(act * w, 3)
score = scores[classIds[0] - 1]
print(f"score {score:.3f}, mean of the map and bias", end=" ")
print(f"{mean(CAM, 'all') + fcBias[classIds[0] - 1]:.3f}")


def show(img, CAM):
    """Show a map in colours over the image in grey, black where there is least of it."""
    CAM = rescale(imresize(CAM, size(img, [1, 2])))
    CAM[CAM < 0.2] = 0
    cmap = jet(255) * linspace(0, 1, 255)[:, None]
    colours = ind2rgb(uint8(255 * CAM), cmap)
    grey = double(rgb2gray(img)) / 255
    imshow(rescale(grey[:, :, None] / 2 + colours))


figure(Position=[100, 100, 760, 360])
tiledlayout(1, 2, TileSpacing="compact")
nexttile()
imshow(img)
nexttile()
show(img, CAM)
title(sprintf("%s (%.2f)", str(labels[0]), probabilities[classIds[0] - 1]))

# %%
# Other classes
# -------------

figure(Position=[100, 100, 760, 360])
tiledlayout(1, 2, TileSpacing="compact")
for k in (1, 2):
    nexttile()
    show(img, sum(act * fcWeights[classIds[k] - 1], 3))
    title(sprintf("%s (%.2f)", str(labels[k]), probabilities[classIds[k] - 1]))

# %%
# The same as Grad-CAM
# --------------------
#
# In such a network the derivative of a score before the softmax with respect to a feature is that
# feature's weight, divided by the number of places. So ``gradCAM``, which keeps what is positive,
# computes the same map.

coarse = gradCAM(net, img, labels[0], ReductionLayer="fc", OutputUpsampling="none")
height, width = size(CAM)
same = max(CAM / (height * width), 0)
difference = max(abs(coarse - same), [], "all") / max(coarse, [], "all")
print("the same map, up to rounding:", difference < 1e-5)

plt.show()

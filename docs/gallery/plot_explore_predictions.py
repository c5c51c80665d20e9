"""
Explore network predictions
===========================

Why does the network call this a cat of that kind? Seven ways of looking at one prediction, from the
first layer's activations to images that the network dreams up.

MATLAB's example: "Explore Network Predictions Using Deep Learning Visualization Techniques".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``net = googlenet;``
     - ``net = assembleNetwork(lgraph)``, see below
   * - ``inputSize = net.Layers(1).InputSize(1:2);``
     - ``inputSize = net.Layers[0].InputSize[:2]``
   * - ``classes = net.Layers(end).Classes;``
     - ``classes = net.Layers[-1].Classes``
   * - ``[YPred,scores] = classify(net,img);``
     - ``YPred, scores = classify(net, img, nargout=2)``
   * - ``[~,topIdx] = maxk(scores,3);``
     - ``_, topIdx = maxk(scores[0], 3, nargout=2)``
   * - ``topClasses = classes(topIdx);``
     - ``topClasses = classes[topIdx - 1]``
   * - ``table(topClasses,topScores)``
     - ``table(topClasses, topScores, VariableNames=["topClasses", "topScores"])``
   * - ``act = activations(net,img,"relu1");``
     - ``act = activations(net, img, "relu1")``
   * - ``act = reshape(act,[sz(1) sz(2) 1 sz(3)]);``
     - ``act = reshape(act, [sz[0], sz[1], 1, sz[2]])``
   * - ``imshow(imtile(mat2gray(act(:,:,:,1:12))))``
     - ``imshow(imtile(mat2gray(act[:, :, :, :12])))``
   * - ``[maxValue,maxValueIndex] = max(max(max(act)));``
     - ``maxValue, maxValueIndex = max(max(max(act)), nargout=2)``
   * - ``gradCAM(net,img,YPred,'FeatureLayer',"relu1")``
     - ``gradCAM(net, img, YPred, 'FeatureLayer', "relu1")``
   * - ``occlusionSensitivity(net,img,YPred,'Stride',10,'MaskSize',15)``
     - ``occlusionSensitivity(net, img, YPred, 'Stride', 10, 'MaskSize', 15)``
   * - ``imageLIME(net,img,topClasses(1))``
     - ``imageLIME(net, img, topClasses[0])``
   * - ``"LIME (" + string(topClasses(1)) + ")"``
     - ``"LIME (" + string(topClasses[0]) + ")"``
   * - ``lgraph = layerGraph(net);``
     - ``lgraph = layerGraph(net)``
   * - ``lgraph = removeLayers(lgraph,lgraph.Layers(end).Name);``
     - ``lgraph = removeLayers(lgraph, lgraph.Layers[-1].Name)``
   * - ``lgraph = replaceLayer(lgraph,layerName,newLayer);``
     - ``lgraph = replaceLayer(lgraph, layerName, newLayer)``
   * - ``isa(lgraph.Layers(i),'nnet.cnn.layer.ReLULayer')``
     - ``isa(layer, 'nnet.cnn.layer.ClippedReLULayer')``
   * - ``dlnet = dlnetwork(lgraph);``
     - ``dlnet = dlnetwork(lgraph)``
   * - ``dlImg = dlarray(single(img),"SSC");``
     - ``dlImg = dlarray(single(img), "SSC")``
   * - ``dydI = dlfeval(@gradientMap,dlnet,dlImg,softmaxName,YPred);``
     - ``dydI = dlfeval(gradientMap, dlnet, dlImg, softmaxName, YPred)``
   * - ``predict(dlnet,one,'Outputs',{softmaxName})``
     - ``predict(dlnet, one, 'Outputs', [softmaxName])``
   * - ``dlgradient(scores(classIdx),one)``
     - ``dlgradient(scores[classIdx], one)``
   * - ``map = rescale(sum(abs(extractdata(dydI)),3));``
     - ``map = rescale(sum(abs(extractdata(dydI)), 3))``
   * - ``cmap = [linspace(1,0,255)' …];``
     - ``cmap = repmat(linspace(1, 0, 255)[:, None], 1, 3)``
   * - ``deepDreamImage(net,layer,channels,'Verbose',false)``
     - ``deepDreamImage(net, layer, channels, 'Verbose', False)``
   * - ``dreamImage(:,:,:,i)``
     - ``dreamImage[:, :, :, i]``
"""

import matplotlib.pyplot as plt
import numpy as np
import skimage.data

from matxai import (
    abs,
    activations,
    addLayers,
    assembleNetwork,
    classificationLayer,
    classify,
    colormap,
    connectLayers,
    deepDreamImage,
    dlarray,
    dlfeval,
    dlgradient,
    dlnetwork,
    extractdata,
    figure,
    gradCAM,
    hold,
    imageLIME,
    imagePretrainedNetwork,
    imagesc,
    imresize,
    imshow,
    imtile,
    isa,
    layerGraph,
    linspace,
    mat2gray,
    max,
    maxk,
    nexttile,
    nnet,
    occlusionSensitivity,
    predict,
    removeLayers,
    replaceLayer,
    repmat,
    rescale,
    reshape,
    rng,
    single,
    size,
    string,
    subplot,
    sum,
    table,
    tiledlayout,
    title,
    zeros,
)

# fmt: off
img = skimage.data.chelsea()  # your own image: from matxai import imread; img = imread("my.jpg")

# %%
# A pretrained network
# --------------------
#
# The example begins with ``net = googlenet``, a ``DAGNetwork`` with the class names in its last
# layer. Such a network is put together here of the demo network and an output layer.

rng("default")
pretrained, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
lgraph = layerGraph(pretrained)
lgraph = addLayers(lgraph, classificationLayer(Name="output", Classes=classNames))
lgraph = connectLayers(lgraph, "prob", "output")
net = assembleNetwork(lgraph)

inputSize = net.Layers[0].InputSize[:2]
classes = net.Layers[-1].Classes

# %%
# Classify the image
# ------------------

img = imresize(img, inputSize)

figure()
imshow(img)

YPred, scores = classify(net, img, nargout=2)
print(YPred)

# %%
# The three highest scores:

_, topIdx = maxk(scores[0], 3, nargout=2)
topScores = scores[0, topIdx - 1]
topClasses = classes[topIdx - 1]
print(table(topClasses, topScores, VariableNames=["topClasses", "topScores"]))

# %%
# Activations
# -----------
#
# The channels of an early layer are images of edges and colours. ``imtile`` puts the first twelve
# side by side; it wants the channels in the fourth dimension.

act = activations(net, img, "block1_depthwise_relu")
sz = size(act)
act = reshape(act, [sz[0], sz[1], 1, sz[2]])

tiles = imtile(mat2gray(act[:, :, :, :12]))
figure()
imshow(tiles)

# %%
# A deep layer has more channels than anyone can look at. The one with the strongest activation
# shows what the layer responds to most; the layer is the one before the last ReLU, which clips.

actDeep = activations(net, img, "conv_head_bn")
sz = size(actDeep)
print(sz)
actDeep = reshape(actDeep, [sz[0], sz[1], 1, sz[2]])

maxValue, maxValueIndex = max(max(max(actDeep)), nargout=2)
print(f"channel {maxValueIndex}: {maxValue:.1f}")
actDeepMax = actDeep[:, :, 0, maxValueIndex - 1]

figure()
tiledlayout("flow")
nexttile()
imshow(img)
nexttile()
imshow(imresize(mat2gray(actDeepMax), inputSize))


# %%
# Two maps over the image
# -----------------------
#
# The next sections compare two maps each, with this function.


def plotMaps(img, map1, map2, title1, title2, alpha, cmap):
    """Show an image, and two maps over it."""
    figure(Position=[100, 100, 840, 300])
    subplot(1, 3, 1)
    imshow(img)
    for place, values, name in [(2, map1, title1), (3, map2, title2)]:
        subplot(1, 3, place)
        imshow(img)
        hold("on")
        imagesc(values, 'AlphaData', alpha)
        colormap(cmap)
        title(name)
        hold("off")


# %%
# Grad-CAM
# --------
#
# Where are the features that the score rises with? By default those of the last layer that has
# any size left; an early layer shows edges.

gradcamMap = gradCAM(net, img, YPred)
gradcamMapShallow = gradCAM(net, img, YPred, 'FeatureLayer', "block1_depthwise_relu")

alpha = 0.5
cmap = "jet"
plotMaps(img, gradcamMap, gradcamMapShallow, "Deep layer", "Shallow layer", alpha, cmap)

# %%
# Occlusion sensitivity
# ---------------------
#
# How much lower is the score when a part is covered? A smaller mask and a smaller step show more
# detail, and more noise.

occlusionMap = occlusionSensitivity(net, img, YPred)
occlusionMapDetail = occlusionSensitivity(net, img, YPred, 'Stride', 10, 'MaskSize', 15)

plotMaps(
    img, occlusionMap, occlusionMapDetail,
    "Occlusion sensitivity", "Occlusion sensitivity \newline (high resolution)", alpha, cmap,
)

# %%
# LIME
# ----
#
# Which superpixels does a simple model of the network rely on? For the two classes with the highest
# scores. ``NumSamples`` is a quarter of the default, for this page to be built fast.

limeMapClass1 = imageLIME(net, img, topClasses[0], 'NumSamples', 512)
limeMapClass2 = imageLIME(net, img, topClasses[1], 'NumSamples', 512)

titleClass1 = "LIME (" + string(topClasses[0]) + ")"
titleClass2 = "LIME (" + string(topClasses[1]) + ")"
plotMaps(img, limeMapClass1, limeMapClass2, titleClass1, titleClass2, alpha, cmap)

# %%
# Gradient attribution
# --------------------
#
# Which pixels would change the score? The derivative of the score with respect to each pixel is
# taken in a function that ``dlfeval`` calls. A categorical in the brackets of a ``dlarray`` stands
# for the place of its category.


def gradientMap(dlnet, dlImgs, softmaxName, classIdx):
    """Differentiate a class's score with respect to one image or several."""
    dydI = dlarray(zeros(size(dlImgs)))
    for i in range(size(dlImgs, 4)):
        one = dlImgs[:, :, :, i]
        scores = predict(dlnet, one, 'Outputs', [softmaxName])
        dydI[:, :, :, i] = dlgradient(scores[classIdx], one)
    return dydI


# %%
# Guided backpropagation changes what ReLU layers hand back: only what is positive, and only where
# the layer was active. So its ReLU layers are replaced by a layer with a ``backward`` of its own.
# The ReLU layers of this network, unlike GoogLeNet's, are clipped at 6.


class CustomBackpropReluLayer(nnet.layer.Layer):
    """A clipped ReLU layer that hands back only what is positive."""

    def predict(self, X):
        return np.clip(X, 0, 6)

    def backward(self, X, Z, dLdZ, memory):
        return (X > 0) * (X < 6) * (dLdZ > 0) * dLdZ


def replaceLayersOfType(lgraph, layerType, newLayer):
    """Replace all layers of a type by the new one, under their names."""
    for layer in lgraph.Layers:
        if isa(layer, layerType):
            newLayer.Name = layer.Name
            lgraph = replaceLayer(lgraph, layer.Name, newLayer)
    return lgraph


def gradientAttribution(net, img, YPred, softmaxName, method):
    """Make the map of one image, from 0 to 1."""
    lgraph = layerGraph(net)
    lgraph = removeLayers(lgraph, lgraph.Layers[-1].Name)
    if method == "guided-backprop":
        customRelu = CustomBackpropReluLayer()
        lgraph = replaceLayersOfType(lgraph, 'nnet.cnn.layer.ClippedReLULayer', customRelu)
    dlnet = dlnetwork(lgraph)

    dlImg = dlarray(single(img), "SSC")
    dydI = dlfeval(gradientMap, dlnet, dlImg, softmaxName, YPred)
    return rescale(sum(abs(extractdata(dydI)), 3))


# %%
# The map is as fine as the image, and noisy; white is 0 and black 1. The function is also built in:
# :func:`matxai.gradientAttribution`.

softmaxName = "prob"
pixelMap = gradientAttribution(net, img, YPred, softmaxName, "autodiff")
pixelGuidedBackpropMap = gradientAttribution(net, img, YPred, softmaxName, "guided-backprop")

alpha = 1
cmap = repmat(linspace(1, 0, 255)[:, None], 1, 3)
plotMaps(
    img, pixelMap, pixelGuidedBackpropMap,
    "Gradient attribution", "Guided backpropagation", alpha, cmap,
)

# %%
# Deep dreams
# -----------
#
# What would the network like to see? This does not depend on the image: starting from noise, it is
# changed until the channel of a class in the fully connected layer responds strongly. More levels
# and more iterations give larger and clearer images, in more time: MATLAB's example takes 4 and
# 100, the defaults are 3 and 10.

channels = topIdx
learnableLayer = "fc"
dreamImage = deepDreamImage(
    net, learnableLayer, channels, 'Verbose', False, 'NumIterations', 5, 'PyramidLevels', 1,
)
dreamImageDetailed = deepDreamImage(
    net, learnableLayer, channels, 'Verbose', False, 'NumIterations', 6, 'PyramidLevels', 2,
)

figure(Position=[100, 100, 780, 540])
tiledlayout(2, 3, TileSpacing="compact")
for i in range(3):
    nexttile()
    imshow(dreamImage[:, :, :, i])
    title(string(topClasses[i]))

for i in range(3):
    nexttile()
    imshow(dreamImageDetailed[:, :, :, i])
    title(string(topClasses[i]) + " \newline (two levels)")

plt.show()

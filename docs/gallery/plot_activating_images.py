"""
Maximal and minimal activating images
=====================================

Which of many images does a class of the network respond to most, and which least? The images at
both ends say what the network has learnt, and those that should not be there what it mixes up.

MATLAB's example: "Visualize Image Classifications Using Maximal and Minimal Activating Images".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``imds = imageDatastore(files)``
     - ``imds = imageDatastore(files)``
   * - ``auimds = augmentedImageDatastore(inputSize,imds,ColorPreprocessing="gray2rgb")``
     - ``auimds = augmentedImageDatastore(inputSize, imds, ColorPreprocessing="gray2rgb")``
   * - ``T = readall(auimds); X = cat(4,T.input{:})``
     - ``T = readall(auimds); X = cat(4, *T.input)``
   * - ``scores = activations(net,X,"fc",OutputAs="rows")``
     - ``scores = activations(net, X, "fc", OutputAs="rows")``
   * - ``channel = find(classNames == "tabby")``
     - ``channel = find(classNames == "tabby")[0]``
   * - ``[~,idx] = maxk(scores(:,channel),4)``
     - ``_, idx = maxk(scores[:, channel - 1], 4, nargout=2)``
   * - ``[~,idx] = mink(scores(:,channel),4)``
     - ``_, idx = mink(scores[:, channel - 1], 4, nargout=2)``
   * - ``montage(X(:,:,:,idx))``
     - ``montage(X[:, :, :, idx - 1])``
   * - ``act = squeeze(max(act,[],[1 2]))``
     - ``act = squeeze(max(act, [], [1, 2]))``
   * - ``map = gradCAM(net,img,channel,ReductionLayer="fc")``
     - ``map = gradCAM(net, img, channel, ReductionLayer="fc")``
"""

import os

import matplotlib.pyplot as plt
import numpy as np
import skimage

from matxai import (
    activations,
    augmentedImageDatastore,
    cat,
    colormap,
    figure,
    find,
    fprintf,
    gradCAM,
    hold,
    imageDatastore,
    imagePretrainedNetwork,
    imagesc,
    imshow,
    max,
    maxk,
    mink,
    montage,
    nexttile,
    readall,
    size,
    squeeze,
    tiledlayout,
    title,
)

folder = os.path.join(os.path.dirname(skimage.__file__), "data")
photographs = (
    "astronaut.png brick.png camera.png cell.png chelsea.png coffee.png coins.png grass.png "
    "gravel.png hubble_deep_field.jpg ihc.png moon.png motorcycle_left.png page.png retina.jpg "
    "rocket.jpg"
)
files = [os.path.join(folder, name) for name in photographs.split()]
imds = imageDatastore(files)  # your own: imds = imageDatastore("my folder")

# %%
# Photographs, and parts of them
# ------------------------------
#
# The photographs that come with scikit-image differ in size, and some are grey; the augmented
# datastore makes them what the network takes. They are few: nine overlapping parts of each, half as
# large, make them more.

net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
inputSize = net.Layers[0].InputSize
auimds = augmentedImageDatastore(2 * inputSize[:2], imds, ColorPreprocessing="gray2rgb")
T = readall(auimds)
corners = np.linspace(0, inputSize[0], 3).astype(int)
parts = [
    img[top : top + inputSize[0], left : left + inputSize[1]]
    for img in T.input
    for top in corners
    for left in corners
]
X = cat(4, *parts)
fprintf("%d photographs, %d parts of %d×%d pixels\n", len(T.input), size(X, 4), *inputSize[:2])

# %%
# One class
# ---------
#
# The softmax layer is 0 for most images, so the activations are those of the fully connected layer
# before it: negative ones speak against the class. All four images on top show the cat. Those at
# the bottom are what the network takes for anything rather than a cat.

scores = activations(net, X, "fc", OutputAs="rows")
channel = find(classNames == "Egyptian cat")[0]
best, maxIdx = maxk(scores[:, channel - 1], 4, nargout=2)
worst, minIdx = mink(scores[:, channel - 1], 4, nargout=2)

figure(Position=[100, 100, 900, 500])
tiledlayout(2, 1, TileSpacing="compact")
nexttile()
montage(X[:, :, :, maxIdx - 1], Size=[1, 4], BorderSize=4, BackgroundColor="white")
title(f"{classNames[channel - 1]}: activation {best[0]:.1f} to {best[-1]:.1f}")
nexttile()
montage(X[:, :, :, minIdx - 1], Size=[1, 4], BorderSize=4, BackgroundColor="white")
title(f"activation {worst[0]:.1f} to {worst[-1]:.1f}")

# %%
# What it mixes up
# ----------------
#
# A class that none of the photographs shows has an image on top, too: galaxies are the most like
# bubbles, bricks like a crossword puzzle. ``gradCAM`` says which part of it the network takes for
# that.

names = ["crossword puzzle", "bubble", "golf ball", "football helmet"]
figure(Position=[100, 100, 900, 500])
tiledlayout(2, 4, TileSpacing="compact")
for k, name in enumerate(names):
    channel = find(classNames == name)[0]
    score, idx = max(scores[:, channel - 1], nargout=2)
    img = X[:, :, :, idx - 1]
    nexttile(k + 1)
    imshow(img)
    title(f"{name}: {score:.1f}")
    nexttile(k + 5)
    imshow(img)
    hold("on")
    imagesc(gradCAM(net, img, channel, ReductionLayer="fc"), AlphaData=0.5)
    colormap("jet")

# %%
# Channels within the network
# ---------------------------
#
# Channels of a layer have no names; the images that activate them most say what they look for. A
# channel's activation here is the greatest value of its map.

act = activations(net, X, "block11_expand_relu")
act = squeeze(max(act, [], [1, 2]))
fprintf("%d channels, %d images\n", *size(act))

figure(Position=[100, 100, 900, 300])
tiledlayout(2, 2, TileSpacing="compact")
for channel in [1, 2, 3, 4]:
    _, idx = maxk(act[channel - 1], 4, nargout=2)
    nexttile()
    montage(X[:, :, :, idx - 1], Size=[1, 4], BorderSize=4, BackgroundColor="white")
    title(f"channel {channel}")

plt.show()

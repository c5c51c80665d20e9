"""
gradCAM of a network that segments
==================================

A segmentation network gives a score for every pixel and class, so ``gradCAM`` has to be told which
number to explain: the sum over all pixels of a class, or over some of them. The network here is a
small one, trained while this page is built: it tells small coins from large ones and both from the
background.

MATLAB's example: "Explore Semantic Segmentation Network Using Grad-CAM".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``net = trainnet(...)``, or a network from elsewhere
     - ``net = fromTorch(module, inputSize, ...)``
   * - ``Y = predict(net,single(X)); [~,L] = max(Y,[],3)``
     - ``Y = predict(net, X); _, L = max(Y, [], 3, nargout=2)``
   * - ``imshow(labeloverlay(X,L,IncludedLabels=[2 3]))``
     - ``imshow(labeloverlay(X, L, IncludedLabels=[2, 3]))``
   * - ``reductionFcn = @(Y)sum(Y(:,:,k),"all")``
     - ``reductionFcn = lambda Y: Y[:, :, k - 1].sum()``
   * - ``gradCAM(net,X,reductionFcn,FeatureLayer="relu4")``
     - ``gradCAM(net, X, reductionFcn, FeatureLayer="relu4")``
"""

from collections import OrderedDict

import matplotlib.pyplot as plt
import numpy as np
import skimage.data
import torch
from skimage.filters import sobel
from skimage.measure import label, regionprops
from skimage.segmentation import watershed
from torch import nn

from matxai import (
    colormap,
    figure,
    fprintf,
    fromTorch,
    gradCAM,
    hold,
    imagesc,
    imresize,
    imshow,
    labeloverlay,
    max,
    nexttile,
    predict,
    tiledlayout,
    title,
)

X = imresize(skimage.data.coins(), 1 / 3)[:100]  # your own image: with a network of your own

# %%
# What is to be learnt
# --------------------
#
# A watershed finds the coins; those of over 240 pixels are the large ones.

classNames = ["background", "small coin", "large coin"]
markers = np.where(X < 40, 1, np.where(X > 150, 2, 0))
truth = np.zeros(X.shape, int)
for coin in regionprops(label(watershed(sobel(X), markers) == 2)):
    truth[tuple(coin.coords.T)] = 2 if coin.area > 240 else 1

# %%
# A network of four convolutions
# ------------------------------
#
# Two poolings leave 25×32 places, each of which sees a part of the image larger than a coin. It is
# trained for a few seconds, on this image, upright and turned by 180°.

torch.manual_seed(0)
layers = OrderedDict(
    conv1=nn.Conv2d(1, 12, 3, padding=1), relu1=nn.ReLU(), pool1=nn.MaxPool2d(2),
    conv2=nn.Conv2d(12, 24, 3, padding=1), relu2=nn.ReLU(), pool2=nn.MaxPool2d(2),
    conv3=nn.Conv2d(24, 48, 3, padding=2, dilation=2), relu3=nn.ReLU(),
    conv4=nn.Conv2d(48, 48, 3, padding=2, dilation=2), relu4=nn.ReLU(),
    scores=nn.Conv2d(48, 3, 1), upsample=nn.Upsample(scale_factor=4, mode="bilinear"),
)  # fmt: skip
module = nn.Sequential(layers)
flips = [(), (0, 1)]
images = torch.tensor(np.stack([np.flip(X, f) for f in flips])[:, None] / 255).float()
targets = torch.tensor(np.stack([np.flip(truth, f) for f in flips]))
optimizer = torch.optim.Adam(module.parameters(), 3e-3)
for _ in range(120):
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(module(images), targets)
    loss.backward()
    optimizer.step()

module.add_module("softmax", nn.Softmax(dim=1))
net = fromTorch(module, [*X.shape, 1], Normalization="rescale-zero-one", Min=0, Max=255)

# %%
# What it sees
# ------------

Y = predict(net, X)
_, L = max(Y, [], 3, nargout=2)
fprintf("%d×%d scores for %d classes\n", *Y.shape)
fprintf("%.1f %% of the pixels are as they were taught\n", 100 * (truth == L - 1).mean())

figure(Position=[100, 100, 960, 390])
tiledlayout(1, 2, TileSpacing="compact")
nexttile()
imshow(X)
nexttile()
imshow(labeloverlay(X, L, Colormap=[[0, 0, 0], [0, 1, 1], [1, 0.6, 0]], IncludedLabels=[2, 3]))
title("small coins blue, large coins orange")

# %%
# Where each class comes from
# ---------------------------
#
# A function turns the scores, H×W×C, into the one number that is explained: here a class's
# score, added up over all pixels. Of the last features, those of a class lie where the class is.
# ``k`` is given its value in ``k=k``, since a function in a loop would only see the last one.


def draw(values, name):
    nexttile()
    imshow(np.dstack([X] * 3))
    hold("on")
    imagesc(values, AlphaData=0.5)
    colormap("jet")
    title(name)


figure(Position=[100, 100, 1000, 300])
tiledlayout(1, 3, TileSpacing="compact")
for k in [1, 2, 3]:
    values = gradCAM(net, X, lambda Y, k=k: Y[:, :, k - 1].sum(), FeatureLayer="relu4")
    draw(values, classNames[k - 1])

# %%
# Early and deep features
# -----------------------
#
# For large coins: the features of the first layers are edges and grey levels, which the maps follow
# wherever they are; only deep features belong to the class.

figure(Position=[100, 100, 1000, 300])
tiledlayout(1, 3, TileSpacing="compact")
for layer in ["relu1", "relu2", "relu4"]:
    draw(gradCAM(net, X, lambda Y: Y[:, :, 2].sum(), FeatureLayer=layer), layer)

plt.show()

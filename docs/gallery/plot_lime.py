"""
imageLIME: the parts that a score relies on
===========================================

LIME divides an image into features, hides each of them at random, over and over, and fits a simple
model that predicts the network's score from which features were shown.

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``[net,classNames] = imagePretrainedNetwork(name)``
     - ``imagePretrainedNetwork(name, nargout=2)``
   * - ``imresize(I,net.Layers(1).InputSize(1:2))``
     - ``imresize(I, net.Layers[0].InputSize[:2])``
   * - ``scores = predict(net,single(X))``
     - ``scores = predict(net, X)``
   * - ``[~,channel] = max(scores)``
     - ``channel = int(scores.argmax()) + 1``
   * - ``[map,L,w] = imageLIME(net,X,channel)``
     - ``imageLIME(net, X, channel, nargout=3)``
   * - ``[~,idx] = maxk(w,4)``
     - ``idx = np.argsort(-w, kind="stable")[:4] + 1``
   * - ``mask = ismember(L,idx)``
     - ``mask = np.isin(L, idx)``
"""

import matplotlib.pyplot as plt
import numpy as np
import skimage.data

from matxai import (
    boundarymask,
    imageLIME,
    imagePretrainedNetwork,
    imresize,
    predict,
    rng,
)

# %%
# A network, a photograph, a prediction
# -------------------------------------
#
# The demo network takes raw RGB images of 224×224 pixels. The channel is counted from 1, as
# MATLAB counts; Python's brackets count from 0.

net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
X = imresize(skimage.data.coffee(), net.Layers[0].InputSize[:2])
scores = predict(net, X)
channel = int(scores.argmax()) + 1
print(f"channel {channel} is {classNames[channel - 1]}, score {scores.max():.2f}")

# %%
# Superpixels and a regression tree
# ---------------------------------
#
# These are the defaults, except that ``NumSamples`` is half of the default 2048, to keep the build
# of this page short. ``L`` says which feature each pixel belongs to, ``w`` how important each
# feature is. ``rng`` makes the run repeatable.

rng("default")
scoreMap, L, w = imageLIME(net, X, channel, NumSamples=1024, nargout=3)


def overlay(axis, values, title, **limits):
    """Lay a map over the image, half transparent, as imagesc with AlphaData does."""
    axis.imshow(X)
    drawn = axis.imshow(values, cmap="jet", alpha=0.5, **limits)
    axis.figure.colorbar(drawn, ax=axis, shrink=0.8)
    axis.set_title(title)
    axis.axis("off")


outlined = X.copy()
outlined[boundarymask(L)] = [0, 255, 255]

figure, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
axes[0].imshow(outlined)
axes[0].set_title(f"{L.max()} superpixels")
axes[0].axis("off")
overlay(axes[1], scoreMap, f"importance for {classNames[channel - 1]}")
plt.show()

# %%
# The importances of a tree are never negative: they say how much the score depends on a feature,
# not in which direction.
#
# Only the four most important features
# -------------------------------------

idx = np.argsort(-w, kind="stable")[:4] + 1
mask = np.isin(L, idx)
maskedImage = X * mask[:, :, np.newaxis]
for feature in idx:
    print(f"feature {feature:2d}: {w[feature - 1]:.2e}")

plt.figure(figsize=(4, 4), layout="constrained")
plt.imshow(maskedImage)
plt.axis("off")
plt.show()

# %%
# A grid and a linear model
# -------------------------
#
# The features are now 8×8 squares, and the importances are the weights of a linear model. They
# have a sign: in the model, red parts raise the score and blue ones lower it. ``"Name", value``
# pairs and ``Name=value`` can be mixed.

grid = {"Segmentation": "grid", "NumFeatures": 64, "OutputUpsampling": "bicubic"}
smooth, squares, weights = imageLIME(
    net, X, channel, "Model", "linear", NumSamples=1024, nargout=3, **grid
)
limit = np.abs(weights).max()
print(f"{len(weights)} weights from {weights.min():.3f} to {weights.max():.3f}")

figure, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
overlay(axes[0], weights[squares - 1], "each square's weight", vmin=-limit, vmax=limit)
overlay(axes[1], smooth, 'OutputUpsampling="bicubic"', vmin=-limit, vmax=limit)
plt.show()

"""
occlusionSensitivity: parts of an image covered
===============================================

A square of the image's mean colour moves over the image. Each place of it gives one number: the
score of the whole image minus the score with that part covered.

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``[net,classNames] = imagePretrainedNetwork(name)``
     - ``imagePretrainedNetwork(name, nargout=2)``
   * - ``[~,order] = sort(scores,"descend")``
     - ``order = np.argsort(-scores[0], kind="stable") + 1``
   * - ``map = occlusionSensitivity(net,X,channel)``
     - ``occlusionSensitivity(net, X, channel)``
   * - ``occlusionSensitivity(___,MaskSize=32,Stride=12)``
     - ``occlusionSensitivity(..., MaskSize=32, Stride=12)``
   * - ``maps(:,:,2)``
     - ``maps[:, :, 1]``
   * - ``imagesc(map,AlphaData=0.5); colormap jet``
     - ``plt.imshow(map, cmap="jet", alpha=0.5)``
"""

import matplotlib.pyplot as plt
import numpy as np
import skimage.data

from matxai import imagePretrainedNetwork, imresize, occlusionSensitivity, predict

net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
scores = predict(net, X)
order = np.argsort(-scores[0], kind="stable") + 1
for channel in order[:3]:
    print(f"{scores[0, channel - 1]:.3f}  channel {channel}: {classNames[channel - 1]}")


def overlay(axis, values, title, **limits):
    """Lay a map over the image, half transparent, as imagesc with AlphaData does."""
    axis.imshow(X)
    extent = (-0.5, X.shape[1] - 0.5, X.shape[0] - 0.5, -0.5)
    drawn = axis.imshow(values, cmap="jet", alpha=0.5, extent=extent, **limits)
    axis.figure.colorbar(drawn, ax=axis, shrink=0.8)
    axis.set_title(title)
    axis.axis("off")


# %%
# The default map, and the numbers behind it
# ------------------------------------------
#
# By default the mask is 20 % of the image and its step 10 %: 45 and 22 pixels here. With
# ``OutputUpsampling="none"`` the map is what was computed, one number for each place of the mask;
# the default enlarges it to the size of the image with ``imresize``. Positive values, red, are
# parts that support the class.

channel = order[0]
scoreMap = occlusionSensitivity(net, X, channel)
coarse = occlusionSensitivity(net, X, channel, OutputUpsampling="none")
print(f"{coarse.shape} numbers from {coarse.min():.3f} to {coarse.max():.3f}")
print("enlarged by imresize:", np.array_equal(scoreMap, imresize(coarse, X.shape[:2])))

limit = np.abs(coarse).max()
figure, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
overlay(axes[0], scoreMap, "default", vmin=-limit, vmax=limit)
overlay(axes[1], coarse, 'OutputUpsampling="none"', vmin=-limit, vmax=limit)
plt.show()

# %%
# Finer masks, and two classes at once
# ------------------------------------
#
# A smaller mask shows more detail, and here smaller changes; a smaller step takes more images,
# 19×19 of them. A vector of channels gives one map for each; every occluded image is scored once
# for all of them.

maps = occlusionSensitivity(net, X, order[:2], MaskSize=32, Stride=12)
print(maps.shape)

figure, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
limit = np.abs(maps).max()
for i, axis in enumerate(axes):
    overlay(axis, maps[:, :, i], classNames[order[i] - 1], vmin=-limit, vmax=limit)
plt.show()

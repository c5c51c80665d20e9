"""
imageLIME: only the most important features
===========================================

The features that matter most can be cut out of the image: what is left should be what the network
recognizes.

MATLAB's example: "Visualize Only the Most Important Features", on the page of ``imageLIME``.

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``scores = predict(net,single(X));``
     - ``scores = predict(net, single(X))``
   * - ``[label,score] = scores2label(scores,classNames);``
     - ``label, score = scores2label(scores, classNames, nargout=2)``
   * - ``channel = find(label == categorical(classNames));``
     - ``channel = find(label == categorical(classNames))``
   * - ``[scoreMap,featureMap,featureImportance] = imageLIME(net,X,channel, ...``
       ``'Segmentation','grid','NumFeatures',64,'NumSamples',3072);``
     - ``scoreMap, featureMap, featureImportance = imageLIME(net, X, channel,``
       ``'Segmentation', 'grid', 'NumFeatures', 64, 'NumSamples', 3072, nargout=3)``
   * - ``imagesc(scoreMap,'AlphaData',0.5)``
     - ``imagesc(scoreMap, 'AlphaData', 0.5)``
   * - ``[~,idx] = maxk(featureImportance,5);``
     - ``_, idx = maxk(featureImportance, 5, nargout=2)``
   * - ``featureImportance(idx)``
     - ``featureImportance[idx - 1]``
   * - ``mask = ismember(featureMap,idx);``
     - ``mask = ismember(featureMap, idx)``
   * - ``maskedImg = uint8(mask).*X;``
     - ``maskedImg = times(uint8(mask), X)``
"""

import matplotlib.pyplot as plt
import skimage.data

from matxai import (
    categorical,
    colorbar,
    colormap,
    figure,
    find,
    hold,
    imageLIME,
    imagePretrainedNetwork,
    imagesc,
    imresize,
    imshow,
    ismember,
    maxk,
    predict,
    rng,
    scores2label,
    single,
    times,
    title,
    uint8,
)

X = skimage.data.chelsea()  # your own image: from matxai import imread; X = imread("my.jpg")

# %%
# Classify the image
# ------------------
#
# ``label`` is a categorical; compared with the names of all classes, it finds its own channel.

rng("default")
net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
X = imresize(X, net.Layers[0].InputSize[:2])

scores = predict(net, single(X))
label, score = scores2label(scores, classNames, nargout=2)
channel = find(label == categorical(classNames))
print(f"{label}: {score[0]:.2f}")

# %%
# A grid of 64 features
# ---------------------
#
# In a square image, 64 features are 8×8 squares. MATLAB's example makes 3072 synthetic images;
# 1024 keep the build of this page short.

scoreMap, featureMap, featureImportance = imageLIME(
    net, X, channel, 'Segmentation', 'grid', 'NumFeatures', 64, 'NumSamples', 1024, nargout=3,
)  # fmt: skip

figure()
imshow(X)
hold("on")
imagesc(scoreMap, 'AlphaData', 0.5)  # fmt: skip
colormap("jet")
colorbar()
title(label)

# %%
# The five most important ones
# ----------------------------
#
# ``maxk`` returns numbers of features, counted from 1 as in ``featureMap``. ``times`` is MATLAB's
# ``.*``: it repeats the mask for the three colours, and the product of ``uint8`` arrays is
# ``uint8``.

numTopFeatures = 5
_, idx = maxk(featureImportance, numTopFeatures, nargout=2)
for feature in idx:
    print(f"feature {feature:2d}: {featureImportance[feature - 1]:.2e}")

mask = ismember(featureMap, idx)
maskedImg = times(uint8(mask), X)

figure()
imshow(maskedImg)
title(f"the {numTopFeatures} most important features")

plt.show()

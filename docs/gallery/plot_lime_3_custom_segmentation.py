"""
imageLIME: features of your own
===============================

Any division of the image will do as features: a matrix of the image's height and width says which
feature each pixel belongs to. Here they are triangles.

MATLAB's example: "View Important Features Using Custom Segmentation Map", on the page of
``imageLIME``.

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``scores = minibatchpredict(net,X);``
     - ``scores = minibatchpredict(net, X)``
   * - ``label = scores2label(scores,classNames);``
     - ``label = scores2label(scores, classNames)``
   * - ``segmentationMap = zeros(inputSize(1));``
     - ``segmentationMap = zeros(inputSize[0])``
   * - ``block = ones(n) + tril(ones(n));``
     - ``block = ones(n) + tril(ones(n))``
   * - ``block(1:n+1:end) = repmat([1 2],1,n/2);``
     - ``block.flat[:: n + 1] = repmat([[1, 2]], 1, n / 2)``
   * - ``for i = 1:perSide``
     - ``for i in range(perSide):``
   * - ``segmentationMap(rows,cols) = block + 2*k;``
     - ``segmentationMap[rows, cols] = block + 2 * k``
   * - ``numel(unique(segmentationMap))``
     - ``numel(unique(segmentationMap))``
   * - ``channel = find(label == categorical(classNames));``
     - ``channel = find(label == categorical(classNames))``
   * - ``imageLIME(net,X,channel,'Segmentation',segmentationMap)``
     - ``imageLIME(net, X, channel, 'Segmentation', segmentationMap)``
   * - ``imagesc(segmentationMap,'AlphaData',0.8); colormap gray``
     - ``imagesc(segmentationMap, 'AlphaData', 0.8); colormap("gray")``
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
    minibatchpredict,
    numel,
    ones,
    repmat,
    rng,
    scores2label,
    title,
    tril,
    unique,
    zeros,
)

X = skimage.data.chelsea()  # your own image: from matxai import imread; X = imread("my.jpg")

# %%
# Classify the image
# ------------------

rng("default")
net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
inputSize = net.Layers[0].InputSize[:2]
X = imresize(X, inputSize)

scores = minibatchpredict(net, X)
label = scores2label(scores, classNames)
print(label)

# %%
# Two triangles in a square
# -------------------------
#
# 1 is above the diagonal and 2 below; on the diagonal they alternate, so that both triangles have
# the same number of pixels. ``flat`` counts through a matrix as a linear index does, along the rows
# where MATLAB goes down the columns: on the diagonal that is the same.

blockSize = 56
block = ones(blockSize) + tril(ones(blockSize))
block.flat[:: blockSize + 1] = repmat([[1, 2]], 1, blockSize / 2)
print(f"{(block == 1).sum()} pixels above, {(block == 2).sum()} below")

# %%
# Sixteen such squares fill the image; each has features of its own. Loops count from 0 here, since
# what they count goes into brackets.

blocksPerSide = inputSize[0] // blockSize
segmentationMap = zeros(inputSize[0])
for i in range(blocksPerSide):
    for j in range(blocksPerSide):
        rows = slice(i * blockSize, (i + 1) * blockSize)
        cols = slice(j * blockSize, (j + 1) * blockSize)
        segmentationMap[rows, cols] = block + 2 * (i * blocksPerSide + j)

figure()
imshow(X)
hold("on")
imagesc(segmentationMap, 'AlphaData', 0.8)  # fmt: skip
colormap("gray")
title(f"{numel(unique(segmentationMap))} triangles")

# %%
# Which triangles matter
# ----------------------
#
# ``NumFeatures`` has no meaning here: the matrix says how many there are. ``NumSamples`` is half of
# the default, for this page to be built fast.

channel = find(label == categorical(classNames))
scoreMap, featureMap, featureImportance = imageLIME(
    net, X, channel, 'Segmentation', segmentationMap, 'NumSamples', 1024, nargout=3,
)  # fmt: skip
print(f"{numel(featureImportance)} importances")

figure()
imshow(X)
hold("on")
imagesc(scoreMap, 'AlphaData', 0.5)  # fmt: skip
colormap("jet")
colorbar()
title(f"LIME ({label})")

plt.show()

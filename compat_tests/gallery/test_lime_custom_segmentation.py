"""The example "View Important Features Using Custom Segmentation Map", on the demo network."""

import numpy as np
import pytest
import skimage.data

from matxai import (
    categorical,
    find,
    imageLIME,
    imagePretrainedNetwork,
    imresize,
    ismember,
    maxk,
    minibatchpredict,
    numel,
    ones,
    repmat,
    scores2label,
    times,
    tril,
    uint8,
    unique,
    zeros,
)


def triangles(height, blockSize):
    block = ones(blockSize) + tril(ones(blockSize))
    block.flat[:: blockSize + 1] = repmat([[1, 2]], 1, blockSize / 2)
    perSide = height // blockSize
    segmentationMap = zeros(height)
    for i in range(perSide):
        for j in range(perSide):
            rows = slice(i * blockSize, (i + 1) * blockSize)
            cols = slice(j * blockSize, (j + 1) * blockSize)
            segmentationMap[rows, cols] = block + 2 * (i * perSide + j)
    return segmentationMap


@pytest.mark.tier("documented")
def test_there_are_32_triangles_of_the_same_size():
    segmentationMap = triangles(224, 56)
    features, counts = np.unique(segmentationMap, return_counts=True)
    assert features.tolist() == list(range(1, 33))
    assert counts.tolist() == [1568] * 32
    # On the diagonal of each square its two features alternate; 1 is above it and 2 below.
    assert segmentationMap[[0, 1, 2], [0, 1, 2]].tolist() == [1, 2, 1]
    assert (segmentationMap[0, 55], segmentationMap[55, 0], segmentationMap[223, 168]) == (1, 2, 32)


@pytest.mark.slow
@pytest.mark.tier("documented", "The 32 triangles of MathWorks' example are 32 features")
def test_each_triangle_is_a_feature_and_the_best_are_cut_out():
    net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
    X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    label = scores2label(minibatchpredict(net, X), classNames)
    channel = find(label == categorical(classNames))
    assert classNames[channel - 1] == "Egyptian cat"

    segmentationMap = triangles(224, 56)
    scoreMap, featureMap, featureImportance = imageLIME(
        net, X, channel, 'Segmentation', segmentationMap, NumSamples=64, Rng=0, nargout=3,
    )  # fmt: skip
    assert numel(featureImportance) == numel(unique(segmentationMap)) == 32
    assert np.array_equal(featureMap, segmentationMap)
    assert np.array_equal(scoreMap, featureImportance[featureMap - 1])

    _, idx = maxk(featureImportance, 4, nargout=2)
    maskedImg = times(uint8(ismember(featureMap, idx)), X)
    assert maskedImg.dtype == np.uint8
    shown = np.isin(segmentationMap, np.argsort(-featureImportance, kind="stable")[:4] + 1)
    assert shown.sum() == 4 * 1568
    assert np.array_equal(maskedImg[shown], X[shown])
    assert not maskedImg[~shown].any()

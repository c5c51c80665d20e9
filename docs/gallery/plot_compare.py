"""
compareMethods: one picture for a decision
==========================================

Which explanation should one trust? Here are four of the same image side by side, what they cost,
and three questions that numbers answer: does the score fall without what a map marks, is the
network as sure of that part alone, and does the map depend on what the network has learnt?

MATLAB has none of these functions; scripts write them by hand.

.. list-table:: What a MATLAB script does, and what stands for it here
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``gradCAM``, ``occlusionSensitivity``, ``imageLIME``, each with ``tic``, ``toc``,
       ``subplot``, ``imagesc`` and ``colorbar``
     - ``compareMethods(net, X, channel)``
   * - ``[~,order] = sort(map(:),"descend")`` and a loop over ``predict``
     - ``deletionScore(net, X, channel, map)``, ``insertionScore(...)``
   * - ``predict(net, X.*rescale(map))``
     - ``averageDrop(net, X, channel, map)``
   * - ``dlupdate`` of the weights by ``randn``
     - ``weightRandomizationTest(net, X, channel, "gradCAM")``
"""

import matplotlib.pyplot as plt
import numpy as np
import skimage.data
import skimage.filters

from matxai import (
    averageDrop,
    compareMethods,
    deletionScore,
    imagePretrainedNetwork,
    imresize,
    insertionScore,
    predict,
    weightRandomizationTest,
)

net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
scores = predict(net, X)
channel = int(scores.argmax()) + 1

# %%
# Four methods side by side
# -------------------------
#
# Each method is a name, or a name with its options. At the end of a cell the result shows itself;
# ``save("maps.png")`` writes the picture. Each map has a scale of its own, since methods measure in
# different units. "insertion" is the mean score while what the map marks is put back into a blurred
# image: high is good.

methods = [
    "gradCAM",
    "occlusionSensitivity",
    ("imageLIME", {"NumSamples": 200}),
    "gradientAttribution",
]
comparison = compareMethods(
    net,
    X,
    channel,
    Methods=methods,
    Metrics="insertion",
    ClassNames=classNames,
    Rng=0,
)
comparison  # noqa: B018

# %%
# The curves behind the numbers
# -----------------------------
#
# Deletion takes pixels away, those that the map marks highest first, and puts the image's mean
# colour there: the score should fall soon. Insertion puts them back into a blurred image: it should
# rise soon. A map of random numbers belongs beside them. Here it has the lowest deletion of all,
# since pixels missing everywhere spoil any picture, so a low deletion alone says little, least of
# all of maps as scattered as that of the gradient. Insertion tells the two groups apart.

maps = comparison.Maps | {"random numbers": np.random.RandomState(0).rand(*X.shape[:2])}
figure, axes = plt.subplots(1, 2, figsize=(10, 4), sharey=True, layout="constrained")
for axis, function in zip(axes, (deletionScore, insertionScore), strict=True):
    for name, scoreMap in maps.items():
        area, curve, fractions = function(net, X, channel, scoreMap, NumSteps=20, nargout=3)
        axis.plot(fractions, curve, label=f"{name}: {area:.2f}")
    axis.set_title(function.__name__)
    axis.set_xlabel("fraction of the pixels")
    axis.legend(fontsize="small")
axes[0].set_ylabel(f"score of {classNames[channel - 1]}")
plt.show()

# %%
# The marked part alone
# ---------------------
#
# The image is multiplied by the map, rescaled from 0 to 1, and scored again. The drop says how much
# of the score is lost.

for name, scoreMap in maps.items():
    drop, increase, both = averageDrop(net, X, channel, scoreMap, nargout=3)
    print(f"{name:20}  {both[0, 0]:.2f} falls to {both[0, 1]:.2f}: a drop of {drop:.0f} %")

# %%
# Does the map survive random weights?
# ------------------------------------
#
# The layers lose what they have learnt, the last half of them first, then all. An
# explanation of the network must change with it. An edge detector, which looks much like an
# explanation, does not: its correlation stays 1.


def edges(net, X, channelIdx):
    return skimage.filters.sobel(X.mean(axis=2))


# The last layer before the softmax, which random weights would make certain of anything.
gradCAM = ("gradCAM", {"ReductionLayer": "fc"})
for name, method in {"gradCAM": gradCAM, "edges": edges}.items():
    correlation, similarity = weightRandomizationTest(
        net, X, channel, method, NumStages=2, Rng=3, nargout=2
    )
    print(f"{name:8} rank correlation {correlation.round(2)}, SSIM {similarity.round(2)}")

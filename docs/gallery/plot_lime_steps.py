"""
LIME step by step: other choices than imageLIME's
=================================================

``imageLIME`` makes MATLAB's choices. Its steps are functions of ``matxai.explain.lime``, and take
others: here those of the usual walk through LIME in NumPy and scikit-learn, with quickshift, black
for what is hidden, weights by distance and a linear regression.

The steps are ordinary Python: they count features and channels from 0, as brackets do.

.. list-table:: The steps in this script
   :header-rows: 1
   :widths: 50 50

   * - written out
     - here
   * - ``skimage.segmentation.quickshift(X, ...)``, and counting its labels
     - ``features = segment(X, "quickshift", ...)``
   * - ``np.random.binomial(1, 0.5, (150, F))``
     - ``presence = sample(150, features, method="binomial", rng=...)``
   * - a loop that multiplies X by a mask for each row
     - ``images = synthesize(X, features, presence, fill=0)``
   * - a loop that calls the network for each image
     - ``scores = score(net, images)``
   * - ``pairwise_distances(..., metric="cosine")`` and ``np.sqrt(np.exp(-(d**2) / 0.25**2))``
     - ``weights = weigh(presence, "cosine", width=0.25)``
   * - ``LinearRegression().fit(..., sample_weight=weights).coef_``
     - ``fit(presence, scores[:, k], LinearRegression(), weights)``
   * - ``np.argsort(importance)[-4:]``
     - ``best = top(importance, 4)``
   * - X times the mask of the four superpixels
     - ``synthesize(X, features, best, fill=0)[0]``
"""

import matplotlib.pyplot as plt
import numpy as np
import skimage.data
from sklearn.linear_model import LinearRegression

from matxai import boundarymask, imagePretrainedNetwork, imresize, predict
from matxai.explain.lime import fit, paint, sample, score, segment, synthesize, top, weigh

# %%
# A dozen lines
# -------------

net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
k = predict(net, X)[0].argmax()

features = segment(X, "quickshift", kernel_size=4, max_dist=200, ratio=0.2)
presence = sample(150, features, method="binomial", rng=np.random.RandomState(0))
images = synthesize(X, features, presence, fill=0)
scores = score(net, images)
weights = weigh(presence, "cosine", width=0.25)
importance = fit(presence, scores[:, k], LinearRegression(), weights)
best = top(importance, 4)

print(f"{classNames[k]}, score {predict(net, X)[0, k]:.2f}; {features.count} superpixels")
print("the best four:", np.flatnonzero(best), importance[best].round(3))

# %%
# What they made
# --------------
#
# ``features.labels`` says which superpixel each pixel belongs to. ``images[i]`` is made when it is
# asked for, and ``score`` asks for a few at a time; so 150 images or 15,000 take the same memory.

outlined = X.copy()
outlined[boundarymask(features.labels)] = [0, 255, 255]
pictures = {
    f"{features.count} superpixels": outlined,
    f"a synthetic image, score {scores[0, k]:.2f}": images[0],
    "the best four superpixels": synthesize(X, features, best, fill=0)[0],
}

figure, axes = plt.subplots(1, 3, figsize=(10, 3.8), layout="constrained")
for axis, (title, picture) in zip(axes, pictures.items(), strict=True):
    axis.imshow(picture.astype(np.uint8))
    axis.set_title(title)
    axis.axis("off")
plt.show()

# %%
# How much an image counts
# ------------------------
#
# The cosine distance tells how far an image is from the whole one: 0 where all superpixels are
# shown, 1 where none is. The kernel turns it into a weight: the more an image shows, the more it
# counts. A callable in the place of ``"cosine"``, or of the kernel, is a choice of one's own.
# ``paint`` gives each pixel the importance of its superpixel.

print(f"weights from {weights.min():.2f} to {weights.max():.2f}")

limit = np.abs(importance).max()
figure, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
shares = 100 * presence.mean(axis=1)
dots = axes[0].scatter(shares, scores[:, k], c=weights, cmap="viridis")
axes[0].set(xlabel="superpixels shown, %", ylabel=f"score of {classNames[k]}", title="150 images")
figure.colorbar(dots, ax=axes[0], label="weight", shrink=0.8)
axes[1].imshow(X)
drawn = axes[1].imshow(paint(importance, features), cmap="jet", alpha=0.5, vmin=-limit, vmax=limit)
figure.colorbar(drawn, ax=axes[1], shrink=0.8)
axes[1].set_title("coefficients")
axes[1].axis("off")
plt.show()

# %%
# A model of another library
# --------------------------
#
# ``score`` takes any function of n images, H×W×C×n, that returns a row of scores for each. Two
# turns bring such a batch to other libraries: ``batch.transpose(3, 2, 0, 1)`` for torch,
# ``batch.transpose(3, 0, 1, 2)`` for Keras. The function here looks at colours only, so that the
# truth is known: how brown is the mean colour, and how bright?


def colours(batch):
    """Score n images H×W×3×n: n×2."""
    red, green, blue = batch.mean(axis=(0, 1))
    return np.stack([red - blue, (red + green + blue) / 3], axis=1)


brown = fit(presence, score(colours, images)[:, 0], LinearRegression(), weights)
truth = [(X[features.labels == i] @ [1.0, 0, -1]).sum() for i in range(features.count)]
truth = np.array(truth) / features.labels.size
print(f"greatest error of {features.count} contributions: {np.abs(brown - truth).max():.1e}")

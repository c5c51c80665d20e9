"""
imageLIME on a spectrogram
==========================

A spectrogram is an image of a sound, and networks that classify sounds often take it. LIME then
says which times and which frequencies decided. The sounds are made here, and so it is known where
the answer lies; a small network learns them while this page is built.

MATLAB's example: "Investigate Spectrogram Classifications Using LIME".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``[s,f,t] = spectrogram(x,256,128,256,fs)``
     - ``f, t, s = scipy.signal.spectrogram(x, fs, nperseg=256, noverlap=128)``
   * - ``net = trainnet(...)``, or a network from elsewhere
     - ``net = fromTorch(module, inputSize)``
   * - ``[score,channel] = max(predict(net,X))``
     - ``score, channel = max(predict(net, X), nargout=2)``
   * - ``imageLIME(net,X,channel,Segmentation="grid",NumFeatures=64)``
     - ``imageLIME(net, X, channel, Segmentation="grid", NumFeatures=64)``
   * - ``imageLIME(___,OutputUpsampling="bicubic",Model="linear")``
     - ``imageLIME(..., OutputUpsampling="bicubic", Model="linear")``
   * - ``imagesc(t,f,X); axis xy``
     - ``imagesc(t, f, X); axis("xy")``
   * - ``[~,idx] = maxk(w,4); ismember(L,idx)``
     - ``_, idx = maxk(w, 4, nargout=2); ismember(L, idx)``
"""

import matplotlib.pyplot as plt
import numpy as np
import scipy.signal
import torch
from torch import nn

from matxai import (
    axis,
    colorbar,
    colormap,
    figure,
    fprintf,
    fromTorch,
    imageLIME,
    imagesc,
    ismember,
    max,
    maxk,
    nexttile,
    predict,
    rng,
    tiledlayout,
    title,
    xlabel,
    ylabel,
)

# %%
# Three kinds of sound
# --------------------
#
# In a second of noise with a hum there is a short sound, anywhere: its pitch rises, falls or stays.

classNames = ["rising", "falling", "steady"]
fs = 8000
rng("default")
random = np.random.RandomState(0)


def sound(kind, start, low, high):
    """A second of noise and hum, with 0.3 s between two frequencies from the time start."""
    first, last = {"rising": (low, high), "falling": (high, low), "steady": (low, low)}[kind]
    time = np.arange(fs) / fs
    short = (time >= start) & (time < start + 0.3)
    pitch = scipy.signal.chirp(time - start, first, 0.3, last)
    return 0.3 * random.randn(fs) + np.sin(2 * np.pi * 200 * time) + short * pitch


def spectrogram(x):
    """Decibels, 61×61: frequencies up to 1.9 kHz, from -80 to -20 dB scaled to 0…1."""
    f, t, s = scipy.signal.spectrogram(x, fs, nperseg=256, noverlap=128)
    decibel = 10 * np.log10(s[:61] + 1e-10)
    return f[:61], t, np.clip((decibel + 80) / 60, 0, 1)


def anySound(kind):
    low = random.uniform(500, 1000)
    return spectrogram(sound(kind, random.uniform(0, 0.7), low, low + 700))[2]


# %%
# A network that learns them
# --------------------------
#
# Sounds that it was not trained with say whether it has.

torch.manual_seed(0)
kinds = random.randint(0, 3, 360)
images = torch.tensor(np.stack([anySound(classNames[k]) for k in kinds])[:, None]).float()
labels = torch.tensor(kinds)
module = nn.Sequential(
    nn.Conv2d(1, 12, 5, stride=2, padding=2), nn.ReLU(),
    nn.Conv2d(12, 24, 5, stride=2, padding=2), nn.ReLU(),
    nn.Conv2d(24, 24, 3, padding=1), nn.ReLU(),
    nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(24, 3),
)  # fmt: skip
optimizer = torch.optim.Adam(module.parameters(), 4e-3)
for _ in range(12):
    for chosen in torch.randperm(len(labels)).split(32):
        optimizer.zero_grad()
        nn.functional.cross_entropy(module(images[chosen]), labels[chosen]).backward()
        optimizer.step()
module.append(nn.Softmax(dim=1))

X = images[0, 0].numpy()
net = fromTorch(module, [*X.shape, 1])
fresh = [classNames[predict(net, anySound(kind)).argmax()] == kind for kind in classNames * 30]
fprintf("%d of %d new sounds are right\n", np.sum(fresh), len(fresh))

# %%
# A new sound, and which part of it decided
# -----------------------------------------
#
# The sound rises from 700 to 1400 Hz, 0.4 s after the start. The features are 8×8 cells of the
# spectrogram, and a linear model says which speak for "rising" and which against it. ``bicubic``
# draws the cells smoothly.

x = sound("rising", 0.4, 700, 1400)  # your own: x = scipy.io.wavfile.read("my.wav")[1][:fs]
f, t, X = spectrogram(x)
score, channel = max(predict(net, X), nargout=2)
fprintf("%s, score %.3f\n", classNames[channel - 1], score)

options = {"Segmentation": "grid", "NumFeatures": 64, "NumSamples": 3000, "Model": "linear"}
scoreMap, L, w = imageLIME(net, X, channel, OutputUpsampling="bicubic", **options, nargout=3)


def draw(values, name, colours):
    ax = nexttile()
    imagesc(t, f, values)
    axis("xy")
    colormap(ax, colours)
    colorbar()
    xlabel("time (s)")
    ylabel("frequency (Hz)")
    title(name)


figure(Position=[100, 100, 1000, 380])
tiledlayout(1, 2, TileSpacing="compact")
draw(X, "spectrogram", "parula")
draw(scoreMap, f'what speaks for "{classNames[channel - 1]}"', "jet")

# %%
# The four cells that speak for it most
# -------------------------------------
#
# They lie on the rising tone; the hum at 200 Hz, the strongest part of the sound, is in all sounds
# and says nothing.

_, idx = maxk(w, 4, nargout=2)
mask = ismember(L, idx)

figure(Position=[100, 100, 500, 380])
tiledlayout(1, 1)
draw(X * mask, "the best four cells", "parula")
fprintf("%.1f to %.1f s, ", *t[mask.any(axis=0)][[0, -1]])
fprintf("%.0f to %.0f Hz\n", *f[mask.any(axis=1)][[0, -1]])

plt.show()

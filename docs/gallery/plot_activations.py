"""
activations: what each channel sees
===================================

A layer's channels are images of their own: bright where a channel finds in the image what it looks
for. Those of early layers find edges and colours, those of deeper ones things.

MATLAB's example: "Visualize Activations of a Convolutional Neural Network".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``act = activations(net,X,"conv_stem")`` (``dlnetwork``: ``predict(net,X,Outputs=layer)``)
     - ``act = activations(net, X, "conv_stem")``
   * - ``sz = size(act); act = reshape(act,[sz(1) sz(2) 1 sz(3)])``
     - ``sz = size(act); act = reshape(act, [sz[0], sz[1], 1, sz[2]])``
   * - ``I = imtile(mat2gray(act),GridSize=[4 8]); imshow(I)``
     - ``I = imtile(mat2gray(act), GridSize=[4, 8]); imshow(I)``
   * - ``imtile(___,Frames=1:32)``
     - ``imtile(..., Frames=colon(1, 32))``
   * - ``map = mat2gray(act(:,:,:,22))``
     - ``map = mat2gray(act[:, :, :, 21])``
   * - ``map = imresize(map,[224 224])``
     - ``map = imresize(map, [224, 224])``
   * - ``[~,channel] = max(max(act,[],[1 2]))``
     - ``_, channel = max(squeeze(max(act, [], [1, 2])), nargout=2)``
   * - ``imshow(imtile({X,map}))``
     - ``imshow(imtile([X, map]))``
"""

import matplotlib.pyplot as plt
import skimage.data

from matxai import (
    activations,
    clim,
    colon,
    colorbar,
    colormap,
    figure,
    fprintf,
    hold,
    imagePretrainedNetwork,
    imagesc,
    imresize,
    imshow,
    imtile,
    mat2gray,
    max,
    nexttile,
    reshape,
    size,
    squeeze,
    tiledlayout,
    title,
)

img = skimage.data.chelsea()  # your own image: from matxai import imread; img = imread("my.jpg")

net = imagePretrainedNetwork("efficientnet-lite0")
inputSize = net.Layers[0].InputSize[:2]
X = imresize(img, inputSize)

# %%
# The first convolution
# ---------------------
#
# Its 32 channels, 112×112 each, are H×W×C; as H×W×1×N they are a stack of grey images, which
# ``imtile`` puts side by side. ``mat2gray`` scales all of them alike: the lowest activation is
# black, the highest white, and 0 is grey.

act = activations(net, X, "conv_stem")
sz = size(act)
act = reshape(act, [sz[0], sz[1], 1, sz[2]])
fprintf("%d×%d activations of %d channels\n", sz[0], sz[1], sz[2])

figure(Position=[100, 100, 960, 480])
imshow(imtile(mat2gray(act), GridSize=[4, 8], BorderSize=2), Border="tight")

# %%
# One channel, and the strongest
# ------------------------------
#
# Tiles are counted from the left, then from the top, and channels from 1; brackets count from 0.
# The strongest channel is that of the highest activation.

_, channel = max(squeeze(max(act, [], [1, 2])), nargout=2)

figure(Position=[100, 100, 900, 320])
tiledlayout(1, 3, TileSpacing="compact")
nexttile()
imshow(X)
for k in [22, channel]:
    nexttile()
    imshow(imresize(mat2gray(act[:, :, 0, k - 1]), inputSize))
    title(f"channel {k}" + ", the strongest" * (k == channel))

# %%
# A deeper layer
# --------------
#
# Behind a ReLU layer nothing is negative, so black is 0, and most of the image is: a channel of a
# deeper layer looks for something more special. These are the first 32 of 240.

deep = activations(net, X, "block6_expand_relu")
sz = size(deep)
deep = reshape(deep, [sz[0], sz[1], 1, sz[2]])
fprintf("%d×%d activations of %d channels\n", sz[0], sz[1], sz[2])

figure(Position=[100, 100, 960, 480])
imshow(imtile(mat2gray(deep), Frames=colon(1, 32), GridSize=[4, 8], BorderSize=1), Border="tight")

# %%
# Where a channel finds it
# ------------------------
#
# Enlarged and laid over the image, the 8th of these channels shows what it looks for: eyes. The
# strongest one looks for something else.

_, channel = max(squeeze(max(deep, [], [1, 2])), nargout=2)


def overlay(X, values, name):
    nexttile()
    imshow(X)
    hold("on")
    imagesc(imresize(values, inputSize), AlphaData=0.5)
    colormap("jet")
    colorbar()
    title(name)


figure(Position=[100, 100, 960, 380])
tiledlayout(1, 2, TileSpacing="compact")
for k in [8, channel]:
    overlay(X, deep[:, :, 0, k - 1], f"channel {k}" + ", the strongest" * (k == channel))

# %%
# Put to the test
# ---------------
#
# If the channel looks for eyes, it should find them in another face, and hardly anything where
# there are none. It does; next to an eye, it likes a glint on something smooth.

face = skimage.data.astronaut()[:224, 110:334]
coffee = imresize(skimage.data.coffee(), inputSize)
figure(Position=[100, 100, 960, 380])
tiledlayout(1, 2, TileSpacing="compact")
for other in [face, coffee]:
    act = activations(net, other, "block6_expand_relu")[:, :, 7]
    overlay(other, act, f"channel 8, at most {max(act, [], 'all'):.1f}")
    clim([0, 3.6])

plt.show()

"""
deepDreamImage: what a channel looks for
========================================

The other functions explain what a network sees in one image. This one needs no image: it starts
from noise and changes it until a channel of a layer responds strongly.

MATLAB's examples: "Visualize Features of a Convolutional Neural Network" and "Deep Dream Images
Using GoogLeNet".

.. list-table:: The MATLAB calls in this script
   :header-rows: 1
   :widths: 50 50

   * - MATLAB
     - here
   * - ``I = deepDreamImage(net,layer,channels)``
     - ``I = deepDreamImage(net, layer, channels)``
   * - ``deepDreamImage(___,PyramidLevels=1,Verbose=false)``
     - ``deepDreamImage(..., PyramidLevels=1, Verbose=False)``
   * - ``I = imtile(I,GridSize=[1 4]); imshow(I)``
     - ``I = imtile(I, GridSize=[1, 4]); imshow(I)``
   * - ``channel = find(classNames == "flamingo")``
     - ``channel = find(classNames == "flamingo")[0]``
   * - ``imadjust(I,stretchlim(I))``
     - ``imadjust(I, stretchlim(I))``
   * - ``deepDreamImage(___,InitialImage=X,OutputScaling="none")``
     - ``deepDreamImage(..., InitialImage=X, OutputScaling="none")``
"""

import matplotlib.pyplot as plt
import skimage.data

from matxai import (
    deepDreamImage,
    figure,
    find,
    fprintf,
    imadjust,
    imagePretrainedNetwork,
    imresize,
    imshow,
    imtile,
    nexttile,
    predict,
    rng,
    stretchlim,
    tiledlayout,
    title,
    uint8,
)

img = skimage.data.chelsea()  # your own image: from matxai import imread; img = imread("my.jpg")

net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)

# %%
# Layers in the middle
# --------------------
#
# A layer in the middle looks for textures. One pyramid level keeps the size of the network's input;
# ``Verbose`` off leaves out the table. An image is stretched from its least value to its greatest,
# which leaves it pale; ``imadjust`` does without 1 % at either end.

channels = [1, 2, 3, 5]
dream = deepDreamImage(net, "block8_expand", channels, PyramidLevels=1, Verbose=False)
fprintf("%d×%d×%d×%d, one image for each channel\n", *dream.shape)

dream = imtile(dream, GridSize=[1, 4])
figure(Position=[100, 100, 960, 240])
imshow(imadjust(dream, stretchlim(dream)), Border="tight")

# %%
# A class
# -------
#
# Channels of the last fully connected layer are classes; the softmax layer behind it would weigh
# each class against all others. The image is made at three sizes, each 1.4 times the one before, as
# by default; more steps than the 10 of the default make it clearer. ``rng`` makes the noise that it
# starts from repeatable.

channel = find(classNames == "flamingo")[0]
rng("default")
dream = deepDreamImage(net, "fc", channel, PyramidLevels=3, NumIterations=20, Verbose=False)

figure(Position=[100, 100, 620, 620])
imshow(imadjust(dream, stretchlim(dream)), Border="tight")

# %%
# Necks, legs, beaks and pink feathers, over water and under palms: what goes with flamingos in
# photographs is part of what the network has learnt of them.
#
# From a given image
# ------------------
#
# ``InitialImage`` shows what the channel would change in an image. ``OutputScaling="none"`` returns
# the values that the network takes, which can lie beyond 0 and 255. The table says how the
# activation of the channel grows with the steps.

X = imresize(img, net.Layers[0].InputSize[:2])
options = {"PyramidLevels": 1, "OutputScaling": "none"}
changed = deepDreamImage(net, "fc", channel, InitialImage=X, **options)

figure(Position=[100, 100, 900, 470])
tiledlayout(1, 2, TileSpacing="compact")
for shown in [X, uint8(changed)]:
    nexttile()
    imshow(shown)
    title(f"flamingo, score {predict(net, shown)[0, channel - 1]:.3f}")

plt.show()

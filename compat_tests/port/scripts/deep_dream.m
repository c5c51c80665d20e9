% What a channel wants to see.
net = squeezenet;
layer = 'conv_1';
channels = 1:2;
rng(0)
I = deepDreamImage(net, layer, channels, 'PyramidLevels', 1, 'NumIterations', 2, 'Verbose', 0);
sz = size(I);
figure
I = imtile(I, 'ThumbnailSize', [64 64]);
imshow(I)
title(['layer ' layer], 'Interpreter', 'none')
saveas(gcf, 'dream.png')

% What the channels of a layer show.
net = googlenet;
X = imresize(imread('cat.png'), net.Layers(1).InputSize(1:2));
act = activations(net, X, 'conv1');
sz = size(act);
act = reshape(act, [sz(1) sz(2) 1 sz(3)]);
I = imtile(mat2gray(act), 'GridSize', [2 4]);
figure, imshow(I)
saveas(gcf, 'channels.png')

[maxValue, maxIndex] = max(max(max(act)));
strongest = act(:, :, :, maxIndex);
strongest = mat2gray(strongest);
strongest = imresize(strongest, size(X, 1:2));
figure
imshow(imtile({X, strongest}))
title("channel " + maxIndex)
saveas(gcf, 'strongest.png')

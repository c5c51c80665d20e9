% The filters of the first convolution.
net = squeezenet;
layer = net.Layers(2);
name = layer.Name;
W = layer.Weights;
b = layer.Bias;
sz = size(W);
fprintf('%s: %d filters of %d-by-%d\n', name, sz(4), sz(1), sz(2));
strongest = max(abs(W(:)));
numBias = numel(b);
tiles = imtile(rescale(W));
figure
imshow(imresize(tiles, 8, 'nearest'))
title(name, 'Interpreter', 'none')
saveas(gcf, 'filters.png')

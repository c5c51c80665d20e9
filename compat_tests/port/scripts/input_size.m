% What size of image does the network take?
net = squeezenet;
sz = net.Layers(1).InputSize;
img = imread('cup.png');
img = imresize(img, sz(1:2));
fprintf('Input: %d x %d x %d\n', sz);
height = sz(1);
width = sz(2);
imgSize = size(img);
assert(isequal(imgSize, sz))
figure
imshow(img)
title(sprintf('resized to %d-by-%d', height, width))
saveas(gcf, 'resized.png')

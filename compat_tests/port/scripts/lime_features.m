% The most important features of an image, by a linear model.
rng('default')
net = squeezenet;
X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
label = classify(net, X);
[map, features, importance] = imageLIME(net, X, label, 'NumFeatures', 16, ...
    'NumSamples', 120, 'Segmentation', 'grid', 'Model', 'linear');
[~, idx] = sort(importance, 'descend');
best = idx(1:4);
mask = ismember(features, best);
seen = uint8(mask) .* X;
figure;
imshow(seen);
imsaveName = 'lime.png';
imwrite(seen, imsaveName)
numFeatures = numel(unique(features));

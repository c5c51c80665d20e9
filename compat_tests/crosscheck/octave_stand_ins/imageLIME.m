function [map, features, importance] = imageLIME(net, X, target, varargin)
% Test double: stands in for MATLAB's imageLIME, with least squares for both models.
s = settingsOf(varargin, 'NumFeatures', 49, 'NumSamples', 2048, 'Segmentation', 'superpixels', ...
    'Model', 'tree', 'OutputUpsampling', 'nearest', 'MiniBatchSize', 128);
channels = channelOf(net, target);
sz = [size(X, 1), size(X, 2)];
if ischar(s.Segmentation)
    [features, count] = grid(sz, s.NumFeatures);
else
    [~, ~, features] = unique(s.Segmentation);
    features = reshape(features, sz);
    count = max(features(:));
end
samples = min(s.NumSamples, 200);  % a test double is in a hurry
presence = double(rand(samples, count) < 0.5);
X = double(X);
average = mean(mean(X, 1), 2);
scores = zeros(samples, numel(channels));
for n = 1:samples
    shown = reshape(presence(n, features(:)), sz);
    image = shown .* X + (1 - shown) .* average;
    for k = 1:numel(channels)
        scores(n, k) = total(net, image, channels(k));
    end
end
centred = presence - mean(presence, 1);
importance = pinv(centred) * (scores - mean(scores, 1));
map = zeros([sz, numel(channels)]);
for k = 1:numel(channels)
    map(:, :, k) = reshape(importance(features(:), k), sz);
end
end

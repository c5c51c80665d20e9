function [map, featureLayer, reductionLayer] = gradCAM(net, X, target, varargin)
% Test double: stands in for MATLAB's gradCAM, with differences for derivatives.
acts = outputsOf(net, X);
reductionLayer = acts(end).name;
if ~strcmp(net.StandInFor, 'dlnetwork')
    reductionLayer = acts(end - 1).name;
end
kinds = {net.Layers.StandInFor};
spatial = cellfun(@(act) size(act, 1) * size(act, 2) > 1, {acts.value});
at = find(spatial & strcmp(kinds, 'nnet.cnn.layer.ReLULayer'), 1, 'last');
if isempty(at)
    at = find(spatial & strcmp(kinds, 'nnet.cnn.layer.Convolution2DLayer'), 1, 'last');
end
if isempty(at)
    error('The network has no layer for the features.');
end
s = settingsOf(varargin, 'FeatureLayer', acts(at).name, 'OutputUpsampling', 'bicubic');
featureLayer = s.FeatureLayer;
at = find(strcmp({acts.name}, featureLayer));
if isa(target, 'function_handle')
    map = mapOf(net, X, acts, at, target);
else
    map = [];
    for channel = channelOf(net, target)
        map = cat(3, map, mapOf(net, X, acts, at, @(y) sum(sum(y(:, :, channel)))));
    end
end
if ~strcmp(s.OutputUpsampling, 'none')
    map = imresize(map, [size(X, 1), size(X, 2)], s.OutputUpsampling);
end
end

function map = mapOf(net, X, acts, at, reduce)
features = acts(at).value;
slope = zeros(size(features));
step = 1e-5;
for k = 1:numel(features)
    more = features;
    more(k) += step;
    less = features;
    less(k) -= step;
    slope(k) = (scoreFrom(net, X, acts, at, more, reduce) ...
        - scoreFrom(net, X, acts, at, less, reduce)) / (2 * step);
end
map = max(sum(mean(mean(slope, 1), 2) .* features, 3), 0);
end

function score = scoreFrom(net, X, acts, at, features, reduce)
acts = outputsOf(net, X, acts, at, features);
score = reduce(acts(end).value);
end

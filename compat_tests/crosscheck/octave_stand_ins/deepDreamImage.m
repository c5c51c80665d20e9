function I = deepDreamImage(net, layer, channel, varargin)
% Test double: stands in for MATLAB's deepDreamImage: it only returns an image of the right size.
s = settingsOf(varargin, 'InitialImage', [], 'PyramidLevels', 3, 'PyramidScale', 1.4, ...
    'NumIterations', 10, 'OutputScaling', 'linear', 'Verbose', true);
I = single(s.InitialImage);
if isempty(I)
    I = single(128 + rand(net.Layers(1).InputSize));
end
outputOfLayer(net, I, layer);
for level = 2:s.PyramidLevels
    I = imresize(I, ceil(s.PyramidScale * [size(I, 1), size(I, 2)]));
end
I = repmat(I, 1, 1, 1, numel(channel));
end

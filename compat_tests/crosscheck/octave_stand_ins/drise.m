function [map, boxes, scores, labels] = drise(detector, I, varargin)
% Test double: stands in for MATLAB's drise for a function that detects one box.
boxes = [];
if numel(varargin) > 1 && ~ischar(varargin{1})
    varargin = varargin(3:end);
end
s = settingsOf(varargin, 'NumSamples', 20, 'MiniBatchSize', 4);
[boxes, probabilities, ~] = detector(I);
[scores, labels] = max(probabilities, [], 2);
sz = [size(I, 1), size(I, 2)];
map = zeros(sz);
for n = 1:s.NumSamples
    mask = imresize(rand(4, 4), sz, 'nearest');
    [~, seen, ~] = detector(uint8(mask .* double(I)));
    map = map + seen(1) * mask / s.NumSamples;
end
end

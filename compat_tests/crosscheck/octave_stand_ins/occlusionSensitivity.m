function map = occlusionSensitivity(net, X, target, varargin)
% Test double: stands in for MATLAB's occlusionSensitivity, as MathWorks documents it.
s = settingsOf(varargin, 'MaskSize', 'auto', 'Stride', 'auto', 'MaskValue', 'auto', ...
    'OutputUpsampling', 'bicubic', 'MaskClipping', 'on', 'MiniBatchSize', 128);
channels = channelOf(net, target);
sz = [size(X, 1), size(X, 2)];
mask = sizeOf(s.MaskSize, max(round(0.2 * sz), 1));
stride = sizeOf(s.Stride, max(round(0.1 * sz), 1));
X = double(X);
value = s.MaskValue;
if ischar(value)
    value = mean(mean(X, 1), 2);
end
value = reshape(value, 1, 1, []) .* ones(1, 1, size(X, 3));
if strcmp(s.MaskClipping, 'on')
    tops = (1:stride(1):sz(1)) - floor(mask(1) / 2);
    lefts = (1:stride(2):sz(2)) - floor(mask(2) / 2);
else
    tops = 1:stride(1):sz(1) - mask(1) + 1;
    lefts = 1:stride(2):sz(2) - mask(2) + 1;
end
map = zeros(numel(tops), numel(lefts), numel(channels));
for k = 1:numel(channels)
    whole = total(net, X, channels(k));
    for i = 1:numel(tops)
        for j = 1:numel(lefts)
            rows = max(tops(i), 1):min(tops(i) + mask(1) - 1, sz(1));
            columns = max(lefts(j), 1):min(lefts(j) + mask(2) - 1, sz(2));
            hidden = X;
            hidden(rows, columns, :) = repmat(value, numel(rows), numel(columns));
            map(i, j, k) = whole - total(net, hidden, channels(k));
        end
    end
end
if ~strcmp(s.OutputUpsampling, 'none')
    map = imresize(map, sz, s.OutputUpsampling);
end
end

function sz = sizeOf(given, automatic)
sz = given;
if ischar(given)
    sz = automatic;
elseif numel(given) == 1
    sz = [given given];
end
end

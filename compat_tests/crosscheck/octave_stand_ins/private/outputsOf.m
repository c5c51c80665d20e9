function acts = outputsOf(net, X, acts, at, value)
% Outputs of all layers for one image: a struct array with the fields name and value, in order. Of
% known outputs, one can be given another value, and those behind it are computed again.
X = double(X);
first = 1;
if nargin == 2
    acts = struct('name', {net.Layers.Name}, 'value', []);
else
    acts(at).value = value;
    first = at + 1;
end
for k = first:numel(acts)
    acts(k).value = outputOf(net.Layers(k), X, {acts(net.From{k}).value});
end
end

function Y = outputOf(layer, image, inputs)
s = layer.Settings;
if ~isempty(inputs)
    X = inputs{1};
end
switch layer.StandInFor
    case 'nnet.cnn.layer.ImageInputLayer'
        Y = image;
        if strcmp(s.Normalization, 'zerocenter')
            Y = image - s.Mean;
        elseif strcmp(s.Normalization, 'zscore')
            Y = (image - s.Mean) ./ s.StandardDeviation;
        end
    case 'nnet.cnn.layer.Convolution2DLayer'
        Y = convolved(X, s);
    case 'nnet.cnn.layer.FullyConnectedLayer'
        Y = reshape(s.Weights * X(:) + s.Bias, 1, 1, []);
    case 'nnet.cnn.layer.ReLULayer'
        Y = max(X, 0);
    case 'nnet.cnn.layer.LeakyReLULayer'
        Y = max(X, 0) + s.Value * min(X, 0);
    case 'nnet.cnn.layer.ClippedReLULayer'
        Y = min(max(X, 0), s.Value);
    case 'nnet.cnn.layer.ELULayer'
        Y = max(X, 0) + exp(min(X, 0)) - 1;
    case 'nnet.cnn.layer.AdditionLayer'
        Y = inputs{1} + inputs{2};
    case 'nnet.cnn.layer.GlobalAveragePooling2DLayer'
        Y = mean(mean(X, 1), 2);
    case 'nnet.cnn.layer.SoftmaxLayer'
        Y = exp(X - max(X, [], 3));
        Y = Y ./ sum(Y, 3);
    case 'nnet.cnn.layer.FunctionLayer'
        Y = s.Function(X);
    otherwise
        Y = X;
end
end

function Y = convolved(X, s)
[h, w, count, filters] = size(s.Weights);
if strcmp(s.Padding, 'same')
    padded = zeros(size(X, 1) + h - 1, size(X, 2) + w - 1, size(X, 3));
    top = floor((h - 1) / 2);
    left = floor((w - 1) / 2);
    padded(top + (1:size(X, 1)), left + (1:size(X, 2)), :) = X;
    X = padded;
end
Y = zeros(size(X, 1) - h + 1, size(X, 2) - w + 1, filters);
for f = 1:filters
    for c = 1:count
        Y(:, :, f) += conv2(X(:, :, c), rot90(s.Weights(:, :, c, f), 2), 'valid');
    end
    Y(:, :, f) += s.Bias(f);
end
end

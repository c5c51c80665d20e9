function sets = goldenSets()
% Small networks with weights by a formula, and the calls that show what MATLAB does with them.
% Each set becomes one folder, each run is one golden. make(record) builds the network, with a
% recorder behind its input layer if record is true.
sets = {
    linearSet()
    tinySet()
    nanSet()
    superpixelSet('superpixels-uint8', 3, @(A) A)
    superpixelSet('superpixels-single-255', 3, @single)
    superpixelSet('superpixels-double-1', 3, @(A) double(A) / 255)
    superpixelSet('superpixels-double-signed', 3, @(A) double(A) / 127.5 - 1)
    superpixelSet('superpixels-2-channels', 2, @(A) A)
    superpixelSet('superpixels-5-channels', 5, @(A) A)
    rectifiedSet('gradcam-relu', @() reluLayer('Name', 'last'))
    rectifiedSet('gradcam-leaky', @() leakyReluLayer(0.1, 'Name', 'last'))
    rectifiedSet('gradcam-clipped', @() clippedReluLayer(6, 'Name', 'last'))
    rectifiedSet('gradcam-elu', @() eluLayer('Name', 'last'))
    rectifiedSet('gradcam-prelu', @preluInstead)
    dropoutSet()
    spatialSet()
    dreamSet('deepdream', 'zerocenter')
    dreamSet('deepdream-zscore', 'zscore')
    driseSet()
    };
end

function set = goldenSet(name, make, X, runs)
set = struct('name', name, 'make', make, 'X', X, 'runs', {runs});
end

function run = recorded(varargin)
run = newRun(varargin{:});
run.record = true;
end

function w = formula(varargin)
% Weights between -5/8 and 5/8, exact in single precision.
sz = [varargin{:}];
w = reshape(mod(7 * (1:prod(sz)) + 3, 11) - 5, sz) / 8;
end

function A = painting(h, w, c)
% An image with edges and slopes whose channels' means are no whole numbers.
[column, row] = meshgrid(1:w, 1:h);
A = zeros(h, w, c);
for k = 1:c
    A(:, :, k) = 120 + 60 * sin(row / (3 + k)) + 50 * cos(column / (2 + 2 * k)) ...
        + 20 * (mod(floor(row / 7) + floor(column / 9), 2) == 0);
end
A = uint8(A);
end

function layers = inputLayers(sz, record, varargin)
layers = imageInputLayer(sz, 'Name', 'in', varargin{:});
if record
    % No release skips it, as functions are not accelerated unless that is asked for.
    layers = [layers; functionLayer(@handedOn, 'Name', 'recorder')];
end
end

function X = handedOn(X)
matxaiRecord('add', X);
end

function layers = plainInput(sz, record)
layers = inputLayers(sz, record, 'Normalization', 'none');
end

function layer = dense(count, from)
layer = fullyConnectedLayer(count, 'Name', 'fc', 'Weights', formula(count, from), ...
    'Bias', formula(count, 1));
end

function layer = convolution(name, from, count)
layer = convolution2dLayer([3 3], count, 'Name', name, 'Padding', 'same', ...
    'Weights', formula(3, 3, from, count), 'Bias', formula(1, 1, count));
end

function net = linearNetwork(sz, record)
net = dlnetwork([plainInput(sz, record); dense(3, prod(sz))]);
end

function set = linearSet()
% The score is a weighted sum of the pixels, so every map can be computed by hand.
sz = [12 10 3];
quarters = kron([1 3; 2 4], ones(6, 5));
sixths = kron([1 3 5; 2 4 6], ones(6, 4));
sixths = sixths(:, 2:11);
named = [7 -2; 30 4];
runs = {
    recorded('lime-absent-pixel', 'imageLIME', 2, ...
        {'Segmentation', quarters, 'NumSamples', 64, 'Model', 'linear'})
    recorded('lime-samples', 'imageLIME', 2, ...
        {'Segmentation', sixths, 'NumSamples', 200})
    newRun('lime-linear', 'imageLIME', [1 3], ...
        {'Segmentation', quarters, 'NumSamples', 5000, 'Model', 'linear'})
    newRun('lime-grid-7', 'imageLIME', 2, ...
        {'Segmentation', 'grid', 'NumFeatures', 7, 'NumSamples', 200, 'OutputUpsampling', 'none'})
    newRun('lime-grid-10', 'imageLIME', 2, ...
        {'Segmentation', 'grid', 'NumFeatures', 10, 'NumSamples', 200, 'OutputUpsampling', 'none'})
    newRun('lime-grid-30', 'imageLIME', 2, {'Segmentation', 'grid', 'NumFeatures', 30, ...
        'NumSamples', 200, 'OutputUpsampling', 'nearest'})
    newRun('lime-grid-bicubic', 'imageLIME', 2, {'Segmentation', 'grid', 'NumFeatures', 30, ...
        'NumSamples', 200, 'OutputUpsampling', 'bicubic'})
    newRun('lime-segmentation-labels', 'imageLIME', 2, ...
        {'Segmentation', kron(named, ones(6, 5)), 'NumSamples', 200})
    recorded('occlusion-even-mask', 'occlusionSensitivity', 2, ...
        {'MaskSize', [4 6], 'Stride', 3, 'OutputUpsampling', 'none'})
    recorded('occlusion-even-mask-inside', 'occlusionSensitivity', 2, ...
        {'MaskSize', [4 6], 'Stride', 3, 'MaskClipping', 'off', 'OutputUpsampling', 'none'})
    recorded('occlusion-mask-value', 'occlusionSensitivity', [1 3], {})
    newRun('occlusion-inside-enlarged', 'occlusionSensitivity', 2, ...
        {'MaskSize', 5, 'Stride', 2, 'MaskClipping', 'off'})
    newRun('occlusion-nearest', 'occlusionSensitivity', 2, ...
        {'MaskSize', 3, 'Stride', 4, 'OutputUpsampling', 'nearest', 'MaskValue', [10 20.5 30]})
    };
set = goldenSet('linear', @(record) linearNetwork(sz, record), painting(12, 10, 3), runs);
end

function set = tinySet()
sz = [4 3 3];
runs = {recorded('occlusion-tiny', 'occlusionSensitivity', 1, {'OutputUpsampling', 'none'})};
set = goldenSet('tiny', @(record) linearNetwork(sz, record), painting(4, 3, 3), runs);
end

function set = nanSet()
runs = {
    newRun('nan-lime', 'imageLIME', 1, {'Segmentation', 'grid', 'NumFeatures', 4, 'NumSamples', 50})
    newRun('nan-occlusion', 'occlusionSensitivity', 1, {})
    };
set = goldenSet('nan', @nanNetwork, painting(12, 10, 3), runs);
end

function net = nanNetwork(record)
weights = formula(3, 360);
weights(1, 5) = NaN;
net = dlnetwork([plainInput([12 10 3], record)
    fullyConnectedLayer(3, 'Name', 'fc', 'Weights', weights, 'Bias', zeros(3, 1))]);
end

function set = superpixelSet(name, channels, convert)
% Which superpixels imageLIME finds in images of other classes, ranges and numbers of channels.
sz = [48 40 channels];
runs = {newRun(['lime-' name], 'imageLIME', 1, {'NumFeatures', 12, 'NumSamples', 100})};
X = convert(painting(48, 40, channels));
set = goldenSet(name, @(record) linearNetwork(sz, record), X, runs);
end

function set = rectifiedSet(name, last)
% A convolution, a ReLU, a convolution and another kind of layer: which is the feature layer?
runs = {newRun([name '-default'], 'gradCAM', 2, {})};
if strcmp(name, 'gradcam-relu')
    runs = [runs; {
        newRun('gradcam-nearest', 'gradCAM', [1 2], {'OutputUpsampling', 'nearest'})
        newRun('gradcam-none', 'gradCAM', 2, {'OutputUpsampling', 'none'})
        newRun('gradcam-layers', 'gradCAM', 2, {'FeatureLayer', 'first', 'ReductionLayer', 'fc'})
        newRun('gradcam-function', 'gradCAM', 2, {'reductionFcn', @(x) x(2)})
        recorded('gradcam-function-size', 'gradCAM', 2, {'reductionFcn', @notedSecond})
        newRun('gradient-autodiff', 'gradientAttribution', 2, {})
        newRun('gradient-guided-backprop', 'gradientAttribution', 2, {'Method', 'guided-backprop'})
        newRun('gradient-zeiler-fergus', 'gradientAttribution', 2, {'Method', 'zeiler-fergus'})
        newRun('activations-first', 'activations', [], {'layer', 'first'})
        }];
end
set = goldenSet(name, @(record) rectifiedNetwork(record, last), painting(10, 8, 3), runs);
end

function score = notedSecond(x)
matxaiRecord('add', x);
score = x(2);
end

function net = rectifiedNetwork(record, last)
net = dlnetwork([plainInput([10 8 3], record)
    convolution('conv1', 3, 4)
    reluLayer('Name', 'first')
    convolution('conv2', 4, 3)
    last()
    globalAveragePooling2dLayer('Name', 'gap')
    fullyConnectedLayer(3, 'Name', 'fc', 'Weights', formula(3, 3) / 50, 'Bias', zeros(3, 1))
    softmaxLayer('Name', 'prob')]);
end

function layer = preluInstead()
layer = preluLayer('Name', 'last', 'Alpha', reshape([0.1 0.2 0.3], 1, 1, 3));
end

function set = dropoutSet()
runs = {newRun('gradcam-dropout', 'gradCAM', 2, {})};
set = goldenSet('gradcam-dropout', @dropoutNetwork, painting(10, 8, 3), runs);
end

function net = dropoutNetwork(record)
% Two ReLU layers, each behind a dropout, are added: is the sum the feature layer?
graph = layerGraph([plainInput([10 8 3], record)
    convolution('conv1', 3, 4)
    reluLayer('Name', 'relu1')
    dropoutLayer(0.5, 'Name', 'drop1')
    additionLayer(2, 'Name', 'sum')
    globalAveragePooling2dLayer('Name', 'gap')
    fullyConnectedLayer(3, 'Name', 'fc', 'Weights', formula(3, 4) / 50, 'Bias', zeros(3, 1))
    softmaxLayer('Name', 'prob')]);
graph = addLayers(graph, [convolution('conv2', 4, 4)
    reluLayer('Name', 'relu2')
    dropoutLayer(0.5, 'Name', 'drop2')]);
graph = connectLayers(graph, 'relu1', 'conv2');
graph = connectLayers(graph, 'drop2', 'sum/in2');
net = dlnetwork(graph);
end

function set = spatialSet()
% Outputs with spatial dimensions: a score for each pixel, as in segmentation.
runs = {
    newRun('spatial-occlusion', 'occlusionSensitivity', 2, {'OutputUpsampling', 'none'})
    newRun('spatial-lime', 'imageLIME', 2, ...
        {'Segmentation', 'grid', 'NumFeatures', 9, 'NumSamples', 300, 'Model', 'linear'})
    newRun('spatial-gradcam', 'gradCAM', 2, {'reductionFcn', @(x) sum(sum(x(:, :, 2)))})
    newRun('spatial-gradient', 'gradientAttribution', 2, {})
    };
set = goldenSet('spatial', @spatialNetwork, painting(10, 8, 3), runs);
end

function net = spatialNetwork(record)
net = dlnetwork([plainInput([10 8 3], record)
    convolution('conv1', 3, 4)
    reluLayer('Name', 'relu1')
    convolution('conv2', 4, 3)
    softmaxLayer('Name', 'prob')]);
end

function set = dreamSet(name, normalization)
% What deepDreamImage makes its network see, step by step.
image = single(painting(20, 20, 3));
one = {'layer', 'fc', 'PyramidLevels', 1, 'NumIterations', 1, 'OutputScaling', 'none'};
runs = {
    recorded([name '-first-image'], 'deepDreamImage', 2, one)
    recorded([name '-steps'], 'deepDreamImage', 2, {'layer', 'fc', 'InitialImage', image, ...
        'PyramidLevels', 1, 'NumIterations', 5, 'OutputScaling', 'none'})
    recorded([name '-pyramid'], 'deepDreamImage', 2, {'layer', 'conv1', 'InitialImage', image, ...
        'PyramidLevels', 3, 'NumIterations', 1, 'OutputScaling', 'none'})
    recorded([name '-tiles'], 'deepDreamImage', 2, {'layer', 'fc', 'InitialImage', ...
        single(painting(31, 27, 3)), 'PyramidLevels', 1, 'NumIterations', 2, ...
        'OutputScaling', 'none'})
    newRun([name '-linear'], 'deepDreamImage', [1 2], {'layer', 'fc', 'InitialImage', image, ...
        'PyramidLevels', 1, 'NumIterations', 2})
    newRun([name '-no-gradient'], 'deepDreamImage', 4, {'layer', 'fc', 'InitialImage', image, ...
        'PyramidLevels', 1, 'NumIterations', 2, 'OutputScaling', 'none'})
    newRun([name '-no-gradient-linear'], 'deepDreamImage', 4, {'layer', 'fc', 'InitialImage', ...
        100 * ones(20, 20, 3, 'single'), 'PyramidLevels', 1, 'NumIterations', 2})
    };
set = goldenSet(name, @(record) dreamNetwork(record, normalization), painting(20, 20, 3), runs);
end

function net = dreamNetwork(record, normalization)
% Channel 4 has no weights, so no gradient.
weights = formula(4, 4 * 400) / 50;
weights(4, :) = 0;
moments = {'Mean', reshape([110 120 130], 1, 1, 3)};
if strcmp(normalization, 'zscore')
    moments = [moments, {'StandardDeviation', reshape([50 60 70], 1, 1, 3)}];
end
net = dlnetwork([inputLayers([20 20 3], record, 'Normalization', normalization, moments{:})
    convolution('conv1', 3, 4)
    reluLayer('Name', 'relu1')
    fullyConnectedLayer(4, 'Name', 'fc', 'Weights', weights, 'Bias', zeros(4, 1))]);
end

function set = driseSet()
% The detector is a function that notes the images that it is given.
few = {'NumSamples', 40, 'MiniBatchSize', 4};
runs = {
    recorded('drise-masks', 'drise', [], few)
    recorded('drise-defaults', 'drise', [], {})
    recorded('drise-given-boxes', 'drise', [], ...
        [{'bboxIn', [6 8 12 12; 1 1 3 3], 'labelIn', [1; 2]}, few])
    recorded('drise-threshold', 'drise', [], [few, {'Threshold', 0.99}])
    };
set = goldenSet('drise', @(record) @(images) matxaiDetector(images, true), ...
    painting(32, 24, 3), runs);
end

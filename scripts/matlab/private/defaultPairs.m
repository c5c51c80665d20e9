function [methods, lists] = defaultPairs(net, X)
% What is computed for a network where nothing else is asked for: a list of methods, and for each
% the options of its runs. A detector has drise alone.
[names, classes] = layersOf(net);
if ~isempty(strfind(class(net), 'etector')) || isa(net, 'function_handle')
    methods = {'drise'};
    lists = {{{}}};
    return
end
deepest = deepestLayer(net);
shown = shownLayers(net, names, classes, deepest);
methods = {'imageLIME', 'occlusionSensitivity', 'gradCAM', 'gradientAttribution', ...
    'deepDreamImage', 'activations'};
gradients = {{}};
if any(strcmp(classes, 'nnet.cnn.layer.ReLULayer'))
    gradients{2} = {'Method', 'guided-backprop'};
end
% From the image itself, so that no random numbers come in.
dream = {'layer', deepest, 'InitialImage', single(X), 'PyramidLevels', 1, 'NumIterations', 3, ...
    'OutputScaling', 'none'};
lists = {{{}, {'Segmentation', 'grid', 'Model', 'linear'}}, {{}}, {{}}, gradients, {dream}, ...
    cellfun(@(layer) {'layer', layer}, shown, 'UniformOutput', false)};
end

function name = deepestLayer(net)
% The layer before the softmax, or the last one that is no output layer.
name = softmaxOf(net);
if ~isempty(name)
    name = layerBefore(net, name);
    return
end
[names, classes] = layersOf(net);
keep = cellfun(@isempty, regexp(classes, 'OutputLayer$'));
names = names(keep);
name = names{end};
end

function shown = shownLayers(net, names, classes, deepest)
% The first convolution, a layer in the middle and the deepest.
shown = {};
convolution = find(~cellfun(@isempty, regexp(classes, 'Convolution2DLayer$')), 1);
if ~isempty(convolution)
    shown{end + 1} = names{convolution};
end
middle = names{ceil(numel(names) / 2)};
if numel(names) > 3 && ~any(strcmp(shown, middle))
    shown{end + 1} = middle;
end
if ~any(strcmp(shown, deepest))
    shown{end + 1} = deepest;
end
end

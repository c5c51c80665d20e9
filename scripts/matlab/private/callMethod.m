function [values, names, chosen, stages, seconds] = callMethod(net, X, run, classes)
% Call MATLAB's function and then, for its stages, once more in another way.
% values is a struct of arrays, names those of the outputs, stages maps names to what they are.
names = {};
chosen = struct();
stages = struct();
values = struct();
pairs = run.pairs;
model = net;
if ~isempty(run.record)
    model = run.record;
    matxaiRecord('start');
end
started = tic;
switch run.method
    case 'imageLIME'
        target = targetOf(net, run.channel, classes);
        [values.scoreMap, values.featureMap, values.featureImportance] = ...
            imageLIME(model, X, target, pairs{:});
        names = {'scoreMap', 'featureMap', 'featureImportance'};
    case 'occlusionSensitivity'
        values.scoreMap = occluded(model, X, run.channel, classes, pairs);
        names = {'scoreMap'};
    case 'gradCAM'
        [reduction, pairs] = pairValue(pairs, 'reductionFcn', targetOf(net, run.channel, classes));
        [values.scoreMap, chosen.featureLayer, chosen.reductionLayer] = ...
            gradCAM(model, X, reduction, pairs{:});
        chosen.featureLayer = char(chosen.featureLayer);
        chosen.reductionLayer = char(chosen.reductionLayer);
        names = {'scoreMap'};
    case 'gradientAttribution'
        method = char(pairValue(pairs, 'Method', 'autodiff'));
        [values.scoreMap, values.gradient] = attributionByGradient(model, X, run.channel, method);
        names = {'scoreMap', 'gradient'};
    case 'deepDreamImage'
        [layer, pairs] = pairValue(pairs, 'layer', '');
        quiet = {};
        if isempty(pairValue(pairs, 'Verbose', []))
            quiet = {'Verbose', false};
        end
        values.I = deepDreamImage(model, layer, run.channel, pairs{:}, quiet{:});
        names = {'I'};
    case 'activations'
        values.act = layerOutput(model, X, char(pairValue(pairs, 'layer', '')));
        names = {'act'};
    case 'drise'
        [box, pairs] = pairValue(pairs, 'bboxIn', []);
        [label, pairs] = pairValue(pairs, 'labelIn', []);
        where = {};
        if ~isempty(box)
            where = {box, label};
        end
        [values.scoreMap, values.bboxOut, values.scores, ~] = drise(model, X, where{:}, pairs{:});
        names = {'scoreMap', 'bboxOut', 'scores'};
    otherwise
        error('matxai:reference:method', 'The method %s is not known.', run.method);
end
seconds = toc(started);
if ~isempty(run.record)
    [values, stages] = withRecorded(values, stages, matxaiRecord('stop'));
end
if ~any(strcmp(run.method, {'occlusionSensitivity', 'gradCAM'}))
    return
end
% The same before it is enlarged.
[upsampling, rest] = pairValue(pairs, 'OutputUpsampling', 'bicubic');
if strcmp(char(upsampling), 'none')
    values.coarse = values.scoreMap;
elseif strcmp(run.method, 'gradCAM')
    values.coarse = gradCAM(net, X, reduction, rest{:}, 'OutputUpsampling', 'none');
else
    values.coarse = occluded(net, X, run.channel, classes, [rest, {'OutputUpsampling', 'none'}]);
end
stages.coarse = 'the map with OutputUpsampling "none"';
end

function target = targetOf(net, channel, classes)
% A dlnetwork takes channels; other networks take labels, if they have any.
target = channel;
if isDlnetwork(net) || isempty(classes)
    return
end
target = classes(channel);
if numel(target) == 1
    target = target{1};
elseif hasFunction('categorical')
    target = categorical(target);
end
end

function scoreMap = occluded(net, X, channel, classes, pairs)
[layer, pairs] = pairValue(pairs, 'layer', '');
if isempty(layer)
    scoreMap = occlusionSensitivity(net, X, targetOf(net, channel, classes), pairs{:});
else
    scoreMap = occlusionSensitivity(net, X, char(layer), channel, pairs{:});
end
end

function [values, stages] = withRecorded(values, stages, groups)
for k = 1:numel(groups)
    name = sprintf('inputs_%d', k);
    values.(name) = groups{k};
    stages.(name) = 'images that the network was given, in this order';
end
end

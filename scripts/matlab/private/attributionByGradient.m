function [scoreMap, gradient] = attributionByGradient(net, X, channel, method)
% The function of MathWorks' example: the derivative of a score with respect to the pixels.
% Method is 'autodiff', 'guided-backprop' or 'zeiler-fergus'.
net = asDlnetwork(net);
if ~strcmp(method, 'autodiff')
    net = withRectifiers(net, method);
end
scoreMap = [];
gradient = [];
for k = 1:numel(channel)
    slope = dlfeval(@slopeOfScore, net, dlarray(single(X), 'SSCB'), channel(k));
    slope = plainArray(slope);
    gradient = cat(4, gradient, slope);
    scoreMap = cat(3, scoreMap, rescale(sum(abs(slope), 3)));
end
end

function slope = slopeOfScore(net, X, channel)
scores = predict(net, X);
if ndims(scores) > 2
    score = sum(sum(scores(:, :, channel), 1), 2);
else
    score = scores(channel);
end
slope = dlgradient(score, X);
end

function net = withRectifiers(net, method)
% ReLU layers that hand back what the method says.
graph = layerGraph(net);
[names, classes] = layersOf(net);
for k = find(strcmp(classes, 'nnet.cnn.layer.ReLULayer'))
    graph = replaceLayer(graph, names{k}, matxaiRectifier(names{k}, method));
end
net = dlnetwork(graph);
end

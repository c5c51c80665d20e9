function name = softmaxOf(net)
% The last softmax layer, or ''.
[names, classes] = layersOf(net);
at = find(~cellfun(@isempty, regexp(classes, 'SoftmaxLayer$')), 1, 'last');
name = '';
if ~isempty(at)
    name = names{at};
end
end

function net = matxaiSmallNetwork(kind)
% A small network for the calls of makeGoldens: 'dlnetwork', 'DAGNetwork', 'dropout', 'sequence' or
% 'sequence-labels'.
image = imageInputLayer([6 5 1], 'Name', 'in', 'Normalization', 'none');
dense = fullyConnectedLayer(3, 'Name', 'fc', 'Bias', [0; 0.1; 0.2], ...
    'Weights', reshape(mod(7 * (1:90) + 3, 11) - 5, 3, 30) / 200);
softmax = softmaxLayer('Name', 'prob');
labels = classificationLayer('Name', 'out', 'Classes', {'a', 'b', 'c'});
switch char(kind)
    case 'dlnetwork'
        net = dlnetwork([image; dense; softmax]);
    case 'DAGNetwork'
        % An addition makes it a graph.
        graph = layerGraph([image; reluLayer('Name', 'relu'); additionLayer(2, 'Name', 'sum')
            dense; softmax; labels]);
        net = assembleNetwork(connectLayers(graph, 'in', 'sum/in2'));
    case 'dropout'
        net = dlnetwork([image; dropoutLayer(0.5, 'Name', 'drop'); dense; softmax]);
    case 'sequence'
        net = dlnetwork([sequenceInputLayer(2, 'Name', 'in'); recurrent()]);
    case 'sequence-labels'
        net = assembleNetwork([sequenceInputLayer(2, 'Name', 'in'); recurrent(); softmax
            classificationLayer('Name', 'out', 'Classes', {'a', 'b'})]);
end
end

function layer = recurrent()
layer = lstmLayer(2, 'Name', 'lstm', 'InputWeights', reshape(1:16, 8, 2) / 16, ...
    'RecurrentWeights', reshape(16:-1:1, 8, 2) / 16, 'Bias', zeros(8, 1));
end

% Names of layers, and one of them found.
net = googlenet;
names = {net.Layers.Name};
isRelu = contains(names, 'relu');
relus = names(isRelu);
numRelus = nnz(isRelu);
last = relus{end};
k = find(strcmp(names, 'conv1'));
for i = 1:numel(net.Layers)
    if isa(net.Layers(i), 'nnet.cnn.layer.ReLULayer')
        final = net.Layers(i).Name;
    end
end
shown = strjoin(relus, ', ');
disp(shown)

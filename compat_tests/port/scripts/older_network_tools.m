% Look into a network, and convert it to the newer class.
addpath(genpath('helpers'))
net = googlenet;
analyzeNetwork(net)
dlnet = dag2dlnetwork(net);
numLayers = length(net.Layers);
kinds = cell(1, numLayers);
for i = 1:numLayers
    kinds{i} = class(net.Layers(i));
end
isConv = contains(kinds, 'Convolution');
convs = find(isConv);
firstConv = net.Layers(convs(1)).Name;
X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
s = predict(dlnet, single(X));
total = round(sum(s), 4);
disp(firstConv)

% Exchange the last layers of a network.
net = squeezenet;
lgraph = layerGraph(net);
numLayers = numel(lgraph.Layers);
last = lgraph.Layers(end).Name;
lgraph = removeLayers(lgraph, {last});
newLayer = reluLayer('Name', 'new_relu');
lgraph = replaceLayer(lgraph, 'relu_1', newLayer);
dlnet = dlnetwork(lgraph);
X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
scores = predict(dlnet, dlarray(single(X), 'SSC'));
scores = extractdata(scores);
before = predict(net, X);
difference = max(abs(scores(:) - before(:)));
fprintf('%d layers, difference %g\n', numLayers, difference);

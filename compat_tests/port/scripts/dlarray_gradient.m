% Gradient of a score with respect to the pixels, by hand.
net = googlenet;
lgraph = layerGraph(net);
lgraph = removeLayers(lgraph, lgraph.Layers(end).Name);
dlnet = dlnetwork(lgraph);

X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
[label, ~] = classify(net, X);
classIdx = find(net.Layers(end).Classes == label);

dlX = dlarray(single(X), 'SSCB');
gradient = dlfeval(@scoreGradient, dlnet, dlX, classIdx);
map = sum(abs(extractdata(gradient)), 3);
map = rescale(map);

figure
imshow(map)
colormap gray
title('sensitivity of the score')
saveas(gcf, 'gradient.png')

function gradient = scoreGradient(net, X, k)
% Differentiate the score of class k.
    Y = predict(net, X);
    gradient = dlgradient(Y(k), X);
end

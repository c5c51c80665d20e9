% The network by its name.
netName = "squeezenet";
net = eval(netName);
X = imresize(imread('cat.png'), net.Layers(1).InputSize(1:2));
label = classify(net, X);
imshow(X)
title(netName + ": " + string(label))
saveas(gcf, 'evaluated.png')

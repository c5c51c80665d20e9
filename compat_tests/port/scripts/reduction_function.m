% Grad-CAM of something that is no class.
net = imagePretrainedNetwork("squeezenet");
X = imresize(imread("cup.png"), net.Layers(1).InputSize(1:2));
reduce = @(Y) Y(1) - Y(2);
[map, featureLayer, reductionLayer] = gradCAM(net, X, reduce);
total = gradCAM(net, X, @(Y) sum(Y), OutputUpsampling="nearest");
imagesc(map)
title(featureLayer + " to " + reductionLayer, Interpreter="none")
exportgraphics(gca, "reduced.png")

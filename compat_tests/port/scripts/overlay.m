% A map of importance, half transparent over its image.
net = googlenet;
inputSize = net.Layers(1).InputSize(1:2);
X = imresize(imread("cat.png"), inputSize);
label = classify(net, X);
map = gradCAM(net, X, label);

figure
imshow(X)
hold on
imagesc(map, 'AlphaData', 0.5)
colormap jet
colorbar
hold off
title(char(label))
exportgraphics(gcf, 'overlay.png')

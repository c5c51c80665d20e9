% A title of several lines.
net = alexnet;
X = imresize(imread('cat.png'), net.Layers(1).InputSize(1:2));
[label, scores] = classify(net, X);
imshow(X)
title({['class: ' char(label)], ['score: ' num2str(max(scores), 2)]})
xlabel({'below', 'the image'})
saveas(gcf, 'lines.png')

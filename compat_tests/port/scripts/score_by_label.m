% A categorical as subscript of the scores.
net = squeezenet;
X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
[label, scores] = classify(net, X);
score = scores(label);
imshow(X)
title(sprintf('%s (%.3f)', string(label), score))
saveas(gcf, 'score.png')

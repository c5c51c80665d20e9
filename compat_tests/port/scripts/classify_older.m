%% Classify an image, the older way
close all; clear; clc
net = alexnet;
I = imread('cup.png');
inputSize = net.Layers(1).InputSize;
I = imresize(I, [inputSize(1), inputSize(2)]);
[YPred, probs] = classify(net, I);
best = max(probs);
%% Show it
imshow(I)
title([char(YPred) ', ' num2str(100*best, 3) '%']);
print(gcf, 'classified', '-dpng', '-r100')

% Grad-CAM, computed step by step.
net = googlenet;
lgraph = layerGraph(net);
lgraph = removeLayers(lgraph, lgraph.Layers(end).Name);
dlnet = dlnetwork(lgraph);
softmaxName = 'prob';
convLayerName = 'conv2-relu_3x3';
inputSize = net.Layers(1).InputSize(1:2);
img = imresize(imread('cup.png'), inputSize);
[classfn, score] = classify(net, img);
classIdx = find(classfn == net.Layers(end).Classes);
dlImg = dlarray(single(img), 'SSC');
[convMap, dScoresdMap] = dlfeval(@gradientsOf, dlnet, dlImg, softmaxName, convLayerName, classIdx);
gradcamMap = sum(convMap .* sum(dScoresdMap, [1 2]), 3);
gradcamMap = extractdata(gradcamMap);
gradcamMap = rescale(gradcamMap);
gradcamMap = imresize(gradcamMap, inputSize, 'Method', 'bicubic');
imshow(img);
hold on;
imagesc(gradcamMap, 'AlphaData', 0.5);
colormap jet
hold off;
title("Grad-CAM");
saveas(gcf, 'by_hand.png')

function [convMap, gradients] = gradientsOf(net, X, softmaxName, convLayerName, classIdx)
[scores, convMap] = predict(net, X, 'Outputs', {softmaxName, convLayerName});
classScore = scores(classIdx);
gradients = dlgradient(classScore, convMap);
end

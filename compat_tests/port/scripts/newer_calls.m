% Predict and label, the newer way.
[net, classNames] = imagePretrainedNetwork("googlenet");
inputSize = net.Layers(1).InputSize(1:2);
X = imresize(imread("cat.png"), inputSize);
if canUseGPU
    X = gpuArray(X);
end
scores = minibatchpredict(net, X);
[label, score] = scores2label(scores, classNames);
channel = find(classNames == string(label));
map = gradCAM(net, X, channel, FeatureLayer="conv2-relu_3x3");
map = gather(map);
tiledlayout(1, 2, TileSpacing="compact")
nexttile
imshow(X)
title(compose("%s: %.2f", string(label), score))
nexttile
imshow(X)
hold on
imagesc(map, AlphaData=0.5)
colormap jet
hold off
exportgraphics(gcf, "newer.png")

%% Explain the demo network, all the way
[net, classNames] = imagePretrainedNetwork("efficientnet-lite0");
inputSize = net.Layers(1).InputSize(1:2);
X = imresize(imread("cup_large.png"), inputSize);

scores = predict(net, single(X));
[score, channel] = max(scores);
fprintf("%s: %.2f\n", classNames(channel), score)

%% Three explanations
camMap = gradCAM(net, X, channel);
occlusionMap = occlusionSensitivity(net, X, channel, MaskSize=56, Stride=56);
rng("default")
limeMap = imageLIME(net, X, channel, Segmentation="grid", NumFeatures=16, NumSamples=64);

maps = {camMap, occlusionMap, limeMap};
titles = ["Grad-CAM" "Occlusion" "LIME"];
figure
tiledlayout("flow")
for k = 1:3
    nexttile
    imshow(X)
    hold on
    imagesc(maps{k}, AlphaData=0.5)
    title(titles(k))
end
colormap jet
exportgraphics(gcf, "demo.png")

% The label that classify returns goes to every explainer.
net = vgg16;
X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
[label, scores] = classify(net, X);

camMap = gradCAM(net, X, label);
occMap = occlusionSensitivity(net, X, label, 'MaskSize', 8, 'Stride', 8);
rng(1)
limeMap = imageLIME(net, X, label, 'Segmentation', 'grid', 'NumFeatures', 16, 'NumSamples', 100);

maps = {camMap, occMap, limeMap};
names = {'Grad-CAM', 'Occlusion', 'LIME'};
figure
for k = 1:numel(maps)
    subplot(1, 3, k)
    imshow(X), hold on
    imagesc(maps{k}, 'AlphaData', 0.5)
    colormap jet
    title(names{k})
end
saveas(gcf, 'three_maps.png');

% Maps of several classes at once.
net = squeezenet;
X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
classes = ["espresso" "teapot"];
maps = occlusionSensitivity(net, X, classes, "MaskSize", 8, "Stride", 8);
numMaps = size(maps, 3);
figure
for i = 1:numMaps
    subplot(1, numMaps, i)
    imshow(X)
    hold on
    imagesc(maps(:, :, i), "AlphaData", 0.5)
    title(classes(i))
    hold off
end
first = maps(:, :, 1);
saveas(gcf, 'classes2.png')

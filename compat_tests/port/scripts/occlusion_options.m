% Masks of several sizes.
net = squeezenet;
X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
label = classify(net, X);
sizes = [4 8 16];
figure
for k = 1:length(sizes)
    s = sizes(k);
    map = occlusionSensitivity(net, X, label, 'MaskSize', s, 'Stride', s, ...
        'OutputUpsampling', 'nearest', 'MaskValue', 128, 'MaskClipping', 'off');
    peaks(k) = max(map(:));
    subplot(1, 3, k)
    imagesc(map)
    axis image
    title(sprintf('mask %d', s))
end
sgtitle('Occlusion')
saveas(gcf, 'sizes.png')

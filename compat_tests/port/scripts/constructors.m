% Several networks look at one image.
nets = {squeezenet, googlenet, alexnet};
names = {'squeezenet', 'googlenet', 'alexnet'};
img = imread('cup.png');
best = zeros(1, numel(nets));
for n = 1:numel(nets)
    net = nets{n};
    X = imresize(img, net.Layers(1).InputSize(1:2));
    [label, scores] = classify(net, X);
    best(n) = max(scores);
    disp([names{n} ': ' char(label)])
end
[~, winner] = max(best);
bar(best)
title(['most sure: ' names{winner}])
saveas(gcf, 'networks.png')

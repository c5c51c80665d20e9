% The five best classes, by maxk and by sort.
net = squeezenet;
X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
[~, scores] = classify(net, X);
classes = net.Layers(end).Classes;

[~, idx] = maxk(scores, 3);
topClasses = classes(idx);
topScores = scores(idx);

[sorted, order] = sort(scores, 'descend');
same = isequal(order(1:3), idx);
for k = 1:3
    fprintf('%s: %.1f%%\n', string(topClasses(k)), 100 * topScores(k));
end

figure
barh(topScores)
xlim([0 1])
xlabel('Score')
yticklabels(string(topClasses))
saveas(gcf, 'top.png')

% Which classes does the network know?
net = resnet18;
classNames = net.Layers(end).Classes;
numClasses = numel(classNames);
fprintf('%d classes, the first is %s\n', numClasses, string(classNames(1)));
isCat = classNames == 'Egyptian cat';
where = find(isCat);
X = imresize(imread('cat.png'), net.Layers(1).InputSize(1:2));
scores = predict(net, X);
catScore = scores(where);
names = string(classNames);
short = names(1:2);
bar(scores)
ylabel('score')
saveas(gcf, 'classes.png')

% Strings are added.
net = squeezenet;
X = imresize(imread('cat.png'), net.Layers(1).InputSize(1:2));
[label, scores] = classify(net, X);
titleText = "Grad-CAM (" + string(label) + ")";
count = "there are " + numel(scores) + " classes";
names = ["a" "b" "c"];
marked = names + "_map";
second = marked(2);
file = "out_" + 3 + ".png";
map = gradCAM(net, X, label);
imagesc(map)
title(titleText)
saveas(gcf, file)
fprintf("%s\n", count)

% The class as a number.
net = imagePretrainedNetwork("squeezenet");
X = imresize(imread("cup.png"), net.Layers(1).InputSize(1:2));
classIdx = 3;
map = gradCAM(net, X, classIdx);
other = occlusionSensitivity(net, X, 2, MaskSize=8, Stride=8);
scores = predict(net, single(X));
score = scores(classIdx);
figure
tiledlayout(1, 2)
nexttile
imagesc(map)
nexttile
imagesc(other)
exportgraphics(gcf, "numbers.png")

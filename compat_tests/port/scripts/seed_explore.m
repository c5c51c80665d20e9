%% Look at one decision in many ways
network = googlenet;
wanted = network.Layers(1).InputSize(1:2);
known = network.Layers(end).Classes;

photo = imread("cup.png");
photo = imresize(photo, wanted);
figure
imshow(photo)

[answer, s] = classify(network, photo);
answer

[~, best] = maxk(s, 3);
bestScores = s(best)';
bestClasses = known(best);
table(bestClasses, bestScores)

%% Activations
features = activations(network, photo, "conv2-relu_3x3");
dims = size(features);
features = reshape(features, [dims(1) dims(2) 1 dims(3)]);
tiles = imtile(mat2gray(features(:, :, :, 1:4)));
figure
imshow(tiles)

deep = activations(network, photo, "inception_5b-output");
dims = size(deep)
deep = reshape(deep, [dims(1) dims(2) 1 dims(3)]);
[greatest, greatestIndex] = max(max(max(deep)));
deepBest = deep(:, :, :, greatestIndex);
figure
tiledlayout("flow")
nexttile
imshow(photo)
nexttile
imshow(imresize(mat2gray(deepBest), wanted))

%% Grad-CAM
opacity = 0.5;
colours = "jet";
camDeep = gradCAM(network, photo, answer);
camEarly = gradCAM(network, photo, answer, 'FeatureLayer', "conv2-relu_3x3");
figure
showPair(photo, camDeep, camEarly, "Late layer", "Early layer", opacity, colours)

%% Occlusion
covered = occlusionSensitivity(network, photo, answer);
coveredFinely = occlusionSensitivity(network, photo, answer, 'Stride', 8, 'MaskSize', 8);
figure
showPair(photo, covered, coveredFinely, ...
    "Occlusion", "Occlusion \newline (finer)", opacity, colours)

%% LIME
lime1 = imageLIME(network, photo, bestClasses(1), 'NumSamples', 100, 'NumFeatures', 9);
lime2 = imageLIME(network, photo, bestClasses(2), 'NumSamples', 100, 'NumFeatures', 9);
name1 = "LIME (" + string(bestClasses(1)) + ")";
name2 = "LIME (" + string(bestClasses(2)) + ")";
figure
showPair(photo, lime1, lime2, name1, name2, opacity, colours)

%% Gradient
lgraph = layerGraph(network);
lgraph = removeLayers(lgraph, lgraph.Layers(end).Name);
dlnet = dlnetwork(lgraph);
index = find(known == answer);
g = dlfeval(@pixelGradient, dlnet, dlarray(single(photo), "SSCB"), index);
gradientMap = sum(abs(extractdata(g)), 3);
figure
imagesc(gradientMap)
axis image
exportgraphics(gcf, 'seed7.png')

%% Dreams
dream = deepDreamImage(network, "conv1", 1:2, 'PyramidLevels', 1, 'NumIterations', 2, 'Verbose', false);
figure
imshow(imtile(dream))
saveas(gcf, 'seed7_dream.png')

function showPair(img, map1, map2, title1, title2, opacity, colours)
subplot(1, 2, 1)
imshow(img)
hold on
imagesc(map1, 'AlphaData', opacity)
title(title1)
colormap(colours)

subplot(1, 2, 2)
imshow(img)
hold on
imagesc(map2, 'AlphaData', opacity)
title(title2)
colormap(colours)
end

function gradient = pixelGradient(net, X, k)
Y = predict(net, X);
gradient = dlgradient(Y(k), X);
end

% Which parts of a photograph does LIME call important?
[network, labels] = imagePretrainedNetwork("squeezenet");
photo = imread("cat.png");
wanted = network.Layers(1).InputSize(1:2);
photo = imresize(photo, wanted);

imshow(photo)

probabilities = predict(network, single(photo));
[~, k] = max(probabilities);

importanceMap = imageLIME(network, photo, k, NumSamples=200, NumFeatures=10);

figure
imshow(photo)
hold on
imagesc(importanceMap, AlphaData=0.5)
colormap jet
exportgraphics(gcf, "seed1.png")

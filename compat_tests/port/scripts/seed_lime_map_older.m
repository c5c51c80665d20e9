% The map of LIME for the label that the network gives.
network = squeezenet;
photo = imread("cat.png");
wanted = network.Layers(1).InputSize(1:2);
photo = imresize(photo, wanted);
imshow(photo)
answer = classify(network, photo)
lime = imageLIME(network, photo, answer, 'NumSamples', 200, 'NumFeatures', 10);
figure
imshow(photo)
hold on
imagesc(lime, 'AlphaData', 0.5)
colormap jet
saveas(gcf, 'seed4.png')

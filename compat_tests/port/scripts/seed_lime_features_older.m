% Only the best features, for the label that the network gives.
network = squeezenet;
photo = imread("cup.png");
wanted = network.Layers(1).InputSize(1:2);
photo = imresize(photo, wanted);
answer = classify(network, photo)
[lime, regions, weights] = imageLIME(network, photo, answer, 'Segmentation', 'grid', 'NumFeatures', 16, 'NumSamples', 300);
figure
imshow(photo)
hold on
imagesc(lime, 'AlphaData', 0.5)
colormap jet
colorbar
howMany = 5;
[~, top] = maxk(weights, howMany);
visible = ismember(regions, top);
cut = uint8(visible) .* photo;
figure
imshow(cut);
saveas(gcf, 'seed5.png')

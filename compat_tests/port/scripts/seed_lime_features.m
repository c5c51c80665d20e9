% Keep only what LIME finds most important.
[network, labels] = imagePretrainedNetwork("squeezenet");
photo = imread("cup.png");
wanted = network.Layers(1).InputSize(1:2);
photo = imresize(photo, wanted);
if canUseGPU
    photo = gpuArray(photo);
end
s = predict(network, single(photo));
[name, value] = scores2label(s, labels);

k = find(name == categorical(labels));
[lime, regions, weights] = imageLIME(network, photo, k, ...
    'Segmentation', 'grid', 'NumFeatures', 16, 'NumSamples', 300);

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
saveas(gcf, 'seed2.png')

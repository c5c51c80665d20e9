% Where does covering the photograph change the score?
[network, labels] = imagePretrainedNetwork("googlenet");
photo = imread("cat.png");
wanted = network.Layers(1).InputSize(1:2);
photo = imresize(photo, wanted);
imshow(photo)
if canUseGPU
    photo = gpuArray(photo);
end
s = predict(network, single(photo));
[name, value] = scores2label(s, labels);
k = find(string(name) == labels);
sensitivity = occlusionSensitivity(network, photo, k);
figure
imshow(photo)
hold on
imagesc(sensitivity, 'AlphaData', 0.5);
colormap jet
saveas(gcf, 'seed6.png')

% LIME on triangles of our own.
[network, labels] = imagePretrainedNetwork("googlenet");
photo = imread("cup.png");
wanted = network.Layers(1).InputSize(1:2);
photo = imresize(photo, wanted);

s = minibatchpredict(network, photo);
name = scores2label(s, labels);

regions = zeros(wanted(1));
side = 8;
tile = ones(side);
tile = tril(tile) + tile;
% The diagonal alternates.
tile(1:(side+1):end) = repmat([1 2], 1, side/2)';

perSide = wanted(1) / side;
number = 0;
for r = 1:perSide
    for c = 1:perSide
        down = (side*(r-1))+1:(side*r);
        right = (side*(c-1))+1:(side*c);
        regions(down, right) = tile + 2*number;
        number = number + 1;
    end
end

figure
imshow(photo)
hold on
imagesc(regions, 'AlphaData', 0.8);
title('Regions')
colormap gray

k = find(name == categorical(labels));
lime = imageLIME(network, photo, k, ...
    'Segmentation', regions, 'NumSamples', 200);

figure;
imshow(photo)
hold on
title('LIME on triangles')
colormap jet;
imagesc(lime, "AlphaData", 0.5);
saveas(gcf, 'seed3.png')

% LIME step by step: regions, random perturbations, distances, weights, a linear model.
rng(0)
[network, labels] = imagePretrainedNetwork("squeezenet");
photo = imresize(imread("cat.png"), network.Layers(1).InputSize(1:2));
[regions, count] = superpixels(photo, 10);
numSamples = 60;
kept = rand(numSamples, count) > 0.5;
s = predict(network, single(photo));
[~, class1] = max(s);
y = zeros(numSamples, 1);
for n = 1:numSamples
    on = find(kept(n, :));
    mask = ismember(regions, on);
    changed = uint8(mask) .* photo;
    p = predict(network, single(changed));
    y(n) = p(class1);
end
distance = 1 - sqrt(mean(kept, 2));
w = exp(-(distance.^2) / 0.25^2);
A = [ones(numSamples, 1) kept];
root = sqrt(w);
coefficients = (root .* A) \ (root .* y);
importance = coefficients(2:end);
[~, order] = sort(importance, 'descend');
top = order(1:3);
shown = uint8(ismember(regions, top)) .* photo;
imshow(shown)
saveas(gcf, 'seed8.png')

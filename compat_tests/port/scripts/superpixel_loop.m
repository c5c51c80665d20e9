% Score each superpixel by blacking it out.
net = imagePretrainedNetwork("squeezenet");
X = imresize(imread("cup.png"), net.Layers(1).InputSize(1:2));
[L, N] = superpixels(X, 12);
scores = predict(net, single(X));
[base, channel] = max(scores);
drop = zeros(N, 1);
for k = 1:N
    hidden = X;
    hidden(repmat(L == k, 1, 1, 3)) = 0;
    s = predict(net, single(hidden));
    drop(k) = base - s(channel);
end
map = zeros(size(L));
for k = 1:N
    map(L == k) = drop(k);
end
[~, worst] = max(drop);
imshow(labeloverlay(X, L == worst))
saveas(gcf, "superpixels.png")

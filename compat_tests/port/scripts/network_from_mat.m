% The network and its settings come from a file; no output is written down.
load('trained.mat')
inputSize = net.Layers(1).InputSize;
X = imresize(imread('cat.png'), inputSize(1:2));
[label, score] = classify(net, X);
disp(['class: ' char(label)])
if max(score) < threshold
    disp('The network is not sure.')
end
scoreMap = occlusionSensitivity(net, X, label, 'MaskSize', 6, 'Stride', 5);
imagesc(scoreMap)
axis image off
colorbar
saveas(gcf, 'from_mat.png')

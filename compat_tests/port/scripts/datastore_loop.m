% A folder of labelled images, classified one by one.
imds = imageDatastore('photos', 'IncludeSubfolders', true, 'LabelSource', 'foldernames');
net = squeezenet;
inputSize = net.Layers(1).InputSize(1:2);
numImages = numel(imds.Files);
found = cell(numImages, 1);
scoreOf = zeros(numImages, 1);
for i = 1:numImages
    img = readimage(imds, i);
    img = imresize(img, inputSize);
    [label, scores] = classify(net, img);
    found{i} = char(label);
    scoreOf(i) = max(scores);
end
truth = imds.Labels;
kinds = categories(truth);
average = mean(scoreOf);
fprintf('%d images of %d kinds, %.3f\n', numImages, numel(kinds), average);
plot(scoreOf, 'o-')
xlabel('image')
saveas(gcf, 'scores.png')

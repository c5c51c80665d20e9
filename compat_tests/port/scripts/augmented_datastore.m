% Accuracy over a datastore whose images are resized on the way.
imds = imageDatastore("photos", "IncludeSubfolders", true, "LabelSource", "foldernames");
[trainSet, testSet] = splitEachLabel(imds, 0.5);
load trained.mat net
auimds = augmentedImageDatastore(net.Layers(1).InputSize(1:2), testSet);
YPred = classify(net, auimds);
YTrue = testSet.Labels;
numTest = numel(YTrue);
accuracy = mean(string(YPred) == string(YTrue));
perClass = countcats(YTrue);
disp("accuracy " + num2str(accuracy))

% A network from an ONNX file.
names = {'espresso', 'Egyptian cat', 'space shuttle', 'golden retriever', 'teapot'};
net = importONNXNetwork('small.onnx', 'OutputLayerType', 'classification', 'Classes', names);
X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
[label, scores] = classify(net, X);
dlnet = importNetworkFromONNX("small.onnx");
same = predict(dlnet, single(X));
difference = max(abs(scores - same));
limeMap = imageLIME(net, X, label, 'Segmentation', 'grid', 'NumFeatures', 9, 'NumSamples', 50);
imagesc(limeMap), colorbar
saveas(gcf, 'onnx.png')

% Images that go through a function, and pairs of images.
imds = imageDatastore('photos','IncludeSubfolders',true,'LabelSource','foldernames');
net = squeezenet;
inputSize = net.Layers(1).InputSize(1:2);
resized = transform(imds,@(x) imresize(x,inputSize));
scores = minibatchpredict(net,resized);
count = 0;
while hasdata(resized)
    img = read(resized);
    count = count + 1;
end
reset(resized)
first = preview(resized);

labelled = transform(imds,@addLabel,'IncludeInfo',true);
row = read(labelled);
label = row{2};

pairs = combine(imds,resized);
both = read(pairs);
montage(both)
title(['one of ' num2str(count)])
saveas(gcf,'pairs.png')

function [dataOut,info] = addLabel(data,info)
    dataOut = {im2double(data),info.Label};
end

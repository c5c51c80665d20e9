%% Which class is each pixel of?
load segmenter.mat net
I = imread('cup.png');
I = imresize(I,[24 32]);
[C,score,allScores] = semanticseg(I,net);
classes = net.Layers(end).Classes;
numClasses = numel(classes);
share = zeros(1,numClasses);
for k = 1:numClasses
    share(k) = mean(C(:) == classes(k));
end
[~,best] = max(share);
fprintf('%s covers most\n',char(classes(best)));
low = min(score(:));
numbers = semanticseg(I,net,'OutputType','uint8');
B = labeloverlay(I,C,'Transparency',0.4);
figure
imshow(B)
title('Classes of pixels')
saveas(gcf,'pixels.png')

% A folder of images, the classes written into files.
imds = imageDatastore(fullfile('photos','cat'));
small = transform(imds,@(x) imresize(x,[24 32]));
pxds = semanticseg(small,net,'WriteLocation','classes','Verbose',false);
first = readimage(pxds,1);
T = countEachLabel(pxds);
pixels = sum(T.PixelCount);

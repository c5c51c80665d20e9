%% compare gradcam / lime / occlusion on one picture
% last edited: tuesday, still not happy with the LIME map
clear all
close all
clc

% net = resnet50;      % too slow on my laptop
% net = vgg16;
net = squeezenet;
sz  = net.Layers(1).InputSize;
classes = net.Layers(end).Classes;
%analyzeNetwork(net)

imgname = 'cup.png';
% imgname = 'C:\Users\peter\Desktop\bilder\katze.jpg';
I = imread(imgname);
[h,w,c] = size(I);
fprintf('%s is %d x %d x %d\n', imgname, h, w, c);
if size(I,3)==1
    I = cat(3,I,I,I);
end
img = imresize(I,[sz(1) sz(2)]);

[YPred,scores] = classify(net,img);
[~,topIdx] = maxk(scores, 3);
top_classes = classes(topIdx);
top_scores  = scores(topIdx);

for i=1:3
   fprintf('%d) %-20s %6.2f %%\n', i, char(top_classes(i)), top_scores(i)*100);
end

%% Grad-CAM
tic
gc = gradCAM(net,img,YPred);
t1=toc;

%% occlusion
tic
occ = occlusionSensitivity(net,img,YPred, ...
    'Stride', 8, ...           % finer takes forever
    'MaskSize', 8);
t2=toc;

%% LIME
rng(0)
tic
lime = imageLIME(net,img,YPred,'Segmentation','grid','NumFeatures',16,'NumSamples',120);
t3 = toc;
% lime(lime<0)=0;

maps  = {gc, occ, lime};
names = {'Grad-CAM','Occlusion','LIME'};
times_s = [t1 t2 t3];

figure('Position',[100 100 900 300]);
subplot(1,4,1), imshow(img), title(char(YPred),'Interpreter','none')
for i = 1:length(maps)
    subplot(1,4,i+1)
    imshow(img); hold on
    m = maps{i};
    m = (m - min(m(:))) / (max(m(:)) - min(m(:)));
    imagesc(m,'AlphaData',0.5);
    colormap jet
    % colorbar
    title([names{i} ' (' num2str(scores(topIdx(1)),'%.2f') ')']);
    hold off
end
saveas(gcf,'compare.png')

%% how similar are the maps?
n = numel(maps);
R = zeros(n,n);
for i=1:n
    for j=1:n
        a = maps{i}; b = maps{j};
        a = a(:) - mean(a(:));  b = b(:) - mean(b(:));
        R(i,j) = sum(a.*b) / (norm(a)*norm(b) + eps);
    end
end
disp(round(R,2) >= -1)
best = 0;
for i=1:n, for j=1:n
    if i~=j && R(i,j)>best, best = R(i,j); end
end, end
[~,slowest] = max(times_s);
disp(any(strcmp(names{slowest},names)))
ok = all(times_s > 0);
clear t1 t2 t3 times_s slowest a b

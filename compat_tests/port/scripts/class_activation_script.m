% CAM for three photos, with the ten lines I found in the forum
% TODO make this a function

addpath('..\tools')
warning('off','all')
net = googlenet;
% net = load('C:\work\nets\mynet_v7_final_FINAL.mat'); net = net.net;
netName   = 'googlenet';
layerName = 'inception_5b-output';
if strcmp(netName,'squeezenet'), layerName = 'relu_2'; end

imgs = {'cup.png','cat.png',['photos' filesep 'shuttle' filesep 'shuttle1.png']};
h = figure('Units','normalized','Position',[0.05 0.05 0.9 0.8]);

inputSize  = net.Layers(1).InputSize(1:2);
classNames = net.Layers(end).Classes;
results = struct('file',{},'label',{},'score',{},'hot',{});

for ii = 1:numel(imgs)
    im = imread(imgs{ii});
    imr = imresize(im,inputSize);

    act = activations(net,imr,layerName);
    scores = predict(net,imr);
    [maxScore,ix] = max(scores);
    txt = string(classNames(ix));

    % weight the channels by their mean (poor man's CAM)
    sz = size(act);
    wts = squeeze(mean(mean(act,1),2));
    cam = zeros(sz(1),sz(2));
    for ch=1:sz(3)
        cam = cam + wts(ch)*act(:,:,ch);
    end
    cam = imresize(cam,inputSize);
    cam = mat2gray(cam);
    cam(cam<0.2) = 0;

    cmap = jet(255)*255;
    cam255 = uint8(cam*254)+1;
    overlay = zeros([inputSize 3]);
    for ch=1:3
        v = cmap(:,ch);
        overlay(:,:,ch) = reshape(v(cam255(:)), inputSize);
    end
    combined = uint8(0.5*overlay + 0.5*double(imr));

    subplot(2,numel(imgs),ii);           imshow(imr)
    subplot(2,numel(imgs),ii+numel(imgs)); imshow(combined)
    title(txt + ", " + num2str(maxScore,2));

    results(end+1).file = imgs{ii};
    results(end).label = char(txt);
    results(end).score = maxScore;
    results(end).hot = nnz(cam > 0.5)/numel(cam);
end
sgtitle(['CAM, ' strrep(netName,'_','\_')])
drawnow
print(h,'-dpng','-r80','cam_all')

T = struct2table(results);
writetable(T,'cam_all.csv')
hotness = [results.hot];
[~,hottest] = max(hotness);
disp(['hottest: ' results(hottest).file])

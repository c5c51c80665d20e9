%% LIME report for all pictures of a datastore
% Main script; the helpers are at the bottom.
%
%   1. classify
%   2. LIME with superpixels
%   3. keep the k best pieces
%   4. one picture and one line in the csv per image

opts = struct();
opts.net         = 'squeezenet';
opts.numFeatures = 9;
opts.numSamples  = 60;
opts.keep        = 3;
opts.outDir      = 'lime_out';
opts.verbose     = 1;
if ~isfolder(opts.outDir), mkdir(opts.outDir); end

imds = imageDatastore('photos','IncludeSubfolders',true,'LabelSource','foldernames');
% imds = shuffle(imds);
idx = 1:4:numel(imds.Files);
sub = subset(imds, idx);

switch opts.net
    case 'squeezenet'
        net = squeezenet;
    case {'googlenet','inception'}
        net = googlenet;
    otherwise
        error('unknown net')
end
sz = net.Layers(1).InputSize;

report = [];
lines_ = {};
while hasdata(sub)
    [img,info] = read(sub);
    img = prepareImage(img,sz);
    [label,scores] = classify(net,img);
    conf = max(scores);
    [map,feat,imp] = runLime(net,img,label,opts);
    [share,cut] = bestPieces(img,feat,imp,opts.keep);
    [~,stem,ext] = fileparts(info.Filename);
    target = fullfile(opts.outDir,[stem '_lime' ext]);
    imwrite(cut,target);
    report = [report; conf share max(map(:))-min(map(:))];
    lines_{end+1} = sprintf('%s;%s;%.3f;%.3f',stem,char(label),conf,share);
    if opts.verbose > 0
        disp(lines_{end})
    end
end
f = fopen('lime_report.csv','w');
fprintf(f,'%s\n',lines_{:});
fclose(f);
n = size(report,1);
avg = mean(report,1);
fprintf('%d images, confidence %.2f, share of the picture kept %.2f\n', n, avg(1), avg(2));

figure('visible','off')
scatter(report(:,1),report(:,2),30,'filled')
xlabel('confidence'); ylabel('share kept');
saveas(gcf,fullfile(opts.outDir,'scatter.png'))

function img = prepareImage(img,sz)
    % gray to rgb, then the size of the network
    if ndims(img)==2
        img = repmat(img,[1 1 3]);
    end
    img = imresize(img,sz(1:2));
end

function [map,feat,imp] = runLime(net,img,label,opts)
    rng('default')   % same pieces every time
    [map,feat,imp] = imageLIME(net,img,label, ...
        'NumFeatures',opts.numFeatures, ...
        'NumSamples',opts.numSamples);
end

function [share,cut] = bestPieces(img,feat,imp,k)
    if nargin < 4, k = 3; end
    [~,order] = sort(imp,'descend');
    k = min(k,numel(order));
    mask = false(size(feat));
    for p = order(1:k)'
        mask = mask | feat==p;
    end
    share = nnz(mask)/numel(mask);
    cut = img;
    cut(repmat(~mask,[1 1 3])) = 0;
end

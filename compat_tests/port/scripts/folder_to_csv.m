% classify_folder - runs a network over all images of a folder and
% writes a csv file with the three best classes per image
%
% (c) the lab, do whatever you want with it
clear; close all;

root    = 'photos';
%root = 'D:\data\2021\experiment_3\images\';
outfile = 'results_all.csv';
doPlot  = true;
K       = 2;

if ~exist(root,'dir')
    error('folder %s not found', root);
end

[net, classNames] = imagePretrainedNetwork("squeezenet");
inputSize = net.Layers(1).InputSize;

files = dir(fullfile(root,'cat','*.png'));
files = [files; dir(fullfile(root,'cup','*.png'))];
nFiles = numel(files);
disp(['found ' num2str(nFiles) ' images']);

fid = fopen(outfile,'w');
fprintf(fid,'file,rank,class,score\n');

bestScore = zeros(nFiles,1);
bestClass = cell(nFiles,1);
allScores = zeros(nFiles, numel(classNames));
skipped = {};

for k = 1:nFiles
    fname = fullfile(files(k).folder, files(k).name);
    try
        X = imread(fname);
    catch ME
        warning('could not read %s: %s', fname, ME.message);
        skipped{end+1} = fname;
        continue
    end
    X = imresize(X, inputSize(1:2));
    s = predict(net, single(X));
    allScores(k,:) = s;

    [sorted, order] = sort(s,'descend');
    for r = 1:K
        fprintf(fid,'%s,%d,%s,%.4f\n', files(k).name, r, classNames(order(r)), sorted(r));
    end
    bestScore(k) = sorted(1);
    bestClass{k} = char(classNames(order(1)));

    if mod(k,3)==0
        fprintf('.');    % progress
    end
end
fprintf('\n');
fclose(fid);

%% summary
T = table({files.name}', bestClass, bestScore, 'VariableNames', {'file','class','score'});
T = sortrows(T,'score','descend');
writetable(T,'summary.csv');
meanScore = mean(T.score);
fprintf('mean of the best scores: %.3f +- %.3f\n', meanScore, std(T.score));

unsure = T(T.score < meanScore, :);
nUnsure = height(unsure);

[counts, ~] = histcounts(bestScore, [0 0.25 0.5 0.75 1]);

if doPlot
    figure; hold on; grid on
    bar(bestScore);
    xlabel('image'), ylabel('score')
    title(sprintf('%d images, mean %.2f', nFiles, meanScore))
    set(gca,'FontSize',8)
    ylim([0 1]);
    saveas(gcf,'summary.png');
end

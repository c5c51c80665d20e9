% Is it there?
if exist('results.mat', 'file')
    load('results.mat', 'scoreMap')
else
    scoreMap = zeros(4);
end
if ~exist('out', 'dir')
    mkdir('out');
end
if exist('alpha', 'var')
    level = alpha;
else
    level = 0.5;
end
alpha = 0.25;
if ~exist('alpha', 'var'), alpha = 1; end
hasFile = isfile('nothing.mat');
isThere = exist('nothing.mat', 'file') == 2;
imwrite(mat2gray(scoreMap), fullfile('out', 'map.png'));

% Paths as they are written on Windows.
root = 'C:\Users\me\data\';
name = 'cup.png';
full = [root name];
parts = strsplit(full, '\');
file = parts{end};
[~, stem, ext] = fileparts(name);
target = fullfile(pwd, [stem '_copy' ext]);
if ~exist(target, 'file')
    imwrite(imread(name), target);
end
img = imread(target);
figure; imshow(img);
title(strrep(full, '\', '/'), 'Interpreter', 'none')
saveas(gcf, 'path.png')

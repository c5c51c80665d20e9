% Only the important parts of an image; integers saturate.
img = imread('cup.png');
S = load('results.mat');
map = imresize(S.scoreMap, [size(img, 1) size(img, 2)]);
mask = map > 0.5;
shown = uint8(mask) .* img;
brighter = img + 100;
darker = img - 100;
half = img / 2;
inverse = 255 - img;
mixed = uint8(0.5 * double(img) + 0.5 * double(shown));
clipped = sum(brighter(:) == 255);
black = nnz(darker == 0);
figure
imshow([shown brighter; darker half])
saveas(gcf, 'masked.png')

% Steps before and after an explanation.
img = imread('cup.png');
g = rgb2gray(img);
d = im2double(g);
n = mat2gray(d);
b = imbinarize(n);
big = imresize(img, 0.5);
smooth = imgaussfilt(d, 2);
se = strel('square', 3);
fat = imdilate(b, se);
edges = boundarymask(b);
fused = imfuse(g, uint8(255 * fat), 'blend');
marked = imoverlay(img, edges, 'yellow');
[rows, cols, chans] = size(img);
area = sum(fat, 'all');
figure
montage({img, marked, fused})
saveas(gcf, 'steps.png')
hist = imhist(g);

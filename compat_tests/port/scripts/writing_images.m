% All ways to write a picture.
S = load('results.mat');
map = S.scoreMap;
rgb = ind2rgb(gray2ind(mat2gray(map), 64), jet(64));
imwrite(rgb, 'rgb.png')
imwrite(uint8(255 * mat2gray(map)), 'grey.jpg')
f = figure('Visible', 'off');
imagesc(map)
axis off
saveas(f, 'figure.png')
exportgraphics(gca, 'axes.png', 'Resolution', 80)
print('printed', '-dpng')
frame = getframe(gca);
imwrite(frame.cdata, 'frame.png')
close(f)

% Small values are set to zero.
S = load('results.mat');
map = S.scoreMap;
limit = 0.3;
low = map;
low(low < limit) = 0;
map(map > 0.9) = 1;
map(1, :) = 0;
map(:, end) = 0;
kept = nnz(low);
low(isnan(low)) = -1;
bw = low > 0;
share = sum(bw(:)) / numel(bw);
figure
imshow(bw)
saveas(gcf, 'thresholded.png')

function [labels, count] = grid(sz, N)
rows = max(floor(sqrt(N * sz(1) / sz(2))), 1);
columns = max(floor(sqrt(N * sz(2) / sz(1))), 1);
count = rows * columns;
labels = imresize(reshape(1:count, rows, columns), sz, 'nearest');
end

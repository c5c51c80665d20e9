% The greatest of a three-dimensional array.
A = reshape(1:24, [2 3 4]);
A(2, 1, 3) = 99;
greatest = max(max(max(A)));
[m, channel] = max(max(max(A)));
same = max(A(:));
[~, where] = max(A(:));
[r, c, p] = ind2sub(size(A), where);
smallest = min(A, [], 'all');
perChannel = squeeze(max(max(A)));
lowest = min(min(A(:, :, 2)));

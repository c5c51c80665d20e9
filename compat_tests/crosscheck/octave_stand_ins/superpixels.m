function [labels, count] = superpixels(A, N)
% Test double: stands in for MATLAB's superpixels with a grid, which MATLAB's are not.
[labels, count] = grid([size(A, 1), size(A, 2)], N);
end

function B = imresize(A, sz, method)
% Test double: stands in for MATLAB's imresize, by "bicubic" and "nearest".
if nargin < 3
    method = 'bicubic';
end
kind = class(A);
B = double(A);
[~, order] = sort([sz(1) / size(A, 1), sz(2) / size(A, 2)]);
for k = order
    weights = matrix(size(A, k), sz(k), method);
    if k == 1
        B = reshape(weights * reshape(B, size(B, 1), []), [sz(1), size(B, 2), size(B, 3)]);
    else
        B = permute(B, [2 1 3]);
        B = reshape(weights * reshape(B, size(B, 1), []), [sz(2), size(B, 2), size(B, 3)]);
        B = permute(B, [2 1 3]);
    end
    B = double(feval(kind, B));
end
B = feval(kind, B);
end

function weights = matrix(from, to, method)
scale = to / from;
weights = zeros(to, from);
shrink = min(scale, 1);
for k = 1:to
    u = k / scale + (1 - 1 / scale) / 2;
    if strcmp(method, 'nearest')
        weights(k, min(max(floor(u + 0.5), 1), from)) = 1;
        continue
    end
    reach = ceil(2 / shrink) + 1;
    at = floor(u) + (-reach:reach);
    w = shrink * cubic(shrink * (u - at));
    w = w / sum(w);
    mirrored = mod(at - 1, 2 * from) + 1;
    mirrored(mirrored > from) = 2 * from + 1 - mirrored(mirrored > from);
    for n = 1:numel(at)
        weights(k, mirrored(n)) += w(n);
    end
end
end

function y = cubic(x)
x = abs(x);
y = (1.5 * x .^ 3 - 2.5 * x .^ 2 + 1) .* (x <= 1) ...
    + (-0.5 * x .^ 3 + 2.5 * x .^ 2 - 4 * x + 2) .* (x > 1 & x <= 2);
end

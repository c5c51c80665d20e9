function slope = dlfeval(f, net, X, channel)
% Test double: stands in for MATLAB's dlfeval with a function that returns dlgradient's value.
% The stand-in of dlgradient returns the score itself, and the differences are taken here.
X = double(X);
slope = zeros(size(X));
step = 1e-3;
for k = 1:numel(X)
    more = X;
    more(k) += step;
    less = X;
    less(k) -= step;
    slope(k) = (double(f(net, more, channel)) - double(f(net, less, channel))) / (2 * step);
end
slope = single(slope);
end

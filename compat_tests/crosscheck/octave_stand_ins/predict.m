function scores = predict(net, X, varargin)
% Test double: stands in for MATLAB's predict, for one image. Of a double it keeps all digits, for
% the differences in dlfeval.
acts = outputsOf(net, X);
scores = acts(end).value;
if ~isa(X, 'double')
    scores = single(scores);
end
if size(scores, 1) == 1 && size(scores, 2) == 1
    scores = reshape(scores, 1, []);
end
end

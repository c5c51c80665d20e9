function scores = minibatchpredict(net, X, varargin)
% Test double: stands in for MATLAB's minibatchpredict, for one image.
if nargin > 2
    scores = outputOfLayer(net, X, varargin{2});
else
    scores = predict(net, X);
end
end

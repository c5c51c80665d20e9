function act = activations(net, X, layer, varargin)
% Test double: stands in for MATLAB's activations.
act = outputOfLayer(net, X, layer);
end

function X = dlarray(X, varargin)
% Test double: stands in for MATLAB's dlarray with the plain array.
end

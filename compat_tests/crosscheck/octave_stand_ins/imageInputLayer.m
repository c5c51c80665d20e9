function made = imageInputLayer(sz, varargin)
% Test double: stands in for MATLAB's imageInputLayer.
s = settingsOf(varargin, 'Name', 'imageinput', 'Normalization', 'zerocenter', 'Mean', 0, ...
    'StandardDeviation', 1);
made = layer('nnet.cnn.layer.ImageInputLayer', s.Name);
made.InputSize = sz;
made.Settings = s;
end

function made = reluLayer(varargin)
% Test double: stands in for MATLAB's reluLayer.
made = layer('nnet.cnn.layer.ReLULayer', '');
made.Settings = settingsOf(varargin, 'Name', 'relu');
made.Name = made.Settings.Name;
end

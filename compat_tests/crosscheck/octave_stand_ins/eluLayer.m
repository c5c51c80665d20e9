function made = eluLayer(varargin)
% Test double: stands in for MATLAB's eluLayer.
made = layer('nnet.cnn.layer.ELULayer', '');
made.Settings = settingsOf(varargin, 'Name', 'elu');
made.Name = made.Settings.Name;
end

function made = leakyReluLayer(scale, varargin)
% Test double: stands in for MATLAB's leakyReluLayer.
made = layer('nnet.cnn.layer.LeakyReLULayer', '');
made.Settings = settingsOf(varargin, 'Name', 'leakyrelu', 'Value', scale);
made.Name = made.Settings.Name;
end

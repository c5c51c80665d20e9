function made = clippedReluLayer(ceiling, varargin)
% Test double: stands in for MATLAB's clippedReluLayer.
made = layer('nnet.cnn.layer.ClippedReLULayer', '');
made.Settings = settingsOf(varargin, 'Name', 'clippedrelu', 'Value', ceiling);
made.Name = made.Settings.Name;
end

function made = additionLayer(count, varargin)
% Test double: stands in for MATLAB's additionLayer.
made = layer('nnet.cnn.layer.AdditionLayer', '');
made.Settings = settingsOf(varargin, 'Name', 'addition', 'Value', count);
made.Name = made.Settings.Name;
end

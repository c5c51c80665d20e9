function made = dropoutLayer(~, varargin)
% Test double: stands in for MATLAB's dropoutLayer.
made = layer('nnet.cnn.layer.DropoutLayer', '');
made.Settings = settingsOf(varargin, 'Name', 'dropout');
made.Name = made.Settings.Name;
end

function made = globalAveragePooling2dLayer(varargin)
% Test double: stands in for MATLAB's globalAveragePooling2dLayer.
made = layer('nnet.cnn.layer.GlobalAveragePooling2DLayer', '');
made.Settings = settingsOf(varargin, 'Name', 'gap');
made.Name = made.Settings.Name;
end

function made = functionLayer(f, varargin)
% Test double: stands in for MATLAB's functionLayer.
made = layer('nnet.cnn.layer.FunctionLayer', '');
made.Settings = settingsOf(varargin, 'Name', 'layer', 'Function', f);
made.Name = made.Settings.Name;
end

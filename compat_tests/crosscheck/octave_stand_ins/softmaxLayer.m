function made = softmaxLayer(varargin)
% Test double: stands in for MATLAB's softmaxLayer.
made = layer('nnet.cnn.layer.SoftmaxLayer', '');
made.Settings = settingsOf(varargin, 'Name', 'softmax');
made.Name = made.Settings.Name;
end

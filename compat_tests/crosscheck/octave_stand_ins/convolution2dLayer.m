function made = convolution2dLayer(window, count, varargin)
% Test double: stands in for MATLAB's convolution2dLayer, with Padding 0 or 'same' and Stride 1.
made = layer('nnet.cnn.layer.Convolution2DLayer', '');
made.Settings = settingsOf(varargin, 'Padding', 0, 'Name', 'conv', 'Weights', [], 'Bias', []);
made.Name = made.Settings.Name;
if size(made.Settings.Weights, 1) ~= window(1) || size(made.Settings.Weights, 4) ~= count
    error('Weights do not fit the window and the number of filters.');
end
end

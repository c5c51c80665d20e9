function made = fullyConnectedLayer(count, varargin)
% Test double: stands in for MATLAB's fullyConnectedLayer.
made = layer('nnet.cnn.layer.FullyConnectedLayer', '');
made.Settings = settingsOf(varargin, 'Name', 'fc', 'Weights', [], 'Bias', []);
made.Name = made.Settings.Name;
if size(made.Settings.Weights, 1) ~= count || ~isequal(size(made.Settings.Bias), [count 1])
    error('Weights or Bias do not fit the number of outputs.');
end
end

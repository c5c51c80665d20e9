function made = classificationLayer(varargin)
% Test double: stands in for MATLAB's classificationLayer.
made = layer('nnet.cnn.layer.ClassificationOutputLayer', '');
made.Settings = settingsOf(varargin, 'Name', 'classoutput', 'Classes', {{}});
made.Name = made.Settings.Name;
made.Classes = made.Settings.Classes;
end

function exportONNXNetwork(net, file)
% Test double: stands in for MATLAB's exportONNXNetwork: it copies the file that the environment
% variable MATXAI_STAND_IN_ONNX names, the same network as Python wrote it.
made = getenv('MATXAI_STAND_IN_ONNX');
if isempty(made)
    error('exportONNXNetwork requires the Deep Learning Toolbox Converter for ONNX Model Format.');
end
copyfile(made, file);
end

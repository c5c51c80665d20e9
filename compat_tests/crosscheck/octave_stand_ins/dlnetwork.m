function net = dlnetwork(layers)
% Test double: stands in for MATLAB's dlnetwork, as a struct.
net = network('dlnetwork', layers);
end

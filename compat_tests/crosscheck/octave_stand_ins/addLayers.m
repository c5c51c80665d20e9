function graph = addLayers(graph, layers)
% Test double: stands in for MATLAB's addLayers.
graph.Layers = [graph.Layers; layers];
names = {layers.Name}';
graph.Connections.Source = [graph.Connections.Source; names(1:end - 1)];
graph.Connections.Destination = [graph.Connections.Destination; names(2:end)];
end

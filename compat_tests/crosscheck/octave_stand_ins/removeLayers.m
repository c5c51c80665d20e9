function graph = removeLayers(graph, name)
% Test double: stands in for MATLAB's removeLayers.
graph.Layers = graph.Layers(~strcmp({graph.Layers.Name}, name));
keep = ~strcmp(graph.Connections.Source, name) & ~strcmp(graph.Connections.Destination, name);
graph.Connections.Source = graph.Connections.Source(keep);
graph.Connections.Destination = graph.Connections.Destination(keep);
end

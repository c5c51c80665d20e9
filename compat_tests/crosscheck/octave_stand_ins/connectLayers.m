function graph = connectLayers(graph, from, to)
% Test double: stands in for MATLAB's connectLayers.
graph.Connections.Source{end + 1, 1} = from;
graph.Connections.Destination{end + 1, 1} = to;
end

function graph = layerGraph(of)
% Test double: stands in for MATLAB's layerGraph.
graph = struct('StandInFor', 'nnet.cnn.LayerGraph', 'Layers', [], 'Connections', ...
    struct('Source', {{}}, 'Destination', {{}}));
if nargin == 1
    if ~isfield(of, 'Connections')
        graph = addLayers(graph, of);
    else
        graph.Layers = of.Layers;
        graph.Connections = of.Connections;
    end
end
end

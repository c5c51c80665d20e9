function net = asDlnetwork(net)
% A DAGNetwork or SeriesNetwork as dlnetwork, without its output layer.
if isDlnetwork(net)
    return
end
if hasFunction('dag2dlnetwork')
    net = dag2dlnetwork(net);
else
    graph = layerGraph(net);
    net = dlnetwork(removeLayers(graph, graph.Layers(end).Name));
end
end

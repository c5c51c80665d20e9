function net = network(kind, layers)
% A struct that stands in for a network, of an array of layers or a layer graph.
net = struct('StandInFor', kind, 'Layers', [], 'Connections', [], 'From', {{}});
if isfield(layers, 'Connections')
    net.Layers = ordered(layers.Layers, layers.Connections);
    net.Connections = layers.Connections;
else
    net.Layers = layers;
    names = {layers.Name};
    net.Connections = struct('Source', {names(1:end - 1)'}, 'Destination', {names(2:end)'});
end
into = regexprep(net.Connections.Destination, '/.*', '');
for k = 1:numel(net.Layers)
    [~, net.From{k}] = ismember(net.Connections.Source(strcmp(into, net.Layers(k).Name)), ...
        {net.Layers.Name});
end
outputsOf(net, zeros(net.Layers(1).InputSize));  % does everything fit?
end

function layers = ordered(layers, links)
% Each layer behind those that it takes its inputs from.
names = {layers.Name};
into = regexprep(links.Destination, '/.*', '');
done = {};
order = [];
while numel(order) < numel(names)
    for k = 1:numel(names)
        needs = links.Source(strcmp(into, names{k}));
        if ~any(order == k) && all(ismember(needs, done))
            order(end + 1) = k;
            done{end + 1} = names{k};
        end
    end
end
layers = layers(order);
end

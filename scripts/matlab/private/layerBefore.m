function before = layerBefore(net, name)
% The name of the layer whose output a layer takes.
names = layersOf(net);
try
    links = net.Connections;
    sources = cellstr(links.Source);
    destinations = cellstr(links.Destination);
catch
    % A SeriesNetwork is a chain, and has no table of connections in every release.
    before = names{max(find(strcmp(names, name), 1) - 1, 1)};
    return
end
at = find(strcmp(destinations, name) | strncmp(destinations, [name '/'], numel(name) + 1), 1);
before = sources{at};
if ~any(strcmp(names, before))
    before = regexprep(before, '/[^/]*$', '');  % 'layer/out1'
end
end

function [names, classes] = layersOf(net)
% Names and classes of a network's layers, in their order; empty where an object shows no layers.
names = {};
classes = {};
try
    layers = net.Layers;
catch
    return
end
for k = 1:numel(layers)
    names{k} = char(layers(k).Name);
    classes{k} = class(layers(k));
end
end

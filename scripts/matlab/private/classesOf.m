function classes = classesOf(net)
% Class names of a network with a classification layer, as a cell array of texts, or {}.
classes = {};
try
    classes = net.Layers(end).Classes;
catch
    return
end
if ischar(classes)
    classes = {};  % 'auto'
else
    classes = cellstr(classes);
end
classes = reshape(classes, 1, []);
end

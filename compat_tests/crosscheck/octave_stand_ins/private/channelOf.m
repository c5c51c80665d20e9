function channel = channelOf(net, target)
% Channels of labels.
channel = target;
if ~isnumeric(target)
    [~, channel] = ismember(cellstr(target), net.Layers(end).Classes);
end
end

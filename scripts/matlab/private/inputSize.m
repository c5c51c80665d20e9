function sz = inputSize(net)
% [h w c] of a network's image input, or [] where it cannot be asked.
sz = [];
try
    sz = net.Layers(1).InputSize;
catch
    return
end
if numel(sz) == 2
    sz(3) = 1;
end
end

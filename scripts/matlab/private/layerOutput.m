function act = layerOutput(net, X, layer)
% What a layer puts out for one image, h x w x c; 1 x 1 x c where there is no space.
if ~isDlnetwork(net)
    act = activations(net, X, layer);
elseif hasFunction('minibatchpredict', net)
    act = minibatchpredict(net, single(X), 'Outputs', layer);
else
    act = predict(net, dlarray(single(X), 'SSCB'), 'Outputs', {layer});
end
act = plainArray(act);
if numel(act) == max(size(act))
    act = reshape(act, 1, 1, []);
end
end

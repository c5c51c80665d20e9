% The network by its name, without eval.
netName = 'googlenet';
switch lower(netName)
    case 'squeezenet'
        net = squeezenet;
        layer = 'relu_1';
    case {'googlenet', 'inception'}
        net = googlenet;
        layer = 'conv2-relu_3x3';
    otherwise
        error('Unknown network %s.', netName)
end
X = imresize(imread('cat.png'), net.Layers(1).InputSize(1:2));
act = activations(net, X, layer);
act1 = act(:, :, 1);
imagesc(act1)
saveas(gcf, 'by_name.png')

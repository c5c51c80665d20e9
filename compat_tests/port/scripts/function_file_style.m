explain('cup.png', 'squeezenet', 'Alpha', 0.4);
explain('cat.png');

function explain(file, networkName, varargin)
% EXPLAIN shows what a network looks at.
%   explain(file) takes googlenet.
    if nargin < 2 || isempty(networkName)
        networkName = 'googlenet';
    end
    alpha = 0.5;
    for k = 1:2:numel(varargin)
        switch varargin{k}
            case 'Alpha'
                alpha = varargin{k+1};
            otherwise
                error('explain:option', 'Unknown option %s.', varargin{k});
        end
    end
    switch networkName
        case 'squeezenet', net = squeezenet;
        case 'googlenet',  net = googlenet;
    end
    X = prepare(file, net.Layers(1).InputSize);
    [label, scores] = classify(net, X);
    figure('Name', file);
    showMap(X, gradCAM(net, X, label), alpha);
    title(sprintf('%s: %.2f', char(label), max(scores)));
    [~, stem] = fileparts(file);
    saveas(gcf, [stem '_' networkName '.png']);
end

function X = prepare(file, sz)
    X = imread(file);
    if size(X, 3) == 1
        X = cat(3, X, X, X);
    end
    X = imresize(X, sz(1:2));
end

function showMap(X, map, alpha)
    imshow(X); hold on
    imagesc(map, 'AlphaData', alpha);
    colormap('jet'); colorbar; hold off
end

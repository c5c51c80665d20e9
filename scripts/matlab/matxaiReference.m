function manifest = matxaiReference(folder, net, X, channel, varargin)
%matxaiReference  Write what MATLAB computes of a network and an image, for a cross-check in Python.
%
%   matxaiReference(folder, net, X, channel) writes the network, the image, the scores and the
%   outputs of all methods that the network and the installed toolboxes allow into a folder, with
%   their stages. Then "matxai crosscheck folder" computes the same in Python and compares.
%
%   net      dlnetwork, DAGNetwork or SeriesNetwork with an image input, or a detector for drise
%   X        image, H x W x C, with values as the network takes them. Of another size than the
%            network's input, it is resized by imresize.
%   channel  number or numbers of the channels to explain, or labels of classes
%
%   matxaiReference(..., name, value) takes these options:
%
%   'Methods'   names of methods: 'imageLIME', 'occlusionSensitivity', 'gradCAM',
%               'gradientAttribution', 'deepDreamImage', 'activations', 'drise'. Default: all that
%               can be had.
%   'Options'   struct whose fields are methods and whose values are {name, value, ...}, a struct
%               of options, or a cell array of these for several runs:
%                   options.occlusionSensitivity = {{}, {'Stride', 10, 'MaskSize', 15}};
%   'Classes'   class names, for a network that has none of its own
%   'Original'  the image before you resized it: its array, or the name of its file
%   'Seed'      number for rng before each call, 0 by default
%
%   manifest = matxaiReference(...) returns what stands in manifest.json. What is missing, a
%   toolbox for example, is skipped, and a method's error is noted there; the rest goes on.
%   Nothing is changed outside the folder, and rng is put back.
%
%   Example:
%       net = squeezenet;
%       X = imresize(imread('peppers.png'), [227 227]);
%       matxaiReference('out', net, X, 'bell pepper', 'Original', 'peppers.png');

given = optionPairs(varargin);
given = given{1};
[methods, given] = pairValue(given, 'Methods', {});
[options, given] = pairValue(given, 'Options', struct());
[classes, given] = pairValue(given, 'Classes', {});
[original, given] = pairValue(given, 'Original', []);
[seed, given] = pairValue(given, 'Seed', 0);
if ~isempty(given)
    error('matxai:reference:option', ...
        '%s is no option. There are Methods, Options, Classes, Original and Seed.', given{1});
end
folder = char(folder);
if isempty(classes)
    classes = classesOf(net);
else
    classes = reshape(cellstr(classes), 1, []);
end
[image, original] = imagesOf(X, original, inputSize(net));
channel = channelsOf(channel, classes);
runs = runsOf(net, image, channel, cellstr(methods), options);
settings = struct('classes', {classes}, 'original', original, 'seed', seed);
manifest = writeReference(folder, net, image, runs, settings);
failed = sum(cellfun(@(run) ischar(run.error), manifest.runs));
fprintf('Wrote %d runs (%d of them errors) to %s; %d parts were skipped.\n', ...
    numel(manifest.runs), failed, folder, numel(manifest.skipped));
if nargout == 0
    clear manifest
end
end

function [image, original] = imagesOf(X, original, sz)
% The image as the network takes it, and as it was.
image = X;
if ~isempty(sz) && ~isequal([size(X, 1), size(X, 2)], sz(1:2))
    image = imresize(X, sz(1:2));
    if isempty(original)
        original = X;
    end
end
if isempty(original)
    original = X;
elseif ~isnumeric(original)
    original = imread(char(original));
end
if ~isempty(sz) && size(image, 3) ~= sz(3)
    error('matxai:reference:channels', ...
        'X has %d channels, but the network takes %d.', size(image, 3), sz(3));
end
end

function channel = channelsOf(channel, classes)
% Labels as numbers of channels.
if isnumeric(channel)
    channel = reshape(double(channel), 1, []);
    return
end
labels = reshape(cellstr(channel), 1, []);
channel = zeros(1, numel(labels));
for k = 1:numel(labels)
    at = find(strcmp(classes, labels{k}), 1);
    if isempty(at)
        error('matxai:reference:label', 'The network has no class "%s".', labels{k});
    end
    channel(k) = at;
end
end

function runs = runsOf(net, image, channel, methods, options)
[available, lists] = defaultPairs(net, image);
asked = fieldnames(options);
if isempty(methods)
    methods = [available, setdiff(asked', available)];
end
runs = {};
for k = 1:numel(methods)
    method = methods{k};
    at = find(strcmp(available, method), 1);
    if any(strcmp(asked, method))
        pairs = optionPairs(options.(method));
    elseif isempty(at)
        pairs = {{}};
    else
        pairs = lists{at};
    end
    channels = channel;
    if any(strcmp(method, {'activations', 'drise'}))
        channels = [];
    end
    for n = 1:numel(pairs)
        runs{end + 1} = newRun(sprintf('%s-%d', method, n), method, channels, pairs{n}); %#ok<AGROW>
    end
end
end

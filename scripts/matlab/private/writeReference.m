function manifest = writeReference(folder, net, image, runs, settings)
% Write the folder of one network, one image and these runs. settings has the fields classes
% (cell array of texts), original (the image before it was resized) and seed.
if ~exist(folder, 'dir')
    mkdir(folder);
end
before = rng();
restoring = onCleanup(@() rng(before));
manifest = newManifest();
manifest = writeNetwork(manifest, folder, net);
if ~isempty(settings.classes)
    manifest.classes = 'classes.txt';
    writeText(fullfile(folder, 'classes.txt'), [strjoin(settings.classes, newline()) newline()]);
end
savePlain(fullfile(folder, 'image.mat'), ...
    struct('original', settings.original, 'image', image));
manifest.image = struct('file', 'image.mat', ...
    'resized', ~isequal(size(settings.original), size(image)));
manifest = writeScores(manifest, folder, net, image);
[probes, skipped] = probeValues(image);
savePlain(fullfile(folder, 'probes.mat'), probes);
manifest.probes = 'probes.mat';
manifest.skipped = [manifest.skipped, skipped];
for k = 1:numel(runs)
    run = runs{k};
    needed = neededBy(run.method);
    if ~isempty(needed) && ~hasFunction(needed)
        why = sprintf('%s is not on the path; is its toolbox installed?', needed);
        manifest = skipping(manifest, [run.method ' (' run.id ')'], why);
        continue
    end
    manifest.runs{end + 1} = ...
        writeRun(folder, net, image, run, settings.classes, settings.seed);
    % After each run, so that what is done is not lost with the rest.
    writeManifest(folder, manifest);
end
writeManifest(folder, manifest);
end

function name = neededBy(method)
switch method
    case 'gradientAttribution'
        name = 'dlfeval';
    case 'activations'
        name = '';  % a method of the networks
    otherwise
        name = method;
end
end

function manifest = writeNetwork(manifest, folder, net)
started = tic;
[names, classes] = layersOf(net);
layers = cell(1, numel(names));
for k = 1:numel(names)
    layers{k} = struct('name', names{k}, 'class', classes{k});
end
described = struct();
described.class = class(net);
described.onnx = NaN;
described.mat = NaN;
described.variable = NaN;
described.input_size = inputSize(net);
described.layers = layers;
try
    file = fullfile(folder, 'network.mat');
    if isOctave()
        save('-v7', file, 'net');
    else
        save(file, 'net', '-v7');
    end
    described.mat = 'network.mat';
    described.variable = 'net';
catch problem
    manifest = skipping(manifest, 'network.mat', problem.message);
end
try
    exportONNXNetwork(net, fullfile(folder, 'network.onnx'));
    described.onnx = 'network.onnx';
catch problem
    % Mostly that the support package, Converter for ONNX Model Format, is not installed.
    manifest = skipping(manifest, 'network.onnx', problem.message);
end
described.seconds = toc(started);
manifest.network = described;
end

function manifest = writeScores(manifest, folder, net, image)
try
    [values.scores, used] = networkScores(net, image);
catch problem
    manifest = skipping(manifest, 'scores', problem.message);
    return
end
softmax = softmaxOf(net);
if isempty(softmax)
    manifest = skipping(manifest, 'logits', 'The network has no softmax layer.');
else
    try
        values.logits = layerOutput(net, image, layerBefore(net, softmax));
        if ndims(values.scores) == 2 && size(values.scores, 1) == 1
            values.logits = reshape(values.logits, 1, []);
        end
    catch problem
        manifest = skipping(manifest, 'logits', problem.message);
    end
end
savePlain(fullfile(folder, 'scores.mat'), values);
manifest.scores = struct('file', 'scores.mat', 'function', used);
end

function makeGoldens(folder, only)
%makeGoldens  Write what MATLAB does in all places that its documentation leaves open.
%
%   makeGoldens(folder) builds small networks, calls each method with its options, and evaluates
%   short statements; each is a golden with a name of its own, which goldens.csv explains. It takes
%   some minutes on a CPU. Toolboxes that are missing are skipped; run it once with all of them:
%   Deep Learning, Image Processing, Statistics and Machine Learning, Computer Vision, the
%   Verification Library and the Converter for ONNX Model Format. The networks are dlnetwork
%   objects, which most methods take since R2024a.
%
%   makeGoldens(folder, names) writes only these sets, such as {'linear', 'calls'}.
%
%   Each set is a folder as matxaiReference writes it, for "matxai crosscheck".

folder = char(folder);
if nargin < 2
    only = {};
end
only = cellstr(only);
sets = goldenSets();
for k = 1:numel(sets)
    if isempty(only) || any(strcmp(only, sets{k}.name))
        writeSet(fullfile(folder, sets{k}.name), sets{k});
    end
end
if isempty(only) || any(strcmp(only, 'calls'))
    manifest = writeCalls(fullfile(folder, 'calls'), goldenCalls());
    failed = sum(cellfun(@(call) ischar(call.error), manifest.calls));
    fprintf('calls: %d, of them %d errors\n', numel(manifest.calls), failed);
end
end

function writeSet(folder, set)
runs = set.runs;
try
    net = set.make(false);
    for k = 1:numel(runs)
        if ~isempty(runs{k}.record)
            runs{k}.record = set.make(true);
        end
    end
catch problem
    % Mostly a layer that this release has not got.
    if ~exist(folder, 'dir')
        mkdir(folder);
    end
    writeManifest(folder, skipping(newManifest(), set.name, problem.message));
    fprintf('%s: skipped: %s\n', set.name, problem.message);
    return
end
settings = struct('classes', {{}}, 'original', set.X, 'seed', 0);
manifest = writeReference(folder, net, set.X, runs, settings);
failed = sum(cellfun(@(run) ischar(run.error), manifest.runs));
fprintf('%s: %d runs, of them %d errors; %d parts skipped\n', ...
    set.name, numel(manifest.runs), failed, numel(manifest.skipped));
end

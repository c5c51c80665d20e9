function manifest = newManifest()
% The parts of a manifest that do not depend on the network. NaN becomes null in JSON.
manifest = struct();
manifest.format = 'matxai-reference';
manifest.version = 1;
manifest.written = datestr(now, 'yyyy-mm-ddTHH:MM:SS');
manifest.environment = describeEnvironment();
manifest.network = NaN;
manifest.classes = NaN;
manifest.image = NaN;
manifest.scores = NaN;
manifest.runs = {};
manifest.probes = NaN;
manifest.calls = {};
manifest.skipped = {};
end

function environment = describeEnvironment()
installed = ver;
toolboxes = cell(1, numel(installed));
for k = 1:numel(installed)
    toolboxes{k} = struct('name', installed(k).Name, 'version', installed(k).Version);
end
environment = struct();
if isOctave()
    environment.program = 'Octave stand-ins';
    environment.version = version();
    environment.release = '';
else
    environment.program = 'MATLAB';
    environment.version = version();
    environment.release = ['R' version('-release')];
end
environment.platform = computer();
environment.toolboxes = toolboxes;
end

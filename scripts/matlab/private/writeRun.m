function done = writeRun(folder, net, X, run, classes, seed)
% Make one call, write its file, and describe it as the manifest does. An error is written down.
done = struct();
done.id = run.id;
done.method = run.method;
done.channel = run.channel;
if isempty(run.channel)
    done.channel = NaN;
end
done.label = labelsOf(run.channel, classes);
[done.options, arrays] = describeOptions(run.pairs);
done.options_chosen = struct();
done.file = NaN;
done.outputs = {};
done.stages = struct();
done.seed = seed;
done.seconds = NaN;
done.error = NaN;
rng(seed, 'twister');
try
    [values, names, chosen, stages, seconds] = callMethod(net, X, run, classes);
catch problem
    matxaiRecord('stop');
    done.error = problem.message;
    return
end
extra = fieldnames(arrays);
for k = 1:numel(extra)
    values.(extra{k}) = arrays.(extra{k});
end
file = [run.id '.mat'];
savePlain(fullfile(folder, file), values);
done.file = file;
done.outputs = names;
done.options_chosen = chosen;
done.stages = stages;
done.seconds = seconds;
end

function label = labelsOf(channel, classes)
label = NaN;
if isempty(channel) || isempty(classes) || any(channel > numel(classes))
    return
end
label = classes(channel);
if numel(label) == 1
    label = label{1};
end
end

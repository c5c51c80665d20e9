% Settings in a struct, some by dynamic names.
opts.method = 'occlusion';
opts.alpha = 0.5;
opts.size = [8 8];
names = {'alpha', 'gamma'};
for i = 1:numel(names)
    if isfield(opts, names{i})
        value.(names{i}) = opts.(names{i});
    else
        value.(names{i}) = -1;
    end
end
copy = opts;
copy.alpha = 0.9;
copy.size(2) = 16;
runs(1).name = 'a';
runs(1).score = 0.5;
runs(2).name = 'b';
runs(2).score = 0.75;
scores = [runs.score];
labels = {runs.name};
runs(end+1) = struct('name', 'c', 'score', 1);
count = numel(runs);
best = runs(scores == max(scores)).name;

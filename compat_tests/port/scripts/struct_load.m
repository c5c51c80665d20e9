% Results of another run, in a struct.
S = load('results.mat');
map = S.scoreMap;
names = S.names;
total = sum(map(:));
fprintf('%d values, sum %.3f\n', numel(map), total);
for i = 1:length(names)
    fprintf('%d: %s %.2f\n', i, names{i}, S.scores(i));
end
fields = fieldnames(S);
howMany = numel(fields);
hasMap = isfield(S, 'scoreMap');
imagesc(map)
colorbar
saveas(gcf, 'loaded.png')

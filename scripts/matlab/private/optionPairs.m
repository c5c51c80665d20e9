function lists = optionPairs(given)
% The options of the runs of a method: a cell array with {name, value, ...} for each run.
% Given are such pairs, a struct of options, or a cell array of either for several runs.
if isstruct(given)
    lists = {pairsOf(given)};
elseif isempty(given)
    lists = {{}};
elseif iscell(given) && (iscell(given{1}) || isstruct(given{1}))
    lists = cellfun(@pairsOf, given(:)', 'UniformOutput', false);
else
    lists = {pairsOf(given)};
end
end

function pairs = pairsOf(given)
if isstruct(given)
    names = fieldnames(given);
    pairs = cell(1, 2 * numel(names));
    pairs(1:2:end) = names;
    for k = 1:numel(names)
        pairs{2 * k} = given.(names{k});
    end
    return
end
pairs = reshape(given, 1, []);
if mod(numel(pairs), 2) == 1
    error('matxai:reference:options', 'Options are pairs of name and value.');
end
for k = 1:2:numel(pairs)
    pairs{k} = char(pairs{k});
end
end

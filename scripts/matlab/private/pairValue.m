function [value, rest] = pairValue(pairs, name, default)
% The value of a name in {name, value, ...}, in any case, and the pairs without it.
value = default;
rest = pairs;
for k = 1:2:numel(pairs)
    if strcmpi(pairs{k}, name)
        value = pairs{k + 1};
        rest([k, k + 1]) = [];
        return
    end
end
end

function [options, arrays] = describeOptions(pairs)
% Options for the manifest, and the arrays among them that are too large for it.
options = struct();
arrays = struct();
for k = 1:2:numel(pairs)
    name = pairs{k};
    value = plainArray(pairs{k + 1});
    if isa(value, 'function_handle')
        value = func2str(value);
    elseif isa(value, 'string') || isa(value, 'categorical')
        value = cellstr(value);
        if numel(value) == 1
            value = value{1};
        end
    elseif isnumeric(value) && numel(value) > 16
        arrays.(['option_' name]) = value;
        value = struct('variable', ['option_' name]);
    elseif ~(isnumeric(value) || islogical(value) || ischar(value) || iscellstr(value))
        value = ['<' class(value) '>'];
    elseif isempty(value) || ndims(value) > 2
        value = reshape(value, 1, []);
    end
    options.(name) = value;
end
end

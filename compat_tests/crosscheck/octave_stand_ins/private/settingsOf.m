function settings = settingsOf(pairs, varargin)
% {name, value, ...} over defaults, as a struct.
settings = struct(varargin{:});
for k = 1:2:numel(pairs)
    settings.(pairs{k}) = pairs{k + 1};
end
end

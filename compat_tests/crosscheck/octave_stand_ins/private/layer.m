function made = layer(kind, name, varargin)
% A struct that stands in for a layer. All layers have the same fields, so that they make arrays.
made = struct('StandInFor', kind, 'Name', name, 'InputSize', [], 'Classes', {{}}, 'Settings', ...
    struct(varargin{:}));
end

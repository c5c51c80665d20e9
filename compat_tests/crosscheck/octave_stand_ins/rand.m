function values = rand(varargin)
% Test double: stands in for MATLAB's rand, with the twister's numbers down the columns.
sz = [varargin{:}];
if isempty(sz)
    sz = [1 1];
end
values = reshape(twister('draw', prod(sz)), sz);
end

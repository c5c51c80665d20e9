function before = rng(seed, kind)
% Test double: stands in for MATLAB's rng, with the twister that MATLAB documents.
before = twister('state');
if nargin == 0
    return
end
if isstruct(seed)
    twister('set', seed);
else
    twister('seed', seed);
end
end

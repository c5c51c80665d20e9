% Local functions: defaults, several outputs, early returns, argument lists.
[low, high] = limits([3 1 2]);
only = limits([5 9]);
a = scaled(2);
b = scaled(2, 10);
total = addAll(1, 2, 3);
none = addAll();
f = factorialOf(5);
[first, second] = swap(1, 'x');
counted = [count() count() count()];
s = describeRun('maps', Alpha=0.25);

function [lo, hi] = limits(v)
%LIMITS smallest and greatest value
lo = min(v);
if nargout > 1
    hi = max(v);
end
end

function y = scaled(x, factor)
if nargin < 2
    factor = 3;
end
y = x * factor;
end

function total = addAll(varargin)
total = 0;
for i = 1:numel(varargin)
    total = total + varargin{i};
end
end

function f = factorialOf(n)
if n <= 1
    f = 1;
    return
end
f = n * factorialOf(n - 1);
end

function [varargout] = swap(a, b)
varargout{1} = b;
varargout{2} = a;
end

function n = count()
persistent calls
if isempty(calls)
    calls = 0;
end
calls = calls + 1;
n = calls;
end

function text = describeRun(name, options)
arguments
    name (1,:) char
    options.Alpha (1,1) double = 0.5
    options.Colour = "jet"
end
text = sprintf('%s %.2f %s', name, options.Alpha, options.Colour);
end

% parfor, global variables, timing.
global LEVEL
LEVEL = 2;
results = zeros(1, 5);
parfor i = 1:5
    results(i) = i^2;
end
raised = raise(3);
t = tic;
elapsed = toc(t);
quick = elapsed < 60;
sums = cumsum(results);

function y = raise(x)
global LEVEL
y = x ^ LEVEL;
end

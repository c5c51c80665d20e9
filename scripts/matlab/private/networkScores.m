function [scores, used] = networkScores(net, X)
% Scores of one image, 1xC for a classification network, and the function that computed them.
if ~isDlnetwork(net)
    used = 'predict';
    scores = predict(net, X);
elseif hasFunction('minibatchpredict', net)
    used = 'minibatchpredict';
    scores = minibatchpredict(net, single(X));
else
    used = 'predict';
    scores = predict(net, dlarray(single(X), 'SSCB'));
end
scores = plainArray(scores);
if numel(scores) == max(size(scores))
    scores = reshape(scores, 1, []);
end
end

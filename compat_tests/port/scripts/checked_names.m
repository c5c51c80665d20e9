% Scores under names that fields can have, checked; written beside the others
S = load('results.mat');
assert(isfield(S, 'scores'), 'results:noScores', '%s holds no scores', 'results.mat')
assert(numel(S.scores) == numel(S.names))

scores = S.scores;
scores(2) = NaN;
fprintf('%d of %d missing\n', nnz(ismissing(scores)), numel(scores));
known = rmmissing(scores);

fields = matlab.lang.makeValidName({'tabby cat', 'cup (1)', 'total'});
fields = matlab.lang.makeUniqueStrings(fields, 'total');
found = cell2struct({0.25, 'cup.png', 3}, fields, 2);
values = struct2cell(found);
fprintf('%s: %.2f\n', fields{1}, values{1});
fprintf('%s\n', found.cup_1_);

% How far the classes lie from each other
points = [0 0; 3 4; 6 8];
D = pdist2(points, points);
[nearest, place] = pdist2(points, [3 5], 'euclidean', 'Smallest', 1);

% A pattern, enlarged, for the eye
pattern = kron(magic(4) / 16, ones(8));
file = [tempname('out') '.png'];
if ~exist('out', 'dir'), mkdir('out'); end
imwrite(pattern, file);
[folder, name] = fileparts(file);
again = imread(fullfile(folder, [name '.png']));

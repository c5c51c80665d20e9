% A table of results.
names = ["cup"; "cat"; "dog"];
score = [0.2; 0.7; 0.1];
T = table(names, score);
T.rank = [2; 1; 3];
best = T.names(T.score == max(T.score));
T = sortrows(T, 'score', 'descend');
topTwo = T(1:2, :);
numRows = height(T);
above = T(T.score > 0.15, :);
total = sum(T.score);
writetable(T, 'table.csv')
again = readtable('table.csv');
columns = width(again);
disp(best)

% A report of a run, as a file.
results = struct('name', {'cup', 'cat'}, 'score', {0.5, 0.25});
fid = fopen('report.txt', 'w');
for i = 1:numel(results)
    fprintf(fid, '%s %.2f\n', results(i).name, results(i).score);
end
fclose(fid);
text = fileread('report.txt');
lines = strsplit(strtrim(text), newline);
numLines = numel(lines);
data = [1 2; 3 4];
writematrix(data, 'data.csv')
again = readmatrix('data.csv');
save('run.mat', 'data', 'numLines')
json = jsonencode(struct('a', 1));

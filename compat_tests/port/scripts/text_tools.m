% Names of layers and files are texts.
raw = '  Conv2D_Layer-12 ';
name = strtrim(raw);
clean = regexprep(name, '[^A-Za-z0-9]', '_');
number = str2double(regexp(clean, '\d+', 'match', 'once'));
isConv = strcmpi(clean(1:4), 'CONV');
if ~isConv
    warning('%s is no convolution.', clean);
end
[a, b] = deal('left', 'right');
both = strjoin({a, b}, ' and ');
s = struct('file', {'x.png', 'y.png'}, 'score', {0.5, 0.75});
T = struct2table(s);
best = T.file(T.score > 0.6);
pieces = split("red,green,blue", ",");
howMany = numel(pieces);
starts = startsWith(pieces, "g");
picked = pieces(starts);
upperOne = upper(both);

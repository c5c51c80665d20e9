function savePlain(file, values)
% Write the fields of a struct as plain arrays into a MAT file of version 7.
names = fieldnames(values);
for k = 1:numel(names)
    values.(names{k}) = plainArray(values.(names{k}));
end
if isOctave()
    save('-v7', file, '-struct', 'values');
else
    save(file, '-struct', 'values', '-v7');
end
end

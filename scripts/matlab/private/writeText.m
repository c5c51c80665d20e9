function writeText(file, text)
% Write UTF-8, whatever the machine's own encoding.
id = fopen(file, 'w');
if id < 0
    error('matxai:reference:cannotWrite', 'The file %s cannot be written.', file);
end
closing = onCleanup(@() fclose(id));
fwrite(id, unicode2native(text, 'UTF-8'), 'uint8');
end

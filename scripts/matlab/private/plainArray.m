function value = plainArray(value)
% Take a dlarray, gpuArray or sparse matrix to the plain array that every reader of MAT files opens.
if strcmp(class(value), 'dlarray')
    value = extractdata(value);
end
if strcmp(class(value), 'gpuArray')
    value = gather(value);
end
if issparse(value)
    value = full(value);
end
end

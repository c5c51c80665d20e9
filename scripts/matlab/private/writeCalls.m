function manifest = writeCalls(folder, calls)
% Evaluate statements that assign r, and write what r becomes. calls has rows {id, code}.
if ~exist(folder, 'dir')
    mkdir(folder);
end
before = rng();
restoring = onCleanup(@() rng(before));
manifest = newManifest();
values = struct();
for k = 1:size(calls, 1)
    [id, code] = calls{k, :};
    done = struct('id', id, 'code', code, 'class', NaN, 'size', NaN, 'variable', NaN, ...
        'text', NaN, 'error', NaN);
    rng(0, 'twister');
    try
        r = evaluated(code);
        done.class = class(r);
        done.size = size(r);
        if numel(r) <= 400
            done.text = evalc('disp(r)');
        end
        r = plainArray(r);
        if isnumeric(r) || islogical(r) || ischar(r)
            done.variable = strrep(id, '-', '_');
            values.(done.variable) = r;
        end
    catch problem
        done.error = problem.message;
    end
    manifest.calls{end + 1} = done;
end
savePlain(fullfile(folder, 'calls.mat'), values);
writeManifest(folder, manifest);
end

function r = evaluated(code)
% The statements see nothing of the loop around them.
r = [];
eval(code);
end

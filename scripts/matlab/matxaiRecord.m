function groups = matxaiRecord(action, X)
% Note arrays: matxaiRecord('start'), matxaiRecord('add', X) as often as needed, then
% groups = matxaiRecord('stop'), a cell array of h x w x c x n arrays, a new one where the size
% changes.
persistent on noted
groups = {};
switch action
    case 'start'
        on = true;
        noted = {};
    case 'add'
        if ~isempty(on) && on
            noted{end + 1} = taken(X);
        end
    case 'stop'
        on = false;
        groups = grouped(noted);
        noted = {};
end
end

function X = taken(X)
if strcmp(class(X), 'dlarray')
    X = extractdata(X);
end
if strcmp(class(X), 'gpuArray')
    X = gather(X);
end
end

function groups = grouped(noted)
groups = {};
sizes = {};
for k = 1:numel(noted)
    sz = [size(noted{k}, 1), size(noted{k}, 2), size(noted{k}, 3)];
    if isempty(sizes) || ~isequal(sizes{end}, sz)
        groups{end + 1} = {};
        sizes{end + 1} = sz;
    end
    groups{end}{end + 1} = noted{k};
end
for k = 1:numel(groups)
    groups{k} = cat(4, groups{k}{:});
end
end

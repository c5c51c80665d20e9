function yes = hasFunction(name, object)
% True if a function or class of this name is on the path, or a method of the object.
yes = any(exist(name) == [2 3 5 6 8]);
if ~yes && nargin > 1
    try
        yes = ismethod(object, name);
    catch
        yes = false;
    end
end
end

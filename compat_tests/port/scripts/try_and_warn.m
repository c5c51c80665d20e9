% What goes wrong is caught.
messages = {};
try
    net = imagePretrainedNetwork("thereIsNoSuchNetwork");
catch err
    messages{end+1} = 'no network';
end
try
    error('maps:empty', 'The map of %s is empty.', 'cup')
catch ME
    messages{end+1} = ME.message;
    id = ME.identifier;
end
v = 1:3;
try
    x = v(7);
catch
    x = NaN;
end
ok = true;
for k = 1:3
    try
        if k == 2
            error('second')
        end
        y(k) = k;
    catch e
        y(k) = -1;
        ok = false;
    end
end
if any(y < 0) || ~ok
    disp('one failed')
end

function run = newRun(id, method, channel, pairs)
% One call of a method: what it is given. Pairs are {name, value, ...}.
run = struct();
run.id = id;
run.method = method;
run.channel = channel;
run.pairs = pairs;
run.record = [];  % a network or detector that notes what it is given, in place of the network
end

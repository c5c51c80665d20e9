% Arrays that grow and shrink.
found = [];
names = {};
for k = 1:6
    if mod(k, 2) == 0
        continue
    end
    found(end+1) = k^2;
    names{end+1} = sprintf('map %d', k);
end
found(2) = [];
names(1) = [];
list = 1:5;
list([1 end]) = [];
x = zeros(1, 3);
x(5) = 7;
M = eye(2);
M(3, :) = [4 5];
M(:, 1) = [];
queue = [found list];
while ~isempty(queue) && queue(1) < 20
    queue(1) = [];
end

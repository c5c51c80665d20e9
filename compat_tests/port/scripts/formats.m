% Formats of all sorts.
values = [0.12345 12.5 -3];
names = {'first', 'second', 'third'};
for i = 1:3
    fprintf('%-8s|%8.3f|\n', names{i}, values(i));
end
fprintf('%d, ', 1:4);
fprintf('\n');
line1 = sprintf('%5.1f%%', 100 * values(1));
line2 = sprintf('%s=%g;', 'alpha', 0.5);
line3 = sprintf('%03d_%s.png', 7, 'map');
line4 = sprintf('[%s]', num2str(values(2)));
fprintf("%s %s\n", line1, line2);
disp(line3)

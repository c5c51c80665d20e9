% Texts put together from parts.
folder = 'maps';
base = 'cup';
number = 12;
file = [folder '/' base '_' num2str(number) '.png'];
report = ['[' upper(base) '] ' 'score ' num2str(0.98765, '%.2f')];
both = [base, '+', 'cat'];
line = [repmat('-', 1, 10) '>'];
many = strcat(base, '_', 'map', '.mat');
lines = {['a' 'b'], [base ' x']};
joined = [lines{:}];
disp(report)
disp(line)

%% Sections, comments, and lines that go on
% This script is written in many styles.
clear all, close all
format long
x = 3; y = 4;   % two on a line
z = sqrt(x^2 + ...
    y^2);
%{
A block of comment
x = 99;
%}
A = [1, 2, 3   % first row
     4, 5, 6]; % second row
B = [1 -2
     3 - 4, 5];
names = {'one', ...
         'two'};
if x == 3, disp('three'), end
for k = 1:2, fprintf('%d ', k); end, fprintf('\n');
%% Commands
figure
hold on
plot([1 2 3], 'r--', 'LineWidth', 2)
axis off
grid on
hold off
set(gcf, 'Color', 'w')
saveas(gcf, 'styles.png')
disp(A')

% Titles of several classes at once.
classNames = ["cup"; "cat"; "dog"];
scores = [0.7; 0.25; 0.05];
texts = compose("%s (%.2f)", classNames, scores);
whole = join(texts, newline);
oneLine = join(classNames, ", ");
first = texts(1);
numLines = numel(split(whole, newline));
figure
plot(scores)
title(oneLine)
saveas(gcf, 'titles.png')
disp(first)

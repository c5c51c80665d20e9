function [boxes, probabilities, objectness] = matxaiDetector(images, found)
% A detector for drise: one box, whose score is the brightness within it, or nothing at all.
% It notes the images that it is given.
matxaiRecord('add', images);
count = size(images, 4);
boxes = cell(count, 1);
probabilities = cell(count, 1);
objectness = cell(count, 1);
for k = 1:count
    part = double(images(8:19, 6:17, :, k));
    score = mean(part(:)) / 255;
    if found
        boxes{k} = [6 8 12 12];
        probabilities{k} = [score, 1 - score];
        objectness{k} = score;
    else
        boxes{k} = zeros(0, 4);
        probabilities{k} = zeros(0, 2);
        objectness{k} = zeros(0, 1);
    end
end
if count == 1
    boxes = boxes{1};
    probabilities = probabilities{1};
    objectness = objectness{1};
end
end

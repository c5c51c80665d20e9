% Why does a detector find a bright square?
img = zeros(32, 32, 'uint8');
img(9:16, 13:24) = 200;
rng('default')
map = drise(@findBright, img, NumSamples=60, GridSize=[4 4]);
figure
imshow(img)
hold on
imagesc(map(:, :, 1), AlphaData=0.5)
colormap jet
saveas(gcf, 'drise.png')

function [boxes, probs, scores] = findBright(batch)
    n = size(batch, 4);
    boxes = cell(n, 1);
    probs = cell(n, 1);
    scores = cell(n, 1);
    for i = 1:n
        image = batch(:, :, :, i);
        [r, c] = find(image(:, :, 1) > 100);
        if isempty(r)
            boxes{i} = zeros(0, 4);
            probs{i} = zeros(0, 1);
            scores{i} = zeros(0, 1);
        else
            boxes{i} = [min(c) min(r) max(c)-min(c)+1 max(r)-min(r)+1];
            probs{i} = 1;
            scores{i} = numel(r) / 96;
        end
    end
    if n == 1
        boxes = boxes{1};
        probs = probs{1};
        scores = scores{1};
    end
end

function occlusion_by_hand_loop
%OCCLUSION_BY_HAND_LOOP slides a gray square over the image, no toolbox function
%   Writes the map as a picture and as numbers.
%
%   See also occlusionSensitivity

    load('trained.mat','net')
    inputSize = net.Layers(1).InputSize(1:2);
    img = imresize(imread('cat.png'),inputSize);

    [label,score] = classify(net,img);
    k = find(net.Layers(end).Classes == label);
    base = score(k);
    fprintf('%s, %.4f\n', char(label), base);

    patch  = 4;
    stride = 4;
    map = slide(net,img,k,patch,stride,base);

    heat = imresize(map,inputSize,'bilinear');
    heat = rescale(heat);
    % heat = imgaussfilt(heat,3);

    show(img,heat,label)
    dlmwriteLike('map.csv',map)
    [r,c] = find(map == max(map(:)));
    fprintf('biggest drop in row %d, column %d\n', r(1), c(1));
end

function map = slide(net,img,k,patch,stride,base)
% one score per position of the square
    rows = 1:stride:size(img,1)-patch+1;
    cols = 1:stride:size(img,2)-patch+1;
    map = zeros(numel(rows),numel(cols));
    gray = uint8(128);
    for i = 1:numel(rows)
        for j = 1:numel(cols)
            covered = img;
            covered(rows(i):rows(i)+patch-1, cols(j):cols(j)+patch-1, :) = gray;
            s = predict(net,covered);
            map(i,j) = base - s(k);
        end
    end
end

function show(img,heat,label)
    figure
    subplot(121)
    imshow(img)
    title(string(label))
    subplot(122)
    imshow(img); hold on
    imagesc(heat,'AlphaData',0.6); axis image off
    colormap(jet); colorbar
    saveas(gcf,'by_hand_loop.png')
end

function dlmwriteLike(name,M)
% dlmwrite is not recommended any more
    f = fopen(name,'wt');
    for i = 1:size(M,1)
        fprintf(f,'%.5f',M(i,1));
        for j = 2:size(M,2)
            fprintf(f,';%.5f',M(i,j));
        end
        fprintf(f,'\n');
    end
    fclose(f);
end

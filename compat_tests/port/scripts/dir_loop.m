% Every picture in a folder.
folder = fullfile('photos', 'cat');
files = dir(fullfile(folder, '*.png'));
total = 0;
figure
for i = 1:length(files)
    name = files(i).name;
    img = imread(fullfile(files(i).folder, name));
    total = total + mean(img(:));
    subplot(1, length(files), i)
    imshow(img)
    title(name, 'Interpreter', 'none')
end
average = total / length(files);
if isempty(files)
    error('No pictures in %s.', folder);
end
if ~isfolder('made')
    mkdir('made')
end
saveas(gcf, fullfile('made', 'all.png'))

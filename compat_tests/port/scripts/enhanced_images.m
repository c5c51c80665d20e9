% Contrast before classifying, and noise that repeats.
img = imread(['cup' '.png']);
g = im2gray(img);
eq = histeq(g);
wide = uint16(g) * 256;
back = im2uint8(wide);
same = isequal(back, uint8(round(double(wide) / 65535 * 255)));
rng('default');
order = randperm(5);
complete = isequal(sort(order), 1:5);
noisy = im2double(g) + 0.01 * rand(size(g));
distance = norm(double(eq(:)) - double(g(:))) / numel(g);
levels = linspace(0, 1, 5);
steps = floor(levels * 10) + ceil(levels);
tiny = eps;
f = figure;
imshow(imtile({g, eq}));
name = get(f, 'Name');
saveas(f, ['.' filesep 'enhanced.png'])

function [probes, skipped] = probeValues(image)
% Small outputs of the functions that all methods stand on.
probes = struct();
skipped = {};
for seed = [0 1 42]
    rng(seed, 'twister');
    probes.(sprintf('rand_%d', seed)) = rand(5, 4);
end
[column, row] = meshgrid(1:16, 1:20);
ramp = sin(row / 3) + cos(column / 2) + mod(3 * row + 5 * column, 7) / 7;
bytes = uint8(255 * (ramp - min(ramp(:))) / (max(ramp(:)) - min(ramp(:))));
probes.imresize_input = ramp;
probes.imresize_uint8_input = bytes;
probes.mean_image = mean(mean(double(image), 1), 2);
try
    probes.imresize_11x7 = imresize(ramp, [11 7]);
    probes.imresize_40x50 = imresize(ramp, [40 50]);
    probes.imresize_uint8_11x7 = imresize(bytes, [11 7]);
catch problem
    skipped{end + 1} = struct('what', 'imresize probes', 'why', problem.message);
end
try
    for count = [49 100]
        probes.(sprintf('superpixels_%d', count)) = superpixels(image, count);
    end
catch problem
    skipped{end + 1} = struct('what', 'superpixels probes', 'why', problem.message);
end
end

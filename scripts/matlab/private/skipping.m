function manifest = skipping(manifest, what, why)
% Note what could not be written, and why.
manifest.skipped{end + 1} = struct('what', what, 'why', why);
end

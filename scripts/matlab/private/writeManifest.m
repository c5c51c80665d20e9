function writeManifest(folder, manifest)
if isOctave()
    text = jsonencode(manifest);
else
    try
        text = jsonencode(manifest, 'PrettyPrint', true);
    catch
        text = jsonencode(manifest);  % before R2021a
    end
end
writeText(fullfile(folder, 'manifest.json'), [text newline()]);
end

function yes = isOctave()
yes = exist('OCTAVE_VERSION', 'builtin') == 5;
end

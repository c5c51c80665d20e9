function score = dlgradient(score, X)
% Test double: stands in for MATLAB's dlgradient; see dlfeval.
end

classdef Layer < handle
    % Test double: stands in for the parent of MATLAB's custom layers.

    properties
        Name
    end
end

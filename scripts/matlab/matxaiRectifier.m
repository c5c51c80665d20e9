classdef matxaiRectifier < nnet.layer.Layer
    % A ReLU layer for gradientAttribution: only what is positive is handed back, by
    % 'guided-backprop' only where the layer's input is positive too.

    properties
        Method
    end

    methods
        function layer = matxaiRectifier(name, method)
            layer.Name = name;
            layer.Method = method;
        end

        function Z = predict(layer, X)
            Z = max(X, 0);
        end

        function dLdX = backward(layer, X, Z, dLdZ, memory)
            dLdX = (dLdZ > 0) .* dLdZ;
            if strcmp(layer.Method, 'guided-backprop')
                dLdX = (X > 0) .* dLdX;
            end
        end
    end
end

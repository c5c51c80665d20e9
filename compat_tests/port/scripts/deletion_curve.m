% Deletion curve: remove the most important pixels first and watch the score fall.
% The area under the curve tells which map is better (lower is better).
%
% Needs: R2024a or so

clearvars
rng default
[net,classNames] = imagePretrainedNetwork("squeezenet");
inputSize = net.Layers(1).InputSize(1:2);
X = imread("cup.png");
X = imresize(X,inputSize);
X = single(X);

scores = predict(net,X);
[label,score] = scores2label(scores,classNames);
classIdx = find(label == categorical(classNames));

% ---------- maps ----------
map.gradcam   = gradCAM(net,X,classIdx);
map.occlusion = occlusionSensitivity(net,X,classIdx,MaskSize=8,Stride=8);
map.random    = rand(inputSize);
methods_ = fieldnames(map);

% ---------- curves ----------
numSteps  = 8;
numPixels = prod(inputSize);
perStep   = floor(numPixels/numSteps);
curves = zeros(numel(methods_), numSteps+1);
auc = zeros(numel(methods_),1);

for m = 1:numel(methods_)
    M = map.(methods_{m});
    [~,idx] = sort(M(:),'descend');
    Xd = X;
    curves(m,1) = scores(classIdx);
    for step = 1:numSteps
        first = (step-1)*perStep + 1;
        last  = step*perStep;
        kill  = idx(first:last);
        for ch = 1:3
            plane = Xd(:,:,ch);
            plane(kill) = 127;
            Xd(:,:,ch) = plane;
        end
        s = predict(net,Xd);
        curves(m,step+1) = s(classIdx);
    end
    auc(m) = mean(curves(m,:));
    fprintf("%-10s  %.4f\n", methods_{m}, auc(m))
end

% ---------- picture ----------
figure
x = linspace(0,100,numSteps+1);
plot(x,curves','LineWidth',1.5)
xlabel("% of pixels removed")
ylabel("score of " + string(label))
legend(methods_,'Location','northeast','Interpreter','none')
grid on
ylim([0 1])
exportgraphics(gcf,"deletion.png")

results = table(string(methods_),auc,'VariableNames',["method","auc"]);
results = sortrows(results,"auc")
writetable(results,"deletion.csv")
winner = results.method(1);
if winner == "random"
    disp("that should not happen :(")
else
    disp("best: "+winner)
end

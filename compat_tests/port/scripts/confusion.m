%% How good is the network? Its mistakes, counted and drawn.
imds = imageDatastore('photos','IncludeSubfolders',true,'LabelSource','foldernames');
net = squeezenet;
inputSize = net.Layers(1).InputSize;
auimds = augmentedImageDatastore(inputSize(1:2),imds);
predicted = classify(net,auimds);
truth = imds.Labels;

[m,order] = confusionmat(truth,predicted);
fprintf('%d images, %d classes\n',sum(m(:)),numel(order));

figure
cm = confusionchart(truth,predicted, ...
    'Title','Photos', ...
    'RowSummary','row-normalized', ...
    'ColumnSummary','column-normalized');
cm.Normalization = 'row-normalized';
sortClasses(cm,'descending-diagonal')
cm.Normalization = 'absolute';
saveas(gcf,'confusion.png')

figure('Visible','off')
counts = [5 1; 2 7];
chart = confusionchart(counts,{'cat','dog'});
chart.Title = 'Two classes';
chart.FontSize = 14;
rates = chart.NormalizedValues ./ sum(counts,2);
sensitivity = rates(1,1);
exportgraphics(gcf,'two.png')

% Properties of what was drawn.
S = load('results.mat');
h = imagesc(S.scoreMap);
set(h, 'AlphaData', 0.4)
alpha1 = h.AlphaData;
h.AlphaData = S.scoreMap > 0.5;
ax = gca;
ax.FontSize = 12;
c = colorbar;
c.Label.String = 'importance';
set(gca, 'XTick', [])
clim([0 1])
saveas(gcf, 'handle.png')

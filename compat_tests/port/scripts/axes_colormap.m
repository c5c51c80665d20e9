% Each axes has colours of its own.
S = load('results.mat');
figure('Name', 'colours', 'Position', [100 100 600 200])
ax1 = subplot(1, 3, 1);
imagesc(S.scoreMap)
colormap(ax1, jet)
ax2 = subplot(1, 3, 2);
imagesc(S.scoreMap)
colormap(ax2, gray(16))
ax3 = subplot(1, 3, 3);
imagesc(ax3, S.scoreMap)
colormap(ax3, flipud(hot(32)))
axis([ax1 ax2 ax3], 'off')
saveas(gcf, 'colours.png')

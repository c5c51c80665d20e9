function score = total(net, X, channel)
% The total activation of a channel.
acts = outputsOf(net, X);
score = sum(sum(acts(end).value(:, :, channel)));
end

function act = outputOfLayer(net, X, name)
acts = outputsOf(net, X);
act = single(acts(strcmp({acts.name}, char(name))).value);
end

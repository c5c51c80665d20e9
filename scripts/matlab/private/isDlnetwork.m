function yes = isDlnetwork(net)
yes = strcmp(class(net), 'dlnetwork');
end

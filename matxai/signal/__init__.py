"""Signal Processing Toolbox: peaks."""

"""Deep Learning Toolbox, networks: the network object, its import and its engines."""

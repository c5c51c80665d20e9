"""Deep Learning Toolbox, visualization: what in the image does the network look at?"""

"""Image Processing Toolbox: reading, resizing and segmenting images."""

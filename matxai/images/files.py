"""Read image files into arrays, as MATLAB lays them out."""

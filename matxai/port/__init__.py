"""A MATLAB script in, a Python script out."""

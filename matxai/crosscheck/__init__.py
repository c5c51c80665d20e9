"""Outputs that MATLAB saved, held against ours."""

"""Networks in MATLAB's own .mat files."""

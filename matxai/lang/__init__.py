"""MATLAB itself: random numbers and, later, the helpers that its scripts use."""

"""What scripts/benchmark.py measures, kind by kind."""

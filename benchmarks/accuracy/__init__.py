"""The standard validation set: ``python -m benchmarks.accuracy``, or ``make validate``."""

"""Does the whole line find what is there, at the right base, and nothing else?

* ``grid``: fusions cut from real transcripts, every combination (``python -m
  tests.validation.grid``);
* ``background``: samples without a fusion (``python -m tests.validation.background``);
* ``test_*``: a covering subset of both, real reads, and properties that hold for every sample.
"""

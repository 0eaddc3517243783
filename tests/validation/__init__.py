"""Does the whole line find what is there, at the right base, and nothing else?

* ``test_harness``, ``test_summary``, ``test_statistics``, ``test_validation_report``,
  ``test_validate_command``, ``test_peers``: the harness ``nutfusion validate`` itself;
* ``test_grid``, ``test_background``: fusions and backgrounds cut from real transcripts, with the
  consensus of the reads (``cases``, ``judging``, ``background``);
* the other ``test_*``: real reads, alignments, and properties that hold for every sample.
"""

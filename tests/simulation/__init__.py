"""What the tests add to ``nutfusion.simulation``, and the tests of it.

* ``real_data``: where the real-data folder is;
* ``transcripts``: the transcripts of that folder, with their exon ends;
* ``alignments`` and ``dna``: aligners on a made-up genome, and samples of DNA.
"""

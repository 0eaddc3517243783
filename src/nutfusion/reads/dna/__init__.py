"""Where DNA broke at NUTM1, from the alignments of a DNA panel.

Breaks of DNA lie in introns, of which the panel holds no sequence: here, and only here, an
aligner's places are believed. ``pieces`` says where the pieces of a read lie, ``records`` which
records are needed, ``look`` fetches them and says whether a file is of DNA at all; ``breaks``
groups fragments by the break they show, ``laid`` and ``across`` lay their reads on it and count
them, ``find`` gives each fragment to one break.
"""

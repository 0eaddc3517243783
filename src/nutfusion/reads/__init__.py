"""Our own look at the reads: sieve, locate, junctions.

``sieve`` streams FASTQ and keeps what shares 16-mers with NUTM1; ``placement`` lays the kept reads
on the panel; ``known`` finds joints between panel genes, ``unknown`` joints to anything else;
``report`` and ``quality`` write down what was seen. ``alignment`` takes reads out of BAM and CRAM
and hands them to the same stages (imported where it is needed: pysam takes time). The compiled
loops are in ``kernels``.
"""

from nutfusion.reads.engine import read_junctions

__all__ = ["read_junctions"]

"""Evidence: everything the inputs of one sample say, before anything is concluded from it."""

from nutfusion.evidence.bam import write_supporting_reads
from nutfusion.evidence.sample import read_sample
from nutfusion.model.lane import Lane

__all__ = ["Lane", "read_sample", "write_supporting_reads"]

"""The closed vocabularies: every word that may stand in a dossier's enumerated fields."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Kept = Literal["lower", "higher"]
"""Which side of a genomic position stays in a fusion: the bases with lower or with higher
coordinates."""


class Assembly(StrEnum):
    """Genome assemblies; positions of two assemblies are never compared without a lift."""

    GRCH37 = "GRCh37"
    GRCH38 = "GRCh38"


class Strand(StrEnum):
    """Strand of the transcript on the assembly."""

    PLUS = "+"
    MINUS = "-"


class MolecularState(StrEnum):
    """States of a fusion or a sample, in order of precedence (first wins)."""

    CONFIRMED_BET = "confirmed_bet"
    CONFIRMED_BET_COMPLEX = "confirmed_bet_complex"
    CONFIRMED_OTHER_PARTNER = "confirmed_other_partner"
    REARRANGED_PARTNER_UNKNOWN = "rearranged_partner_unknown"
    REARRANGED_NEIGHBOUR = "rearranged_neighbour"
    INDETERMINATE = "indeterminate"
    NOT_ASSESSABLE = "not_assessable"
    NOT_COVERED = "not_covered"
    NOT_DETECTED = "not_detected"

    @property
    def precedence(self) -> int:
        """Rank in the closed list: 0 is the state that wins over all others."""
        return tuple(MolecularState).index(self)


class PartnerClass(StrEnum):
    """What the gene joined to NUTM1 is known for."""

    BET = "bet"
    BET_COMPLEX = "bet_complex"
    CARCINOMA_DISPUTED = "carcinoma_disputed"
    SARCOMA = "sarcoma"
    LEUKAEMIA = "leukaemia"
    OTHER_ENTITY = "other_entity"
    NEIGHBOUR_15Q14 = "neighbour_15q14"
    UNCLASSIFIED = "unclassified"
    UNKNOWN = "unknown"


class ReadingFrame(StrEnum):
    """Frame of the 3' part after the joint."""

    IN_FRAME = "in-frame"
    OUT_OF_FRAME = "out-of-frame"
    STOP_CODON = "stop-codon"
    NOT_PREDICTED = "not-predicted"


class FusionDetection(StrEnum):
    """VICC: seen in RNA reads, or inferred from DNA, FISH or imbalance."""

    OBSERVED = "observed"
    INFERRED = "inferred"


class DomainStatus(StrEnum):
    """Whether a protein domain survives in the fusion protein."""

    PRESERVED = "preserved"
    LOST = "lost"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """Outcome of a scoring criterion."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ASSESSABLE = "not_assessable"


class GateVerdict(StrEnum):
    """Outcome of a policy gate."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ASSESSABLE = "not_assessable"
    DECLARED = "declared"
    TO_BE_COMPLETED = "to_be_completed"


class SourceSays(StrEnum):
    """What one source of evidence says about one fusion."""

    SEEN = "seen"
    NOT_SEEN = "not_seen"
    NOT_ASSESSED = "not_assessed"


class UnassignedReason(StrEnum):
    """Why reads that leave NUTM1 at one place do not make a fusion."""

    NUTM1_PART_TOO_SHORT = "nutm1_part_too_short"
    KNOWN_PARTNER = "known_partner"
    LOW_COMPLEXITY = "low_complexity"
    ADAPTER = "adapter"
    PARALOGUE = "paralogue"
    NUTM1_INTRON = "nutm1_intron"
    NUTM1_ISOFORM = "nutm1_isoform"
    NUTM1_ALTERNATIVE_START = "nutm1_alternative_start"
    NOT_AT_EXON_EDGE = "not_at_exon_edge"
    TOO_SHORT = "too_short"
    TOO_FEW_FRAGMENTS = "too_few_fragments"

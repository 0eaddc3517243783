"""Does NUTM1's reading frame go on after the joint, and how long is the fusion protein?

The frame comes from coding offsets: coding bases through the last 5' base, plus the linker, must
equal the coding bases before the first 3' base, modulo 3. A stop codon made by the joint or
brought by the linker is looked for in the panel's sequences, and where the panel has none, in the
consensus of the reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.coding import (
    STOP,
    bases_from,
    coding_bases_through,
    coding_site,
    translate,
)
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from nutfusion.annotation.coding import CodingSite
    from nutfusion.model.call import FusionCall
    from nutfusion.model.panel import Panel

JOINT_NOT_EXACT: Final = "joint_not_exact"
LINKER_NOT_KNOWN: Final = "linker_not_known"
PARTNER_UNKNOWN: Final = "partner_unknown"
FIVE_PRIME_NOT_IN_EXON: Final = "five_prime_not_in_coding_exon"
THREE_PRIME_NOT_IN_EXON: Final = "three_prime_not_in_coding_exon"
FIVE_PRIME_UNTRANSLATED: Final = "five_prime_untranslated"
THREE_PRIME_UNTRANSLATED: Final = "three_prime_untranslated"
FIVE_PRIME_STOP: Final = "five_prime_stop"
STOP_AT_JOINT: Final = "stop_at_joint"
JOINT_CODON_NOT_SEEN: Final = "joint_codon_not_seen"
CODING_PART_UNCHECKED: Final = "coding_part_unchecked"

FRAME_REASONS: Final = (
    JOINT_NOT_EXACT,
    LINKER_NOT_KNOWN,
    PARTNER_UNKNOWN,
    FIVE_PRIME_NOT_IN_EXON,
    THREE_PRIME_NOT_IN_EXON,
    FIVE_PRIME_UNTRANSLATED,
    THREE_PRIME_UNTRANSLATED,
    FIVE_PRIME_STOP,
    STOP_AT_JOINT,
    JOINT_CODON_NOT_SEEN,
    CODING_PART_UNCHECKED,
)
"""Everything ``AnnotatedFusion.reading_frame_reason`` may hold."""


@dataclass(frozen=True, slots=True)
class FramePrediction:
    """The frame of one fusion.

    Attributes:
        reading_frame: See ``ReadingFrame``.
        reason: Why it is not predicted, where the stop is, or what weakens the prediction;
            ``None`` when there is nothing to say.
        protein_length: Residues of the fusion protein; ``None`` unless in frame.
        five_prime: Coding site of the last 5' base; ``None`` when not found.
        three_prime: Coding site of the first 3' base; ``None`` when not found.
    """

    reading_frame: ReadingFrame
    reason: str | None = None
    protein_length: int | None = None
    five_prime: CodingSite | None = None
    three_prime: CodingSite | None = None


def predict_frame(call: FusionCall, panel: Panel) -> FramePrediction:
    """Predict the frame of a call.

    Returns:
        ``not-predicted`` when the joint is bounded or its linker unknown, a gene is unknown, a
        side lies in no coding exon of the panel, or one of the parts is not translated at all;
        ``stop-codon`` when the 5' part, the joint codon or the linker ends translation; otherwise
        in or out of frame.
    """
    junction = call.junction
    if call.five_prime_gene is None or call.three_prime_gene is None:
        return FramePrediction(ReadingFrame.NOT_PREDICTED, PARTNER_UNKNOWN)
    if not junction.exact:
        return FramePrediction(ReadingFrame.NOT_PREDICTED, JOINT_NOT_EXACT)
    donor = coding_site(panel, call.five_prime_gene, junction.five_prime)
    acceptor = coding_site(panel, call.three_prime_gene, junction.three_prime)
    if junction.linker_sequence is None:
        return FramePrediction(*_whatever_the_linker(donor, acceptor))
    frame, reason = _frame(call, panel, donor, acceptor, junction.linker_sequence)
    length = None
    if frame is ReadingFrame.IN_FRAME and donor is not None and acceptor is not None:
        length = _protein_length(call, panel, donor, acceptor, junction.linker_sequence)
    return FramePrediction(frame, reason, length, donor, acceptor)


def _whatever_the_linker(
    donor: CodingSite | None, acceptor: CodingSite | None
) -> tuple[ReadingFrame, str]:
    """What no linker can mend: a part that is not translated, or ends before the joint."""
    if donor is not None and donor.before + 1 <= 0:
        return ReadingFrame.NOT_PREDICTED, FIVE_PRIME_UNTRANSLATED
    if donor is not None and donor.length is not None and donor.before + 1 >= donor.length:
        return ReadingFrame.STOP_CODON, FIVE_PRIME_STOP
    if acceptor is not None and acceptor.length is not None and acceptor.before >= acceptor.length:
        return ReadingFrame.NOT_PREDICTED, THREE_PRIME_UNTRANSLATED
    return ReadingFrame.NOT_PREDICTED, LINKER_NOT_KNOWN


def _frame(
    call: FusionCall,
    panel: Panel,
    donor: CodingSite | None,
    acceptor: CodingSite | None,
    linker: str,
) -> tuple[ReadingFrame, str | None]:
    if donor is None:
        return ReadingFrame.NOT_PREDICTED, FIVE_PRIME_NOT_IN_EXON
    coded = donor.before + 1
    if coded <= 0:
        return ReadingFrame.NOT_PREDICTED, FIVE_PRIME_UNTRANSLATED
    if donor.length is not None and coded >= donor.length:
        return ReadingFrame.STOP_CODON, FIVE_PRIME_STOP
    if acceptor is None:
        if STOP in translate(_consensus_from_joint_codon(call, coded, None)):
            return ReadingFrame.STOP_CODON, STOP_AT_JOINT
        return ReadingFrame.NOT_PREDICTED, THREE_PRIME_NOT_IN_EXON
    if acceptor.length is not None and acceptor.before >= acceptor.length:
        return ReadingFrame.NOT_PREDICTED, THREE_PRIME_UNTRANSLATED
    weakness = None if donor.is_checked and acceptor.is_checked else CODING_PART_UNCHECKED
    if (coded + len(linker) - acceptor.before) % 3:
        return ReadingFrame.OUT_OF_FRAME, weakness
    codons = _joint_codons(call, panel, coded, acceptor.before, linker)
    if codons is None:
        return ReadingFrame.IN_FRAME, weakness or JOINT_CODON_NOT_SEEN
    if STOP in translate(codons):
        return ReadingFrame.STOP_CODON, STOP_AT_JOINT
    return ReadingFrame.IN_FRAME, weakness


def _joint_codons(
    call: FusionCall, panel: Panel, coded: int, acceptor_before: int, linker: str
) -> str | None:
    """Bases of every codon that is not wholly of one gene; ``None`` when nobody shows them.

    Untranslated bases before the 3' gene's first codon are part of it: they are read through.
    """
    split = coded % 3
    needed = -acceptor_before if acceptor_before < 0 else -(split + len(linker)) % 3
    if split + len(linker) + needed == 0:
        return ""
    both = _sequences(call, panel, coded)
    if both is not None:
        return both[0][len(both[0]) - split :] + linker + both[1][:needed]
    seen = _consensus_from_joint_codon(call, coded, split + len(linker) + needed)
    return seen or None


def _consensus_from_joint_codon(call: FusionCall, coded: int, bases: int | None) -> str:
    """Consensus bases from the first base of the joint codon on.

    Args:
        call: The fusion.
        coded: Coding bases through the last 5' base.
        bases: How many are needed; ``None`` for all there are.

    Returns:
        Exactly ``bases`` bases, or an empty text when the consensus does not reach.
    """
    offset = call.consensus_junction_offset
    if call.consensus_sequence is None or offset is None or offset < coded % 3:
        return ""
    start = offset - coded % 3
    seen = (
        call.consensus_sequence[start:]
        if bases is None
        else (call.consensus_sequence[start : start + bases])
    )
    return seen if bases is None or len(seen) == bases else ""


def _protein_length(
    call: FusionCall, panel: Panel, donor: CodingSite, acceptor: CodingSite, linker: str
) -> int | None:
    """Residues: by translation where the panel has both sequences, else by counting bases."""
    coded = donor.before + 1
    both = _sequences(call, panel, coded)
    if both is not None:
        residues, stop, _ = translate(both[0] + linker + both[1]).partition(STOP)
        return len(residues) if stop else None
    if acceptor.length is None:
        return None
    return (coded + len(linker) + acceptor.length - acceptor.before) // 3 - 1


def _sequences(call: FusionCall, panel: Panel, coded: int) -> tuple[str, str] | None:
    """Coding bases of the 5' part and all bases of the 3' part, when the panel has both."""
    junction = call.junction
    if junction.five_prime is None or junction.three_prime is None:
        return None
    five_prime = coding_bases_through(panel, call.five_prime_gene, junction.five_prime, coded)
    three_prime = bases_from(panel, call.three_prime_gene, junction.three_prime)
    if five_prime is None or three_prime is None:
        return None
    return five_prime, three_prime

"""The bases on either side of a joint, as the reads show them, and how simple they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall

WINDOW: Final = 40
"""Bases next to the joint, on each side, that complexity and mappability look at (chosen by us):
a little more than the longest anchor that half of all reads of 75 nt across a joint have."""

_LEAST_BASES: Final = 12
"""Bases of a side below which its complexity says nothing: ten triplets."""


@dataclass(frozen=True, slots=True)
class JointBases:
    """Consensus bases next to the joint, in the sense of the transcript.

    Attributes:
        five_prime: At most ``WINDOW`` bases up to the joint.
        three_prime: At most ``WINDOW`` bases from the joint on, after a linker.
    """

    five_prime: str
    three_prime: str


def joint_bases(call: FusionCall) -> JointBases | None:
    """The consensus next to the joint; ``None`` without a consensus."""
    bases, offset = call.consensus_sequence, call.consensus_junction_offset
    if bases is None or offset is None:
        return None
    after = offset + len(call.junction.linker_sequence or "")
    return JointBases(bases[max(0, offset - WINDOW) : offset], bases[after : after + WINDOW])


def dust_score(bases: str) -> float | None:
    """How simple a sequence is: 0 when no triplet comes twice, higher for repeats.

    The score of symmetric DUST for the whole sequence: pairs of equal triplets by triplets less
    one. Forty bases by chance have about 0.3, ``AG`` repeated 9, one base repeated 19.

    Returns:
        ``None`` for fewer than 12 bases.

    Source:
        Morgulis et al., J Comput Biol 2006;13:1028, PMID 16796549.
    """
    if len(bases) < _LEAST_BASES:
        return None
    triplets = Counter(bases[i : i + 3] for i in range(len(bases) - 2))
    pairs = sum(n * (n - 1) // 2 for n in triplets.values())
    return pairs / (len(bases) - 3)

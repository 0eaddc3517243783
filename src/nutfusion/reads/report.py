"""Write what was found as records: consensus, counts, supporting reads."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.evidence import JunctionSupport, SupportingRead
from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.terms import Assembly
from nutfusion.reads.assign import fused_sequences
from nutfusion.reads.contig import majority
from nutfusion.reads.joints import homology

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Panel
    from nutfusion.reads.assign import Assigner, Supporter
    from nutfusion.reads.clipped import UnknownFound
    from nutfusion.reads.known import Found

CONSENSUS_SIDE: Final = 150
"""Bases of consensus on either side of a joint at most; an unknown part is given whole."""
READS_SHOWN: Final = 200
"""Supporting reads listed per junction at most."""


@dataclass(frozen=True, slots=True)
class _Consensus:
    """Majority sequence; ``start`` is the column of its first base (0 is the first 3' base)."""

    bases: np.ndarray
    start: int


def letters(codes: np.ndarray) -> str:
    """Base codes as letters."""
    alphabet = np.frombuffer(b"ACGTNN", np.uint8)
    return bytes(alphabet[codes]).decode("ascii")


def _consensus(
    assigner: Assigner,
    supporters: Sequence[Supporter],
    low: int,
    high: int,
    expected: tuple[int, np.ndarray],
) -> _Consensus | None:
    """Majority of the distinct split reads over columns ``low`` to ``high``, without gaps.

    ``expected`` (column of its first base, base codes) decides between equals.
    """
    rows = [
        (read.offset, assigner.sense(s.fragment, read))
        for s in supporters
        for read in s.reads
        if read.five > 0 and read.three > 0
    ]
    if not rows:
        return None
    bases = majority(rows, low, high, expected)
    gaps = np.flatnonzero(bases == 4)
    before = gaps[gaps < -low]
    after = gaps[gaps >= -low]
    start = int(before[-1]) + 1 if len(before) else 0
    stop = int(after[0]) if len(after) else high - low
    return _Consensus(bases[start:stop], low + start)


def _shown(
    assigner: Assigner, supporters: Sequence[Supporter], consensus: _Consensus | None
) -> list[SupportingRead]:
    """The first supporting reads: of split fragments, of distinct ones, then by name."""
    first = nsmallest(
        READS_SHOWN,
        supporters,
        key=lambda s: (s.kind == "discordant", s.duplicate, assigner.names[s.fragment]),
    )
    out: list[SupportingRead] = []
    for s in first:
        for read in s.reads:
            bases = assigner.sense(s.fragment, read)
            different = None
            if consensus is not None:
                at = read.offset - consensus.start
                low, high = max(0, at), min(len(consensus.bases), at + len(bases))
                if low < high:
                    pair = consensus.bases[low:high], bases[low - at : high - at]
                    different = int((pair[0] != pair[1]).sum())
            paired = bool(assigner.placements.paired[s.fragment])
            out.append(
                SupportingRead(
                    name=assigner.names[s.fragment],
                    mate=(1 if read.mate == 0 else 2) if paired else 0,
                    kind="split" if read.five > 0 and read.three > 0 else "discordant",
                    sequence=letters(bases),
                    offset=None if consensus is None else read.offset - consensus.start,
                    five_prime_anchor=read.five,
                    three_prime_anchor=read.three,
                    mismatches=different,
                    duplicate=s.duplicate,
                )
            )
    return out[:READS_SHOWN]


def _starts(supporters: Sequence[Supporter], *, partner_is_left: bool) -> int:
    """Distinct outer ends on the partner's side; fragments without one count by the other end."""
    ends = set()
    for s in supporters:
        if not s.duplicate:
            one, other = (s.left, s.right) if partner_is_left else (s.right, s.left)
            ends.add(("partner", one) if one is not None else ("target", other))
    return len(ends)


def _end(assigner: Assigner, gene: int, residue: int) -> JunctionEnd:
    """A side known to the base; without a residue nothing of it is on the genome."""
    t = assigner.map.targets
    placed = residue > 0
    return JunctionEnd(
        assembly=Assembly.GRCH38,
        contig=t.contigs[gene] if placed else None,
        position=residue if placed else None,
        position_range=None,
        strand=t.strands[gene] if placed else None,
    )


def _gene(assigner: Assigner, panel: Panel, number: int) -> GeneRef:
    return panel.genes[assigner.map.targets.genes[number]].ref


def known_support(assigner: Assigner, panel: Panel, found: Found) -> JunctionSupport:
    """A joint between two genes of the panel."""
    joint = found.joint
    five = _end(assigner, joint.five_gene, joint.five)
    three = _end(assigner, joint.three_gene, joint.three)
    consensus = None
    if found.ranges is None:
        low = -CONSENSUS_SIDE - len(joint.linker)
        fused = fused_sequences([joint], assigner.map, CONSENSUS_SIDE)[0]
        consensus = _consensus(assigner, found.distinct("split"), low, CONSENSUS_SIDE, (low, fused))
        exact = five.position is not None and three.position is not None
        junction = Junction(
            exact=exact,
            five_prime=five,
            three_prime=three,
            homology=homology(assigner.map, joint),
            linker_sequence=letters(np.frombuffer(joint.linker, np.uint8)),
        )
    else:
        sides = [
            end.model_copy(update={"position": None, "position_range": range_})
            for end, range_ in zip((five, three), found.ranges, strict=True)
        ]
        junction = Junction(
            exact=False, five_prime=sides[0], three_prime=sides[1], homology=None,
            linker_sequence=None,
        )  # fmt: skip
    nutm1_is_three = joint.three_gene == 0
    return _support(
        assigner,
        found.supporters,
        consensus,
        junction,
        genes=(_gene(assigner, panel, joint.five_gene), _gene(assigner, panel, joint.three_gene)),
        partner_is_left=nutm1_is_three,
        linker=len(joint.linker),
        identity=_identity(assigner, found, consensus),
        hint=None,
    )


def _identity(assigner: Assigner, found: Found, consensus: _Consensus | None) -> float | None:
    """Share of the partner's side of the consensus that equals the partner's transcript."""
    if consensus is None:
        return None
    joint = found.joint
    bases = assigner.map.targets.bases
    if joint.three_gene == 0:
        part = consensus.bases[: max(0, -consensus.start - len(joint.linker))]
        at = assigner.map.first(joint.five_gene, joint.five) + 1 - len(part)
    else:
        part = consensus.bases[-consensus.start :]
        at = assigner.map.first(joint.three_gene, joint.three)
    reference = bases[at : at + len(part)]
    inside = reference < 5
    if not inside.any():
        return None
    return round(float((part[inside] == reference[inside]).mean()), 4)


def unknown_support(assigner: Assigner, panel: Panel, found: UnknownFound) -> JunctionSupport:
    """NUTM1 joined to a sequence that no gene of the panel explains."""
    size = len(found.contig)
    low, high = (-size, CONSENSUS_SIDE) if found.upstream else (-CONSENSUS_SIDE, size)
    bases = assigner.map.targets.bases
    side = found.position if found.upstream else found.position + 1 - CONSENSUS_SIDE
    nutm1_bases = bases[side : side + CONSENSUS_SIDE]
    sides = (found.contig, nutm1_bases) if found.upstream else (nutm1_bases, found.contig)
    consensus = _consensus(
        assigner, found.distinct("split"), low, high, (low, np.concatenate(sides))
    )
    if consensus is not None:
        # beyond the split reads, the mates that the contig was put together from
        bases, start = consensus.bases, consensus.start
        if found.upstream:
            consensus = _Consensus(np.concatenate([found.contig[: start - low], bases]), low)
        else:
            rest = found.contig[start + len(bases) :]
            consensus = _Consensus(np.concatenate([bases, rest]), start)
    end = _end(assigner, 0, found.residue)
    nutm1 = _gene(assigner, panel, 0)
    junction = Junction(
        exact=False,
        five_prime=None if found.upstream else end,
        three_prime=end if found.upstream else None,
        homology=None,
        linker_sequence=None,
    )
    return _support(
        assigner,
        found.supporters,
        consensus,
        junction,
        genes=(None, nutm1) if found.upstream else (nutm1, None),
        partner_is_left=found.upstream,
        linker=0,
        identity=None,
        hint=found.hint,
    )


def _support(
    assigner: Assigner,
    supporters: Sequence[Supporter],
    consensus: _Consensus | None,
    junction: Junction,
    *,
    genes: tuple[GeneRef | None, GeneRef | None],
    partner_is_left: bool,
    linker: int,
    identity: float | None,
    hint: str | None,
) -> JunctionSupport:
    reads = _shown(assigner, supporters, consensus)
    split = [s for s in supporters if s.kind == "split"]
    pairs = [s for s in supporters if s.kind == "discordant"]
    crossing = [
        read
        for s in split
        if not s.duplicate
        for read in s.reads
        if read.five > 0 and read.three > 0
    ]
    return JunctionSupport(
        five_prime_gene=genes[0],
        three_prime_gene=genes[1],
        junction=junction,
        split_reads=sum(not s.duplicate for s in split),
        discordant_pairs=sum(not s.duplicate for s in pairs),
        split_reads_raw=len(split),
        discordant_pairs_raw=len(pairs),
        distinct_starts=_starts(supporters, partner_is_left=partner_is_left),
        longest_five_prime_anchor=max((read.five for read in crossing), default=0),
        longest_three_prime_anchor=max((read.three for read in crossing), default=0),
        consensus_sequence=None if consensus is None else letters(consensus.bases),
        consensus_junction_offset=None if consensus is None else -consensus.start - linker,
        partner_identity=identity,
        partner_hint=hint,
        reads=tuple(reads),
        reads_total=sum(len(s.reads) for s in supporters),
    )

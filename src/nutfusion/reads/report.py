"""Write the joints that were found as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.evidence import JunctionSupport
from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.terms import Assembly
from nutfusion.reads.assign import fused_sequences
from nutfusion.reads.joints import homology
from nutfusion.reads.shown import Consensus, consensus_of, letters, read_support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Panel
    from nutfusion.reads.assign import Assigner, Supporter
    from nutfusion.reads.clipped import UnknownFound
    from nutfusion.reads.known import Found

CONSENSUS_SIDE: Final = 150
"""Bases of consensus on either side of a joint at most; an unknown part is given whole."""


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
        consensus = consensus_of(
            assigner, found.distinct("split"), low, CONSENSUS_SIDE, (low, fused)
        )
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


def _identity(assigner: Assigner, found: Found, consensus: Consensus | None) -> float | None:
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
    consensus = consensus_of(
        assigner, found.distinct("split"), low, high, (low, np.concatenate(sides))
    )
    if consensus is not None:
        # beyond the split reads, the mates that the contig was put together from
        bases, start = consensus.bases, consensus.start
        if found.upstream:
            consensus = Consensus(np.concatenate([found.contig[: start - low], bases]), low)
        else:
            rest = found.contig[start + len(bases) :]
            consensus = Consensus(np.concatenate([bases, rest]), start)
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
    consensus: Consensus | None,
    junction: Junction,
    *,
    genes: tuple[GeneRef | None, GeneRef | None],
    partner_is_left: bool,
    linker: int,
    identity: float | None,
    hint: str | None,
) -> JunctionSupport:
    support = read_support(
        assigner, supporters, consensus, partner_is_left=partner_is_left, linker=linker
    )
    return JunctionSupport(
        **dict(support),
        five_prime_gene=genes[0],
        three_prime_gene=genes[1],
        junction=junction,
        partner_identity=identity,
        partner_hint=hint,
    )

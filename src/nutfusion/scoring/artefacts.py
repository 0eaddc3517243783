"""The evidence of a fusion under each artefact; ``docs/scoring-model.md`` has the formulae."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.sides import Side
from nutfusion.model.evidence_score import ArtefactScore, ScorePart
from nutfusion.model.panel import NUTM1
from nutfusion.scoring.likelihood import (
    LN10,
    binomial,
    doublings,
    log_sum,
    poisson,
    real_counts,
)
from nutfusion.scoring.mappability import joint_uniqueness
from nutfusion.scoring.own_bases import compared, continued
from nutfusion.scoring.quality import gene_fragments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.evidence_score import ArtefactName
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel
    from nutfusion.model.run_level import SampleComparison
    from nutfusion.scoring.error_model import ErrorModel
    from nutfusion.scoring.mappability import KnownSequences

_LEAST_EXPECTED: Final = 1e-9
"""Fragments: below this an expectation is as good as none, and logarithms stay finite."""

_PAIR_BASES: Final = 20
"""Bases of a mate that lies wholly on one side, the least that the engine places by itself."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One fusion as the reads show it, and what it is held against.

    Attributes:
        fusion: The fusion.
        split: Distinct fragments with a read across the joint.
        pairs: Distinct fragments with a mate on each side.
        qc: Figures of the sample.
        panel: Exons and sequences.
        known: Genes that hold the k-mers beside the joint.
        model: The numbers.
        comparison: The other samples of the run; ``None``: not known.
    """

    fusion: AnnotatedFusion
    split: int
    pairs: int
    qc: ReadQc
    panel: Panel
    known: KnownSequences
    model: ErrorModel
    comparison: SampleComparison | None

    @property
    def sides(self) -> tuple[tuple[Side, GeneRef | None, JunctionEnd | None], ...]:
        """Both sides, 5' first."""
        call = self.fusion.call
        return (
            (Side.FIVE_PRIME, call.five_prime_gene, call.junction.five_prime),
            (Side.THREE_PRIME, call.three_prime_gene, call.junction.three_prime),
        )

    def means(self) -> tuple[float, ...]:
        """Fragments expected of a real fusion."""
        real = self.model.real
        return doublings(real.least_fragments.value, real.most_fragments.value)


def _score(
    artefact: ArtefactName, parts: Iterable[tuple[str, float]], expected: float | None
) -> ArtefactScore:
    """Add parts up; natural logarithms in, decimal ones out."""
    rounded = tuple(
        ScorePart(id=name, log10_likelihood_ratio=round(value / LN10, 2)) for name, value in parts
    )
    return ArtefactScore(
        artefact=artefact,
        log10_likelihood_ratio=round(sum(part.log10_likelihood_ratio for part in rounded), 2),
        expected_fragments=None if expected is None else float(f"{expected:.3g}"),
        parts=rounded,
        reason=None,
    )


def _unknown(artefact: ArtefactName, reason: str) -> ArtefactScore:
    return ArtefactScore(
        artefact=artefact,
        log10_likelihood_ratio=None,
        expected_fragments=None,
        parts=(),
        reason=reason,
    )


def sequencing_error(seen: Seen) -> ArtefactScore:
    """Fragments of one gene whose bases, read wrongly, look like the other's.

    The best read decides: as many bases as its shorter anchor differs from what the gene itself
    has there must have been misread, each to one of three others. A pair has a whole mate on
    either side.
    """
    rate = seen.model.sequencing_error
    length = math.ceil(_PAIR_BASES * rate.differences_by_chance.value)
    differences = length if seen.pairs else 0
    if seen.split:
        differences = max(differences, _differences(seen))
    counts = [_gene_fragments(seen, gene) for _, gene, _ in seen.sides]
    if None in counts:
        total = _all_fragments(seen.qc)
        if total is None:
            return _unknown("sequencing_error", "fragments_not_counted")
        counts = [total if count is None else count for count in counts]
    fragments = 1 + sum(count for count in counts if count is not None)
    chance = math.log(fragments) + differences * math.log(rate.per_base.value / 3)
    expected = math.exp(min(chance, 0.0))
    return _score("sequencing_error", [("errors", max(-chance, 0.0))], expected)


def _differences(seen: Seen) -> int:
    """Bases that must have been misread in the best read, the fewer of both sides."""
    call = seen.fusion.call
    bases, offset = call.consensus_sequence, call.consensus_junction_offset
    by_chance = seen.model.sequencing_error.differences_by_chance.value
    anchors = (call.longest_five_prime_anchor or 0, call.longest_three_prime_anchor or 0)
    found = [math.floor(by_chance * min(anchors))]
    if bases is None or offset is None:
        return found[0]
    after = offset + len(call.junction.linker_sequence or "")
    anchored = (bases[max(0, offset - anchors[0]) : offset], bases[after : after + anchors[1]])
    (_, five, five_end), (_, three, three_end) = seen.sides
    counted = []
    if five_end is not None:
        # the 5' gene goes on, and errors make its bases those of the 3' gene
        counted += [
            sum(a != b for a, b in zip(anchored[1], own, strict=False))
            + max(0, len(anchored[1]) - len(own))
            for own in continued(seen.panel, five, five_end, Side.FIVE_PRIME)
        ]
    if three_end is not None:
        counted += [
            sum(a != b for a, b in zip(reversed(anchored[0]), reversed(own), strict=False))
            + max(0, len(anchored[0]) - len(own))
            for own in continued(seen.panel, three, three_end, Side.THREE_PRIME)
        ]
    return min(counted, default=found[0])


def template_switching(seen: Seen) -> ArtefactScore:
    """Fragments that were made of a molecule of each gene.

    Their number grows with both genes' fragments. One of them falls anywhere; the others are on its
    joint by chance alone, and on two exon edges hardly ever.
    """
    rate = seen.model.template_switching
    total = _all_fragments(seen.qc)
    if total is None:
        return _unknown("template_switching", "fragments_not_counted")
    nutm1 = max(0, seen.qc.nutm1_fragments - seen.split - seen.pairs) + 1
    partner = _partner_fragments(seen)
    share = 1.0 if partner is None else min(1.0, (partner + 1) / max(total, 1))
    per_fragment = max(rate.per_fragment.value, seen.qc.single_fragment_chimeras / nutm1)
    expected = max(_LEAST_EXPECTED, per_fragment * nutm1 * share)
    again = max(_LEAST_EXPECTED, expected * rate.same_place.value)
    parts = []
    artefact = poisson(seen.pairs, expected)
    if seen.split:
        anywhere = min(0.0, math.log(expected))
        artefact += anywhere + poisson(seen.split - 1, again)
        real_place, switched = _place(seen)
        here = min(0.0, math.log(expected) + switched)
        parts.append(("place", real_place - (here - anywhere)))
    real = real_counts(seen.split, seen.pairs, seen.means(), 2 * again, expected)
    return _score("template_switching", [("counts", real - artefact), *parts], expected)


def _place(seen: Seen) -> tuple[float, float]:
    """On exon edges or off them: how likely of a real fusion, and of a switch, anywhere."""
    labels = seen.fusion.exons
    chance, known, on_edges = 1.0, False, True
    for label, (_, gene, end) in zip(
        (labels.five_prime, labels.three_prime), seen.sides, strict=True
    ):
        if gene is None or end is None or end.position is None:
            continue
        if seen.panel.mane(gene.symbol) is None:
            continue
        known = True
        on_edges &= label is not None and label.boundary
        chance *= _near_edge(seen, gene)
    if not known:
        return 0.0, 0.0
    real = seen.model.real.on_edges.value
    if on_edges:
        return math.log(real), math.log(chance)
    return math.log1p(-real), math.log1p(-chance)


def _near_edge(seen: Seen, gene: GeneRef) -> float:
    """Share of a gene's places from which a joint would be moved onto an exon's edge."""
    rate = seen.model.template_switching
    mane = seen.panel.mane(gene.symbol)
    length = sum(exon.length for exon in mane.exons) if mane is not None else 0
    if mane is None or length == 0:
        return rate.near_edge.value
    return min(0.5, len(mane.exons) * (2 * rate.moved_to_edge.value + 1) / length)


def paralogue(seen: Seen) -> ArtefactScore:
    """Reads of another gene that resembles this one, on every side that has a gene.

    Another gene is identical beside the joint, or differs in some of its bases. No ordinary
    transcript has both genes' paralogues side by side, so two sides count twice.
    """
    rate = seen.model.paralogue
    unique = joint_uniqueness(seen.fusion.call, seen.known)
    beyond = seen.known.transcriptome is not None
    floor = (rate.identical_beyond_transcriptome if beyond else rate.identical).value
    call = seen.fusion.call
    bases, offset = call.consensus_sequence, call.consensus_junction_offset
    if bases is None or offset is None:
        return _unknown("paralogue", "no_consensus")
    after = offset + len(call.junction.linker_sequence or "")
    parts = []
    for (side, gene, end), its, part, name in zip(
        seen.sides,
        unique,
        (bases[:offset], bases[after:]),
        ("five_prime_bases", "three_prime_bases"),
        strict=True,
    ):
        found = compared(seen.panel, gene, end, side, part)
        if found is None:
            continue
        shared = max(floor, 0.0 if its is None else 1 - its.share)
        own = binomial(found.differences, found.bases, rate.own_differences.value)
        other = binomial(found.differences, found.bases, rate.divergence.value)
        chances = [math.log(shared) + own]
        if shared < 1:
            chances.append(math.log1p(-shared) + other)
        parts.append((name, own - log_sum(chances)))
    if not parts:
        return _unknown("paralogue", "nothing_to_compare_with")
    return _score("paralogue", parts, None)


def carry_over(seen: Seen) -> ArtefactScore:
    """Fragments that stronger samples of the run left here."""
    comparison = seen.comparison
    if comparison is None or not comparison.others:
        return _unknown("carry_over", "run_not_compared")
    joints = [j for j in comparison.shared if j.fusion_id == seen.fusion.call.fusion_id]
    if any(joint.expected is None for joint in joints):
        return _unknown("carry_over", "other_sample_not_counted")
    expected = math.fsum(joint.expected or 0.0 for joint in joints)
    count = seen.split + seen.pairs
    least = max(_LEAST_EXPECTED, expected)
    real = real_counts(count, 0, seen.means(), least, 0.0)
    parts = [("counts", real - poisson(count, least))]
    if any(joint.is_private for joint in joints):
        parts.append(("private_joint", math.log(seen.model.carry_over.private_joint_twice.value)))
    return _score("carry_over", parts, expected)


def _all_fragments(qc: ReadQc) -> int | None:
    if qc.fragments is None and qc.alignment is not None:
        return qc.alignment.fragments_examined
    return qc.fragments


def _gene_fragments(seen: Seen, gene: GeneRef | None) -> int | None:
    if gene is None:
        return None
    if gene.symbol == NUTM1:
        return seen.qc.nutm1_fragments
    return gene_fragments(seen.qc, gene.symbol)


def _partner_fragments(seen: Seen) -> int | None:
    """Fragments of the gene joined to NUTM1 that are not the fusion's own support."""
    for _, gene, _ in seen.sides:
        if gene is not None and gene.symbol != NUTM1:
            counted = gene_fragments(seen.qc, gene.symbol)
            return None if counted is None else max(0, counted - seen.split - seen.pairs)
    return None

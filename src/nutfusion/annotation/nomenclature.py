"""Every name of a fusion that people read is made here.

Sources: gene level, HGNC (Bruford 2021, Leukemia 35:3040): ``BRD4::NUTM1``, read-through
``GENE1-GENE2``. Exon level and inferred fusions, VICC Gene Fusion Specification: offsets count
from the segment's boundary, negative towards the 5' end, positive towards the 3' end of the
transcript. ``r.`` level, HGVS "adjoined transcripts"; numbers are positions in the transcript
counted from its first base, as in the published
``NM_058243.2:r.1_2380::NM_001284292.2:r.483_4109`` (PMID 36265509), not from the start codon.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.partner_class import is_nutm1
from nutfusion.annotation.sides import (
    Side,
    bases_after,
    bases_into,
    segment_at,
    segments,
    transcripts_of,
)
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import FusionDetection

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel

UNKNOWN_GENE: Final = "v"
"""Stands for a partner that nobody identified."""

LEGACY_NUTM1: Final = ("NM_175741.2", "ENST00000333756.4")
"""Transcripts that most NUT-carcinoma papers number by; MANE exon n is their exon n-1 (n >= 3).
The version matters: ENST00000333756.5 gained a first exon, and its exon 3 is exon 2 of .4."""

LEGACY_LABEL: Final = "legacy numbering"
"""Written after a name by ``LEGACY_NUTM1``. Such a number is printed and never matched."""

_FIRST_LEGACY_EXON: Final = 3
_MANE_NUTM1: Final = "ENST00000537011"


@dataclass(frozen=True, slots=True)
class _NamedSide:
    """One side under one accession.

    Attributes:
        accession: accession.version.
        gene: HGNC symbol.
        exon: VICC exon with its offset, for instance ``e.11`` or ``e.3+12``.
        position: 1-based position in the transcript.
        length: Bases of the transcript.
    """

    accession: str
    gene: str
    exon: str
    position: int
    length: int


def gene_level_name(call: FusionCall, *, is_read_through: bool) -> str:
    """``BRD4::NUTM1``; ``v`` for an unknown gene; ``(::)`` when inferred; ``-`` read-through."""
    five_prime = UNKNOWN_GENE if call.five_prime_gene is None else call.five_prime_gene.symbol
    three_prime = UNKNOWN_GENE if call.three_prime_gene is None else call.three_prime_gene.symbol
    joint = "::"
    if call.fusion_detection is FusionDetection.INFERRED:
        joint = "(::)"
    elif is_read_through:
        joint = "-"
    return f"{five_prime}{joint}{three_prime}"


def synonyms(call: FusionCall, panel: Panel) -> tuple[str, ...]:
    """Exon-level, ``r.`` and legacy names of a call.

    Returns:
        Each with accession.version, in this order: exon level by Ensembl, MANE Select first; exon
        level by RefSeq; ``r.`` by Ensembl; ``r.`` by RefSeq; the ``r.`` form that claims nothing
        but the joint; legacy numbering. Only sides that lie in an exon are named, so a bounded
        junction has none, and an unknown partner is written ``v``.
    """
    junction = call.junction
    fives = _named_sides(panel, call.five_prime_gene, junction.five_prime, Side.FIVE_PRIME)
    threes = _named_sides(panel, call.three_prime_gene, junction.three_prime, Side.THREE_PRIME)
    linker = junction.linker_sequence or ""
    names: list[str] = []
    pairs = [pair for rank in (0, 1) for pair in _pairs(fives[rank], threes[rank])]
    for five_prime, three_prime in pairs:
        names.append(
            "::".join(
                part for part in (_exon_name(five_prime), linker, _exon_name(three_prime)) if part
            )
        )
    names += _half_known(call, fives[0], threes[0])
    rna = linker.lower().replace("t", "u")
    for five_prime, three_prime in pairs:
        names.append(
            _rna_name(five_prime, three_prime, rna, first="1", last=str(three_prime.length))
        )
    if pairs:
        five_prime, three_prime = _preferred(pairs)
        names.append(_rna_name(five_prime, three_prime, rna, first="?", last="?"))
    names += _legacy_names(call, panel, fives)
    return tuple(dict.fromkeys(names))


def _half_known(call: FusionCall, fives: list[_NamedSide], threes: list[_NamedSide]) -> list[str]:
    if call.five_prime_gene is None and threes:
        return [f"{UNKNOWN_GENE}::{_exon_name(threes[0])}"]
    if call.three_prime_gene is None and fives:
        return [f"{_exon_name(fives[0])}::{UNKNOWN_GENE}"]
    return []


def _preferred(pairs: list[tuple[_NamedSide, _NamedSide]]) -> tuple[_NamedSide, _NamedSide]:
    """The first RefSeq pair, which is MANE's, else the first pair."""
    return next((pair for pair in pairs if pair[0].accession.startswith("NM_")), pairs[0])


def _exon_name(side: _NamedSide) -> str:
    return f"{side.accession}({side.gene}):{side.exon}"


def _rna_name(
    five_prime: _NamedSide, three_prime: _NamedSide, linker: str, *, first: str, last: str
) -> str:
    parts = (
        f"{five_prime.accession}:r.{first}_{five_prime.position}",
        linker,
        f"{three_prime.accession}:r.{three_prime.position}_{last}",
    )
    return "::".join(part for part in parts if part)


def _pairs(
    fives: list[_NamedSide], threes: list[_NamedSide]
) -> list[tuple[_NamedSide, _NamedSide]]:
    """Every transcript of the partner with the first of the other gene, and the reverse."""
    if not fives or not threes:
        return []
    pairs = [(five_prime, threes[0]) for five_prime in fives]
    return pairs + [(fives[0], three_prime) for three_prime in threes[1:]]


def _named_sides(
    panel: Panel, gene: GeneRef | None, end: JunctionEnd | None, side: Side
) -> tuple[list[_NamedSide], list[_NamedSide]]:
    """One side under its Ensembl accessions and under its RefSeq accessions, MANE first."""
    own: list[_NamedSide] = []
    others: list[_NamedSide] = []
    if end is None or end.position is None:
        return own, others
    for transcript in transcripts_of(panel, gene):
        segment = segment_at(panel, transcript, end)
        if segment is None or transcript.strand is None:
            continue
        last = segments(panel, transcript)[-1]
        into = bases_into(segment, end.position, transcript.strand)
        offset = into
        if side is Side.FIVE_PRIME:
            offset = -bases_after(segment, end.position, transcript.strand)
        for accession in (transcript.accession, *transcript.synonyms):
            named = _NamedSide(
                accession=accession,
                gene=transcript.gene,
                exon=_exon(segment.number, offset),
                position=segment.before + into + 1,
                length=last.before + last.end - last.start + 1,
            )
            (others if accession.startswith("NM_") else own).append(named)
    return own, others


def _exon(number: int, offset: int) -> str:
    return f"e.{number}{offset:+d}" if offset else f"e.{number}"


def _legacy_names(
    call: FusionCall, panel: Panel, fives: tuple[list[_NamedSide], list[_NamedSide]]
) -> list[str]:
    """The pair as the older literature numbers NUTM1, marked as such.

    The partner stands under its last accession of the same source: the older one, where the panel
    has two. A partner whose side has no exon leaves nothing to pair.
    """
    if not is_nutm1(call.three_prime_gene):
        return []
    mane = panel.mane(NUTM1)
    end = call.junction.three_prime
    if mane is None or end is None or end.position is None or mane.strand is None:
        return []
    segment = segment_at(panel, mane, end)
    if not mane.accession.startswith(_MANE_NUTM1) or segment is None:
        return []
    if segment.number < _FIRST_LEGACY_EXON:
        return []
    exon = _exon(segment.number - 1, bases_into(segment, end.position, mane.strand))
    linker = call.junction.linker_sequence or ""
    names = []
    for accession in LEGACY_NUTM1:
        sides = fives[1 if accession.startswith("NM_") else 0]
        if call.five_prime_gene is None:
            partner = UNKNOWN_GENE
        elif sides:
            partner = _exon_name(sides[-1])
        else:
            continue
        parts = (partner, linker, f"{accession}({NUTM1}):{exon}")
        names.append(f"{'::'.join(part for part in parts if part)} ({LEGACY_LABEL})")
    return names

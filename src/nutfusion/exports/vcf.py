"""VCF 4.4: both breakends of every adjacency that the dossier places.

Source: The Variant Call Format Specification, VCFv4.4 (samtools/hts-specs, VCFv4.4.tex), section 3
(keys of structural variants) and section 5.4 (breakends).

==============================  ================================================================
VCF                             dossier
==============================  ================================================================
CHROM, POS                      a side of ``junction`` or of ``genomic_breakpoint``; of a range
                                the lowest residue, with IMPRECISE and CIPOS
ID                              ``fusion_id``, ``dna`` for a break of DNA, and the side
REF                             ``N``: the dossier holds no genome
ALT                             bracket notation by strand; ``N.`` or ``.N`` when the other side is
                                not placed, with what reads show of it
QUAL, FILTER                    ``.``: nothing is filtered by state; NF_STATE says it
EVENT                           ``fusion_id``: the two or four records of a fusion
NF_SPLIT, NF_PAIRS              ``support``, on the adjacency that was counted
==============================  ================================================================

A joint of RNA is where the transcript is joined, mostly at exon edges, and not where DNA broke:
NF_KIND says which of the two a record is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from nutfusion.exports.breakends import (
    Adjacency,
    AdjacencyKind,
    Breakend,
    NotExpressed,
    adjacencies,
    breakend_alt,
)
from nutfusion.exports.interface import ExportFormat, Files
from nutfusion.exports.vcf_header import FORMAT as FORMAT_KEYS
from nutfusion.exports.vcf_header import encoded, header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.dossier import Dossier, DossierFusion

_CONTIG: Final = re.compile(r"[0-9A-Za-z!#$%&+./:;?@^_|~-][0-9A-Za-z!#$%&*+./:;=?@^_|~-]*")
"""Names that a contig may have (VCF 4.4, section 1.4.7)."""

_NUMBERED: Final = re.compile(r"chr(\d+)")
_LETTERED: Final = {"chrX": 23, "chrY": 24, "chrM": 25}


class _Record(NamedTuple):
    """One line; sorted as the contigs are, then by position and ID."""

    rank: tuple[int, str]
    position: int
    name: str
    line: str


def vcf(dossiers: Sequence[Dossier]) -> Files:
    """One file per dossier, ``SAMPLE.vcf``."""
    return {f"{dossier.sample.id}.vcf": vcf_text(dossier).encode("utf-8") for dossier in dossiers}


def vcf_text(dossier: Dossier) -> str:
    """The VCF of one dossier; without a placed fusion it has a header only."""
    records: list[_Record] = []
    contigs: set[str] = set()
    missing: dict[str, tuple[DossierFusion, NotExpressed]] = {}
    for fusion in dossier.fusions:
        found = adjacencies(fusion)
        if isinstance(found, NotExpressed):
            missing[fusion.fusion_id] = (fusion, found)
            continue
        ends = {end.contig for adjacency in found for end in adjacency.ends}
        if not all(_CONTIG.fullmatch(contig) for contig in ends):
            missing[fusion.fusion_id] = (fusion, NotExpressed.NOT_PLACED)
            continue
        contigs |= ends
        for adjacency in found:
            records += _records(fusion, adjacency)
    lines = header(dossier, sorted(contigs, key=_rank), missing)
    lines += [record.line for record in sorted(records)]
    return "".join(f"{line}\n" for line in lines)


def _records(fusion: DossierFusion, adjacency: Adjacency) -> list[_Record]:
    pair = (adjacency.five_prime, adjacency.three_prime)
    return [
        _record(fusion, adjacency, end, mate) for end, mate in (pair, pair[::-1]) if end is not None
    ]


def _record(
    fusion: DossierFusion, adjacency: Adjacency, end: Breakend, mate: Breakend | None
) -> _Record:
    name = _identifier(fusion, adjacency, end)
    between = (adjacency.linker or "") if mate is not None else adjacency.unplaced_sequence
    info = _info(fusion, adjacency, end, mate)
    counts = (fusion.support.split_reads, fusion.support.discordant_pairs)
    shown = ["." if count is None or not adjacency.is_counted else str(count) for count in counts]
    columns = (
        end.contig,
        str(end.lowest),
        name,
        "N",
        breakend_alt(end, mate, between),
        ".",
        ".",
        ";".join(key if value is True else f"{key}={value}" for key, value in info.items()),
        ":".join(key.name for key in FORMAT_KEYS),
        ":".join(shown),
    )
    return _Record(_rank(end.contig), end.lowest, name, "\t".join(columns))


def _identifier(fusion: DossierFusion, adjacency: Adjacency, end: Breakend) -> str:
    dna = "_dna" if adjacency.kind is AdjacencyKind.DNA_BREAK else ""
    return f"{fusion.fusion_id}{dna}_{end.side}"


def _info(
    fusion: DossierFusion, adjacency: Adjacency, end: Breakend, mate: Breakend | None
) -> dict[str, str | bool]:
    """INFO in the order of the header; a key without a value is left out."""
    exon = None
    if adjacency.kind is AdjacencyKind.RNA_JUNCTION:
        exons = fusion.exons
        exon = exons.five_prime if end.side == "five_prime" else exons.three_prime
    gene = end.gene
    reach = end.highest - end.lowest
    is_imprecise = bool(reach) or (mate is not None and mate.highest != mate.lowest)
    values: dict[str, str | bool | None] = {
        "SVTYPE": "BND",
        "MATEID": None if mate is None else _identifier(fusion, adjacency, mate),
        "EVENT": fusion.fusion_id,
        "IMPRECISE": is_imprecise or None,
        "CIPOS": f"0,{reach}" if reach else None,
        "HOMLEN": None if adjacency.homology is None else str(adjacency.homology),
        "NF_KIND": adjacency.kind.value,
        "NF_SIDE": end.side,
        "NF_GENE": None if gene is None else encoded(gene.symbol),
        "NF_HGNC": None if gene is None or gene.hgnc_id is None else encoded(gene.hgnc_id),
        "NF_STRAND": end.strand.value,
        "NF_TRANSCRIPT": None if exon is None else encoded(exon.transcript),
        "NF_EXON": None if exon is None else str(exon.exon),
        "NF_NAME": encoded(fusion.name),
        "NF_DETECTION": fusion.fusion_detection.value,
        "NF_STATE": fusion.state.value,
        "NF_CLASS": fusion.partner_class.value,
        "NF_FRAME": fusion.reading_frame.value,
    }
    return {key: value for key, value in values.items() if value is not None}


def _rank(contig: str) -> tuple[int, str]:
    """Chromosomes by number, then X, Y and M, then the others by name."""
    numbered = _NUMBERED.fullmatch(contig)
    number = int(numbered[1]) if numbered else _LETTERED.get(contig, 99)
    return (number, contig)


FORMAT: Final = ExportFormat("vcf", "VCF 4.4 with both breakends of every fusion", vcf)
"""VCF."""

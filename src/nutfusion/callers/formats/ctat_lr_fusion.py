"""CTAT-LR-fusion ``fusion_predictions``, long reads alone or with short ones.

Source: TrinityCTAT/CTAT-LR-fusion@a3efad4, AI_DEVELOPER_GUIDE.md, "Output Format"; headers of real
files. With short reads FusionInspector's columns stand in the middle, empty where only long reads
were found, and ``annots`` stands twice.

==============================  ================================================================
CTAT-LR-fusion                  nutfusion
==============================  ================================================================
LeftGene, RightGene             5' and 3' gene, ``SYMBOL`` or ``SYMBOL^ENSG.version``
LeftBreakpoint, RightBreakpoint junction ``contig:position:strand``, 1-based exon bases, strand of
                                the transcript
LeftLocalBreakpoint             position on its own small contig: not read
num_LR + JunctionReadCount      split_reads: long reads are one molecule each, short ones one
                                fragment each; both numbers are kept apart too. A fraction of a
                                read (``num_LR`` shared between isoforms) is no count: unknown
SpanningFragCount               discordant_pairs, of the short reads; long reads have none
LR_accessions                   names of reads: not read
SpliceType, LargeAnchorSupport  kept as stated, LR_FFPM, FFPM and frac_dom_iso too
==============================  ================================================================

Order: always stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats.fusioninspector import side
from nutfusion.callers.statement import CallerFormat, CallerReport, Recognised, Statement, Tells
from nutfusion.callers.table import (
    Row,
    decimal_text,
    header_cells,
    rows_of,
    stated,
    statements,
    whole_number,
)
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset(
    {"FusionName", "num_LR", "LeftGene", "LeftBreakpoint", "RightBreakpoint"}
)
_SPLICE_TYPES: Final = ("ONLY_REF_SPLICE", "INCL_NON_REF_SPLICE")
_ANCHORS: Final = ("YES", "NO", "YES_LDAS", "NO_LDAS")
_MEASURES: Final = (
    "num_LR",
    "LR_FFPM",
    "frac_dom_iso",
    "JunctionReadCount",
    "SpanningFragCount",
    "FFPM",
)


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(_header(head.first()))
    if not names >= _NEEDED:
        return None
    version = "with short reads" if "JunctionReadCount" in names else "long reads"
    return Recognised(version, "header line with FusionName, num_LR and LeftBreakpoint")


def _header(line: str) -> tuple[str, ...]:
    return tuple(name.lstrip("#") for name in header_cells(line))


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    head = text.head.first()
    rows = rows_of(text, header=_header(head), skip=(head,))
    return statements(rows, _statement)


def _statement(row: Row) -> Statement:
    split_reads, problems = _split_reads(row)
    fields = {
        "SpliceType": row.word("SpliceType", _SPLICE_TYPES),
        "LargeAnchorSupport": row.word("LargeAnchorSupport", _ANCHORS),
    }
    return Statement(
        line=row.line,
        first=side(row, "Left"),
        second=side(row, "Right"),
        ordered=True,
        split_reads=split_reads,
        discordant_pairs=row.count("SpanningFragCount"),
        fields=stated(**fields, **{name: row.measure(name) for name in _MEASURES}),
        problems=problems,
    )


def _split_reads(row: Row) -> tuple[int | None, tuple[str, ...]]:
    """Long and short reads across the joint, and why they are not known."""
    long_reads = row.get("num_LR")
    short_reads = row.count("JunctionReadCount")
    if long_reads is None:
        return short_reads, ()
    if float(decimal_text(long_reads, "num_LR")) % 1:
        return None, (remark("count_not_whole", name="num_LR"),)
    return whole_number(long_reads, "num_LR") + (short_reads or 0), ()


FORMAT: Final = CallerFormat(
    name="ctat_lr_fusion",
    title="CTAT-LR-fusion",
    versions="long reads, with and without short reads; full and abridged",
    files=(
        "ctat-LR-fusion.fusion_predictions.tsv",
        "ctat-LR-fusion.fusion_predictions.abridged.tsv",
        "*ctat-LR-fusion.fusion_predictions.tsv",
        "*ctat-LR-fusion.fusion_predictions.abridged.tsv",
    ),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with FusionName, num_LR and LeftBreakpoint",
    recognise=recognise,
    read=read,
)
"""CTAT-LR-fusion."""

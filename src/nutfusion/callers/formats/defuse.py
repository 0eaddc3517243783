"""deFuse ``results.tsv``, ``results.classify.tsv`` and ``results.filtered.tsv``.

Source: deFuse's manual, "Output" (dranew/defuse, README); columns and values of
ccmbioinfo/MetaFusion@0838ac2, test_data/caller_output_files/SIM101/defuse. nFuse writes the same
table with other names for some columns, see ``nfuse``.

===================================  ===========================================================
deFuse                               nutfusion
===================================  ===========================================================
gene_name1, gene_name2, gene1,       genes and their Ensembl ids; gene1 is not the 5' gene
gene2
gene_chromosome1, _2,                position, 1-based: the last base that stays (on simulated
genomic_break_pos1, _2               reads 1,686 of 1,716 sides lie exactly on STAR-Fusion's)
genomic_strand1, genomic_strand2     ``+``: the bases at and below the position stay, ``-``: those
                                     at and above it; no strand of a transcript
splitr_count                         split_reads (fragments whose one read crosses the joint)
span_count                           discordant_pairs (fragments)
orf ``Y``                            in frame; ``N`` also stands for "no reading frame", so it is
                                     not stated
read_through                         is_read_through
probability, gene_location1, _2      kept as stated
===================================  ===========================================================

Order: never stated. 132 of 858 simulated fusions have the 3' gene first; the sides that stay show
the order, and that two genes are joined end to end (as NUTM1 and LPCAT4 in KYSE-520).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import (
    Row,
    header_cells,
    kept_fields,
    one_of,
    position_of,
    rows_of,
    statements,
    without_columns,
)
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

SHARED: Final = frozenset(
    {"cluster_id", "gene_name1", "gene_name2", "genomic_break_pos1", "genomic_strand1"}
)
"""Columns of deFuse and of nFuse."""
_FIELDS: Final = (
    "probability",
    "defuse_probability",
    "gene_location1",
    "gene_location2",
)
NOT_GENES: Final = frozenset({"library_name"})
"""Columns that may name a person or a disease."""


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= SHARED or "splitr_count" not in names:
        return None
    version = "classified" if "probability" in names else "unclassified"
    return Recognised(version, "header line with cluster_id, genomic_break_pos1 and splitr_count")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(without_columns(rows_of(text), NOT_GENES), statement)


def statement(row: Row) -> Statement:
    """One row of deFuse or nFuse.

    Raises:
        RowError: It is not what the table above says.
    """
    orf = row.get("orf")
    through = row.get("read_through", "readthrough")
    in_frame = orf is not None and one_of(orf, "orf", ("Y", "N")) == "Y"
    return Statement(
        line=row.line,
        first=_side(row, "1"),
        second=_side(row, "2"),
        ordered=False,
        split_reads=row.count("splitr_count", "splitreads_count"),
        discordant_pairs=row.count("span_count"),
        reading_frame=ReadingFrame.IN_FRAME if in_frame else None,
        read_through=None
        if through is None
        else one_of(through, "read_through", ("Y", "N")) == "Y",
        fields=kept_fields(row, _FIELDS),
    )


def _side(row: Row, end: str) -> SideStatement:
    strand = row.strand(f"genomic_strand{end}")
    return SideStatement(
        gene=row.get(f"gene_name{end}"),
        gene_id=row.get(f"gene{end}"),
        contig=row.need(f"gene_chromosome{end}"),
        position=position_of(row.need(f"genomic_break_pos{end}"), f"genomic_break_pos{end}"),
        kept=None if strand is None else "lower" if strand == "+" else "higher",
    )


TELLS: Final = Tells(
    order="sometimes",
    position="junction",
    strand=False,
    split_reads=True,
    discordant_pairs=True,
    reading_frame=True,
)
"""What deFuse and nFuse can say."""
FORMAT: Final = CallerFormat(
    name="defuse",
    title="deFuse",
    versions="results.tsv, results.classify.tsv, results.filtered.tsv",
    files=("results.filtered.tsv", "results.classify.tsv", "results.tsv", "*defuse*.tsv"),
    tells=TELLS,
    seen_on_real_file=False,
    expects="a header line with cluster_id, genomic_break_pos1 and splitr_count",
    recognise=recognise,
    read=read,
)
"""deFuse."""

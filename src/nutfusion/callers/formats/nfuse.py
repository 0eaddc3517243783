"""nFuse ``rna.results.tsv``: the table of deFuse under other column names.

Source: amcpherson/nfuse, README; columns of STAR-Fusion/STAR-Fusion_benchmarking_data@4ba1a0c,
cancer_cell_lines/samples/G28054.KYSE-520.1/NFUSE/rna.results.tsv.

==============================  ================================================================
nFuse                           nutfusion
==============================  ================================================================
splitreads_count                split_reads (deFuse: splitr_count)
readthrough                     is_read_through (deFuse: read_through)
defuse_probability              kept as stated (deFuse: probability)
breakpos1, breakpos2, strand1   place in ``reference1``, which may be a transcript: not read
all others                      as ``defuse`` says
==============================  ================================================================

Order: never stated, as in deFuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats.defuse import NOT_GENES, SHARED, TELLS, statement
from nutfusion.callers.statement import CallerFormat, CallerReport, Recognised
from nutfusion.callers.table import header_cells, rows_of, statements, without_columns

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= SHARED or "splitreads_count" not in names:
        return None
    return Recognised("rna.results", "header line with cluster_id and splitreads_count")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(without_columns(rows_of(text), NOT_GENES), statement)


FORMAT: Final = CallerFormat(
    name="nfuse",
    title="nFuse",
    versions="rna.results.tsv",
    files=("rna.results.tsv", "*nfuse*.tsv"),
    tells=TELLS,
    seen_on_real_file=True,
    expects="a header line with cluster_id, genomic_break_pos1 and splitreads_count",
    recognise=recognise,
    read=read,
)
"""nFuse."""

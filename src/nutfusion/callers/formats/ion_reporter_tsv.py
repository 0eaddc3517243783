"""Thermo Fisher Ion Reporter, the exported table of fusions.

Source: Ion Reporter help GUID-759AEE0F ("Fusion calls in analysis results"), GUID-33AD1BBF ("Data
types for gene fusions analyses").

==================================  ============================================================
table                               nutfusion
==================================  ============================================================
Genes (Exons) ``A(11) - B(2)``      donor (5') and acceptor (3') gene, exon before and after the
                                    joint; a row with one gene is an assay, no fusion
Detection                           ``Present``, ``Present-Non-Targeted``: seen; ``Absent``: not
                                    seen when Read Counts is 0, else seen below the threshold of
                                    20 reads (250 for pairs that are no target); ``No Call``: not
                                    assessed
Read Counts                         kept; amplicon reads, so neither count is known
Type                                kept; ``EXPR_CONTROL`` and other assays are no fusions
==================================  ============================================================

Order: always stated. Exons are in Oncomine's numbering without a transcript, so there is no
position. Lines that begin with ``##`` are comments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.reports import (
    NOT_SHOWN,
    exon_label,
    kept,
    one_word_of,
    report_statements,
    word,
)
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, header_cells, one_of, rows_of
from nutfusion.model.remarks import remark
from nutfusion.model.terms import SourceSays

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_GENES: Final = "Genes (Exons)"
_NEEDED: Final = frozenset({_GENES, "Detection", "Read Counts"})
_SIDE: Final = r"([A-Za-z][A-Za-z0-9._@-]{0,39})\s*\(([^()]{0,12})\)"
_PAIR: Final = re.compile(rf"\s*{_SIDE}\s*-\s*{_SIDE}\s*")
_ASSAY: Final = re.compile(r"\s*[A-Za-z][A-Za-z0-9._@-]{0,39}\s*(?:\([^()]{0,12}\))?\s*")
_DETECTION: Final = ("Present", "Present-Non-Targeted", "Absent", "No Call", "NoCall", "NOCALL")
_TYPES: Final = (
    "FUSION",
    "Fusion",
    "EXPR_CONTROL",
    "ASSAYS_5P_3P",
    "GENE_EXPRESSION",
    "RNAExonVariant",
    "ProcessControl",
)


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    if set(header_cells(head.first(skip=("##",)))) >= _NEEDED:
        return Recognised("TSV", f"header line with {_GENES}, Detection and Read Counts")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    rows = rows_of(
        text, is_header=lambda line: set(header_cells(line)) >= _NEEDED, skip=("##",), quoted=True
    )
    note = remark("only_listed_targets")
    return report_statements(rows, _statement, notes=(note,))


def _statement(row: Row) -> Statement | None:
    cell = row.get(_GENES)
    if cell is None or (_ASSAY.fullmatch(cell) and _PAIR.fullmatch(cell) is None):
        return None
    match = _PAIR.fullmatch(cell)
    if match is None:
        raise RowError(f"expected {_GENES} as A(1) - B(2), found {NOT_SHOWN}")
    detection = one_of(row.need("Detection"), "Detection", _DETECTION)
    reads = row.count("Read Counts")
    return Statement(
        line=row.line,
        first=SideStatement(gene=match[1], exon=exon_label(match[2])),
        second=SideStatement(gene=match[3], exon=exon_label(match[4])),
        ordered=True,
        says=_says(detection, reads),
        fields=kept(
            ("Detection", word(detection, " ")),
            ("Read Counts", None if reads is None else str(reads)),
            ("Type", one_word_of(row.get("Type"), _TYPES)),
        ),
    )


def _says(detection: str, reads: int | None) -> SourceSays:
    if detection.startswith("No"):
        return SourceSays.NOT_ASSESSED
    if detection == "Absent" and not reads:
        return SourceSays.NOT_SEEN
    return SourceSays.SEEN


FORMAT: Final = CallerFormat(
    name="ion_reporter_tsv",
    title="Thermo Fisher Oncomine and Ion Reporter, table",
    versions="TSV export of Ion Reporter 5",
    files=("*.tsv",),
    tells=Tells(
        order="always",
        position="exon",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
        not_seen=True,
    ),
    seen_on_real_file=False,
    expects=f"a header line with {_GENES}, Detection and Read Counts",
    recognise=recognise,
    read=read,
)
"""Ion Reporter, table."""

"""fusion-report ``fusion_list.tsv`` and ``fusion_list_filtered.tsv``: names only.

Source: Clinical-Genomics/fusion-report@f8ce58c, fusion_report/app.py (generate_fusion_list). It is
also what FusionInspector takes as its list of fusions.

==============================  ================================================================
line                            nutfusion
==============================  ================================================================
``A--B``, no header             5' and 3' gene
==============================  ================================================================

Order: as the tools gave it. No position, no counts. The filtered list holds only what enough tools
saw, so that a fusion that is not in it may be in the other one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, rows_of, shown, statements
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_PAIR: Final = re.compile(r"[^\s,|]+?--[^\s,|]+")
_LOOKED_AT: Final = 20
"""Lines that must all be pairs for a file to be taken for such a list (chosen by us)."""


def recognise(head: Head) -> Recognised | None:
    """By its first lines: each is a pair of genes and nothing else."""
    lines = [line.strip() for line in head.lines if line.strip()][:_LOOKED_AT]
    if not lines or not all(_PAIR.fullmatch(line) for line in lines):
        return None
    version = "filtered" if "filtered" in head.name else "all"
    return Recognised(version, "lines of GENE--GENE and nothing else")


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every line."""
    rows = rows_of(text, delimiter="\t", header=("Fusion",))
    filtered = recognised.version == "filtered"
    notes = (remark("list_of_enough_tools_only"),) if filtered else ()
    return statements(rows, _statement, notes=notes)


def _statement(row: Row) -> Statement:
    name = row.text.strip()
    if not _PAIR.fullmatch(name):
        raise RowError(f"expected GENE--GENE, found {shown(name)}")
    first, _, second = name.partition("--")
    return Statement(
        line=row.line,
        first=SideStatement(gene=first),
        second=SideStatement(gene=second),
        ordered=True,
    )


FORMAT: Final = CallerFormat(
    name="fusion_report_list",
    title="fusion-report (list of names)",
    versions="fusion_list.tsv and fusion_list_filtered.tsv",
    files=("fusion_list.tsv", "fusion_list_filtered.tsv", "fusions_list*.tsv"),
    tells=Tells(
        order="always",
        position="none",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="lines of GENE--GENE and nothing else",
    recognise=recognise,
    read=read,
)
"""fusion-report, names only."""

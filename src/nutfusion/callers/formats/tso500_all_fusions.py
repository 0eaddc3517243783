"""Illumina TruSight Oncology 500 ``AllFusions.csv`` of the local app.

Source: the comment lines of the file itself (FusionProcessor 1.0.0.407, in
AWGL/TSO500_post_processing@6619462, tests/test_data_fusion_check/sample_AllFusions.csv); TruSight
Oncology 500 v2.2 Local App guide 1000000137777 v01, pages 28-37.

==================================  ============================================================
AllFusions.csv                      nutfusion
==================================  ============================================================
Gene A, Gene B                      genes; several with ``;``; ``N/A`` unknown
Gene A/B Breakpoint                 junction ``contig:position``, 1-based, hg19 in every version
Fusion Directionality Known         ``True``: gene A is the 5' part; ``False``: order unknown
Alt Split Dedup, else Alt Split     split_reads (Dedup: without duplicates)
Alt Pair Dedup, else Alt Pair       discordant_pairs
Precise/Imprecise                   ``Imprecise``: positions are not to the base
Filter ``Read-Through``             is_read_through
Caller, Score, Filter, KeepFusion   kept as stated
==================================  ============================================================

Order: known directionality says which part is 5', not that both are sense: in the source's file
the assembled sequence of one such row joins PPARG to the antisense of PAX8. So no strand follows
from it; exon edges give strands. Rows with KeepFusion False did not pass. The sequence
(Contig) is not kept.

What is captured is a list of genes, so silence about NUTM1 depends on whether it or its partner is
on it: a note says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.reports import (
    genes,
    kept,
    number,
    report_statements,
    site,
    word,
    yes_or_no,
)
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, header_cells, not_passed, rows_of
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"Gene A", "Gene B", "Gene A Breakpoint", "Gene B Breakpoint"})
_SENSE: Final = "Gene A Sense"

TELLS: Final = Tells(
    order="sometimes",
    position="junction",
    strand=False,
    split_reads=True,
    discordant_pairs=True,
    reading_frame=False,
)
"""What this family of files can say."""


def header_of(head: Head) -> tuple[str, ...]:
    """Column names below the comment lines; empty for a file of another family."""
    names = header_cells(head.first(skip=("#",)), ",")
    return names if set(names) >= _NEEDED else ()


def is_dragen(names: tuple[str, ...]) -> bool:
    """Whether a header is that of DRAGEN, which states the sense of both genes."""
    return _SENSE in names


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = header_of(head)
    if "Caller" not in names or is_dragen(names):
        return None
    return Recognised("local app", "header line with Caller, Gene A and Gene A Breakpoint")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return read_family(text)


def read_family(text: CallerText) -> CallerReport:
    """Read a file of this family, whatever columns it has beside the needed ones."""
    names = header_of(text.head)
    rows = rows_of(
        text,
        delimiter=",",
        is_header=lambda line: header_cells(line, ",") == names,
        skip=("#",),
        quoted=True,
    )
    note = remark("silence_depends_on_captured_genes")
    return report_statements(rows, _statement, notes=(note,))


def _statement(row: Row) -> Statement:
    first, second = _side(row, "A"), _side(row, "B")
    filters = word(row.get("Filter"), ";")
    return Statement(
        line=row.line,
        first=first,
        second=second,
        ordered=yes_or_no(row.get("Fusion Directionality Known"), "Fusion Directionality Known")
        is True,
        precise=row.get("Precise/Imprecise") != "Imprecise",
        split_reads=row.count("Alt Split Dedup", "Alt Split"),
        discordant_pairs=row.count("Alt Pair Dedup", "Alt Pair"),
        read_through=True if filters and "Read-Through" in filters.split(";") else None,
        fields=kept(
            ("Caller", word(row.get("Caller"))),
            ("Score", number(row.get("Score"), "Score")),
            ("Filter", filters),
            ("KeepFusion", word(row.get("KeepFusion"))),
            ("Gene A Location", word(row.get("Gene A Location"), ";")),
            ("Gene B Location", word(row.get("Gene B Location"), ";")),
        ),
        problems=not_passed(row.get("KeepFusion") == "False", "FAIL" in (filters or "").split(";")),
    )


def _side(row: Row, end: str) -> SideStatement:
    contig, position, _ = site(row.get(f"Gene {end} Breakpoint"), f"Gene {end} Breakpoint")
    return SideStatement(
        gene=genes(row.get(f"Gene {end}"), f"Gene {end}"),
        contig=contig,
        position=position,
        sense=_sense(row.get(f"Gene {end} Sense"), f"Gene {end} Sense"),
    )


def _sense(value: str | None, name: str) -> bool | None:
    """Sense of a side; of several genes, when they agree."""
    found = {yes_or_no(part.strip(), name) for part in (value or "").split(";")}
    return found.pop() if len(found) == 1 else None


FORMAT: Final = CallerFormat(
    name="tso500_all_fusions",
    title="Illumina TruSight Oncology 500, AllFusions.csv",
    versions="local app 2.x",
    files=("*_AllFusions.csv",),
    tells=TELLS,
    seen_on_real_file=True,
    expects="a header line with Caller, Gene A, Gene A Breakpoint and no Gene A Sense",
    recognise=recognise,
    read=read,
)
"""TruSight Oncology 500, local app."""

"""Illumina TruSight Oncology 500 ctDNA ``Fusions.csv``: breaks in DNA.

Source: Illumina, DRAGEN TSO500 ctDNA v2.1 online help, "Fusions CSV"; umccr/dracarys R/tso.R.

==================================  ============================================================
Fusions.csv                         nutfusion
==================================  ============================================================
Chr1, Pos1, Chr2, Pos2              where DNA broke, 1-based, the last base that stays
Gene1, Gene2                        genes at both breakends; several with ``;``
Direction ``L1R2``  (``t[p[``)      lower coordinates of 1 stay, higher of 2
Direction ``L1rL2`` (``t]p]``)      lower of 1, lower of 2
Direction ``L2R1``  (``]p]t``)      higher of 1, lower of 2
Direction ``rR2R1`` (``[p[t``)      higher of 1, higher of 2
Alt_Depth                           kept; all supporting pairs, so neither count is known
VAF, Filter, Is_Cosmic_GenePair     kept
==================================  ============================================================

Order: where Fusion Directionality Known (versions 2.x) is True the genes stand in it, else from the
sides that stay and the genes' strands. Sample and Name hold a sample's name and are not kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.reports import (
    contig,
    genes,
    kept,
    number,
    report_statements,
    word,
    yes_or_no,
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
from nutfusion.callers.table import Row, header_cells, one_of, position_of, rows_of
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept

_NEEDED: Final = frozenset({"Chr1", "Pos1", "Pos2", "Direction", "Gene1", "Gene2", "Alt_Depth"})
_KNOWN: Final = "Fusion Directionality Known"
_DIRECTIONS: Final[Mapping[str, tuple[Kept, Kept]]] = {
    "L1R2": ("lower", "higher"),
    "L1rL2": ("lower", "lower"),
    "L2R1": ("higher", "lower"),
    "rR2R1": ("higher", "higher"),
}


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first(skip=("#",)), ","))
    if not names >= _NEEDED:
        return None
    version = "2.x" if _KNOWN in names else "1.x"
    return Recognised(version, "header line with Chr1, Pos1, Direction and Alt_Depth")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    rows = rows_of(
        text,
        delimiter=",",
        is_header=lambda line: set(header_cells(line, ",")) >= _NEEDED,
        skip=("#",),
        quoted=True,
    )
    note = remark("silence_depends_on_captured_genes")
    return report_statements(rows, _statement, notes=(note,))


def _statement(row: Row) -> Statement:
    direction = one_of(row.need("Direction"), "Direction", tuple(_DIRECTIONS))
    first, second = _DIRECTIONS[direction]
    return Statement(
        line=row.line,
        first=_side(row, "1", first),
        second=_side(row, "2", second),
        ordered=yes_or_no(row.get(_KNOWN), _KNOWN) is True,
        molecule="dna",
        fields=kept(
            ("Alt_Depth", number(row.get("Alt_Depth"), "Alt_Depth")),
            ("VAF", number(row.get("VAF"), "VAF")),
            ("Filter", word(row.get("Filter"), ";")),
            ("Is_Cosmic_GenePair", word(row.get("Is_Cosmic_GenePair"))),
        ),
    )


def _side(row: Row, end: str, stays: Kept) -> SideStatement:
    position = position_of(row.get(f"Pos{end}"), f"Pos{end}")
    if position is None:
        raise RowError(f"expected a value in 'Pos{end}', found none")
    return SideStatement(
        gene=genes(row.get(f"Gene{end}"), f"Gene{end}"),
        contig=contig(row.need(f"Chr{end}", f"Chr {end}"), f"Chr{end}"),
        position=position,
        kept=stays,
    )


FORMAT: Final = CallerFormat(
    name="tso500_ctdna",
    title="Illumina TruSight Oncology 500 ctDNA",
    versions="1.x and 2.x",
    files=("*_Fusions.csv",),
    tells=Tells(
        order="sometimes",
        position="genomic",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=False,
    expects="a header line with Chr1, Pos1, Direction, Gene1 and Alt_Depth",
    recognise=recognise,
    read=read,
)
"""TruSight Oncology 500 ctDNA."""

"""PRADA ``prada.fus.summary.txt``, also with a TAF.

Source: PRADA's documentation, "Fusion summary" (sourceforge.net/projects/prada); columns and values
of STAR-Fusion_benchmarking_data@4ba1a0c and stianlagstad/chimeraviz@6ec2c53, inst/extdata.

==============================  ================================================================
PRADA                           nutfusion
==============================  ================================================================
Junction ``A:19:p_B:15:q,n``    5' and 3' gene, junction, 1-based (562 of 566 simulated sides are
                                Arriba's); several joints of a pair stand with ``|`` between them
                                and become one statement each
n after the comma               split_reads of that joint
Discordant_n                    discordant_pairs, when the row holds one joint; with several it is
                                kept as stated, for it is not known which joint they belong to
A_strand, B_strand              ``1`` or ``-1``, strand of the gene, in whose sense PRADA aligns
JSR_n, perfectJSR_n,            kept as stated
Position_Consist
==============================  ================================================================

Order: always stated. Without a Junction (``NA``) the pair alone is stated.
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
from nutfusion.callers.table import (
    Row,
    header_cells,
    kept_fields,
    one_of,
    position_of,
    rows_of,
    several_statements,
    shown,
    whole_number,
    without_columns,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"Gene_A", "Gene_B", "Discordant_n", "JSR_n", "Junction"})
_FIELDS: Final = ("JSR_n", "perfectJSR_n", "Position_Consist")
_STRANDS: Final[Mapping[str, str]] = {"1": "+", "-1": "-"}
_JOINT: Final = re.compile(
    r"(?P<gene_a>[^:]+):(?P<contig_a>[^:]+):(?P<a>[0-9]+)_"
    r"(?P<gene_b>[^:]+):(?P<contig_b>[^:]+):(?P<b>[0-9]+),(?P<reads>[0-9]+)"
)
_NOT_GENES: Final = frozenset({"sample"})
"""Columns that may name a person or a disease."""


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= _NEEDED:
        return None
    version = "with TAF" if "max_TAF" in names else "summary"
    return Recognised(version, "header line with Gene_A, Discordant_n and Junction")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return several_statements(without_columns(rows_of(text), _NOT_GENES), _statements)


def _statements(row: Row) -> list[Statement]:
    pairs = row.count("Discordant_n")
    cell = row.get("Junction")
    if cell is None:
        first, second = _side(row, "A", None), _side(row, "B", None)
        return [_one(row, first, second, None, pairs, _FIELDS)]
    joints = [_JOINT.fullmatch(joint) for joint in cell.split("|")]
    alone = len(joints) == 1
    found = []
    for joint in joints:
        if joint is None:
            raise RowError(
                f"expected Junction as gene:contig:position_gene:contig:position,reads,"
                f" found {shown(cell)}"
            )
        found.append(
            _one(
                row,
                _side(row, "A", joint),
                _side(row, "B", joint),
                whole_number(joint["reads"], "Junction"),
                pairs if alone else None,
                _FIELDS if alone else ("Discordant_n", *_FIELDS),
            )
        )
    return found


def _one(
    row: Row,
    first: SideStatement,
    second: SideStatement,
    reads: int | None,
    pairs: int | None,
    names: tuple[str, ...],
) -> Statement:
    return Statement(
        line=row.line,
        first=first,
        second=second,
        ordered=True,
        split_reads=reads,
        discordant_pairs=pairs,
        fields=kept_fields(row, names),
    )


def _side(row: Row, end: str, joint: re.Match[str] | None) -> SideStatement:
    strand = row.get(f"{end}_strand")
    lower = end.lower()
    return SideStatement(
        gene=row.need(f"Gene_{end}") if joint is None else joint[f"gene_{lower}"],
        contig=row.get(f"{end}_chr") if joint is None else joint[f"contig_{lower}"],
        position=None if joint is None else position_of(joint[lower], "Junction"),
        strand=None
        if strand is None
        else _STRANDS[one_of(strand, f"{end}_strand", tuple(_STRANDS))],
    )


FORMAT: Final = CallerFormat(
    name="prada",
    title="PRADA",
    versions="prada.fus.summary.txt, also with a TAF",
    files=("prada.fus.summary.txt", "*.fus.summary.txt", "*PRADA*.tsv", "*prada*.txt"),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with Gene_A, Discordant_n, JSR_n and Junction",
    recognise=recognise,
    read=read,
)
"""PRADA."""

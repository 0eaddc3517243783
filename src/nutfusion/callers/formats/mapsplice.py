"""MapSplice ``fusions_well_annotated.txt``, ``..._not_well_annotated.txt``, ``fusions_raw.txt``.

Source: MapSplice 2 user guide, "Output", fusion junctions (netlab.uky.edu).

==============================  ================================================================
column, there is no header      nutfusion
==============================  ================================================================
1 ``chr19~chr15``               contig of the donor and of the acceptor
2 doner_end, 3 acceptor_start   junction, 1-based (176 of 176 simulated sides are Arriba's)
5 coverage                      split_reads
6 strand ``-+``                 strand of the transcript on the donor's and the acceptor's side
28 encompassing reads           discordant_pairs
4 id                            ``FUSIONJUNC_`` or ``JUNC_``: tells the format
57 from_fusion, 58 type         type is kept as stated
61, 62 genes                    5' and 3' genes, a comma after each; absent in the raw file
==============================  ================================================================

Order: always stated, donor first. Columns 1, 61 and 62 end with an empty column.
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
from nutfusion.callers.table import Row, kept_fields, position_of, rows_of, shown, statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head

_KNOWN: Final[Mapping[int, str]] = {
    1: "chromosomes",
    2: "doner_end",
    3: "acceptor_start",
    4: "id",
    5: "coverage",
    6: "strand",
    28: "encompassing",
    58: "type",
    61: "donor_genes",
    62: "acceptor_genes",
}
_COLUMNS: Final = tuple(_KNOWN.get(n, f"column {n}") for n in range(1, 64))
_ANNOTATED: Final = 62
"""Columns of an annotated line."""
_FEWEST: Final = 28
"""Columns up to the last one that must be there."""
_LINE: Final = re.compile(r"[^\t~]+~[^\t~]+\t[0-9]+\t[0-9]+\t(?:FUSION)?JUNC_[0-9]+\t[^\n]*")


def recognise(head: Head) -> Recognised | None:
    """By the shape of the first line: there is no header."""
    line = head.first()
    if not _LINE.fullmatch(line):
        return None
    version = "annotated" if len(line.split("\t")) >= _ANNOTATED else "raw"
    return Recognised(version, "a first line of chromosome~chromosome, two positions, JUNC_")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text, header=_COLUMNS), _statement)


def _statement(row: Row) -> Statement:
    if len(row.cells) < _FEWEST:
        raise RowError(f"expected {_FEWEST} columns or more, found {len(row.cells)}")
    contigs = row.need("chromosomes").split("~")
    strands = row.need("strand")
    if len(contigs) != 2 or not all(contigs):
        raise RowError(f"expected two chromosomes with ~, found {shown(row.need('chromosomes'))}")
    if len(strands) != 2 or set(strands) - set("+-"):
        raise RowError(f"expected strand as two strands, found {shown(strands)}")
    return Statement(
        line=row.line,
        first=SideStatement(
            gene=_genes(row, "donor_genes"),
            contig=contigs[0],
            position=position_of(row.need("doner_end"), "doner_end"),
            strand=strands[0],
        ),
        second=SideStatement(
            gene=_genes(row, "acceptor_genes"),
            contig=contigs[1],
            position=position_of(row.need("acceptor_start"), "acceptor_start"),
            strand=strands[1],
        ),
        ordered=True,
        split_reads=row.count("coverage"),
        discordant_pairs=row.count("encompassing"),
        fields=kept_fields(row, ("type",)),
    )


def _genes(row: Row, name: str) -> str | None:
    """Genes of a side without the comma at the end."""
    return (row.get(name) or "").strip(",") or None


FORMAT: Final = CallerFormat(
    name="mapsplice",
    title="MapSplice",
    versions="fusions_well_annotated.txt, fusions_not_well_annotated.txt, fusions_raw.txt",
    files=("fusions_well_annotated.txt", "fusions_not_well_annotated.txt", "fusions_raw.txt"),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a first line without a header: chromosome~chromosome, two positions, FUSIONJUNC_1",
    recognise=recognise,
    read=read,
)
"""MapSplice."""

"""ChimPipe ``chimericJunctions_*.txt`` and ``chimericJunctions_filtered_*.txt``.

Source: Chimera-tools/ChimPipe@7a66825, docs/source/manual.rst, "Final and filtered chimeric
junction files".

==============================  ================================================================
ChimPipe                        nutfusion
==============================  ================================================================
juncCoord                       ``contig_position_strand:contig_position_strand``: donor and
                                acceptor, 1-based, strand of the transcript
gnNamesA, gnNamesB, gnIdsA, ... 5' and 3' genes and Ensembl ids; several with commas; ``na``
nbSpanningReads                 split_reads
nbConsistentPE                  discordant_pairs
type ``readthrough``            is_read_through
type, filtered, reason          kept as stated; a row that was filtered out (1) was seen
                                and did not pass
==============================  ================================================================

Order: always stated. Read names are not kept.
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
    not_passed,
    one_of,
    position_of,
    rows_of,
    shown,
    statements,
)

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"juncCoord", "type", "nbSpanningReads", "gnNamesA", "gnNamesB"})
_FIELDS: Final = ("type", "filtered", "reason")
_TYPES: Final = ("readthrough", "intrachromosomal", "inverted", "interstrand", "interchromosomal")
_PLACE: Final = re.compile(r"(.+)_([0-9]+)_([+-])")


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= _NEEDED:
        return None
    version = "with filters" if "filtered" in names else "without filters"
    return Recognised(version, "header line with juncCoord, nbSpanningReads and gnNamesA")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text), _statement)


def _statement(row: Row) -> Statement:
    cell = row.need("juncCoord")
    places = [_PLACE.fullmatch(place) for place in cell.split(":")]
    if len(places) != 2 or places[0] is None or places[1] is None:
        raise RowError(
            f"expected juncCoord as contig_position_strand twice with a colon, found {shown(cell)}"
        )
    kind = one_of(row.need("type"), "type", _TYPES)
    return Statement(
        line=row.line,
        first=_side(row, "A", places[0]),
        second=_side(row, "B", places[1]),
        ordered=True,
        split_reads=row.count("nbSpanningReads"),
        discordant_pairs=row.count("nbConsistentPE"),
        read_through=kind == "readthrough",
        fields=kept_fields(row, _FIELDS),
        problems=not_passed(row.get("filtered") == "1"),
    )


def _side(row: Row, end: str, place: re.Match[str]) -> SideStatement:
    ids = row.get(f"gnIds{end}")
    return SideStatement(
        gene=row.get(f"gnNames{end}") or ids,
        gene_id=None if ids is None or "," in ids else ids,
        contig=place[1],
        position=position_of(place[2], "juncCoord"),
        strand=place[3],
    )


FORMAT: Final = CallerFormat(
    name="chimpipe",
    title="ChimPipe",
    versions="chimericJunctions and chimericJunctions_filtered",
    files=("chimericJunctions_*.txt",),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with juncCoord, nbSpanningReads and gnNamesA",
    recognise=recognise,
    read=read,
)
"""ChimPipe."""

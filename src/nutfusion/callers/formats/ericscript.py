"""EricScript ``.results.total.tsv`` and ``.results.filtered.tsv``.

Source: headers and rows of real files (stianlagstad/chimeraviz@6ec2c53, Clinical-Genomics/
fusion-report@f8ce58c, bcbio/bcbio-nextgen@594339f); EricScript's own manual is not at hand.

==============================  ================================================================
EricScript                      nutfusion
==============================  ================================================================
GeneName1, GeneName2            5' and 3' gene; EnsemblGene1 and 2 are their ids
chr, Breakpoint, strand         junction, 1-based exon bases, strand of the gene; a sentence
                                instead of a number: not known
spanningreads                   split_reads: here "spanning" reads cross the joint
crossingreads                   discordant_pairs: "crossing" pairs have a mate on each side
fusiontype                      ``Read-Through`` is a read-through, ``inter-`` and
                                ``intra-chromosomal`` are not, ``Cis`` is not said
EricScore, Blacklist            kept as stated, fusiontype too
==============================  ================================================================

Order: always stated. The words for the two counts are the reverse of most programs'. Blacklist
exists in later versions only. The sequence and the genes' descriptions are not kept.
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
from nutfusion.callers.table import Row, header_cells, one_of, position_of, rows_of, statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset(
    {"GeneName1", "GeneName2", "Breakpoint1", "Breakpoint2", "crossingreads", "spanningreads"}
)
_NOT_PREDICTED: Final = "Unable to predict breakpoint position"
_READ_THROUGH: Final[Mapping[str, bool | None]] = {
    "inter-chromosomal": False,
    "intra-chromosomal": False,
    "Read-Through": True,
    "Cis": None,
}
_SHAPES: Final[Mapping[str, re.Pattern[str]]] = {
    "EricScore": re.compile(r"-?[0-9.]{1,25}(?:[eE][-+]?\d{1,3})?"),
    "Blacklist": re.compile(r"Frequency: [0-9.]{1,25}"),
}


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= _NEEDED:
        return None
    version = "with Blacklist" if "Blacklist" in names else "without Blacklist"
    return Recognised(version, "header line with GeneName1, Breakpoint1 and crossingreads")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text), _statement)


def _statement(row: Row) -> Statement:
    kind = row.get("fusiontype")
    fields = [] if kind is None else [("fusiontype", one_of(kind, "fusiontype", [*_READ_THROUGH]))]
    for name, shape in _SHAPES.items():
        value = row.get(name)
        if value is not None:
            if shape.fullmatch(value) is None:
                raise RowError(f"expected {name} as a number, found another word")
            fields.append((name, value))
    return Statement(
        line=row.line,
        first=_side(row, "1"),
        second=_side(row, "2"),
        ordered=True,
        split_reads=row.count("spanningreads"),
        discordant_pairs=row.count("crossingreads"),
        read_through=None if kind is None else _READ_THROUGH[kind],
        fields=tuple(fields),
    )


def _side(row: Row, end: str) -> SideStatement:
    place = row.get(f"Breakpoint{end}")
    return SideStatement(
        gene=row.need(f"GeneName{end}"),
        gene_id=row.get(f"EnsemblGene{end}"),
        contig=row.get(f"chr{end}"),
        position=None if place == _NOT_PREDICTED else position_of(place, f"Breakpoint{end}"),
        strand=row.strand(f"strand{end}"),
    )


FORMAT: Final = CallerFormat(
    name="ericscript",
    title="EricScript",
    versions="results.total.tsv and results.filtered.tsv, with and without Blacklist",
    files=("*.results.filtered.tsv", "*.results.total.tsv", "*ericscript*.tsv"),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with GeneName1, Breakpoint1, crossingreads and spanningreads",
    recognise=recognise,
    read=read,
)
"""EricScript."""

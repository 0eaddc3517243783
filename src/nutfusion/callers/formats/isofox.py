"""Isofox ``.isf.pass_fusions.csv`` (older), ``.tsv`` (newer), and the file of all fusions.

Source: hartwigmedical/hmftools@f292edd, isofox/README.md, "Fusions"; the files' own column names
(SplitFrags, DiscordantFrags) differ from the README's (SplitFragments, DiscordantPairs).

==============================  ================================================================
Isofox                          nutfusion
==============================  ================================================================
GeneNameUp, GeneNameDown        5' and 3' gene, with GeneIdUp and GeneIdDown; in 3.0 both names
                                stand in Name ``UP_DOWN``
Chr, Pos                        junction, 1-based exon bases
Orient 1, -1                    the lower, the higher coordinates stay; that shows the strand of
                                the transcript, while Strand is the gene's and not read
SplitFrags + RealignedFrags     split_reads (fragments; both overlap the joint)
DiscordantFrags                 discordant_pairs (fragments)
JuncType, SVType, Filter,       kept as stated, Valid too
KnownFusionType
==============================  ================================================================

Order: Up is 5', told by splice sites; where both JuncType are UNKNOWN there is none, and it comes
from the strands. Without split and realigned fragments the positions are not to the base.
"""

from __future__ import annotations

import re
from functools import partial
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
    not_passed,
    one_of,
    position_of,
    rows_of,
    statements,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept

_NEEDED: Final = frozenset(
    {"ChrUp", "PosUp", "OrientUp", "JuncTypeUp", "ChrDown", "PosDown", "OrientDown", "SplitFrags"}
)
_KEPT: Final[Mapping[str, Kept]] = {"1": "lower", "-1": "higher"}
_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "Valid": ("true", "false"),
    "JuncTypeUp": ("KNOWN", "CANONICAL", "UNKNOWN"),
    "JuncTypeDown": ("KNOWN", "CANONICAL", "UNKNOWN"),
}
_CODES: Final = ("SVType", "Filter", "KnownFusionType")
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_;]{0,60}")
"""Enumerations that grow with every version: words in capitals, kept and not interpreted."""


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    first = head.first()
    for delimiter, version in ((",", "csv"), ("\t", "tsv")):
        names = set(header_cells(first, delimiter))
        if names >= _NEEDED and names & {"GeneNameUp", "Name"}:
            return Recognised(version, "header line with ChrUp, OrientUp, JuncTypeUp and ChrDown")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every row."""
    rows = partial(rows_of, text, delimiter="," if recognised.version == "csv" else "\t")
    return statements(rows(quoted=True), _statement)


def _statement(row: Row) -> Statement:
    fields = [
        (name, one_of(value, name, words))
        for name, words in _WORDS.items()
        if (value := row.get(name)) is not None
    ]
    for name in _CODES:
        value = row.get(name)
        if value is not None:
            if _CODE.fullmatch(value) is None:
                raise RowError(f"expected {name} as a word in capitals, found another word")
            fields.append((name, value))
    types = {row.get("JuncTypeUp"), row.get("JuncTypeDown")}
    crossing = [row.count("SplitFrags"), row.count("RealignedFrags")]
    split = None if None in crossing else sum(n for n in crossing if n is not None)
    genes = _genes(row)
    return Statement(
        line=row.line,
        first=_side(row, "Up", genes[0]),
        second=_side(row, "Down", genes[1]),
        ordered=types != {"UNKNOWN"},
        precise=split != 0,
        split_reads=split,
        discordant_pairs=row.count("DiscordantFrags"),
        fields=tuple(fields),
        problems=not_passed(
            row.get("Valid") == "false", row.get("Filter") not in (None, "PASS", "NOT_SET")
        ),
    )


def _genes(row: Row) -> tuple[str | None, str | None]:
    """Gene cells of both sides; several genes in each when Name has several underscores."""
    if "GeneNameUp" in row.cells:
        return row.get("GeneNameUp"), row.get("GeneNameDown")
    parts = row.cells.get("Name", "").split("_")
    if len(parts) == 2:
        return parts[0] or None, parts[1] or None
    every = ";".join(part for part in parts if part) or None
    return every, every


def _side(row: Row, end: str, gene: str | None) -> SideStatement:
    orient = row.need(f"Orient{end}")
    return SideStatement(
        gene=gene,
        gene_id=row.get(f"GeneId{end}"),
        contig=row.need(f"Chr{end}"),
        position=position_of(row.get(f"Pos{end}"), f"Pos{end}"),
        kept=_KEPT[one_of(orient, f"Orient{end}", tuple(_KEPT))],
    )


FORMAT: Final = CallerFormat(
    name="isofox",
    title="Isofox",
    versions="pass_fusions and fusions, csv and tsv",
    files=("*.isf.pass_fusions.tsv", "*pass_fusions.csv", "*.isf.fusions.tsv", "*.isf.fusions.csv"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with ChrUp, OrientUp, JuncTypeUp and SplitFrags",
    recognise=recognise,
    read=read,
)
"""Isofox."""

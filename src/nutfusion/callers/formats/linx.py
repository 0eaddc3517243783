"""LINX ``.linx.fusion.tsv``: fusions of genes that DNA breakends predict.

Source: hartwigmedical/hmftools@f292edd, linx/README.md, "Fusions".

==============================  ================================================================
LINX                            nutfusion
==============================  ================================================================
geneStart, geneEnd              5' and 3' gene; without them ``name``, ``5P_3P``
FivePrimeCoords,                genomic breakpoint ``contig:position:orientation``, 1-based, the
ThreePrimeCoords                last base that stays; 1 keeps the lower coordinates, -1 the higher
fivePrimeBreakendId, three...   the same by way of .linx.breakend.tsv and .linx.svs.tsv beside the
                                file, for versions without the two columns
transcript, fusedExonUp, -Down  transcript (no version) and its exons that LINX expects at the joint
phased                          INFRAME, OUT_OF_FRAME; SKIPPED_EXONS is in frame only after
                                skipping: not stated
reported, reportedType,         kept as stated, chainLinks, chainTerminated, phased and
likelihood                      reportableReasons too
==============================  ================================================================

Order: always stated. No reads are counted. Where neither the file nor its neighbours give
coordinates there is no genomic breakpoint, and the joint is the one that the exons make, if the
panel holds their transcript. Breakend and SV tables hold no fusions by themselves.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from nutfusion.callers.beside import not_the_result
from nutfusion.callers.formats.linx_places import Places, place_of, places_beside
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, header_cells, one_of, rows_of, statements
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.formats.linx_places import Place
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"name", "reportedType", "phased", "fusedExonUp", "fusedExonDown"})
_COORDS: Final = (("fivePrimeCoords", "FivePrimeCoords"), ("threePrimeCoords", "ThreePrimeCoords"))
_PHASED: Final[Mapping[str, ReadingFrame | None]] = {
    "INFRAME": ReadingFrame.IN_FRAME,
    "OUT_OF_FRAME": ReadingFrame.OUT_OF_FRAME,
    "SKIPPED_EXONS": None,
}
_SHAPES: Final[Mapping[str, re.Pattern[str]]] = {
    "reported": re.compile(r"true|false"),
    "reportedType": re.compile(r"[A-Z][A-Z0-9_]{0,40}"),
    "reportableReasons": re.compile(r"[A-Z][A-Z0-9_;,]{0,200}"),
    "likelihood": re.compile(r"HIGH|LOW|NA"),
    "chainLinks": re.compile(r"\d{1,6}"),
    "chainTerminated": re.compile(r"true|false"),
}
_OTHER_TABLES: Final[Mapping[str, frozenset[str]]] = {
    "breakend": frozenset({"svId", "isStart", "geneOrientation"}),
    "svs": frozenset({"svId", "clusterId", "isFoldback"}),
}


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = header_cells(head.first())
    if set(names) >= _NEEDED:
        with_coords = all(set(names) & set(of_side) for of_side in _COORDS)
        version = "with coordinates" if with_coords else "without coordinates"
        return Recognised(version, "header line with phased, fusedExonUp and reportedType")
    for table, needed in _OTHER_TABLES.items():
        if set(names) >= needed:
            return Recognised(table, f"header line with {', '.join(sorted(needed))}")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every row.

    Raises:
        CallerFormatError: It is the table of breakends or of structural variants.
    """
    if recognised.version in _OTHER_TABLES:
        raise not_the_result(
            text, found=f".linx.{recognised.version}.tsv", wanted=".linx.fusion.tsv"
        )
    places = Places() if recognised.version == "with coordinates" else places_beside(text)
    statement = partial(_statement, places=places)
    return statements(rows_of(text), statement, notes=places.notes)


def _statement(row: Row, *, places: Places) -> Statement:
    phased = one_of(row.need("phased"), "phased", tuple(_PHASED))
    fields = [("phased", phased)]
    for name, shape in _SHAPES.items():
        value = row.get(name)
        if value is not None:
            if shape.fullmatch(value) is None:
                raise RowError(f"expected {name} as LINX writes it, found another word")
            fields.append((name, value))
    genes = _genes(row)
    five, three = (
        place_of(row.get(*columns) or places.by_id.get(row.cells.get(by, "")), columns[0])
        for columns, by in zip(
            _COORDS, ("fivePrimeBreakendId", "threePrimeBreakendId"), strict=True
        )
    )
    if five is None or three is None:
        five = three = None
    return Statement(
        line=row.line,
        first=_side(row, genes[0], five, ("transcriptStart", "fusedExonUp")),
        second=_side(row, genes[1], three, ("transcriptEnd", "fusedExonDown")),
        ordered=True,
        molecule="dna",
        precise=five is not None,
        reading_frame=_PHASED[phased],
        fields=tuple(fields),
    )


def _genes(row: Row) -> tuple[str, str]:
    """Gene cells of both sides; several genes in each when the name has several underscores."""
    start, end = row.get("geneStart"), row.get("geneEnd")
    if start is not None and end is not None:
        return start, end
    parts = row.need("name").split("_")
    if len(parts) == 2:
        return parts[0], parts[1]
    every = ";".join(part for part in parts if part)
    return every, every


def _side(row: Row, gene: str, place: Place | None, names: tuple[str, str]) -> SideStatement:
    return SideStatement(
        gene=gene,
        contig=None if place is None else place.contig,
        position=None if place is None else place.position,
        kept=None if place is None else place.kept,
        transcript=row.get(names[0]),
        exon=row.get(names[1]),
    )


FORMAT: Final = CallerFormat(
    name="linx",
    title="LINX",
    versions="fusion.tsv, with coordinates or with breakend.tsv and svs.tsv beside it",
    files=("*.linx.fusion.tsv", "*.linx.fusions.tsv"),
    tells=Tells(
        order="always",
        position="genomic",
        strand=True,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="a header line with phased, reportedType, fusedExonUp and fusedExonDown",
    recognise=recognise,
    read=read,
)
"""LINX."""

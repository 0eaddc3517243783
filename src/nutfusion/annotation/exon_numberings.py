"""Which exons a number may mean: the panel's own transcripts, and the shipped lists.

``config/exon-names.tsv`` holds every other numbering of an exon, ``config/catalogued-joints.tsv``
the exon edges of catalogued joints, for a text without exon numbers. Both give GRCh38 residues:
a number leads to a position, and only positions are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.sides import Side, segments
from nutfusion.errors import ConfigError
from nutfusion.model.exon_names import ExonNumbering, NumberingTag
from nutfusion.model.terms import Strand
from nutfusion.shipped import shipped_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from nutfusion.model.panel import Panel, Transcript

MANE_SELECT: Final = "MANE Select"
PANEL: Final = "panel"
CATALOGUE: Final = "catalogue"

_NAMES: Final = (
    "gene",
    "numbering",
    "accession",
    "exon",
    "start_grch38",
    "end_grch38",
    "tag",
    "source",
)
_JOINTS: Final = ("gene", "side", "exon", "position_grch38", "tag", "source")
_DIGITS: Final = 10
_SIDES: Final[Mapping[str, Side]] = {"donor": Side.FIVE_PRIME, "acceptor": Side.THREE_PRIME}


@dataclass(frozen=True, slots=True)
class NumberedExon:
    """An exon in one numbering.

    Attributes:
        gene: HGNC symbol.
        start: Lowest GRCh38 residue.
        end: Highest GRCh38 residue.
        label: The number and whose it is.
    """

    gene: str
    start: int
    end: int
    label: ExonNumbering

    def edge(self, side: Side, strand: Strand, offset: int) -> int | None:
        """The GRCh38 residue of the joint; ``None`` for an offset that leads out of the exon."""
        at_high = (side is Side.FIVE_PRIME) is (strand is Strand.PLUS)
        step = offset if strand is Strand.PLUS else -offset
        position = (self.end if at_high else self.start) + step
        return position if self.start <= position <= self.end else None


@dataclass(frozen=True, slots=True)
class CataloguedEdge:
    """An exon edge that a catalogued joint has.

    Attributes:
        gene: HGNC symbol.
        side: Which part of the fusion the gene is.
        position: GRCh38 residue.
        label: Its MANE Select exon, and the source of the joint.
    """

    gene: str
    side: Side
    position: int
    label: ExonNumbering


def numbered_exons(panel: Panel, gene: str) -> tuple[NumberedExon, ...]:
    """All exons of a gene in every numbering: MANE Select, other panel transcripts, the list."""
    own = [exon for t in panel.of_gene(gene) for exon in _of_transcript(panel, t)]
    return (*own, *(exon for exon in shipped_exon_names() if exon.gene == gene))


def _of_transcript(panel: Panel, transcript: Transcript) -> Iterator[NumberedExon]:
    numbering = MANE_SELECT if transcript.is_mane else PANEL
    for accession in (transcript.accession, *transcript.synonyms):
        for segment in segments(panel, transcript):
            label = ExonNumbering(
                numbering=numbering,
                accession=accession,
                exon=segment.number,
                tag=NumberingTag.VERIFIED,
                source=f"panel {panel.name}",
            )
            yield NumberedExon(transcript.gene, segment.start, segment.end, label)


@cache
def shipped_exon_names() -> tuple[NumberedExon, ...]:
    """The shipped numberings, in the order of the file."""
    return read_exon_names(shipped_path("exon-names.tsv"))


@cache
def shipped_joints() -> tuple[CataloguedEdge, ...]:
    """The shipped edges of catalogued joints, in the order of the file."""
    return read_joints(shipped_path("catalogued-joints.tsv"))


def read_exon_names(path: Path) -> tuple[NumberedExon, ...]:
    """Read a list of numberings.

    Args:
        path: UTF-8, tab-separated, one header line; an empty ``accession`` is a numbering without
            a transcript.

    Raises:
        ConfigError: Another header, a row with a wrong number of cells, an unknown tag, a number
            that is none, an exon that ends before it starts, a missing gene, numbering or source,
            or a row that stands twice.
    """
    found: dict[tuple[str, str, str, int, int, int], NumberedExon] = {}
    for line, cells in _rows(path, _NAMES):
        start, end = (_number(cells, key, path, line) for key in ("start_grch38", "end_grch38"))
        if end < start:
            raise ConfigError(
                f"expected end_grch38 from {start} on, found {end}", path=path, line=line
            )
        label = _label(cells, cells["numbering"], cells["accession"] or None, path, line)
        key = (cells["gene"], cells["numbering"], cells["accession"], label.exon, start, end)
        if key in found:
            raise ConfigError("this exon stands twice", path=path, line=line)
        found[key] = NumberedExon(cells["gene"], start, end, label)
    return tuple(found.values())


def read_joints(path: Path) -> tuple[CataloguedEdge, ...]:
    """Read a list of catalogued exon edges.

    Raises:
        ConfigError: As in ``read_exon_names``, or a side other than ``donor`` and ``acceptor``.
    """
    found: dict[tuple[str, str, int], CataloguedEdge] = {}
    for line, cells in _rows(path, _JOINTS):
        if cells["side"] not in _SIDES:
            raise ConfigError(
                f"expected side as one of acceptor, donor, found {cells['side']!r}",
                path=path,
                line=line,
            )
        position = _number(cells, "position_grch38", path, line)
        key = (cells["gene"], cells["side"], position)
        if key in found:
            raise ConfigError("this edge stands twice", path=path, line=line)
        label = _label(cells, CATALOGUE, None, path, line)
        found[key] = CataloguedEdge(cells["gene"], _SIDES[cells["side"]], position, label)
    return tuple(found.values())


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of every row below the header."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or tuple(lines[0].split("\t")) != columns:
        raise ConfigError(f"expected the columns {', '.join(columns)}", path=path, line=1)
    for number, text in enumerate(lines[1:], start=2):
        cells = text.split("\t")
        if len(cells) != len(columns):
            raise ConfigError(
                f"expected {len(columns)} tab-separated cells, found {len(cells)}",
                path=path,
                line=number,
            )
        yield number, dict(zip(columns, cells, strict=True))


def _label(
    cells: dict[str, str], numbering: str, accession: str | None, path: Path, line: int
) -> ExonNumbering:
    """The number of a row and whose it is, after a look at the words that must be there."""
    tags = sorted(NumberingTag)
    if cells["tag"] not in tags:
        raise ConfigError(
            f"expected tag as one of {', '.join(tags)}, found {cells['tag']!r}",
            path=path,
            line=line,
        )
    for key, word in (
        ("gene", cells["gene"]),
        ("numbering", numbering),
        ("source", cells["source"]),
    ):
        if not word.strip():
            raise ConfigError(f"expected a {key}, found an empty cell", path=path, line=line)
    return ExonNumbering(
        numbering=numbering,
        accession=accession,
        exon=_number(cells, "exon", path, line),
        tag=NumberingTag(cells["tag"]),
        source=cells["source"],
    )


def _number(cells: dict[str, str], key: str, path: Path, line: int) -> int:
    """A whole number from 1 on."""
    text = cells[key]
    if not (text.isascii() and text.isdigit()) or len(text) > _DIGITS or int(text) < 1:
        raise ConfigError(
            f"expected {key} as a whole number from 1 on, found {text!r}", path=path, line=line
        )
    return int(text)

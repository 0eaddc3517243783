"""What the gene joined to NUTM1 is known for.

Two rules, in this order: a gene beside NUTM1 on 15q14 is a neighbour, whatever its name
(``docs/adr/0004-neighbours-by-distance.md``); otherwise the shipped list ``config/partners.tsv``
decides, by HGNC id. Nothing is inferred from the shape of a symbol: BRD9 is not a BET gene.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from nutfusion.annotation.sides import transcripts_of
from nutfusion.config_file import config_error
from nutfusion.errors import ConfigError
from nutfusion.model.panel import NUTM1
from nutfusion.model.source import Source
from nutfusion.model.terms import PartnerClass
from nutfusion.shipped import shipped_path

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel

NUTM1_HGNC_ID: Final = "HGNC:29919"
"""HGNC id of NUTM1."""

NEIGHBOUR_DISTANCE: Final = 1_000_000
"""Largest gap (bases, GRCh38) between a neighbour and NUTM1. Chosen by us, ADR 0004."""

NEIGHBOUR_SOURCE: Final = (
    "Distance to NUTM1 on GRCh38, at most 1,000,000 bases: a rule chosen by us, ADR 0004"
)
"""Source shown for the class ``neighbour_15q14``."""

_COLUMNS: Final = (
    "symbol", "hgnc_id", "class", "nutm1_fusion", "verified", "kind", "date", "source",
)  # fmt: skip
_LISTED: Final = frozenset(PartnerClass) - {
    PartnerClass.NEIGHBOUR_15Q14,
    PartnerClass.UNCLASSIFIED,
    PartnerClass.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Partner:
    """A row of the partner list.

    Attributes:
        symbol: HGNC approved symbol.
        hgnc_id: ``HGNC:<n>``.
        partner_class: Its class.
        is_reported: A NUTM1 fusion of this gene has been published.
        verified: The source was read; an unverified class is shown as such.
        source: Where the class comes from.
    """

    symbol: str
    hgnc_id: str
    partner_class: PartnerClass
    is_reported: bool
    verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class Classification:
    """The class of a partner.

    Attributes:
        partner_class: The class.
        source: ``None`` when no source says anything about the gene.
        verified: False for a class from an unverified source, and when there is no source.
    """

    partner_class: PartnerClass
    source: str | None
    verified: bool


def is_nutm1(gene: GeneRef | None) -> bool:
    """Whether a gene is NUTM1, by HGNC id, or by symbol when it has none."""
    if gene is None:
        return False
    return gene.hgnc_id == NUTM1_HGNC_ID or (gene.hgnc_id is None and gene.symbol == NUTM1)


@cache
def shipped_partners() -> tuple[Partner, ...]:
    """The shipped partner list, in the order of the file."""
    return read_partners(shipped_path("partners.tsv"))


def read_partners(path: Path) -> tuple[Partner, ...]:
    """Read a partner list.

    Args:
        path: UTF-8, tab-separated, one header line.

    Raises:
        ConfigError: Another header, a row with a wrong number of cells, a class that is not one
            a list may give, a word other than those allowed, or a gene that stands twice.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or tuple(lines[0].split("\t")) != _COLUMNS:
        raise ConfigError(f"expected the columns {', '.join(_COLUMNS)}", path=path, line=1)
    partners: dict[str, Partner] = {}
    for number, text in enumerate(lines[1:], start=2):
        cells = text.split("\t")
        if len(cells) != len(_COLUMNS):
            raise ConfigError(
                f"expected {len(_COLUMNS)} tab-separated cells, found {len(cells)}",
                path=path,
                line=number,
            )
        partner = _partner(dict(zip(_COLUMNS, cells, strict=True)), path, number)
        if partner.hgnc_id in partners:
            raise ConfigError(f"{partner.hgnc_id} stands twice", path=path, line=number)
        partners[partner.hgnc_id] = partner
    return tuple(partners.values())


def _partner(cells: dict[str, str], path: Path, line: int) -> Partner:
    allowed: dict[str, list[str]] = {
        "class": sorted(_LISTED),
        "nutm1_fusion": ["not_reported", "reported"],
        "verified": ["no", "yes"],
    }
    for column, words in allowed.items():
        if cells[column] not in words:
            raise ConfigError(
                f"expected {column} as one of {', '.join(words)}, found {cells[column]!r}",
                path=path,
                line=line,
            )
    try:
        source = Source(
            kind=cells["kind"],
            reference=cells["source"],
            date=cells["date"],
        )
    except ValidationError as error:
        raise ConfigError(config_error(error, path).message, path=path, line=line) from error
    return Partner(
        symbol=cells["symbol"],
        hgnc_id=cells["hgnc_id"],
        partner_class=PartnerClass(cells["class"]),
        is_reported=cells["nutm1_fusion"] == "reported",
        verified=cells["verified"] == "yes",
        source=source.text,
    )


def classify(partner: GeneRef | None, end: JunctionEnd | None, panel: Panel) -> Classification:
    """Classify the gene joined to NUTM1.

    Args:
        partner: ``None`` for an unidentified part.
        end: The partner's side of the junction, on GRCh38; its position, exact or bounded, says
            where the partner lies, also when the panel does not know it.
        panel: Where the exons of the genes lie.
    """
    if is_nutm1(partner):
        return Classification(PartnerClass.UNCLASSIFIED, None, verified=False)
    if is_neighbour(partner, end, panel):
        return Classification(
            PartnerClass.NEIGHBOUR_15Q14, _neighbour_source(listed_partner(partner)), verified=True
        )
    if partner is None:
        return Classification(PartnerClass.UNKNOWN, None, verified=False)
    listed = listed_partner(partner)
    if listed is None:
        return Classification(PartnerClass.UNCLASSIFIED, None, verified=False)
    return Classification(listed.partner_class, listed.source, listed.verified)


def listed_partner(partner: GeneRef | None) -> Partner | None:
    """The gene's row in the partner list; ``None`` when it has none."""
    if partner is None:
        return None
    for listed in shipped_partners():
        if partner.hgnc_id == listed.hgnc_id or (
            partner.hgnc_id is None and partner.symbol == listed.symbol
        ):
            return listed
    return None


def _neighbour_source(listed: Partner | None) -> str:
    """The rule, and what the partner list says of the gene elsewhere."""
    if listed is None:
        return NEIGHBOUR_SOURCE
    return (
        f"{NEIGHBOUR_SOURCE}. Also listed as a NUTM1 partner ({listed.partner_class.value}): "
        f"{listed.source}"
    )


def is_neighbour(partner: GeneRef | None, end: JunctionEnd | None, panel: Panel) -> bool:
    """Whether the partner lies beside NUTM1 on the reference genome, on either strand."""
    nutm1 = [span for t in panel.of_gene(NUTM1) if (span := _span_of(panel, t.accession))]
    theirs = [
        span for t in transcripts_of(panel, partner) if (span := _span_of(panel, t.accession))
    ]
    if end is not None and end.contig is not None:
        if end.position is not None:
            theirs.append((end.contig, end.position, end.position))
        elif end.position_range is not None:
            theirs.append((end.contig, *end.position_range))
    return any(
        ours[0] == other[0] and _gap(ours, other) <= NEIGHBOUR_DISTANCE
        for ours in nutm1
        for other in theirs
    )


def _span_of(panel: Panel, accession: str) -> tuple[str, int, int] | None:
    transcript = panel.transcripts[accession]
    pieces = transcript.exons or transcript.blocks
    if transcript.contig is None or not pieces:
        return None
    return transcript.contig, min(p.start for p in pieces), max(p.end for p in pieces)


def _gap(one: tuple[str, int, int], other: tuple[str, int, int]) -> int:
    """Bases between two stretches of one contig; zero or less when they touch or overlap."""
    return max(one[1], other[1]) - min(one[2], other[2]) - 1

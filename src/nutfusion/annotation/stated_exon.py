"""The positions that a stated exon may have: by its transcript when it is known, else by all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.exon_numberings import (
    MANE_SELECT,
    PANEL,
    numbered_exons,
    shipped_joints,
)
from nutfusion.annotation.name_remarks import remark, spans
from nutfusion.annotation.sides import Side
from nutfusion.model.exon_names import NumberingTag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.annotation.exon_numberings import NumberedExon
    from nutfusion.model.exon_names import ExonNumbering, NameRemark, StatedSide
    from nutfusion.model.panel import Panel
    from nutfusion.model.terms import Strand

_TAGS: Final = (NumberingTag.VERIFIED, NumberingTag.INFERRED, NumberingTag.UNVERIFIED)


@dataclass(frozen=True, slots=True)
class Meant:
    """A position that a stated exon may have.

    Attributes:
        contig: GRCh38.
        position: 1-based residue.
        strand: Of the transcript.
        numberings: Those that lead here, best first.
        transcript_stated: One of them is that of the transcript in the text, whatever its version.
        version_stated: In the version of the text.
    """

    contig: str
    position: int
    strand: Strand
    numberings: tuple[ExonNumbering, ...]
    transcript_stated: bool
    version_stated: bool


def ranked(numbering: ExonNumbering) -> int:
    """Rank of a numbering: 0 MANE Select, 1 the panel's others, then the lists by trust."""
    if numbering.numbering == MANE_SELECT:
        return 0
    if numbering.numbering == PANEL:
        return 1
    return 2 + _TAGS.index(numbering.tag)


def exons_meant(
    panel: Panel, stated: StatedSide, side: Side
) -> tuple[tuple[Meant, ...], tuple[NameRemark, ...]]:
    """Where a stated exon may lie, and what has to be said about it.

    Args:
        panel: Where exons lie.
        stated: Gene, exon and transcript as written.
        side: Which part the gene is.

    Returns:
        No position for a gene that the panel does not know or has no exons of, for an exon that no
        numbering has, and for a gene without an exon of which no joint is catalogued.
    """
    if stated.gene is None:
        return (), _about_unknown(stated)
    symbol = stated.gene.symbol
    mane = panel.mane(symbol)
    if mane is None or mane.contig is None or mane.strand is None:
        said = f"The panel {panel.name} has no exons of {symbol}, so no position can be proposed."
        return (), (remark("no_exons_in_panel", said),)
    known = numbered_exons(panel, symbol)
    if stated.exon is None:
        return _catalogued(symbol, mane.contig, mane.strand, side, stated)
    chosen, remarks = _by_transcript(stated, known)
    numbered = [exon for exon in chosen if exon.label.exon == stated.exon]
    found: dict[int, list[ExonNumbering]] = {}
    for exon in numbered:
        position = exon.edge(side, mane.strand, stated.offset)
        if position is not None:
            found.setdefault(position, []).append(exon.label)
    if not numbered:
        remarks.append(_out_of_range(stated, chosen))
    elif not found:
        said = f"{symbol} e.{stated.exon}{stated.offset:+d} leads out of the exon."
        remarks.append(remark("offset_outside_exon", said))
    if found and side is Side.THREE_PRIME and stated.exon == 1:
        said = f"Exon 1 of {symbol} has no splice acceptor: as 3' part it starts a transcript."
        remarks.append(remark("first_exon_as_three_prime", said))
    return _positions(found, mane.contig, mane.strand, stated), tuple(remarks)


def _positions(
    found: dict[int, list[ExonNumbering]], contig: str, strand: Strand, stated: StatedSide
) -> tuple[Meant, ...]:
    meant = [
        Meant(
            contig,
            position,
            strand,
            tuple(sorted(labels, key=lambda n: (not _is_of(stated, n), ranked(n)))),
            any(_is_of(stated, n) for n in labels),
            _has_version(stated) and any(n.accession == stated.accession for n in labels),
        )
        for position, labels in found.items()
    ]
    return tuple(meant)


def _is_of(stated: StatedSide, numbering: ExonNumbering) -> bool:
    """Whether a numbering is of the stated transcript, in whatever version."""
    if stated.accession is None or numbering.accession is None:
        return False
    return _base(stated.accession) == _base(numbering.accession)


def _has_version(stated: StatedSide) -> bool:
    return stated.accession is not None and "." in stated.accession


def _base(accession: str) -> str:
    return accession.partition(".")[0]


def _by_transcript(
    stated: StatedSide, known: tuple[NumberedExon, ...]
) -> tuple[tuple[NumberedExon, ...], list[NameRemark]]:
    """The numberings that count: the stated transcript's when version and all is known."""
    if stated.accession is None or stated.gene is None:
        return known, []
    own = tuple(exon for exon in known if exon.label.accession == stated.accession)
    if own and _has_version(stated):
        return own, []
    versions = _accessions(exon for exon in known if _is_of(stated, exon.label))
    symbol, written = stated.gene.symbol, stated.accession
    if not versions:
        said = (
            f"{written} is no transcript of {symbol} that is known here; it decides nothing, and"
            f" every known numbering of {symbol} is tried."
        )
        return known, [remark("transcript_unknown", said)]
    if _has_version(stated):
        said = (
            f"{written} is not known in that version (known: {versions}), and versions may number"
            f" exons differently; it does not decide, and every known numbering of {symbol} is"
            " tried, that of the known version first."
        )
        return known, [remark("other_transcript_version", said)]
    said = (
        f"{written} stands without a version (known: {versions}), and versions may number exons"
        f" differently; it does not decide, and every known numbering of {symbol} is tried, its"
        " own first."
    )
    return known, [remark("transcript_without_version", said)]


def _accessions(exons: Iterable[NumberedExon]) -> str:
    return ", ".join(dict.fromkeys(exon.label.accession or "" for exon in exons))


def _catalogued(
    symbol: str, contig: str, strand: Strand, side: Side, stated: StatedSide
) -> tuple[tuple[Meant, ...], tuple[NameRemark, ...]]:
    """Every catalogued edge of a gene whose exon the text does not state."""
    part = "5'" if side is Side.FIVE_PRIME else "3'"
    edges = [edge for edge in shipped_joints() if edge.gene == symbol and edge.side is side]
    if not edges:
        said = (
            f"The text states no exon of {symbol}, and no joint with {symbol} as {part} gene is"
            " catalogued here: no position is proposed."
        )
        return (), (remark("exon_not_stated", said),)
    shown = ", ".join(str(exon) for exon in sorted({edge.label.exon for edge in edges}))
    said = (
        f"The text states no exon of {symbol}: every catalogued one is tried (MANE Select exon"
        f" {shown}), and others are possible."
    )
    remarks = [remark("exon_not_stated", said)]
    if stated.accession is not None:
        remarks.append(
            remark("transcript_without_exon", f"{stated.accession} stands without an exon.")
        )
    meant = tuple(Meant(contig, e.position, strand, (e.label,), False, False) for e in edges)
    return meant, tuple(remarks)


def _about_unknown(stated: StatedSide) -> tuple[NameRemark, ...]:
    what = "transcript" if stated.accession == stated.written else "gene"
    said = f"{stated.written} is no {what} that the panel knows: no position can be proposed."
    return (remark(f"{what}_unknown", said),)


def _out_of_range(stated: StatedSide, chosen: tuple[NumberedExon, ...]) -> NameRemark:
    """Which exons there are, per transcript."""
    symbol = "" if stated.gene is None else stated.gene.symbol
    said = (
        f"No known numbering of {symbol} has an exon {stated.exon}. Known exons: {spans(chosen)}."
    )
    return remark("exon_out_of_range", said)

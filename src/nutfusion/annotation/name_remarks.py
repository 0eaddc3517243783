"""What a reader of candidates must be told, as a code and an English sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.partner_class import is_nutm1
from nutfusion.annotation.report_text import LONGEST_TEXT, MOST_FUSIONS
from nutfusion.model.exon_names import NameRemark, NumberingTag
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutfusion.annotation.exon_numberings import NumberedExon
    from nutfusion.annotation.report_text import StatedFusion, StatedText
    from nutfusion.model.exon_names import ExonNumbering, NameCandidate


def remark(code: str, says: str) -> NameRemark:
    """A remark."""
    return NameRemark(code=code, says=says)


_INTRON: Final = re.compile(r"\bintrons?\s?[0-9]", re.IGNORECASE)
_COORDINATE: Final = re.compile(r"\b(?:chr)?[0-9XY]{1,2}:\s?[0-9][0-9,. ]{4,}", re.IGNORECASE)


def about_text(text: str, stated: StatedText) -> Iterator[NameRemark]:
    """What concerns the whole text: what was not read, and what outranks a number."""
    if len(text) > LONGEST_TEXT:
        yield remark("text_cut", f"Only the first {LONGEST_TEXT} characters were read.")
    if stated.is_cut:
        yield remark("fusions_cut", f"Only the first {MOST_FUSIONS} fusions were read.")
    if not stated.fusions:
        yield remark("no_fusion_named", "No gene of the panel and no fusion was found in the text.")
    for loose in stated.loose_exons[:MOST_FUSIONS]:
        said = f'"{" ".join(loose.split())}" belongs to no gene that was read, and was not used.'
        yield remark("exon_not_used", said)
    shown = text[:LONGEST_TEXT]
    if _INTRON.search(shown):
        said = (
            "The text names an intron, where DNA broke; the transcript may join other exons than"
            " the neighbouring ones, and the intron was not used."
        )
        yield remark("intron_not_used", said)
    if _COORDINATE.search(shown):
        said = "The text gives coordinates: they outrank every exon number, and were not used here."
        yield remark("coordinates_not_used", said)


def about_letters(stated: StatedFusion) -> NameRemark:
    """First letters name no gene."""
    said = (
        f"{stated.written} gives first letters, not genes; this reading is one of those that fit"
        " the published partners with that letter."
    )
    return remark("gene_from_letter", said)


def about_fusion(stated: StatedFusion) -> Iterator[NameRemark]:
    """What the pair of genes asks for, before any exon is looked up."""
    five, three = stated.five_prime, stated.three_prime
    if five is None or three is None:
        lone = five if five is not None else three
        named = "" if lone is None else lone.written
        yield remark(
            "one_gene_only",
            f"{named} stands alone: a junction needs both genes, so none is proposed.",
        )
    elif is_nutm1(five.gene):
        yield remark(
            "nutm1_is_five_prime",
            f"{five.written} stands first, so NUTM1 is taken as the 5' gene: the reciprocal of"
            f" {three.written}::NUTM1, which is not the oncogenic order. If the report does not"
            f" mean an order, name it again with {three.written} first.",
        )
    elif not is_nutm1(three.gene):
        yield remark("not_a_nutm1_fusion", "NUTM1 is neither of the two genes.")


def about_candidates(candidates: tuple[NameCandidate, ...]) -> Iterator[NameRemark]:
    """Whether the frame can tell them apart, and whose numbering is not verified."""
    in_frame = [c for c in candidates if c.reading_frame is ReadingFrame.IN_FRAME]
    if len(candidates) > 1:
        junctions = f"The words fit {len(candidates)} junctions"
        if len(in_frame) > 1:
            tail = f", {len(in_frame)} of them in frame: the frame cannot tell them apart."
        elif in_frame:
            tail = ", one of them in frame. A fusion need not be in frame: the frame is a hint."
        else:
            tail = ", none of them known to be in frame."
        ask = " Ask for the transcript with its version, or for coordinates."
        yield remark("ambiguous", junctions + tail + ask)
    unsure = {
        numbering
        for candidate in candidates
        for side in (candidate.five_prime, candidate.three_prime)
        for numbering in side.numberings[:1]
        if numbering.tag is not NumberingTag.VERIFIED
    }
    for numbering in sorted(unsure, key=_as_written):
        yield remark(
            f"numbering_{numbering.tag.value}",
            f"{_as_written(numbering)} is {numbering.tag.value}: {numbering.source}.",
        )


def _as_written(numbering: ExonNumbering) -> str:
    whose = "" if numbering.accession is None else f" {numbering.accession}"
    return f"Exon {numbering.exon} ({numbering.numbering}{whose})"


def spans(exons: Iterable[NumberedExon]) -> str:
    """``1 to 8 of ENST00000537011.6``, transcript by transcript."""
    numbers: dict[str, list[int]] = {}
    for exon in exons:
        whose = exon.label.accession or exon.label.numbering
        numbers.setdefault(whose, []).append(exon.label.exon)
    return "; ".join(
        f"{min(found)} of {whose}"
        if len(found) == 1
        else f"{min(found)} to {max(found)} of {whose}"
        for whose, found in numbers.items()
    )

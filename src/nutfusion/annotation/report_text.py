"""The fusions that a text names: genes, exon numbers and transcripts as stated, nothing looked up.

Sides that follow each other are paired so that as much as possible of what the text states is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.partner_class import is_nutm1
from nutfusion.annotation.report_sides import FAR, Between, Part, SideInText, gathered
from nutfusion.annotation.report_words import Kind, Word, plain, words
from nutfusion.model.exon_names import StatedSide

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nutfusion.model.gene import GeneRef
    from nutfusion.model.gene_names import GeneNames

LONGEST_TEXT: Final = 20_000
"""Characters that are read; a report is shorter. Chosen by us."""

MOST_FUSIONS: Final = 50
"""Fusions of one text that are read. Chosen by us."""


@dataclass(frozen=True, slots=True)
class StatedFusion:
    """A fusion as written.

    Attributes:
        written: Its words.
        five_prime: The side that stands first; ``None`` when a text names a 3' part only.
        three_prime: ``None`` when the text names one gene only.
        letters: The text gives first letters instead of genes, for instance B11N2.
    """

    written: str
    five_prime: StatedSide | None
    three_prime: StatedSide | None
    letters: bool = False


@dataclass(frozen=True, slots=True)
class StatedText:
    """What a text states.

    Attributes:
        fusions: In the order of the text, at most ``MOST_FUSIONS``.
        is_cut: There are more.
        loose_exons: Exon numbers that belong to no gene, as written.
    """

    fusions: tuple[StatedFusion, ...]
    is_cut: bool
    loose_exons: tuple[str, ...]


def stated_fusions(
    text: str,
    book: GeneNames,
    gene_of_accession: Callable[[str], GeneRef | None],
    genes_of_letter: Callable[[str], Sequence[GeneRef]],
) -> StatedText:
    """The fusions of a text.

    Args:
        text: At most ``LONGEST_TEXT`` characters of it are read.
        book: Which names mean a panel gene.
        gene_of_accession: Gene of a transcript, version ignored; ``None`` for an unknown one.
        genes_of_letter: Genes that a first letter may stand for.
    """
    shown = plain(text[:LONGEST_TEXT])[:LONGEST_TEXT]
    found = list(words(shown, book))
    parts = gathered(found, shown, gene_of_accession)
    fusions = _paired(parts, shown)
    fusions += _of_letters(found, book, genes_of_letter)
    distinct = list(dict.fromkeys(fusions))
    loose = (part.text for part in parts if isinstance(part, Between) and part.kind in _EXONS)
    return StatedText(
        fusions=tuple(_without_repeats(distinct[:MOST_FUSIONS])),
        is_cut=len(distinct) > MOST_FUSIONS,
        loose_exons=tuple(dict.fromkeys(loose)),
    )


_EXONS: Final = (Kind.EXON, Kind.EXON_RANGE)


def _paired(parts: list[Part], text: str) -> list[StatedFusion]:
    """Pair neighbouring sides so that the weights add up to the most, first come first."""
    sides = [(i, part) for i, part in enumerate(parts) if isinstance(part, SideInText)]
    weights = [_weight(one, other, parts[i + 1 : j]) for (i, one), (j, other) in pairwise(sides)]
    best = [0] * (len(sides) + 1)
    for at in range(len(sides) - 2, -1, -1):
        best[at] = max(best[at + 1], weights[at] + best[at + 2] if weights[at] else 0)
    fusions: list[StatedFusion] = []
    at = 0
    while at < len(sides):
        one = sides[at][1]
        if at < len(weights) and weights[at] and best[at] == weights[at] + best[at + 2]:
            other = sides[at + 1][1]
            written = _written(text, min(one.start, other.start), max(one.end, other.end))
            fusions.append(StatedFusion(written, one.stated, _at_three_prime(other)))
            at += 2
        else:
            fusions.append(_lone(one, text))
            at += 1
    return fusions


def _weight(one: SideInText, other: SideInText, between: Sequence[Part]) -> int:
    """How well two sides make a fusion; 0 when they do not."""
    kinds = [part.kind for part in between if isinstance(part, Between)]
    exons = (one.stated.exon is not None) + (other.stated.exon is not None)
    if _same_gene(one, other) or (Kind.STOP in kinds and exons < 2):
        return 0
    nutm1 = is_nutm1(one.stated.gene) or is_nutm1(other.stated.gene)
    joined = Kind.JOINT in kinds or (Kind.DASH in kinds and other.start - one.end <= 3)
    if not (joined or (nutm1 and other.start - one.end <= FAR)):
        return 0
    return 1 + 4 * joined + 2 * exons + 3 * is_nutm1(other.stated.gene) + nutm1


def _same_gene(one: SideInText, other: SideInText) -> bool:
    left, right = one.stated, other.stated
    if left.gene is None and right.gene is None:
        return left.written.casefold() == right.written.casefold()
    return left.gene == right.gene


def _at_three_prime(side: SideInText) -> StatedSide:
    if side.first_exon is None:
        return side.stated
    return side.stated.model_copy(update={"exon": side.first_exon})


def _written(text: str, start: int, end: int) -> str:
    """Words of the text on one line, with a bracket that belongs to them."""
    shown = text[start:end]
    if shown.count("(") > shown.count(")") and text[end : end + 1] == ")":
        shown += ")"
    return " ".join(shown.split())


def _lone(side: SideInText, text: str) -> StatedFusion:
    written = _written(text, side.start, side.end)
    if is_nutm1(side.stated.gene):
        return StatedFusion(written, None, _at_three_prime(side))
    return StatedFusion(written, side.stated, None)


def _of_letters(
    found: list[Word], book: GeneNames, genes_of_letter: Callable[[str], Sequence[GeneRef]]
) -> list[StatedFusion]:
    """First letters with exons: of the two genes named before, else of any that they fit."""
    fusions: list[StatedFusion] = []
    named: list[Word] = []
    for word in found:
        if word.kind is Kind.GENE:
            named = [*named[-1:], word]
        if word.kind is not Kind.LETTERS:
            continue
        five, three = (c for c in word.text.upper() if c.isalpha())
        if len(named) == 2 and _starts(named[0], five) and _starts(named[1], three):
            sides = [StatedSide(written=w.text, gene=w.gene) for w in named]
            fusions.append(_numbered(word, sides[0], sides[1], letters=False))
            continue
        nutm1 = book.known("NUTM1")
        if nutm1 is None or "N" not in (five, three):
            continue
        other = genes_of_letter(five if three == "N" else three)
        for gene in other:
            pair = (gene, nutm1) if three == "N" else (nutm1, gene)
            one, two = (StatedSide(written=g.symbol, gene=g) for g in pair)
            fusions.append(_numbered(word, one, two, letters=True))
    return fusions


def _starts(word: Word, letter: str) -> bool:
    symbol = word.text if word.gene is None else word.gene.symbol
    return symbol[:1].upper() == letter or word.text[:1].upper() == letter


def _numbered(word: Word, one: StatedSide, other: StatedSide, *, letters: bool) -> StatedFusion:
    return StatedFusion(
        word.text,
        one.model_copy(update={"exon": word.numbers[0]}),
        other.model_copy(update={"exon": word.numbers[1]}),
        letters=letters,
    )


def _without_repeats(fusions: list[StatedFusion]) -> list[StatedFusion]:
    """Without what says nothing beside a fusion, and without what another states with more."""
    pairs = [fusion for fusion in fusions if _is_pair(fusion)]
    fusions = [
        fusion
        for fusion in fusions
        if _is_pair(fusion) or (_is_known(fusion) and (not pairs or _has_exon(fusion)))
    ]
    return [
        fusion
        for index, fusion in enumerate(fusions)
        if not any(
            i != index and _says_more(other, fusion, later=i > index)
            for i, other in enumerate(fusions)
        )
    ]


def _is_pair(fusion: StatedFusion) -> bool:
    return fusion.five_prime is not None and fusion.three_prime is not None


def _has_exon(fusion: StatedFusion) -> bool:
    """Whether a number is stated: it is not passed over in silence."""
    return any(
        side is not None and side.exon is not None
        for side in (fusion.five_prime, fusion.three_prime)
    )


def _is_known(fusion: StatedFusion) -> bool:
    """Whether a gene that stands alone is one that the panel knows."""
    return any(
        side is not None and (side.gene is not None or side.accession is not None)
        for side in (fusion.five_prime, fusion.three_prime)
    )


def _says_more(other: StatedFusion, fusion: StatedFusion, *, later: bool) -> bool:
    """Whether another fusion has the same genes and every statement of this one."""
    equal = True
    for theirs, ours in (
        (other.five_prime, fusion.five_prime),
        (other.three_prime, fusion.three_prime),
    ):
        if theirs is None or ours is None:
            if theirs is not ours:
                return False
            continue
        if _name(theirs) != _name(ours):
            return False
        for key in ("exon", "accession"):
            mine, its = getattr(ours, key), getattr(theirs, key)
            if mine is not None and mine != its:
                return False
            equal &= mine == its
        if ours.offset != theirs.offset and ours.exon is not None:
            return False
    return not (equal and later)


def _name(side: StatedSide) -> str:
    return side.written.casefold() if side.gene is None else side.gene.symbol

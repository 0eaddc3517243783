"""Sides of fusions in a report's words: a gene with the exon and the transcript that are its own.

NM_058243.3(BRD4):e.11, BRD4 (NM_058243.3) exon 11, exon 11 de BRD4, and BRD4-NUT (ex11:ex2), where
both genes stand before both exons.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.report_words import Kind, Word
from nutfusion.model.exon_names import StatedSide

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nutfusion.model.gene import GeneRef

FAR: Final = 80
"""Characters that may lie between a gene and its exon, or a side and the other. Chosen by us."""

_KEPT: Final = (Kind.JOINT, Kind.DASH, Kind.STOP, Kind.EXON, Kind.EXON_RANGE)
"""Kinds of words that mean something also where they belong to no side."""


@dataclass(frozen=True, slots=True)
class SideInText:
    """A side with its place in the text.

    Attributes:
        stated: What the text says.
        first_exon: Lowest exon of a range, which is the joint's on the 3' side; else ``None``.
        start: Offset in the plain text.
        end: Offset behind it.
    """

    stated: StatedSide
    start: int
    end: int
    first_exon: int | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """Something between sides that is no side.

    Attributes:
        kind: What it is; an exon here belongs to no gene.
        text: As written.
    """

    kind: Kind
    text: str = ""


Part = SideInText | Between


def gathered(
    found: Sequence[Word], text: str, gene_of_accession: Callable[[str], GeneRef | None]
) -> list[Part]:
    """Sides, and what lies between them, in order.

    Args:
        found: The words of a text.
        text: The text, made plain.
        gene_of_accession: Gene of a transcript, version ignored; ``None`` for an unknown one.
    """
    return _gathered(_with_transcripts(list(found), text, gene_of_accession))


@dataclass(frozen=True, slots=True)
class _Gene:
    """A gene word with the transcript that stands beside it."""

    word: Word
    stated: StatedSide


def _with_transcripts(
    found: list[Word], text: str, gene_of: Callable[[str], GeneRef | None]
) -> list[_Gene | Word]:
    """Genes take the transcript beside them; a transcript alone stands for its gene."""
    taken: dict[int, Word] = {}
    alone: list[int] = []
    for index, word in enumerate(found):
        if word.kind is Kind.TRANSCRIPT:
            owner = _owner(found, index, taken, text, gene_of(word.text))
            if owner is None:
                alone.append(index)
            else:
                taken[owner] = word
    out: list[_Gene | Word] = []
    for index, word in enumerate(found):
        if word.kind is Kind.GENE:
            beside = taken.get(index)
            accession = None if beside is None else beside.text
            stated = StatedSide(written=word.text, gene=word.gene, accession=accession)
            out.append(_Gene(word if beside is None else _over(word, beside), stated))
        elif index in alone:
            gene = gene_of(word.text)
            out.append(_Gene(word, StatedSide(written=word.text, gene=gene, accession=word.text)))
        elif word.kind is not Kind.TRANSCRIPT:
            out.append(word)
    return out


def _owner(
    found: list[Word], index: int, taken: dict[int, Word], text: str, gene: GeneRef | None
) -> int | None:
    """Index of the gene that a transcript belongs to: its own beside it, else the bracketed one."""
    beside = [
        i
        for i in (index + 1, index - 1)
        if 0 <= i < len(found) and found[i].kind is Kind.GENE and i not in taken
    ]
    after_exon = index - 2
    if (
        after_exon >= 0
        and found[index - 1].kind in (Kind.EXON, Kind.EXON_RANGE)
        and found[after_exon].kind is Kind.GENE
        and after_exon not in taken
        and not _followed_by_exon(found, index)
    ):
        beside.append(after_exon)
    for i in beside:
        if gene is not None and found[i].gene == gene:
            return i
    for i in beside:
        low, high = sorted((i, index))
        if i != after_exon and text[found[low].end : found[high].start].strip() in (
            "",
            "(",
            ":",
            ",",
        ):
            return i
    return None


def _over(word: Word, other: Word) -> Word:
    """A word that reaches over another one."""
    return replace(word, start=min(word.start, other.start), end=max(word.end, other.end))


def _followed_by_exon(found: list[Word], index: int) -> bool:
    return index + 1 < len(found) and found[index + 1].kind in (Kind.EXON, Kind.EXON_RANGE)


def _gathered(items: list[_Gene | Word]) -> list[Part]:
    """Sides, and what lies between them, in order."""
    parts: list[Part] = []
    at = 0
    while at < len(items):
        for form, indices in _FORMS:
            if _fits(items, at, form):
                parts += [_side(items, at + gene, at + exon, pick) for gene, exon, pick in indices]
                if len(indices) == 2:
                    parts.insert(len(parts) - 1, Between(Kind.JOINT))
                at += len(form)
                break
        else:
            item = items[at]
            if isinstance(item, _Gene):
                parts.append(SideInText(item.stated, item.word.start, item.word.end))
            elif item.kind in _KEPT:
                parts.append(Between(item.kind, item.text))
            at += 1
    return parts


_FORMS: Final = tuple(
    sorted(
        (
            # Both genes, then both exons; a dash is D, a joint J, a comma or semicolon P.
            *(
                (f"G{a}G{b}E{c}E", ((0, 2 + len(a + b), 0), (1 + len(a), 3 + len(a + b + c), 0)))
                for a in ("", "D", "J")
                for b in ("", "D", "J", "P")
                for c in ("", "D", "J", "P")
            ),
            *(
                (f"G{a}G{b}R", ((0, 2 + len(a + b), 0), (1 + len(a), 2 + len(a + b), 1)))
                for a in ("", "D", "J")
                for b in ("", "D", "P")
            ),
            *(
                (f"E{a}E{b}G{c}G", ((2 + len(a + b), 0, 0), (3 + len(a + b + c), 1 + len(a), 0)))
                for a in ("", "D", "J")
                for b in ("", "O", "P")
                for c in ("", "D", "J")
            ),
            ("EOG", ((2, 0, 0),)),
            ("ROG", ((2, 0, None),)),
            ("EG", ((1, 0, 0),)),
            ("RG", ((1, 0, None),)),
            ("GE", ((0, 1, 0),)),
            ("GDE", ((0, 2, 0),)),
            ("GPE", ((0, 2, 0),)),
            ("GR", ((0, 1, None),)),
            ("GPR", ((0, 2, None),)),
        ),
        key=lambda form: -len(form[0]),
    )
)
"""Patterns of words, longest first: where gene and exon stand, and which number of a range counts
(``None``: the highest on the 5' side, the lowest on the 3' side)."""


def _kind(item: _Gene | Word) -> Kind:
    return Kind.GENE if isinstance(item, _Gene) else item.kind


def _fits(items: list[_Gene | Word], at: int, form: str) -> bool:
    """Whether a pattern starts here, its words are near, and its exons are not the next gene's."""
    here = items[at : at + len(form)]
    if "".join(_kind(item) for item in here) != form:
        return False
    spans = [item.word if isinstance(item, _Gene) else item for item in here]
    if any(b.start - a.end > FAR for a, b in pairwise(spans)):
        return False
    following = "".join(_kind(item) for item in items[at + len(form) : at + len(form) + 2])
    loose = form[0] == "G" and form[-2:] != "GE" and form[-2:] != "GR"
    return not (loose and following.startswith("OG"))


def _side(items: list[_Gene | Word], gene: int, exon: int, pick: int | None) -> SideInText:
    named, number = items[gene], items[exon]
    if not isinstance(named, _Gene) or isinstance(number, _Gene):
        raise TypeError("a pattern of words points at the wrong word")
    last = number.numbers[-1 if pick is None else pick]
    start, end = min(named.word.start, number.start), max(named.word.end, number.end)
    stated = named.stated.model_copy(update={"exon": last, "offset": number.offset})
    return SideInText(stated, start, end, number.numbers[0] if pick is None else None)

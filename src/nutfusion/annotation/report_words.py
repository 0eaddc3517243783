"""The words of a molecular report that matter: genes, transcripts, exon numbers, joints.

Everything else is passed over. A word becomes a gene when the panel knows it, or, where it stands
beside a joint or an exon number, when it is written like a gene's symbol.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from nutfusion.model.gene_names import CERTAIN_ALIASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutfusion.model.gene import GeneRef
    from nutfusion.model.gene_names import GeneNames


class Kind(StrEnum):
    """What a word is; one letter each, so that a text is a pattern of letters."""

    GENE = "G"
    TRANSCRIPT = "A"
    EXON = "E"
    EXON_RANGE = "R"
    LETTERS = "L"
    OF = "O"
    JOINT = "J"
    DASH = "D"
    PAUSE = "P"
    STOP = "B"


@dataclass(frozen=True, slots=True)
class Word:
    """One word that matters.

    Attributes:
        kind: What it is.
        text: As written.
        start: Offset in the plain text.
        end: Offset behind it.
        gene: Of a gene; ``None`` for one that the panel does not know.
        numbers: Of an exon one, of a range or of two letters two.
        offset: Of an exon, see ``StatedSide.offset``.
        is_known: The panel knows the gene.
    """

    kind: Kind
    text: str
    start: int
    end: int
    gene: GeneRef | None = None
    numbers: tuple[int, ...] = ()
    offset: int = 0
    is_known: bool = True


_NUMBER: Final = r"(?:n\s?[o°º]\.?\s{0,2}|no\.?\s{0,2}|number\s{1,2}|num[ée]ro\s{1,2}|\#\s{0,2})?"
_BETWEEN: Final = r"\s{0,2}(?P<sep>::|[-:/]|\bto\b|\band\b|\bet\b|\bà\b|&)\s{0,2}"
_WORDS: Final = re.compile(
    rf"""
    (?P<disease>\bNUT[\s-]{{1,2}}(?:midline[\s-]{{1,2}})?carcinomas?
        |\bcarcinom[ae]s?[\s-]{{1,2}}(?:(?:à|de|du|of)\s)?NUT\b
        |\bNUT[\s-]{{1,2}}(?:IHC|immuno\w{{1,30}}|protein|family)\b)
    |(?P<transcript>(?<![A-Z0-9])(?:(?:N|X)[MR]_[0-9]{{3,12}}|ENST[0-9]{{5,15}})(?:\.[0-9]{{1,3}})?)
    |(?P<id>(?<![A-Z0-9])(?:HGNC:[0-9]{{1,6}}|ENSG[0-9]{{11}})(?:\.[0-9]{{1,3}})?)
    |(?P<letters>(?<![A-Z0-9])[A-Z][0-9]{{1,2}}[A-Z][0-9]{{1,2}}(?![A-Z0-9]))
    |(?P<vicc>(?<![A-Z0-9])e\.(?P<vicc_exon>[0-9]{{1,4}})(?P<vicc_offset>[+-][0-9]{{1,6}})?(?![A-Z0-9]))
    |(?P<exon>(?<![A-Z0-9])(?:exons?|ex|e)\s{{0,3}}[._]?\s{{0,3}}{_NUMBER}(?P<first>[0-9]{{1,4}})(?![0-9])
        (?:{_BETWEEN}(?P<second>[0-9]{{1,3}})(?![0-9]|\s?(?:reads?|lectures?|%|bp|nt|kb|aa)\b))?)
    |(?P<bracket>_(?P<under>[0-9]{{1,2}})(?![0-9A-Z])|\(\s?(?P<one>[0-9]{{1,2}})(?:\s?[:;/-]{{1,2}}\s?(?P<two>[0-9]{{1,2}}))?\s?\))
    |(?P<of>\b(?:of|from|in|de|du|dans)\b(?:\s(?:the|la|le|l'))?(?:\s(?:gene|gène))?|\bd['’])
    |(?P<joint>\(::\)|::|-{{1,3}}>|=>|→|--+|/|\+|\bfused\b(?:\s(?:to|with))?|\bfusionné\w{{0,3}}\b)
    |(?P<dash>-)
    |(?P<pause>[;,])
    |(?P<stop>[.!?]\s+(?=[A-ZÀ-Ý0-9])|\n\s{{0,20}}\n)
    |(?P<word>[A-Z][A-Z0-9]{{0,40}})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GLUED: Final = re.compile(r"(?P<gene>.{2,20}?)(?:exon|ex|e)(?P<exon>[0-9]{1,3})", re.IGNORECASE)
_SYMBOL: Final = re.compile(r"[A-Z][A-Z0-9]{1,11}|C[0-9]{1,2}orf[0-9]{1,3}")
_NO_GENES: Final = frozenset(
    {
        "ADN", "AND", "ARN", "CDNA", "CHR", "DE", "DNA", "DU", "ET", "EX", "EXON", "EXONS", "FISH",
        "FUSION", "GRCH37", "GRCH38", "HG19", "HG38", "HGNC", "IHC", "IN", "INTRON", "MANE", "MRNA",
        "NGS", "NM", "NR", "OF", "PCR", "RNA", "RT", "THE", "TO", "TRANSCRIPT", "VICC", "WES",
        "WGS",
    }
)  # fmt: skip
"""Words in capitals that stand beside gene names in reports and are none."""

_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−﹣-"), "-")


def plain(text: str) -> str:
    """The text with one kind of dash, digit and space; offsets of ``Word`` count in it."""
    readable = text.encode("utf-8", "replace").decode("utf-8")
    shown = unicodedata.normalize("NFKC", readable).translate(_DASHES)
    return re.sub(r"[^\S\n]+", " ", shown)


def words(text: str, book: GeneNames) -> tuple[Word, ...]:
    """The words that matter, in order.

    Args:
        text: Made ``plain``.
        book: Which names mean a panel gene.
    """
    found: list[Word] = []
    for match in _WORDS.finditer(text):
        if match["bracket"] is None or _is_behind_gene(found, match.start()):
            found += _words_of(match, book)
    return tuple(_without_strays(found, text))


def _is_behind_gene(found: list[Word], start: int) -> bool:
    """Such a number is an exon only right behind a gene, as in BRD4(11) and BRD4_11."""
    return bool(found) and found[-1].kind is Kind.GENE and start - found[-1].end <= 1


def _words_of(match: re.Match[str], book: GeneNames) -> Iterator[Word]:
    text, start, end = match[0], match.start(), match.end()
    group = _group(match)
    if group == "transcript":
        yield Word(Kind.TRANSCRIPT, text.upper(), start, end)
    elif group == "id":
        gene = book.known(text) or book.of_id(text.upper())
        yield Word(Kind.GENE, text, start, end, gene, is_known=gene is not None)
    elif group == "letters":
        yield Word(Kind.LETTERS, text, start, end, numbers=_numbers(text))
    elif group == "vicc":
        exon, offset = (int(match["vicc_exon"]),), int(match["vicc_offset"] or 0)
        yield Word(Kind.EXON, text, start, end, numbers=exon, offset=offset)
    elif group == "exon":
        yield from _exons(match)
    elif group == "bracket":
        numbers = [
            int(number)
            for number in (match["under"], match["one"], match["two"])
            if number is not None
        ]
        for number in numbers:
            yield Word(Kind.EXON, text, start, end, numbers=(number,))
    elif group == "word":
        yield from _named(text, start, book)
    elif group in _PLAIN:
        yield Word(_PLAIN[group], text, start, end)


_PLAIN: Final = {
    "of": Kind.OF,
    "joint": Kind.JOINT,
    "dash": Kind.DASH,
    "pause": Kind.PAUSE,
    "stop": Kind.STOP,
}
_GROUPS: Final = (
    "disease", "transcript", "id", "letters", "vicc", "exon", "bracket", "of", "joint", "dash",
    "pause", "stop", "word",
)  # fmt: skip


def _group(match: re.Match[str]) -> str:
    """The alternative that matched."""
    return next(name for name in _GROUPS if match[name] is not None)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"[0-9]+", text))


def _exons(match: re.Match[str]) -> Iterator[Word]:
    """One exon; two; or a range of one gene, which rises and is written with a dash or "to"."""
    first, second = int(match["first"]), match["second"]
    text, start, end = match[0], match.start(), match.end()
    if second is None:
        yield Word(Kind.EXON, text, start, end, numbers=(first,))
    elif match["sep"] in ("-", "to", "à") and first < int(second):
        yield Word(Kind.EXON_RANGE, text, start, end, numbers=(first, int(second)))
    else:
        for number in (first, int(second)):
            yield Word(Kind.EXON, text, start, end, numbers=(number,))


def _named(text: str, start: int, book: GeneNames) -> Iterator[Word]:
    """A word as a gene: known, known with an exon glued to it, or written like a symbol."""
    end = start + len(text)
    if _may_be_gene(text) and (gene := book.known(text)) is not None:
        yield Word(Kind.GENE, text, start, end, gene)
        return
    glued = _GLUED.fullmatch(text)
    if glued is not None and (gene := book.known(glued["gene"])) is not None:
        middle = start + len(glued["gene"])
        yield Word(Kind.GENE, glued["gene"], start, middle, gene)
        yield Word(Kind.EXON, text, middle, end, numbers=(int(glued["exon"]),))
    elif _SYMBOL.fullmatch(text) and text not in _NO_GENES:
        yield Word(Kind.GENE, text, start, end, is_known=False)


def _may_be_gene(word: str) -> bool:
    """A symbol without a digit is taken in capitals only: "mad" is a word, MAD is a gene."""
    return word.isupper() or word.casefold() in CERTAIN_ALIASES or any(c.isdigit() for c in word)


def _without_strays(found: list[Word], text: str) -> Iterator[Word]:
    """Drop what looks like a symbol beside neither joint nor exon, and "of" without a gene."""
    for index, word in enumerate(found):
        if word.kind is Kind.OF:
            if index + 1 < len(found) and _is_named_next(word, found[index + 1]):
                yield word
        elif word.kind is not Kind.GENE or word.is_known or _is_placed(found, index, text):
            yield word


def _is_named_next(word: Word, following: Word) -> bool:
    """Whether "of" leads straight to a gene: "exon 2 of BRD4", not "exon 2 of a fusion of BRD4"."""
    return following.kind in (Kind.GENE, Kind.TRANSCRIPT) and following.start - word.end <= 2


def _is_placed(found: list[Word], index: int, text: str) -> bool:
    word = found[index]
    before = found[max(0, index - 2) : index][::-1]
    after = found[index + 1 : index + 3]
    if after and after[0].kind in (Kind.EXON, Kind.EXON_RANGE) and after[0].start - word.end <= 3:
        return True
    if [w.kind for w in before] == [Kind.OF, Kind.EXON]:
        return True
    if before and before[0].kind is Kind.TRANSCRIPT and text[before[0].end : word.start] == "(":
        return True
    return any(
        len(side) == 2
        and side[0].kind in (Kind.JOINT, Kind.DASH)
        and side[1].kind is not Kind.STOP
        and _near(side[0], word)
        and (side[1].kind is Kind.GENE and _near(side[0], side[1]))
        and (side[1].is_known or side[0].text == "::")
        for side in (before, after)
    )


def _near(one: Word, other: Word) -> bool:
    """At most a space apart."""
    return max(one.start, other.start) - min(one.end, other.end) <= 1

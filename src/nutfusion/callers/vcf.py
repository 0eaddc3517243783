"""VCF lines and breakends, for callers whose VCF no strict reader accepts.

Breakends as in the VCF 4.4 specification, section 5.4: ``t[p[`` and ``t]p]`` keep the bases up to
``POS``, ``[p[t`` and ``]p]t`` keep those from it; ``[p[`` continues to the right of ``p``,
``]p]`` to the left of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import RowError
from nutfusion.callers.table import position_of, shown
from nutfusion.model.terms import Assembly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nutfusion.callers.text import CallerText
    from nutfusion.model.terms import Kept

_BREAKEND: Final = re.compile(
    r"^(?P<before>[A-Za-z.*]*)(?P<open>[\[\]])(?P<contig><?[^\[\]<>]+>?):(?P<position>[0-9]+)"
    r"(?P=open)(?P<after>[A-Za-z.*]*)$"
)

_CONTIG_LENGTHS: Final[Mapping[tuple[str, int], Assembly]] = {
    ("1", 248956422): Assembly.GRCH38,
    ("6", 170805979): Assembly.GRCH38,
    ("8", 145138636): Assembly.GRCH38,
    ("9", 138394717): Assembly.GRCH38,
    ("15", 101991189): Assembly.GRCH38,
    ("19", 58617616): Assembly.GRCH38,
    ("1", 249250621): Assembly.GRCH37,
    ("6", 171115067): Assembly.GRCH37,
    ("8", 146364022): Assembly.GRCH37,
    ("9", 141213431): Assembly.GRCH37,
    ("15", 102531392): Assembly.GRCH37,
    ("19", 59128983): Assembly.GRCH37,
}
"""Bases of chromosomes on each assembly (Genome Reference Consortium, GRCh38 and GRCh37)."""
_CONTIG_NAME: Final = re.compile(r"[<,]\s*ID=(?:chr)?(\d{1,2})\s*[,>]", re.IGNORECASE)
_CONTIG_LENGTH: Final = re.compile(r"[<,]\s*length=(\d{1,12})\s*[,>]", re.IGNORECASE)
_REFERENCE_LINE: Final = re.compile(r"^##(?:reference|assembly)=(?P<what>.*)$", re.IGNORECASE)
_ASSEMBLY_WORDS: Final[Mapping[str, Assembly]] = {
    r"grch38|hg38|hs38": Assembly.GRCH38,
    r"grch37|hg19|hs37|g1k_v37|(?<![a-z0-9])b37(?![0-9])": Assembly.GRCH37,
}
_INTERVAL: Final = re.compile(r"(-?\d{1,12}),(-?\d{1,12})")


@dataclass(frozen=True, slots=True)
class VcfRecord:
    """One line.

    Attributes:
        line: 1-based line.
        contig: CHROM.
        position: POS, 1-based.
        id: ID; ``""`` for ``.``.
        ref: REF.
        alt: First ALT.
        filter: FILTER.
        info: By key; flags are ``""``.
        columns: FORMAT and the columns of samples, as written; empty without samples.
        text: The line as it stands.
    """

    line: int
    contig: str
    position: int
    id: str
    ref: str
    alt: str
    filter: str
    info: dict[str, str]
    columns: tuple[str, ...]
    text: str

    @property
    def samples(self) -> tuple[dict[str, str], ...]:
        """FORMAT values of each sample, by key."""
        return tuple(self.sample(number) for number in range(self.sample_count))

    @property
    def sample_count(self) -> int:
        """Number of samples."""
        return max(0, len(self.columns) - 1)

    def sample(self, number: int) -> dict[str, str]:
        """FORMAT values of one sample, by key; negative numbers count from the last."""
        cell = self.columns[number if number < 0 else number + 1]
        return dict(zip(self.columns[0].split(":"), cell.split(":"), strict=False))


@dataclass(frozen=True, slots=True)
class Breakend:
    """An ALT that joins POS to another place.

    Attributes:
        kept: Side of POS that stays.
        mate_contig: Where it is joined to.
        mate_position: 1-based.
        mate_kept: Side of the mate's position that stays.
        inserted: Untemplated bases between, in the sense of the reference.
    """

    kept: Kept
    mate_contig: str
    mate_position: int
    mate_kept: Kept
    inserted: str


def is_vcf(head: str) -> bool:
    """Whether a file begins as VCF."""
    return head.startswith("##fileformat=VCF")


def meta_lines(text: CallerText) -> list[str]:
    """Header lines that begin with ``##``."""
    return [line for _, line in text.numbered() if line.startswith("##")]


def record_lines(text: CallerText) -> Iterator[tuple[int, str]]:
    """(1-based line, line) of every record."""
    for number, line in text.numbered():
        if not line.startswith("#"):
            yield number, line


def stated_assembly(meta: Iterable[str]) -> Assembly | None:
    """The assembly that header lines tell: by contig lengths, else by the reference's name.

    Returns:
        ``None`` when they tell nothing, or both.
    """
    by_length: set[Assembly] = set()
    by_name: set[Assembly] = set()
    for line in meta:
        if line.startswith("##contig="):
            name, length = _CONTIG_NAME.search(line), _CONTIG_LENGTH.search(line)
            if name is not None and length is not None:
                told = _CONTIG_LENGTHS.get((name[1], int(length[1])))
                by_length |= {told} if told is not None else set()
        elif (reference := _REFERENCE_LINE.match(line)) is not None:
            by_name |= {
                assembly
                for words, assembly in _ASSEMBLY_WORDS.items()
                if re.search(words, reference["what"], re.IGNORECASE)
            }
    found = by_length or by_name
    return found.pop() if len(found) == 1 else None


def interval(record: VcfRecord, key: str) -> tuple[int, int] | None:
    """An INFO value of two signed numbers, such as CIPOS; ``None`` without it.

    Raises:
        RowError: It is something else.
    """
    value = record.info.get(key)
    if value is None or value in ("", "."):
        return None
    match = _INTERVAL.fullmatch(value)
    if match is None or not value.isascii() or int(match[1]) > int(match[2]):
        raise RowError(f"expected {key} as two numbers, lower first, found {shown(value)}")
    return int(match[1]), int(match[2])


def vcf_record(number: int, line: str) -> VcfRecord:
    """Take one line apart; blanks inside INFO values are kept.

    Raises:
        RowError: It has fewer than eight columns, or POS is not a position.
    """
    cells = line.split("\t")
    if len(cells) < 8:
        raise RowError(f"expected 8 or more tab-separated columns, found {len(cells)}")
    position = position_of(cells[1], "POS")
    if position is None:
        raise RowError("expected POS as a position, found none")
    parts = (item.partition("=") for item in cells[7].split(";"))
    info = {key.strip(): value.strip() for key, _, value in parts}
    return VcfRecord(
        line=number,
        contig=cells[0].strip(),
        position=position,
        id="" if cells[2] == "." else cells[2].strip(),
        ref=cells[3].strip(),
        alt=cells[4].split(",")[0].strip(),
        filter=cells[6].strip(),
        info=info,
        columns=tuple(cells[8:]),
        text=line,
    )


def breakend(alt: str) -> Breakend | None:
    """Read a breakend ALT; ``None`` for an ALT that is none (symbolic, single breakend).

    Raises:
        RowError: It has brackets and is not a breakend, or leads to no position.
    """
    if "[" not in alt and "]" not in alt:
        return None
    match = _BREAKEND.match(alt)
    if match is None or bool(match["before"]) == bool(match["after"]):
        raise RowError(f"expected ALT as a breakend, found {shown(alt)}")
    position = position_of(match["position"], "position in ALT")
    assert position is not None  # noqa: S101 - one or more digits
    bases = match["before"] or match["after"]
    position = position_of(match["position"], "ALT")
    if position is None:
        raise RowError(f"expected ALT as a breakend, found {shown(alt)}")
    return Breakend(
        kept="lower" if match["before"] else "higher",
        mate_contig=match["contig"].strip("<>"),
        mate_position=position,
        mate_kept="higher" if match["open"] == "[" else "lower",
        inserted=(bases[1:] if match["before"] else bases[:-1]),
    )

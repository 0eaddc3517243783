"""Supporting reads laid under the consensus, base by base."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from nutfusion.model.terms import FusionDetection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.model.dossier import DossierFusion
    from nutfusion.model.evidence import SupportingRead

READS_AT_ONCE: Final = 60
"""Reads shown before the page asks."""
OVERHANG: Final = 120
"""Columns that reads may stick out of the consensus on either side; others are listed apart."""
RULER_STEP: Final = 20
"""Columns between two numbers of the ruler."""
PRINT_FLANK: Final = 46
"""Columns left of the joint that fit on paper."""

Part = Literal["five", "linker", "three"]


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring bases that look the same.

    Attributes:
        part: Side of the joint; ``None`` for the blank before a read.
        mismatch: The bases differ from the consensus.
        bases: The bases.
    """

    part: Part | None
    mismatch: bool
    bases: str


@dataclass(frozen=True, slots=True)
class StackRow:
    """A read on the consensus."""

    read: SupportingRead
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """Everything that the page shows of a fusion's reads.

    Attributes:
        consensus: Runs of the consensus row; empty without a consensus.
        ruler: The ruler row as text, one character per column.
        joint: Column of the first base after the 5' part.
        columns: Width in columns.
        print_shift: Columns to cut on the left on paper.
        rows: Reads on the consensus: leftmost first, duplicates after the others.
        unplaced: Reads that are not on it, in the order of the dossier.
    """

    consensus: tuple[Run, ...]
    ruler: str
    joint: int
    columns: int
    print_shift: int
    rows: tuple[StackRow, ...]
    unplaced: tuple[SupportingRead, ...]

    @property
    def first_rows(self) -> tuple[StackRow, ...]:
        """Rows shown at once."""
        return self.rows[:READS_AT_ONCE]

    @property
    def more_rows(self) -> tuple[StackRow, ...]:
        """Rows shown on request."""
        return self.rows[READS_AT_ONCE:]


def linker_of(fusion: DossierFusion) -> str:
    """Bases between the parts in the reads that are shown: of RNA, or of DNA at its break."""
    joined = fusion.junction
    if fusion.fusion_detection is FusionDetection.INFERRED and fusion.genomic_breakpoint:
        joined = fusion.genomic_breakpoint
    return joined.linker_sequence or ""


def reads_stack(fusion: DossierFusion) -> Stack:
    """Lay the reads of a fusion under its consensus.

    Bases are those of the dossier, compared with the consensus one by one; nothing is aligned
    again. A read without an offset, or wholly beside the consensus, is in ``unplaced``.
    """
    consensus, joint = fusion.consensus_sequence, fusion.consensus_junction_offset
    reads = fusion.support.reads
    if consensus is None or joint is None:
        return Stack((), "", 0, 0, 0, (), reads)
    placed = [read for read in reads if _is_near(read, len(consensus))]
    left = min([0, *(read.offset or 0 for read in placed)])
    right = max([len(consensus), *((read.offset or 0) + len(read.sequence) for read in placed)])
    limits = (joint, joint + len(linker_of(fusion)))
    rows = [
        StackRow(read, _runs(read.sequence, read.offset or 0, left, consensus, limits))
        for read in sorted(placed, key=_row_order)
    ]
    near = set(map(id, placed))
    return Stack(
        consensus=_runs(consensus, 0, left, consensus, limits),
        ruler=_ruler(left, right, *limits),
        joint=joint - left,
        columns=right - left,
        print_shift=max(0, joint - left - PRINT_FLANK),
        rows=tuple(rows),
        unplaced=tuple(read for read in reads if id(read) not in near),
    )


def _is_near(read: SupportingRead, consensus_length: int) -> bool:
    """The read lies on the consensus, and does not stick out further than the page is wide."""
    if read.offset is None:
        return False
    end = read.offset + len(read.sequence)
    return (
        end > 0
        and read.offset < consensus_length
        and read.offset >= -OVERHANG
        and end <= consensus_length + OVERHANG
    )


def _row_order(read: SupportingRead) -> tuple[bool, bool, int, str, int]:
    """Split before discordant, counted before duplicates, then from left to right."""
    return (
        read.kind != "split",
        read.duplicate,
        read.offset or 0,
        read.name,
        read.mate,
    )


def _runs(
    bases: str, offset: int, left: int, consensus: str, limits: tuple[int, int]
) -> tuple[Run, ...]:
    """The bases of one row, as runs; the first run is the blank before the read."""
    looks: Iterable[tuple[tuple[Part, bool], str]] = (
        (_look(base, offset + index, consensus, limits), base) for index, base in enumerate(bases)
    )
    runs = [
        Run(part, mismatch, "".join(base for _, base in group))
        for (part, mismatch), group in groupby(looks, key=lambda item: item[0])
    ]
    blank = offset - left
    return (Run(None, mismatch=False, bases=" " * blank), *runs) if blank else tuple(runs)


def _look(base: str, position: int, consensus: str, limits: tuple[int, int]) -> tuple[Part, bool]:
    """Side of the joint, and whether the base differs from the consensus."""
    part: Part = "five" if position < limits[0] else "three"
    if limits[0] <= position < limits[1]:
        part = "linker"
    differs = 0 <= position < len(consensus) and consensus[position] != base
    return part, differs


def _ruler(left: int, right: int, linker: int, three: int) -> str:
    """Distances from the joint, each above its base: the last 5' base is -1, the first 3' is +1."""
    row = [" "] * (right - left)
    marks = [(linker - n, f"-{n}") for n in range(RULER_STEP, linker - left + 1, RULER_STEP)]
    marks += [(three + n - 1, f"+{n}") for n in range(RULER_STEP, right - three + 1, RULER_STEP)]
    for position, label in [*marks, (linker - 1, "-1"), (three, "+1")]:
        start = position - left - (len(label) - 1 if label[0] == "-" else 0)
        for index, character in enumerate(label):
            if 0 <= start + index < len(row):
                row[start + index] = character
    return "".join(row).replace("-", "−")

"""What each program that was run says about a call, also when it saw nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from nutfusion.calls.draft import same_genes, shows_joint, swapped
from nutfusion.model.call import SourceStatement
from nutfusion.model.reason import Reason
from nutfusion.model.remarks import DOUBTS, remark
from nutfusion.model.terms import FusionDetection, SourceSays

if TYPE_CHECKING:
    from nutfusion.calls.draft import Claim, Draft
    from nutfusion.model.reported import CallerEvidence, CallerFile, ReportedFusion
    from nutfusion.model.terms import ReadingFrame

POSITIONS_ARE_BOUNDS: Final = remark("positions_are_bounds")
"""Problem of a row that stands for pairs alone, whose fragments no other row of the file counts."""


def caller_statements(draft: Draft, callers: CallerEvidence) -> tuple[SourceStatement, ...]:
    """One statement per program, by name; of two files of one program, one each.

    Args:
        draft: The call.
        callers: Every file of the sample.
    """
    by_file: dict[str, list[tuple[Claim, tuple[str, ...]]]] = defaultdict(list)
    for claim, remarks in draft.claims:
        by_file[claim.reported.sha256].append((claim, remarks))
    found = [
        _seen(file, by_file[file.sha256])
        if file.sha256 in by_file
        else _unseen(file, draft, callers.reported)
        for file in callers.files
    ]
    return tuple(sorted(found, key=lambda source: (source.name, source.evidence)))


def counted(draft: Draft) -> tuple[int | None, int | None]:
    """Split fragments and pairs of a call that our own look at the reads does not show.

    Those of the program that counts most at this joint. Only when none counts there, those of rows
    that put it elsewhere, in no order, or name the pair of genes alone. Fragments of DNA are not
    counted for a joint that RNA shows.

    Args:
        draft: The call.

    Returns:
        Both of one program; ``None`` for what it does not state.
    """
    claims = [
        (claim, remarks)
        for claim, remarks in draft.claims
        if claim.reported.fusion_detection is draft.detection
        or draft.detection is FusionDetection.INFERRED
    ]
    here = [(claim, remarks) for claim, remarks in claims if shows_joint(remarks)]
    for some in (here, claims):
        by_file: dict[str, list[ReportedFusion]] = defaultdict(list)
        for claim, _ in some:
            by_file[claim.reported.sha256].append(claim.reported)
        found = [
            (_most([row.split_reads for row in rows]), _pairs(rows)) for rows in by_file.values()
        ]
        known = [counts for counts in found if counts != (None, None)]
        if known:
            return max(known, key=lambda counts: tuple(-1 if n is None else n for n in counts))
    return None, None


def _seen(file: CallerFile, claims: list[tuple[Claim, tuple[str, ...]]]) -> SourceStatement:
    """A program that reports the joint, on one row or several (then the highest counts hold).

    Of several rows those at the joint itself count, if there are any.
    """
    here = [claim.reported for claim, remarks in claims if shows_joint(remarks)]
    rows = here or [claim.reported for claim, _ in claims]
    remarks = [remark for _, some in claims for remark in some]
    remarks += _doubts(rows)
    if file.assembly_source == "coordinates" and file.assembly is not None:
        remarks.append(remark("assembly_inferred", assembly=file.assembly.value))
    if not file.seen_on_real_file:
        remarks.append(remark("format_not_seen_on_real_file"))
    return SourceStatement(
        kind="caller",
        name=file.caller,
        split_reads=_most([row.split_reads for row in rows]),
        discordant_pairs=_pairs(rows),
        says=SourceSays.SEEN,
        evidence=_evidence(file, [claim.reported.line for claim, _ in claims]),
        reading_frame=_frame(rows),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _doubts(rows: list[ReportedFusion]) -> list[str]:
    """What every row of a program says against itself; one row without is enough to take it off."""
    return [
        problem
        for problem in dict.fromkeys(problem for row in rows for problem in row.problems)
        if Reason.parse(problem).code in DOUBTS and all(problem in row.problems for row in rows)
    ]


def _unseen(
    file: CallerFile, draft: Draft, reported: tuple[ReportedFusion, ...]
) -> SourceStatement:
    """A program that does not report the joint: it looked and saw nothing, or could not see it."""
    targets = [
        row
        for row in reported
        if row.sha256 == file.sha256 and row.says is SourceSays.NOT_SEEN and _is_pair(row, draft)
    ]
    if targets:
        return SourceStatement(
            kind="caller",
            name=file.caller,
            split_reads=_most([row.split_reads for row in targets]),
            discordant_pairs=_most([row.discordant_pairs for row in targets]),
            says=SourceSays.NOT_SEEN,
            evidence=_evidence(file, [row.line for row in targets]),
        )
    if file.reports_nutm1 is False:
        return SourceStatement(
            kind="caller",
            name=file.caller,
            split_reads=None,
            discordant_pairs=None,
            says=SourceSays.NOT_ASSESSED,
            evidence=_evidence(file, []),
            remarks=file.notes,
        )
    return SourceStatement(
        kind="caller",
        name=file.caller,
        split_reads=None,
        discordant_pairs=None,
        says=SourceSays.NOT_SEEN,
        evidence=_evidence(file, []),
    )


def _is_pair(row: ReportedFusion, draft: Draft) -> bool:
    pair = (row.five_prime.gene, row.three_prime.gene)
    return same_genes(pair, draft.genes) or same_genes(swapped(pair), draft.genes)


def _evidence(file: CallerFile, lines: list[int]) -> str:
    """Where the proof is."""
    where = f"sha256:{file.sha256}"
    if not lines:
        return where
    numbers = ", ".join(str(line) for line in sorted(set(lines)))
    return f"{where}, {'line' if len(set(lines)) == 1 else 'lines'} {numbers}"


def _most(counts: list[int | None]) -> int | None:
    """The highest known count: two rows of one joint may count the same fragments."""
    return max((count for count in counts if count is not None), default=None)


def _pairs(rows: list[ReportedFusion]) -> int | None:
    """Pairs of a joint: a format that lists pairs apart from joints has other pairs in each row."""
    apart = [
        row.discordant_pairs
        for row in rows
        if POSITIONS_ARE_BOUNDS in row.problems and row.discordant_pairs is not None
    ]
    beside = _most(
        [row.discordant_pairs for row in rows if POSITIONS_ARE_BOUNDS not in row.problems]
    )
    return beside if not apart else sum(apart) + (beside or 0)


def _frame(rows: list[ReportedFusion]) -> ReadingFrame | None:
    """The frame on which all rows agree; ``None`` when they do not, or none states it."""
    said = {row.reading_frame for row in rows if row.reading_frame is not None}
    return said.pop() if len(said) == 1 else None

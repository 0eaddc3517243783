"""``docs/validation.md``: each command rewrites its own section and leaves the others alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from tests.simulation.real_data import PROJECT_ROOT
from tests.validation.cases import (
    ANCHOR,
    ENOUGH_SPLIT,
    ENOUGH_UNIQUE,
    ERROR_RATES,
    HELD_OUT_SEEDS,
    READ_LENGTHS,
    SHORTEST_ANCHOR,
    SUPPORTING,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tests.validation.judging import Judged

PAGE: Final = PROJECT_ROOT / "docs" / "validation.md"
_FRAME: Final = """# Validation

What the read engine finds in reads whose truth is known. Everything on this page is written by
the commands named in it; nothing is edited by hand. The transcripts come from the real-data folder
(see `CONTRIBUTING.md`); the reads are simulated from them with a seed
(`nutfusion.simulation`).

<!-- grid -->
<!-- end of grid -->

<!-- held out -->
<!-- end of held out -->

<!-- background -->
<!-- end of background -->
"""


def rewrite_section(section: str, text: str, page: Path = PAGE) -> None:
    """Put ``text`` between the marks of one section."""
    whole = page.read_text() if page.exists() else _FRAME
    start, end = f"<!-- {section} -->\n", f"<!-- end of {section} -->"
    before, _, rest = whole.partition(start)
    _, _, after = rest.partition(end)
    page.parent.mkdir(exist_ok=True)
    page.write_text(f"{before}{start}\n{text.strip()}\n\n{end}{after}")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def _share_and_bounded(judged: Sequence[Judged]) -> str:
    bounded = sum(one.bounded for one in judged)
    return _share(judged) + (f" (+{bounded})" if bounded else "")


def _share(judged: Sequence[Judged]) -> str:
    return f"{sum(one.found for one in judged)}/{len(judged)}" if judged else ""


def _group(judged: Iterable[Judged], key: Callable[[Judged], object]) -> dict[object, list[Judged]]:
    groups: dict[object, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(one)
    return groups


def _by_joint(judged: Sequence[Judged]) -> list[str]:
    rows = []
    joints = _group(judged, lambda j: (j.case.donor, j.case.donor_exon, j.case.acceptor_exon))
    for joint, found in joints.items():
        donor, exon, acceptor = joint if isinstance(joint, tuple) else ("", "", "")
        due = [one for one in found if one.must_be_found]
        by_length = [_share([j for j in due if j.case.read_length == n]) for n in READ_LENGTHS]
        rows.append(
            (
                f"{donor} exon {exon}",
                f"exon {acceptor}",
                *by_length,
                f"{sum(one.confirmed for one in due)}/{len(due)}",
                str(sum(one.wrong_base for one in found)),
                str(sum(one.extra for one in found)),
            )
        )
    lengths = [f"{length} nt" for length in READ_LENGTHS]
    header = ("5' side", "NUTM1", *lengths, "state", "wrong base", "extra fusions")
    return _table(header, rows)


def _by_support(judged: Sequence[Judged]) -> list[str]:
    groups = _group(judged, lambda j: (j.case.supporting, j.case.error_rate, j.case.read_length))
    rows = [
        (
            str(supporting),
            f"{100 * rate:g} %",
            *(_share_and_bounded(groups[supporting, rate, length]) for length in READ_LENGTHS),
        )
        for supporting in SUPPORTING
        for rate in ERROR_RATES
    ]
    header = ("fragments", "errors", *(f"{length} nt" for length in READ_LENGTHS))
    return _table(header, rows)


def _by_split(judged: Sequence[Judged]) -> list[str]:
    groups = _group(judged, lambda j: min(j.long_split, 4))
    rows = [
        ("4 or more" if split == 4 else str(split), _share_and_bounded(groups[split]))
        for split in range(5)
        if split in groups
    ]
    return _table((f"split fragments with {ANCHOR} nt on both sides", "found"), rows)


def grid_section(judged: Sequence[Judged], command: str) -> str:
    """Tables of the grid, one set per panel."""
    explained = (
        f"`{command}`: {len(judged):,} verdicts. A case *must* be found when it has "
        f"{ENOUGH_UNIQUE} or more unique supporting fragments of which at least {ENOUGH_SPLIT} "
        f"are split: a read with {SHORTEST_ANCHOR} nt or more on both sides of the joint, "
        "sequencing errors included. A read with fewer crosses the joint as well and is no "
        "evidence by itself: "
        f"{SHORTEST_ANCHOR - 1} nt of *NUTM1* beside a partner that the panel does not hold are "
        "what one in 300 pairs of anything shows by chance, so it is neither asked for nor made. "
        "*Found*: called exact at the right base of both sides and named; with a panel that does "
        "not hold the partner, called as a joint of NUTM1's right exon with the partner's "
        "sequence shown. *State*: how many of those that must be found are `confirmed_bet` or "
        "`confirmed_bet_complex` (`rearranged_partner_unknown` when the panel does not hold the "
        "partner); exons 4 and 5 of NUTM1 are out of frame and are not to be confirmed."
    )
    lines = ["## Fusions", "", explained]
    for panel, found in _group(judged, lambda j: j.panel).items():
        due = [one for one in found if one.must_be_found]
        summary = (
            f"Must be found: {_share(due)}. Wrong base: {sum(j.wrong_base for j in found)}. "
            f"Extra fusions: {sum(j.extra for j in found)}. "
            f"Consensus or count wrong: {sum(bool(j.found and j.problems) for j in found)}."
        )
        lines += [
            "",
            f"### Panel `{panel}`",
            "",
            summary,
            "",
            "Cases that must be found:",
            "",
            *_by_joint(found),
            "",
            "All cases, also those with too little to see (+n: n more as a bounded joint):",
            "",
            *_by_support(found),
            "",
            *_by_split(found),
        ]
    return "\n".join(lines)


def held_out_section(judged: Sequence[Judged], command: str) -> str:
    """The hardest cell of the grid on other seeds, one row per panel and error rate."""
    seeds = HELD_OUT_SEEDS
    explained = (
        f"`{command}`: the joints of the grid with {ENOUGH_UNIQUE} fragments and reads of "
        f"{min(READ_LENGTHS)} nt, on seeds {seeds[0]} to {seeds[-1]}, which were not looked at "
        f"while the engine was made: {len(judged):,} verdicts."
    )
    groups = _group(judged, lambda j: f"`{j.panel}`, {100 * j.case.error_rate:g} % errors")
    rows = [
        (
            str(which),
            _share([one for one in found if one.must_be_found]),
            str(sum(one.wrong_base for one in found)),
            str(sum(one.extra for one in found)),
        )
        for which, found in groups.items()
    ]
    header = ("panel", "must be found", "wrong base", "extra fusions")
    lost = [f"{j.panel}, {j.case.name}" for j in judged if j.must_be_found and not j.found]
    lines = ["## Held-out seeds", "", explained, "", *_table(header, rows)]
    if lost:
        lines += ["", "Not found:", "", *(f"* {one}" for one in lost)]
    return "\n".join(lines)

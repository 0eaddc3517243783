"""FusionCatcher ``summary_candidate_fusions.txt``: a list of names for people.

Source: ndaniel/fusioncatcher@5c2ca36, doc/manual.md, "Output data"; test/summary_candidate_fusions
.txt.

==============================  ================================================================
FusionCatcher                   nutfusion
==============================  ================================================================
``* A--B``                      5' and 3' gene
words in brackets               kept when they are of the list below
``Found N fusion gene(s)``      held against the number of lines
everything else                 not stated: no positions, no counts
==============================  ================================================================

Order: always stated. The final list beside it says more about the same fusions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
    Unreadable,
)
from nutfusion.callers.table import shown
from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_TITLE: Final = "Very short summary of found candidate"
_BULLET: Final = re.compile(r"^\s*\*\s+(\S+?)--(\S+)(?:\s+\((.*)\))?\s*$")
_PAIR: Final = re.compile(r"^\s*\*|[A-Za-z0-9@)]--[A-Za-z0-9(]")
_TOTAL: Final = re.compile(r"^Found ([0-9]{1,9}) (?:somatic )?fusion gene\(s\)")
_WORDS: Final = ("already known fusion", "exon-exon fusion junction")


def recognise(head: Head) -> Recognised | None:
    """By the title."""
    if not head.first().startswith(_TITLE):
        return None
    version = "somatic" if "somatic" in head.first() else "all"
    return Recognised(version, f"title {_TITLE!r}")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every line that names a pair.

    Raises:
        CallerFormatError: There are not as many as the file says.
    """
    found: list[Statement] = []
    unreadable: list[Unreadable] = []
    said: int | None = None
    for number, line in text.numbered():
        total = _TOTAL.match(line)
        if total is not None:
            said = int(total[1])
        if not _PAIR.search(line):
            continue
        try:
            found.append(_statement(number, line))
        except RowError as error:
            unreadable.append(Unreadable(number, line, str(error)))
    rows = len(found) + len(unreadable)
    if said is not None and said != rows:
        raise CallerFormatError(
            f"not FusionCatcher summary output: expected {said} fusions as it says, found {rows};"
            " it may be cut short",
            path=text.path,
            code="truncated",
        )
    return CallerReport(rows, tuple(found), tuple(unreadable))


def _statement(number: int, line: str) -> Statement:
    match = _BULLET.match(line)
    if match is None:
        raise RowError(f"expected '* GENE--GENE (words)', found {shown(line.strip())}")
    words = [word.strip() for word in (match[3] or "").split(";")]
    return Statement(
        line=number,
        first=SideStatement(gene=match[1]),
        second=SideStatement(gene=match[2]),
        ordered=True,
        fields=tuple(("label", word) for word in _WORDS if word in words),
    )


FORMAT: Final = CallerFormat(
    name="fusioncatcher_summary",
    title="FusionCatcher summary",
    versions="summary_candidate_fusions.txt, of all and of somatic fusions",
    files=("summary_candidate_fusions.txt", "*summary_candidate_fusions.txt"),
    tells=Tells(
        order="always",
        position="none",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects=f"the title {_TITLE!r}",
    recognise=recognise,
    read=read,
)
"""FusionCatcher summary."""

"""The first page of a meeting: who is new, amended, incomplete, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.rcp.model import Novelty, Standing
from nutfusion.rcp.week import days_of
from nutfusion.review.web import page_of_both

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.rcp.model import Entry, LastEntry, Meeting


@dataclass(frozen=True, slots=True)
class Groups:
    """Dossiers by what a coordinator asks first; withdrawn ones are in ``withdrawn`` only."""

    new: tuple[Entry, ...]
    amended: tuple[Entry, ...]
    incomplete: tuple[Entry, ...]
    late: tuple[Entry, ...]
    withdrawn: tuple[Entry, ...]
    complete: tuple[Entry, ...]


def grouped(entries: Sequence[Entry]) -> Groups:
    """Sort the dossiers into groups; a dossier may be in several."""
    here = [one for one in entries if one.standing is not Standing.WITHDRAWN]
    return Groups(
        new=tuple(one for one in here if one.novelty is Novelty.NEW),
        amended=tuple(one for one in here if one.novelty is Novelty.AMENDED),
        incomplete=tuple(one for one in here if one.standing is Standing.INCOMPLETE),
        late=tuple(one for one in here if one.is_late),
        withdrawn=tuple(one for one in entries if one.standing is Standing.WITHDRAWN),
        complete=tuple(one for one in here if one.standing is Standing.COMPLETE),
    )


def index_html(meeting: Meeting, entries: Sequence[Entry], gone: Sequence[LastEntry]) -> str:
    """Render the page: one document without external parts, both languages."""
    return page_of_both(
        "index.html.jinja",
        lambda words: words.board("rcp_title", week=meeting.week),
        f"RCP {meeting.week}",
        meeting=meeting,
        days=days_of(meeting.week),
        entries=entries,
        groups=grouped(entries),
        gone=gone,
    )

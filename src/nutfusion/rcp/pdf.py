"""All dossiers of a meeting in one PDF, French: the list, then a page for each.

It is for paper and archives; the pages in HTML are the accessible form and hold more.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from nutfusion.dossier.messages import Language
from nutfusion.rcp.index import grouped
from nutfusion.rcp.model import Standing
from nutfusion.rcp.pdf_sheets import FONT, Sheets, drawable
from nutfusion.rcp.tables import joint_of
from nutfusion.rcp.week import days_of
from nutfusion.review.check import FolderStatus
from nutfusion.review.model import ReviewField, ReviewVerdict
from nutfusion.review.words import board_phrases

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.rcp.model import Entry, LastEntry, Meeting
    from nutfusion.review.check import FolderCheck
    from nutfusion.review.words import BoardPhrases

_MARGIN: Final = 42.5
"""Points: 15 mm."""


def meeting_pdf(
    meeting: Meeting,
    entries: Sequence[Entry],
    gone: Sequence[LastEntry],
    checks: Mapping[str, FolderCheck],
) -> bytes:
    """Lay the meeting out; the same meeting gives the same bytes."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    words = board_phrases(Language.FR)
    paper = Paper(words)
    story = paper.first_page(meeting, entries, gone)
    for entry in entries:
        story += paper.dossier(entry, checks[entry.folder])
    sink = io.BytesIO()
    document = SimpleDocTemplate(
        sink,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=words.board("rcp_title", week=meeting.week),
        author="nutfusion",
        lang="fr-FR",
        invariant=1,
    )

    def foot(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont(FONT, 7)
        text = words.board("pdf_page", week=meeting.week, n=page.page)
        canvas.drawRightString(A4[0] - _MARGIN, 24, drawable(text))
        canvas.restoreState()

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return sink.getvalue()


class Paper(Sheets):
    """Builds the parts of the document."""

    def first_page(
        self, meeting: Meeting, entries: Sequence[Entry], gone: Sequence[LastEntry]
    ) -> list[Any]:
        """What the index page says."""
        t = self.words
        first, last = days_of(meeting.week)
        found = [
            self.text(t.board("rcp_title", week=meeting.week), self.title),
            self.text(t.board("rcp_days", first=t.day(first), last=t.day(last))),
            self.text(
                t.board("compared_with_none")
                if meeting.last is None
                else t.board("compared_with", week=meeting.last.week)
            ),
            self.text(t.board("pseudonyms")),
        ]
        if not entries:
            found.append(self.text(t.board("no_dossier"), self.head))
        groups = grouped(entries)
        counts = [(t.board("incomplete_ones"), groups.incomplete)]
        if meeting.last is not None:
            counts += [(t.board("new_ones"), groups.new), (t.board("amended_ones"), groups.amended)]
        counts.append((t.board("withdrawn_ones"), groups.withdrawn))
        found += [self.text(t.board("counted", what=what, n=len(ones))) for what, ones in counts]
        if gone:
            names = ", ".join(
                one.sample or (one.dossier_sha256[:12] if one.dossier_sha256 else t.ui("unknown"))
                for one in gone
            )
            found.append(self.text(f"{t.board('gone_ones')}{t.colon}{names}"))
        if entries:
            heads = [t.board("sample"), t.board("result"), t.board("completeness")]
            heads.append(t.board("decision"))
            found.append(self.text(t.board("dossiers"), self.head))
            rows = [heads, *(self._row(one) for one in entries)]
            found.append(self.table(rows, (90, 170, 160, 90)))
        return found

    def _row(self, one: Entry) -> list[str]:
        name = one.label if one.centre is None else f"{one.label}\n{one.centre}"
        return [name, self._result(one), self._standing(one), self._decision(one)]

    def _result(self, one: Entry) -> str:
        t = self.words
        if one.state is None:
            return t.term("missing", one.missing[0]) if one.missing else t.ui("unknown")
        lines = [t.term("state", one.state)]
        if one.status is FolderStatus.UNSIGNED:
            lines.append(t.board("not_reviewed_yet"))
        if one.claimed_state is not None:
            lines.append(t.board("claimed", state=t.inline("state", one.claimed_state)))
        if one.automatic_state is not None and one.automatic_state != one.state:
            lines.append(t.board("automatically", state=t.inline("state", one.automatic_state)))
        lines.append(", ".join(f.name for f in one.fusions) or t.board("no_fusion"))
        if one.rejected:
            lines.append(t.board("n_rejected", n=one.rejected))
        return "\n".join(lines)

    def _standing(self, one: Entry) -> str:
        t = self.words
        lines = [t.term("standing", one.standing)]
        if one.novelty.value != "not_compared":
            lines[0] += f", {t.inline('novelty', one.novelty)}"
        return "\n".join([*lines, *(f"- {t.term('missing', code)}" for code in one.missing)])

    def _decision(self, one: Entry) -> str:
        t = self.words
        if one.decision is None:
            return t.board("undecided")
        said = one.decision
        line = t.board("decided", code=said.code, day=t.day(said.date), by=said.by)
        return line if said.comment is None else f"{line}\n{said.comment}"

    def dossier(self, entry: Entry, found: FolderCheck) -> list[Any]:
        """The page of one dossier."""
        from reportlab.platypus import PageBreak

        t = self.words
        facts = found.facts
        page = [PageBreak(), self.text(f"{t.board('sample')} {entry.label}", self.title)]
        page.append(self.text(self._standing(entry)))
        if entry.standing is Standing.WITHDRAWN and entry.withdrawal is not None:
            said = entry.withdrawal
            page.append(
                self.text(
                    t.board("withdrawn_why", day=t.day(said.date), by=said.by, reason=said.reason)
                )
            )
        page.append(self.text(t.term("folder_status", entry.status), self.head))
        page += [
            self.text(f"{t.term('finding', one.code)} : {one.where}") for one in found.findings
        ]
        if facts is None:
            return [*page, self.text(t.board("unreadable_note"))]
        declared = facts.sample.declared
        page += [
            self.text(
                t.board(
                    "declared",
                    disease=declared.disease or t.ui("not_declared"),
                    pretreated=self._truth(declared.pretreated),
                    relapse=self._truth(declared.relapse),
                )
            ),
            self.text(
                t.board("assay_run", assay=entry.assay, run=entry.run or t.ui("not_filled_in"))
            ),
            self.text(t.board("result"), self.head),
            self.text(t.board("no_state"))
            if entry.state is None
            else self.table(self._statements(entry, found), (110, 190, 210)),
            *self._signature(entry, found),
            self.text(f"{t.board('decision')}{t.colon}{self._decision(entry)}", self.head),
        ]
        return page

    def _truth(self, value: bool | None) -> str:
        t = self.words
        return t.ui("not_declared") if value is None else t.ui("yes") if value else t.ui("no")

    def _statements(self, entry: Entry, found: FolderCheck) -> list[list[str]]:
        """Automatic statement and what the biologist says, side by side."""
        t = self.words
        facts = found.facts
        review = found.last.review if found.last else None
        rows = [[t.board("about"), t.board("automatic"), t.board("biologist")]]
        if facts is None:
            return rows
        said = t.board("no_review")
        if review is not None:
            said = t.term("state", review.sample_state.reviewed)
        if review is not None and review.sample_state.reason is not None:
            said += f"\n{t.board('reason')}{t.colon}{review.sample_state.reason}"
        rows.append([t.board("sample_state"), t.term("state", facts.molecular_state), said])
        decisions = {d.fusion_id: d for d in review.decisions} if review else {}
        standing = {row.fusion_id: row for row in entry.fusions}
        for fusion in facts.fusions:
            decision = decisions.get(fusion.fusion_id)
            row = standing.get(fusion.fusion_id)
            automatic = [
                t.term("state", fusion.state),
                t.term("reading_frame", fusion.reading_frame),
                " :: ".join(
                    fusion.automatic(field) or "?"
                    for field in (
                        ReviewField.FIVE_PRIME_POSITION,
                        ReviewField.THREE_PRIME_POSITION,
                    )
                ),
                t.board(
                    "fragments",
                    split=_count(fusion.support.split_reads, t),
                    pairs=_count(fusion.support.discordant_pairs, t),
                ),
            ]
            words = []
            if decision is not None:
                words.append(t.term("review_verdict", decision.verdict))
                if decision.verdict is ReviewVerdict.CORRECTED and row is not None:
                    words.append(f"{row.name}, {t.inline('state', row.state)}")
                    words.append(f"{t.term('reading_frame', row.reading_frame)}, {joint_of(row)}")
                reasons = [decision.reason, *(c.reason for c in decision.corrections)]
                words += [f"{t.board('reason')}{t.colon}{one}" for one in reasons if one]
            rows.append([fusion.name, "\n".join(automatic), "\n".join(words)])
        return rows

    def _signature(self, entry: Entry, found: FolderCheck) -> list[Any]:
        t = self.words
        digest = self.text(
            f"{t.board('dossier_digest')}{t.colon}{entry.dossier_sha256}", self.small
        )
        review = found.last.review if found.last else None
        if review is None or entry.signed_at is None or entry.key is None:
            return [digest]
        key = (
            t.board("key_unknown", key=entry.key)
            if entry.key_label is None
            else t.board("key_of", key=entry.key, label=entry.key_label)
        )
        lines = [
            self.text(t.board("signed_by", day=t.day(entry.signed_at), who=entry.reviewer)),
            self.text(f"{t.board('key')}{t.colon}{key}", self.small),
            digest,
            self.text(
                f"{t.board('review_digest', n=entry.review_number)}{t.colon}{entry.review_sha256}",
                self.small,
            ),
        ]
        if review.comment is not None:
            lines.insert(0, self.text(f"{t.board('comment')}{t.colon}{review.comment}"))
        return lines


def _count(count: int | None, words: BoardPhrases) -> str:
    return words.number(count)

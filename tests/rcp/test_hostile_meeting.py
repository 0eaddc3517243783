"""A meeting and its PDF, on the hostile corpus that every output shares."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.dossier.page_text import Page
from tests.hostile import TEXTS, laden, plain, readable
from tests.rcp.builders import meeting
from tests.review.builders import rejected, signed

from nutfusion.dossier import dossier_json
from nutfusion.errors import ReviewError

if TYPE_CHECKING:
    from pathlib import Path

UNSEEN = ("control", "direction", "lines")
"""Of the corpus: what no reviewer can type."""

KINDS = ("markup", "formula", "entity", "control", "template", "lines")


def bundle(root: Path, text: str, reason: str) -> Path:
    """A meeting with one dossier full of a text, whose fusion is rejected for a reason."""
    folder = root / "S"
    folder.mkdir(parents=True)
    (folder / "dossier.json").write_text(dossier_json(laden(text)), "utf-8")
    signed(folder, rejected(reason), state=("not_detected", reason), comment=reason)
    meeting(root / "meetings", folder)
    return root / "meetings" / "2026-W48"


@pytest.mark.parametrize("kind", KINDS)
def test_a_meeting_is_made_of_the_same_whatever_is_written(kind: str, tmp_path: Path) -> None:
    text = TEXTS[kind]
    # what a biologist types has no control characters: such a review is not signed at all
    reason = "a reason" if kind in UNSEEN else text
    hostile = bundle(tmp_path / "hostile", text, reason)
    harmless = bundle(tmp_path / "plain", plain(text), "a reason")
    for place in ("index.html", "dossiers/*/dossier.html"):
        (one,), (other,) = hostile.glob(place), harmless.glob(place)
        found, expected = Page(one.read_text("utf-8")), Page(other.read_text("utf-8"))
        assert [tag for tag, *_ in found.tags] == [tag for tag, *_ in expected.tags], place
        assert len(found.named("script")) == len(expected.named("script"))
    pages = [
        len(re.findall(rb"/Type\s*/Page\b", next(one.glob("*.pdf")).read_bytes()))
        for one in (hostile, harmless)
    ]
    assert pages[0] == pages[1] > 0
    for table in hostile.glob("tables/*.tsv"):
        for line in table.read_text("utf-8").split("\n"):
            for cell in line.split("\t"):
                assert cell in ("+", "-") or not cell.lstrip().startswith(tuple("=+-@"))


def test_a_reason_with_characters_that_nobody_sees_is_not_signed(tmp_path: Path) -> None:
    for kind in UNSEEN:
        with pytest.raises(ReviewError, match="control character"):
            bundle(tmp_path / kind, "x", TEXTS[kind])


def test_a_reason_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    made = bundle(tmp_path, "x", TEXTS["markup"])
    (review,) = made.rglob("dossier.review-1.json")
    assert json.loads(review.read_text("utf-8"))["comment"] == TEXTS["markup"]
    page = Page((review.parent / "dossier.html").read_text("utf-8"))
    assert readable(TEXTS["markup"]) in readable(page.text("fr"))

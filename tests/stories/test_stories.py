"""From input files to ``dossier.json`` through the real commands: one story after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.stories.stories import STORIES
from tests.stories.telling import codes, tell

from nutfusion.model.reason import Reason

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stories.telling import Story


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_the_dossier_tells_the_story(story: Story, tmp_path: Path) -> None:
    dossier = tell(story, tmp_path)
    assert dossier["molecular_state"] == story.state, dossier["state_reasons"]
    assert set(story.says) <= codes(dossier)
    tests = [Reason.parse(test["test"]).code for test in dossier["ledger"]["next_tests"]]
    assert (tests[0] if tests else None) == story.next_test

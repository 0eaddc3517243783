"""What scoring can say, its documentation explains."""

from __future__ import annotations

from pathlib import Path

from tests.builders import starter_panel
from tests.scoring.profiles import rnaseq

from nutfusion.annotation.frame import FRAME_REASONS
from nutfusion.eligibility.policy import RestsOn
from nutfusion.scoring import REASONS
from nutfusion.scoring.ledger import LEDGER_CODES
from nutfusion.scoring.quality import LIMIT, assess_quality
from nutfusion.scoring.registry import criteria_for

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "scoring.md").read_text(encoding="utf-8")


def test_every_reason_stands_in_the_table_with_its_values() -> None:
    for code, values in REASONS.items():
        assert f"| `{code}` | {', '.join(values)}".rstrip() in TEXT, code


def test_every_code_of_the_ledger_stands_on_its_page() -> None:
    page = (DOCS / "orthogonal.md").read_text(encoding="utf-8")
    assert [code for code in LEDGER_CODES if f"`{code}`" not in page] == []


def test_every_criterion_key_and_word_is_explained() -> None:
    profile = rnaseq()
    words = [criterion.identifier for criterion in criteria_for(profile, starter_panel(), None)]
    words += [outcome.id for outcome in assess_quality(None, profile.quality)]
    words += [LIMIT]
    words += [f"thresholds.{key}" for key in type(profile.thresholds).model_fields]
    words += [f"quality.{key}" for key in type(profile.quality).model_fields]
    words += [*FRAME_REASONS, *(each.value for each in RestsOn)]
    for word in words:
        assert f"`{word}`" in TEXT, word

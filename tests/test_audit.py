"""An audit that was not made never passes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from scripts.audit import LOCKS, NOT_AUDITED, VULNERABLE, pinned, verdict

if TYPE_CHECKING:
    from pathlib import Path

CLEAN: dict[str, Any] = {"name": "click", "version": "8.3.0", "vulns": []}
BAD: dict[str, Any] = {"name": "PyYAML", "version": "1", "vulns": [{"id": "CVE-1"}]}
SKIPPED: dict[str, Any] = {"name": "click", "skip_reason": "could not be audited"}


@pytest.mark.parametrize(
    ("output", "code"),
    [
        (json.dumps({"dependencies": [CLEAN]}), 0),
        (json.dumps({"dependencies": [CLEAN, BAD]}), VULNERABLE),
        # what a mirror of an index without its vulnerability service gives, with exit status 0
        (json.dumps({"dependencies": [SKIPPED]}), NOT_AUDITED),
        (json.dumps({"dependencies": []}), NOT_AUDITED),
        ("", NOT_AUDITED),
        ("{}", NOT_AUDITED),
        ("[]", NOT_AUDITED),
    ],
)
def test_verdict(output: str, code: int) -> None:
    assert verdict({"click"}, output)[0] == code


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_is_asked_about(lock: str, project: Path) -> None:
    text = (project / "requirements" / f"{lock}.lock").read_text()
    first_words = {line.split("==")[0] for line in text.splitlines() if line[:1].isalnum()}
    assert len(pinned(text)) == len(first_words) > 0

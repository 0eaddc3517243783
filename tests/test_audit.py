"""An audit that was not made never passes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from scripts.audit import NOT_AUDITED, VULNERABLE, Pin, pinned, rounds, verdict

if TYPE_CHECKING:
    from pathlib import Path

CLEAN: dict[str, Any] = {"name": "click", "version": "8.3.0", "vulns": []}
OTHER: dict[str, Any] = {**CLEAN, "version": "8.2.0"}
BAD: dict[str, Any] = {"name": "PyYAML", "version": "1", "vulns": [{"id": "CVE-1"}]}
SKIPPED: dict[str, Any] = {"name": "click", "skip_reason": "could not be audited"}


@pytest.mark.parametrize(
    ("output", "code"),
    [
        (json.dumps({"dependencies": [CLEAN]}), 0),
        (json.dumps({"dependencies": [CLEAN, BAD]}), VULNERABLE),
        # what a mirror of an index without its vulnerability service gives, with exit status 0
        (json.dumps({"dependencies": [SKIPPED]}), NOT_AUDITED),
        # what is pinned for another Python
        (json.dumps({"dependencies": [OTHER]}), NOT_AUDITED),
        (json.dumps({"dependencies": []}), NOT_AUDITED),
        ("", NOT_AUDITED),
        ("{}", NOT_AUDITED),
        ("[]", NOT_AUDITED),
        ("null", NOT_AUDITED),
    ],
)
def test_verdict(output: str, code: int) -> None:
    assert verdict({Pin("click", "8.3.0")}, [output])[0] == code


def test_every_round_counts() -> None:
    clean, bad = (json.dumps({"dependencies": [entry]}) for entry in (CLEAN, BAD))
    both = {Pin("click", "8.3.0"), Pin("pyyaml", "1")}
    assert verdict(both, [clean, bad])[0] == VULNERABLE
    assert verdict(both, ["", bad])[0] == VULNERABLE
    assert verdict(both, [clean, ""]) == (NOT_AUDITED, ["1 of 2 packages: pyyaml 1"])
    assert verdict(set(), [clean])[0] == NOT_AUDITED


def test_pins_of_other_systems_and_pythons_are_asked_about() -> None:
    text = (
        "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:00\n"
        "numpy==2.5.5 ; python_full_version >= '3.12' \\\n    --hash=sha256:01\n"
        "Py_ReadLine3==3.5.6 ; sys_platform == 'win32'\n"
    )
    pins = {Pin("numpy", "2.4.6"), Pin("numpy", "2.5.5"), Pin("py-readline3", "3.5.6")}
    assert pinned(text) == pins
    first, second = rounds(pins)
    assert {*first, *second} == pins
    assert [len(first), len(second)] == [2, 1]


def test_every_pin_of_every_lock_is_asked_about(project: Path) -> None:
    for lock in (project / "requirements").glob("*.lock"):
        lines = [line for line in lock.read_text().splitlines() if line[:1].isalnum()]
        assert len(pinned(lock.read_text())) == len(lines) > 0


@pytest.mark.slow
def test_an_audit_without_a_service_says_so(project: Path) -> None:
    """Whether or not there is one here: a proxy that refuses stands in the way."""
    done = subprocess.run(
        [sys.executable, "scripts/audit.py"],
        cwd=project,
        env={"HTTPS_PROXY": "http://127.0.0.1:9", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == NOT_AUDITED
    assert "COULD NOT BE AUDITED" in done.stdout
    for lock in (project / "requirements").glob("*.lock"):
        assert lock.name in done.stdout
    assert "pip-audit says: " in done.stdout

"""The demo script, with a stand-in for Snakemake."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

STAND_IN = """#!/bin/sh
echo "a lot of words: $*"
mkdir -p demo/results/S1
echo >demo/results/S1/dossier.html
exit {code}
"""


def demo(project: Path, folder: Path, code: int) -> subprocess.CompletedProcess[str]:
    (folder / "scripts").mkdir(parents=True)
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(project / "scripts" / "demo.sh", folder / "scripts")
    (folder / "scripts" / "setup.sh").write_text("")
    stand_in = folder / ".venv" / "bin" / "snakemake"
    stand_in.write_text(STAND_IN.format(code=code))
    stand_in.chmod(0o755)
    return subprocess.run(
        ["sh", str(folder / "scripts" / "demo.sh")], capture_output=True, text=True, check=False
    )


def test_the_demo_is_quiet_and_leaves_the_users_results_alone(
    project: Path, tmp_path: Path
) -> None:
    done = demo(project, tmp_path / "a clone", 0)
    assert done.returncode == 0, done.stderr
    assert "a lot of words" not in done.stdout + done.stderr
    assert done.stderr.count("\n") == 2
    assert done.stdout.splitlines()[1:] == ["demo/results/S1/dossier.html"]
    assert not (tmp_path / "a clone" / "results").exists()


@pytest.mark.parametrize("code", [1, 130])
def test_a_demo_that_fails_says_why(code: int, project: Path, tmp_path: Path) -> None:
    done = demo(project, tmp_path, code)
    assert done.returncode == 1
    assert "a lot of words" in done.stderr
    assert done.stderr.endswith("demo: failed; the same is in demo/samples.log\n")

"""Planting one defect in a copy of the sources, and asking the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT: Final = Path(__file__).resolve().parents[2]
SECONDS: Final = 240
"""A run that takes longer than this hangs."""


@dataclass(frozen=True)
class Defect:
    """One change of one line that makes nutfusion wrong.

    Attributes:
        name: For the command line.
        wrong: What goes wrong, one sentence.
        file: Path from the project's root.
        find: Text that stands in the file exactly once.
        replace: What is put in its place.
        tests: Files or test ids of pytest; at least one of them must turn red.
    """

    name: str
    wrong: str
    file: str
    find: str
    replace: str
    tests: tuple[str, ...]


def problem(defect: Defect) -> str | None:
    """Why a defect cannot be planted; ``None`` when it can."""
    path = ROOT / defect.file
    if not path.is_file():
        return f"{defect.file} is gone"
    found = path.read_text(encoding="utf-8").count(defect.find)
    if found != 1:
        return f"{defect.file}: expected the text once, found it {found} times: {defect.find!r}"
    return None


def copy_sources(target: Path) -> None:
    """Copy what the tests import, compiled kernels too, to a new folder."""
    left_out = shutil.ignore_patterns("*.pyc")
    shutil.copytree(ROOT / "src", target / "src", ignore=left_out)
    shutil.copytree(ROOT / "config", target / "config")


def plant(defect: Defect, target: Path) -> None:
    """Change the line in a copy."""
    path = target / defect.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(defect.find, defect.replace), encoding="utf-8")


def run_tests(tests: Iterable[str], sources: Path) -> subprocess.CompletedProcess[str]:
    """Run tests of the project against a copy of its sources."""
    environment = {**os.environ, "PYTHONPATH": str(sources / "src"), "PYTHONHASHSEED": "0"}
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )

"""The packaged test data is what its script makes."""

from __future__ import annotations

import gzip
import runpy
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_the_script_makes_the_committed_files(project: Path, tmp_path: Path) -> None:
    script = runpy.run_path(str(project / "scripts" / "make_test_data.py"))
    script["main"](tmp_path)
    for folder in ("reads", "panel", "callers"):
        committed = project / "test-data" / folder
        made = sorted(path.name for path in (tmp_path / folder).iterdir())
        assert made == sorted(path.name for path in committed.iterdir())
        for name in made:
            pair = [(place / name).read_bytes() for place in (committed, tmp_path / folder)]
            first, second = map(gzip.decompress, pair) if name.endswith(".gz") else pair
            assert first == second, f"run scripts/make_test_data.py: {name} differs"


def test_no_file_is_larger_than_a_few_hundred_kilobytes(project: Path) -> None:
    sizes = {p.name: p.stat().st_size for p in (project / "test-data").rglob("*") if p.is_file()}
    assert max(sizes.values()) < 300_000

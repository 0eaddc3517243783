"""The digest of the sources: it covers all that an outcome is made with."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.validation.harness import negative, outcome, tiny_bench

import nutfusion
from nutfusion.shipped import shipped_path
from nutfusion.validation import sources
from nutfusion.validation.report import report_html
from nutfusion.validation.validate import record

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOADED = """
import sys
from tests.validation.harness import tiny_bench
bench = tiny_bench()
plan = {one.stratum: one for one in bench.plan()}
for stratum in ("catalogued", "carry_over"):
    bench.outcomes(plan[stratum])
print("\\n".join(sorted(m for m in sys.modules if m.startswith("nutfusion."))))
"""


@pytest.mark.slow
def test_every_module_between_seed_and_outcome_is_covered() -> None:
    command = [sys.executable, "-c", _LOADED]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    parts = {name.split(".")[1] for name in done.stdout.split()}
    assert parts == {part.removesuffix(".py") for part in sources.PARTS}


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package copied, with the digest taken of the copy."""
    package = Path(nutfusion.__file__).parent
    here = tmp_path / "nutfusion"
    shutil.copytree(package, here, ignore=shutil.ignore_patterns("__pycache__", "templates"))
    monkeypatch.setattr(nutfusion, "__file__", str(here / "__init__.py"))
    sources.sources_digest.cache_clear()
    yield here
    sources.sources_digest.cache_clear()


@pytest.mark.parametrize(
    ("file", "changes"),
    # a joint is placed by reads, judged by scoring; the page of a dossier changes no outcome
    [("reads/across.py", True), ("scoring/sample_state.py", True), ("dossier/page.py", False)],
)
def test_a_changed_source_changes_the_digest(copy: Path, file: str, changes: bool) -> None:
    before = sources.sources_digest()
    with (copy / file).open("a") as handle:
        handle.write("# changed\n")
    sources.sources_digest.cache_clear()
    assert (sources.sources_digest() != before) is changes


def test_another_partner_list_changes_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sources.sources_digest()

    def other(name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(shipped_path(name).read_bytes() + b"#")
        return path

    monkeypatch.setattr(sources, "shipped_path", other)
    sources.sources_digest.cache_clear()
    assert sources.sources_digest() != before
    sources.sources_digest.cache_clear()


def test_outcomes_of_other_sources_are_not_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = tiny_bench()
    before = bench.digest
    monkeypatch.setattr("nutfusion.validation.run.sources_digest", lambda: "of another day")
    assert bench.digest != before


def test_the_report_says_which_sources_made_it() -> None:
    found = record(tiny_bench(), (outcome(), negative()), 1, frozenset())
    assert found.sources == sources.sources_digest()
    assert report_html(found).count(f"sha256 {found.sources}") == 2

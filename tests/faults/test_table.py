"""Every fault of the tables: a clear error, nothing half-written, nothing lost, and a way on."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

import pytest
from tests.faults import alignments, callers, panels, reads, settings
from tests.faults.place import Fault, Place, run

if TYPE_CHECKING:
    from pathlib import Path

FAULTS: dict[str, Fault] = {}
for _table in (reads, alignments, callers, settings, panels):
    assert FAULTS.keys().isdisjoint(_table.FAULTS)
    FAULTS |= _table.FAULTS

SECONDS = 60
"""Of processor time; no fault may keep a user waiting longer, and most take a tenth of a second."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An earlier dossier of S1 from other reads, and the one that the good reads give."""
    earlier = Place(tmp_path_factory.mktemp("earlier"))
    text = earlier.text(1).replace(b"A", b"C")
    code, said = run(earlier.assess("--fastq-single", earlier.file("other.fastq", text)))
    assert code == 0, said
    good = Place(tmp_path_factory.mktemp("good"))
    code, said = run(good.good())
    assert code == 0, said
    assert earlier.snapshot().keys() == good.snapshot().keys()
    assert earlier.snapshot()["dossier.json"] != good.snapshot()["dossier.json"]
    return earlier.out, good.out


def test_there_are_at_least_forty() -> None:
    assert len(FAULTS) >= 40


@pytest.mark.parametrize("name", FAULTS)
def test_fault(
    name: str, made: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = FAULTS[name]
    earlier, good = made
    monkeypatch.chdir(tmp_path)
    place = Place(tmp_path)
    shutil.copytree(earlier, place.out)
    arguments = fault.do(place)
    there = sorted(path.name for path in tmp_path.iterdir())
    before = place.snapshot()

    started = time.process_time()
    code, said = run(arguments)
    assert time.process_time() - started < SECONDS

    assert code == fault.code, said
    errors = [line for line in said.splitlines() if line.startswith("nutfusion: error: ")]
    assert len(errors) == 1, said
    assert said.rstrip("\n").endswith(errors[0])
    for words in fault.says:
        assert words in errors[0]
    assert place.snapshot() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == there

    # mended, the same folder gets the dossier that a run without any fault gives
    code, said = run(place.good_again())
    assert code == 0, said
    assert place.snapshot() == {path.name: path.read_bytes() for path in good.iterdir()}

"""What was found by fuzzing stays found, and every target takes what it begins with."""

from __future__ import annotations

import pytest
from tests.fuzz.targets import CORPUS, TARGETS, seeds


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_earlier_findings(name: str) -> None:
    inputs = list(seeds(name))
    assert inputs
    for data in inputs:
        TARGETS[name](data)


def test_the_corpus_is_small() -> None:
    found = [path for path in CORPUS.rglob("*") if path.is_file()]
    assert {path.parent.name for path in found} <= TARGETS.keys()
    assert sum(path.stat().st_size for path in found) < 1 << 17

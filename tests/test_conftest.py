"""When tests may be skipped, and when they must not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.conftest import lacking, usable_real_data
from tests.simulation import real_data


def test_no_real_data_folder_skips(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(real_data.ENVIRONMENT_VARIABLE, raising=False)
    monkeypatch.setattr(real_data, "DEFAULT", tmp_path / "missing")
    with pytest.raises(pytest.skip.Exception, match="NUTFUSION_REAL_DATA may name one"):
        usable_real_data()


@pytest.mark.parametrize("made", [(), ("reads",), ("reads", "sequences")])
def test_an_unusable_real_data_folder_fails(
    made: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for part in made:
        (tmp_path / part).mkdir()
    monkeypatch.setenv(real_data.ENVIRONMENT_VARIABLE, str(tmp_path))
    with pytest.raises(pytest.fail.Exception, match="has nothing in reads/"):
        usable_real_data()


def test_a_named_folder_that_is_missing_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(real_data.ENVIRONMENT_VARIABLE, str(tmp_path / "missing"))
    with pytest.raises(pytest.fail.Exception):
        usable_real_data()


def test_a_missing_program_skips_here_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Chromium"):
        lacking("no Chromium")
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="no reason to skip"):
        lacking("no Chromium")


def test_nothing_skips_on_its_own() -> None:
    # Elsewhere a skip would stay green in CI for lack of a program, and nobody would know.
    here = Path(__file__).parent
    words = re.compile(r"pytest\.skip\(|\bskipif\(|mark\.skip\b|importorskip\(|SkipTest")
    found = {
        str(path.relative_to(here))
        for path in here.rglob("*.py")
        if words.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"conftest.py", "test_conftest.py"}

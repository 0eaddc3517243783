"""``nutfusion compare`` and ``nutfusion score --run-level``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.builders import annotated, fusion_call, read_qc, sample_annotated, support

from nutfusion.cli import main
from nutfusion.model.run_level import RunComparison
from nutfusion.model.scored import SampleScored
from nutfusion.model.stagefile import read_stage, write_stage

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def nutfusion(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A strong sample, a weak one, a control of their run, and a sample of another run."""
    for name, fragments in (("STRONG", 5_000), ("WEAK", 4), ("NTC", 0), ("OTHER", 6)):
        seen = support(split_reads=fragments, discordant_pairs=0, split_reads_raw=fragments)
        fusions = (annotated(fusion_call(support=seen)),) if fragments else ()
        sample = sample_annotated(*fusions, sample=name, qc=read_qc())
        write_stage(sample, tmp_path / "results" / name / "annotated.parquet")
    (tmp_path / "samples.csv").write_text(
        "sample,callers,run,control\n"
        "STRONG,a.tsv,R1,\nWEAK,b.tsv,R1,\nNTC,c.tsv,R1,negative\nOTHER,d.tsv,R2,\n"
    )
    return tmp_path


def compare(folder: Path, *more: str | Path, run: str = "R1") -> Result:
    return nutfusion(
        "compare", "--sheet", folder / "samples.csv", "--run", run,
        "--results", folder / "results", "--out", folder / "run.json", *more,
    )  # fmt: skip


def test_a_run_is_compared_and_its_samples_scored(results: Path) -> None:
    done = compare(results)
    assert done.exit_code == 0, done.output
    comparison = read_stage(RunComparison, results / "run.json")
    assert [one.sample for one in comparison.samples] == ["NTC", "STRONG", "WEAK"]
    assert [one.control for one in comparison.samples] == ["negative", None, None]
    weak = results / "results" / "WEAK"
    done = nutfusion(
        "score", "--annotated", weak / "annotated.parquet", "--run-level", results / "run.json",
        "--out", weak / "scored.json",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    scored = read_stage(SampleScored, weak / "scored.json")
    assert scored.molecular_state.value == "indeterminate"
    assert scored.state_reasons[0].startswith("carry_over_suspected(")


def test_the_comparison_of_another_run_is_refused(results: Path) -> None:
    assert compare(results, run="R2").exit_code == 0
    weak = results / "results" / "WEAK"
    done = nutfusion(
        "score", "--annotated", weak / "annotated.parquet", "--run-level", results / "run.json",
        "--out", weak / "scored.json",
    )  # fmt: skip
    assert done.exit_code == 2
    assert "expected a run with sample 'WEAK', found 'R2' without it" in done.output
    assert not (weak / "scored.json").exists()


@pytest.mark.parametrize(
    ("run", "says"),
    [("R9", "expected samples of run 'R9', found none"), ("R1", "found no file")],
)
def test_what_cannot_be_compared_says_why(run: str, says: str, results: Path) -> None:
    (results / "results" / "WEAK" / "annotated.parquet").unlink()
    done = compare(results, run=run)
    assert done.exit_code == 2
    assert says in done.output
    assert not (results / "run.json").exists()


def test_a_laboratory_gives_its_own_rate(results: Path, project: Path) -> None:
    """Unique dual indices: one read in 100,000."""
    text = (project / "config" / "run-level.yaml").read_text()
    own = results / "own.yaml"
    own.write_text(
        text.replace("value: 0.02", "value: 0.00001").replace("id: run-level", "id: own")
    )
    assert compare(results, "--settings", own).exit_code == 0
    weak = next(
        one
        for one in read_stage(RunComparison, results / "run.json").samples
        if one.sample == "WEAK"
    )
    assert weak.shared[0].explained_by is None
    assert weak.settings.startswith("own@1.0@")

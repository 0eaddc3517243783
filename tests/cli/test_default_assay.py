"""Which profile a sample is held against when nobody names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.builders import read_qc, sample_annotated, starter_panel
from tests.scoring.test_shipped_profiles import of_dna

from nutfusion.cli import main
from nutfusion.model.scored import SampleScored
from nutfusion.model.stagefile import read_stage, write_stage

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.evidence import ReadQc

DNA = read_qc(alignment=of_dna())


@pytest.mark.parametrize(
    ("qc", "named", "profile"),
    [
        (read_qc(), (), "rnaseq"),
        (None, (), "rnaseq"),  # outputs of other programs alone
        (DNA, (), "dna-panel"),
        (read_qc(alignment=of_dna(molecule=None)), (), "rnaseq"),  # nothing tells: read as RNA
        (DNA, ("--assay", "rnaseq"), "rnaseq"),  # what is named is taken, and the page says so
        (read_qc(), ("--assay", "archer"), "archer"),
    ],
)
def test_the_reads_choose_when_nobody_does(
    qc: ReadQc | None, named: tuple[str, ...], profile: str, tmp_path: Path
) -> None:
    sample = sample_annotated(qc=qc).model_copy(update={"panel_digest": starter_panel().digest})
    write_stage(sample, tmp_path / "annotated.parquet")
    out = tmp_path / "scored.json"
    options = ["--annotated", str(tmp_path / "annotated.parquet"), "--out", str(out), *named]
    done = CliRunner().invoke(main, ["score", *options])
    assert done.exit_code == 0, done.output
    assert read_stage(SampleScored, out).assay == profile

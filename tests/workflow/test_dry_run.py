"""What the workflow would do, and what stops it before any job."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.workflow.running import snakemake

if TYPE_CHECKING:
    from pathlib import Path

READ = "@r\nACGT\n+\nIIII\n"


def jobs(directory: Path, *options: str, config: str = "config/config.yaml") -> dict[str, int]:
    """How often each rule would run."""
    done = snakemake(directory, "--dry-run", *options, config=config)
    assert done.returncode == 0, done.stderr
    table = (done.stdout + done.stderr).split("Job stats:")[1].split("\n\n")[0]
    return {name: int(count) for name, count in re.findall(r"^(\w+) +(\d+)$", table, re.MULTILINE)}


def stopped(directory: Path, *options: str) -> str:
    """What a run that must not start says."""
    done = snakemake(directory, *options)
    assert done.returncode != 0
    assert not (directory / "results").exists()
    assert not (directory / "logs").exists()
    return done.stdout + done.stderr


def test_every_stage_runs_once_per_sample(tmp_path: Path) -> None:
    stages = ("evidence", "calls", "annotation", "scoring", "dossier")
    once = {"sheet": 1, "compare": 1, "exports": 1, "all": 1, "total": 49}
    assert jobs(tmp_path) == {**dict.fromkeys(stages, 9), **once}


def test_samples_are_compared_run_by_run(tmp_path: Path) -> None:
    """Two runs are two comparisons; samples without a run, and a switched-off one, are none."""
    rows = []
    for name, run in (("A", "R1"), ("B", "R 2; x"), ("C", "")):
        (tmp_path / f"{name}.fastq").write_text(READ)
        rows.append(f"{name},{name}.fastq,{run}")
    (tmp_path / "samples.csv").write_text("\n".join(["sample,fastq_1,run", *rows]))
    assert jobs(tmp_path, "--config", "samples=samples.csv")["compare"] == 2
    off = jobs(tmp_path, "--config", "samples=samples.csv", "run_level=null")
    assert "compare" not in off
    assert off["scoring"] == 3


def test_exports_are_made_of_all_dossiers_at_once_or_not_at_all(tmp_path: Path) -> None:
    assert jobs(tmp_path)["exports"] == 1
    assert "exports" not in jobs(tmp_path, "--config", "exports=null")
    assert jobs(tmp_path, "--config", "exports=[vcf]")["exports"] == 1
    crate = jobs(tmp_path, "--config", "exports=rocrate")
    assert crate["crate"] == 1
    assert "exports" not in crate


def test_the_synthetic_samples_need_no_panel_to_be_built(tmp_path: Path) -> None:
    assert jobs(tmp_path, config="test-data/synthetic.yaml")["total"] == 19


def test_a_genome_in_the_config_is_made_a_panel_first(tmp_path: Path) -> None:
    (tmp_path / "g.fa").write_text(">chr1\nACGT\n")
    (tmp_path / "a.gtf").write_text("")
    found = jobs(tmp_path, "--config", "genome=g.fa", "annotation=a.gtf")
    assert found["reference"] == 1


@pytest.mark.parametrize(
    ("option", "says"),
    [
        ("sampels=x.csv", "workflow config: unknown key 'sampels', did you mean 'samples'?"),
        ("threads=0", "workflow config: key 'threads'"),
        ("samples=missing.csv", "missing.csv: expected a sample sheet, found no such file"),
        ("assay=unknown", "no assay profile 'unknown'"),
        ("policy=unknown", "unknown"),
        ("panel=nowhere", "nowhere: "),
        ("exports=bed", "key 'exports.0': Input should be 'tables'"),
    ],
)
def test_a_wrong_setting_stops_the_run_before_any_job(
    option: str, says: str, tmp_path: Path
) -> None:
    said = stopped(tmp_path, "--config", option)
    assert says in said
    assert "Traceback" not in said


def test_a_sheet_that_names_a_person_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("sample,fastq_1,nom\nS1,a.fq,Dupont\n")
    said = stopped(tmp_path, "--config", "samples=s.csv")
    assert "s.csv:1: column 'nom' identifies a person" in said
    assert "Dupont" not in said


def test_cells_reach_the_shell_quoted(tmp_path: Path) -> None:
    odd = tmp_path / "a b;$(touch harm)'.fq"
    odd.write_text(READ)
    (tmp_path / "s.csv").write_text(f'sample,fastq_1\nS1,"{odd}"\n')
    done = snakemake(tmp_path, "--dry-run", "--printshellcmds", "--config", "samples=s.csv")
    assert done.returncode == 0, done.stderr
    line = next(
        line for line in (done.stdout + done.stderr).splitlines() if "nutfusion evidence" in line
    )
    assert f"--fastq-single '{tmp_path}/a b;$(touch harm)'\"'\"'.fq'" in line


def test_a_key_that_stands_twice_in_the_config_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "my.yaml").write_text("assay: rnaseq\nassay: targeted-rna\n")
    said = stopped(tmp_path, "--configfile", str(tmp_path / "my.yaml"))
    assert "my.yaml:2: not YAML: key assay stands twice, here and in line 1" in said

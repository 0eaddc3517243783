"""The workflow through SLURM's own scheduler: the same bytes as here, also after a node died.

A real SLURM of this one machine (``cluster.sh``): munged, slurmctld, slurmd; no accounts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.bucket.store import Store, serving
from tests.conftest import lacking
from tests.workflow.running import ROOT, SNAKEMAKE

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slurm, pytest.mark.slow]

SCRIPT: Final = ROOT / "tests" / "slurm" / "cluster.sh"
PROGRAMS: Final = ("munged", "slurmctld", "slurmd", "sbatch", "srun", "squeue", "scontrol")
SAMPLES: Final = ("bet", "other_programs")
"""One with reads, in two lanes, and one that other programs looked at; they are of one run."""

PLUGIN: Final = Path(sys.prefix) / "slurm"
"""Apart from the other packages: Snakemake would import it at every start."""

SECONDS: Final = 240
PROFILE: Final = ROOT / "workflow" / "profiles" / "slurm"
OPTIONS: Final = (
    "--workflow-profile", str(PROFILE),
    "--slurm-no-account",  # this SLURM has no accounts
    "--slurm-status-command", "squeue",  # nor a database that sacct could ask
    "--slurm-init-seconds-before-status-checks", "10",
    "--group-components", "reading=2", "judging=2",  # not more than this node has processors
    "--latency-wait", "5",
    "--retries", "0",  # a second try would avoid this node, and there is no other
)  # fmt: skip


def cluster(action: str, folder: Path) -> None:
    done = subprocess.run(
        ["sh", str(SCRIPT), action, str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A SLURM; its folder."""
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    missing = [name for name in PROGRAMS if shutil.which(name, path=path) is None]
    if missing:
        lacking(f"no {', '.join(missing)}; Debian: slurmd slurmctld slurm-client munge")
    if os.geteuid() != 0:
        lacking("not root: slurmd starts jobs as root only")
    if not (PLUGIN / "snakemake_executor_plugin_slurm").is_dir():
        lacking(
            "no snakemake-executor-plugin-slurm in .venv/slurm; sh tests/slurm/run.sh puts it there"
        )
    folder = tmp_path_factory.mktemp("slurm")
    try:
        cluster("start", folder)
        yield folder
    finally:
        cluster("stop", folder)


def start(
    folder: Path,
    *options: str,
    environment: dict[str, str] | None = None,
    samples: tuple[str, ...] | None = SAMPLES,
    files: str = "test-data/",
) -> subprocess.Popen[str]:
    """The workflow on packaged samples (``None``: all of them), in a folder of its own.

    ``files`` is what stands before their names in the sheet.
    """
    folder.mkdir(exist_ok=True)
    link = folder / "test-data"
    if not link.exists():
        link.symlink_to(ROOT / "test-data")
        rows = (ROOT / "test-data" / "samples.csv").read_text("utf-8").splitlines()
        kept = [
            rows[0],
            *(row for row in rows[1:] if samples is None or row.split(",")[0] in samples),
        ]
        for part in ("reads/", "callers/"):
            kept = [row.replace(part, f"{files}{part}") for row in kept]
        kept = [row.replace("assay.yaml", "test-data/assay.yaml") for row in kept]
        (folder / "samples.csv").write_text("\n".join(kept) + "\n", "utf-8")
        (folder / "config.yaml").write_text("samples: samples.csv\nexports: []\n", "utf-8")
    command = [str(SNAKEMAKE), "--snakefile", str(ROOT / "Snakefile")]
    command += ["--configfile", str(folder / "config.yaml"), *options]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(run: subprocess.Popen[str], seconds: int = SECONDS) -> tuple[int, str]:
    try:
        said = run.communicate(timeout=seconds)[1]
    finally:
        run.kill()
    return run.returncode, said


def results(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "results").rglob("*"))
        if path.is_file()
    }


def through(slurm: Path, store: Store | None = None) -> dict[str, str]:
    """The environment of a command that is to find the SLURM, and a bucket."""
    found = dict(os.environ) if store is None else store.environment()
    return {
        **found,
        "SLURM_CONF": str(slurm / "slurm.conf"),
        "PATH": f"{slurm / 'bin'}:{found['PATH']}",
        "PYTHONPATH": f"{PLUGIN}:{found.get('PYTHONPATH', '')}",
    }


def test_every_packaged_sample_has_the_same_bytes(slurm: Path, tmp_path: Path) -> None:
    run = start(tmp_path / "slurm", *OPTIONS, environment=through(slurm), samples=None)
    code, said = ended(run, 3 * SECONDS)
    assert code == 0, said
    code, said = ended(start(tmp_path / "here", "--cores", "2", samples=None), 2 * SECONDS)
    assert code == 0, said
    made = results(tmp_path / "slurm")
    assert sum(name.endswith("/dossier.json") for name in made) == len(
        {
            row.split(",")[0]
            for row in (ROOT / "test-data" / "samples.csv").read_text("utf-8").splitlines()[1:]
        }
    )
    assert made == results(tmp_path / "here")


def test_reads_in_a_bucket_give_the_same_bytes(slurm: Path, tmp_path: Path) -> None:
    """They are fetched for the jobs that are sent, and nothing of them is left."""
    with serving() as store:
        store.put(ROOT / "test-data", "cases")
        run = start(
            tmp_path / "slurm", *OPTIONS, "--slurm-keep-successful-logs",
            environment=through(slurm, store), files="s3://cases/",
        )  # fmt: skip
        code, said = ended(run)
        assert code == 0, said
    code, said = ended(start(tmp_path / "here", "--cores", "2"))
    assert code == 0, said
    made, here = results(tmp_path / "slurm"), results(tmp_path / "here")
    assert made.keys() == here.keys()
    # a row of the sheet names the files themselves
    others = {name for name in made if not name.endswith("/sheet-row.json")}
    assert {name: made[name] for name in others} == {name: here[name] for name in others}
    left = [path for path in (tmp_path / "slurm").rglob("*") if path.is_file()]
    assert any("slurm_logs" in path.parts for path in left)
    assert not [path for path in left if path.name.endswith((".fastq.gz", ".tsv"))]
    assert not [path for path in left if store.secret.encode() in path.read_bytes()]


def test_a_node_that_dies_costs_time_and_no_byte(slurm: Path, tmp_path: Path) -> None:
    """The node is killed as it reads; the same command then ends as a run without SLURM."""
    environment = through(slurm)
    first = start(tmp_path / "slurm", *OPTIONS, environment=environment)
    deadline = time.monotonic() + SECONDS
    while not (tmp_path / "slurm" / "results" / "other_programs" / "evidence.parquet").exists():
        assert first.poll() is None, ended(first)[1]
        assert time.monotonic() < deadline
        time.sleep(0.1)
    cluster("kill", slurm)
    code, said = ended(first)
    assert code == 1
    states = ["squeue", "--states=all", "--noheader", "--format=%T"]
    jobs = subprocess.run(states, env=environment, capture_output=True, text=True, check=True)
    assert "NODE_FAIL" in jobs.stdout.split()
    assert not list((tmp_path / "slurm" / "results").glob("*/dossier.json"))
    cluster("node", slurm)
    code, said = ended(start(tmp_path / "slurm", *OPTIONS, environment=environment))
    assert code == 0, said
    code, said = ended(start(tmp_path / "here", "--cores", "2"))
    assert code == 0, said
    assert results(tmp_path / "slurm") == results(tmp_path / "here")

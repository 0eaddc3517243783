"""Reads and other programs' files in a bucket of S3: the same bytes as from the disk."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.bucket.store import Store, serving
from tests.faults.place import Place
from tests.workflow.running import ROOT, SNAKEMAKE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

BUCKET = "cases"
FOLDER = "run=7"
"""Below which the files lie: folders of archives are often called so."""
ASSAY = ROOT / "test-data" / "assay.yaml"
HEADER = "sample,fastq_1,fastq_2,bam,callers,run,assay\n"
SHEET = f"""\
{HEADER}reads,IN/bet_L001_R1.fastq.gz,IN/bet_L001_R2.fastq.gz,,arriba=IN/arriba,R1,{ASSAY}
reads,IN/bet_L002_R1.fastq.gz,IN/bet_L002_R2.fastq.gz,,IN/star-fusion.tsv,R1,{ASSAY}
aligned,,,IN/indexed.bam,,R1,{ASSAY}
"""
"""FASTQ in two lanes, a folder and a file of callers, a BAM whose index has to come with it."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the sheet."""
    root = tmp_path_factory.mktemp("files")
    folder = root / FOLDER
    folder.mkdir()
    for path in (ROOT / "test-data" / "reads").glob("bet_L*"):
        shutil.copy(path, folder / path.name)
    callers = ROOT / "test-data" / "callers"
    (folder / "arriba").mkdir()
    shutil.copy(callers / "arriba.fusions.tsv", folder / "arriba" / "fusions.tsv")
    shutil.copy(callers / "star-fusion.fusion_predictions.abridged.tsv", folder / "star-fusion.tsv")
    Place(folder).bam(index=True, name="indexed.bam")
    return root


@pytest.fixture(scope="module")
def store(files: Path) -> Iterator[Store]:
    """A server of S3 with these files in a bucket."""
    with serving() as found:
        assert found.put(files, BUCKET) == len([*files.rglob("*.*")])
        yield found


def run(
    folder: Path, sheet: str, *options: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The workflow on a sheet, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    (folder / "samples.csv").write_text(sheet, "utf-8")
    (folder / "config.yaml").write_text("samples: samples.csv\nexports: []\n", "utf-8")
    return subprocess.run(
        [
            str(SNAKEMAKE), "--snakefile", str(ROOT / "Snakefile"), "--cores", "2",
            "--configfile", "config.yaml", *options,
        ],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )  # fmt: skip


def results(folder: Path) -> dict[str, bytes]:
    """What was made of the files; a row of the sheet names the files themselves."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "results").rglob("*"))
        if path.is_file() and path.name != "sheet-row.json"
    }


def holds(folder: Path, *words: str) -> list[str]:
    """Files below a folder that hold one of the words, the hidden ones too."""
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    ]


def test_a_bucket_gives_the_bytes_of_the_disk_and_keeps_its_key(
    store: Store, files: Path, tmp_path: Path
) -> None:
    sheet = SHEET.replace("IN/", f"s3://{BUCKET}/{FOLDER}/")
    done = run(tmp_path / "bucket", sheet, environment=store.environment())
    assert done.returncode == 0, done.stderr
    here = run(tmp_path / "disk", SHEET.replace("IN/", f"{files}/{FOLDER}/"))
    assert here.returncode == 0, here.stderr
    made = results(tmp_path / "bucket")
    assert {"results/reads/dossier.json", "results/aligned/dossier.json"} <= {*made}
    assert made == results(tmp_path / "disk")
    # the loci alone were read: its index was there
    log = (tmp_path / "bucket" / "logs" / "aligned" / "evidence.log").read_text("utf-8")
    assert "no index beside it" not in log
    # nothing of the key anywhere, nothing of the store left behind
    assert not holds(tmp_path / "bucket", store.secret, store.access)
    assert store.secret not in done.stdout + done.stderr
    assert not [*(tmp_path / "bucket" / ".snakemake").glob("storage/**/*.*")]
    again = run(tmp_path / "bucket", sheet, "--dry-run", environment=store.environment())
    assert "Nothing to be done" in again.stdout + again.stderr


ONE = f"{HEADER}S1,s3://{BUCKET}/{FOLDER}/bet_L001_R1.fastq.gz,s3://{BUCKET}/FILE,,,,\n"


def refused(folder: Path, store: Store, file: str, *options: str, **changed: str) -> str:
    """What a run that must not start says."""
    environment = store.environment(**changed)
    done = run(folder, ONE.replace("FILE", file), *options, environment=environment)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    assert not (folder / "results").exists()
    assert not (folder / "logs").exists()
    for word in (store.secret, *changed.values()):
        assert not word or word.startswith(("http", "/")) or word not in said
    assert not holds(folder, store.secret)
    return said


def test_an_object_that_is_not_there_is_said_before_any_job(store: Store, tmp_path: Path) -> None:
    assert (
        "samples.csv:2: expected an object of sample 'S1' in column 'fastq_2', found none:"
        f" s3://{BUCKET}/no_R2.fastq.gz" in refused(tmp_path, store, "no_R2.fastq.gz")
    )


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"SNAKEMAKE_STORAGE_S3_SECRET_KEY": "another+key"}, "Forbidden"),
        ({"SNAKEMAKE_STORAGE_S3_ENDPOINT_URL": "http://127.0.0.1:9"}, "Could not connect"),
    ],
    ids=["wrong key", "no server"],
)
def test_a_bucket_that_does_not_answer_is_said_before_any_job(
    changed: dict[str, str], says: str, store: Store, tmp_path: Path
) -> None:
    said = refused(
        tmp_path, store, "bet_L001_R2.fastq.gz", "--storage-s3-retries", "1", **changed
    )  # fmt: skip
    assert "samples.csv:2: expected an object of sample 'S1' in column 'fastq_1', but the" in said
    assert says in said


def test_a_plugin_that_is_not_installed_is_said_before_any_job(
    store: Store, tmp_path: Path
) -> None:
    path = os.environ.get("PYTHONPATH", "")
    said = refused(tmp_path, store, "bet_L001_R2.fastq.gz", PYTHONPATH=path)
    assert "samples.csv:2: " in said
    assert "pip install 'nutfusion[s3]'" in said

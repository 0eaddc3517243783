"""The workflow as pods that share nothing but a bucket: the same bytes as here.

There is no cluster: ``server.py`` stands in for one, and says what it shows and what not.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.bucket.store import serving
from tests.kubernetes.cluster import Cluster, running
from tests.workflow.running import ROOT, SNAKEMAKE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bucket.store import Store

pytestmark = pytest.mark.slow

IMAGE = "registry.example/nutfusion:1"
SAMPLES = ("bet", "other_programs")
"""One with reads, in two lanes, and one that other programs looked at; they are of one run."""

OWN = {"samples": "samples.csv", "panel": "panel", "policy": "policy.yaml"}
"""What a user has in files of their own; the sheet names an assay profile of theirs too."""


def clone(folder: Path, files: str, samples: tuple[str, ...]) -> Path:
    """The workflow as a clone has it, with a user's own sheet, profile and settings in it."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "Snakefile", folder / "Snakefile")
    shutil.copytree(ROOT / "workflow", folder / "workflow")
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    rows = (ROOT / "test-data" / "samples.csv").read_text("utf-8").splitlines()
    kept = [row for row in rows if row.split(",")[0] in ("sample", *samples)]
    for part in ("reads/", "callers/"):
        kept = [row.replace(part, f"{files}{part}") for row in kept]
    (folder / "config").mkdir()
    (folder / "config" / "samples.csv").write_text("\n".join(kept) + "\n", "utf-8")
    shutil.copy(ROOT / "test-data" / "assay.yaml", folder / "config")
    shutil.copytree(ROOT / "test-data" / "panel", folder / "config" / "panel")
    shutil.copy(ROOT / "config/eligibility/birabresib-put.yaml", folder / "config/policy.yaml")
    settings = {name: f"config/{file}" for name, file in OWN.items()}
    (folder / "config" / "config.yaml").write_text(yaml.safe_dump(settings), "utf-8")
    return folder


def snakemake(
    folder: Path, *options: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(SNAKEMAKE), *options],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip


def pods(
    folder: Path, cluster: Cluster, store: Store, *options: str
) -> subprocess.CompletedProcess[str]:
    """The command of docs/scale.md."""
    return snakemake(
        folder,
        "--workflow-profile", "workflow/profiles/kubernetes",
        "--container-image", IMAGE,
        "--default-storage-prefix", "s3://cases/archive",
        "--seconds-between-status-checks", "1",
        *options,
        environment=cluster.environment(store.environment()),
    )  # fmt: skip


def results(folder: Path) -> dict[str, bytes]:
    """What was made; a row of the sheet names the files themselves."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "results").rglob("*"))
        if path.is_file() and path.name not in ("sheet-row.json", ".snakemake_timestamp")
    }


@pytest.fixture
def store() -> Iterator[Store]:
    """A bucket with the packaged samples."""
    with serving() as found:
        found.put(ROOT / "test-data", "cases")
        yield found


def test_pods_that_share_a_bucket_alone_give_the_same_bytes(store: Store, tmp_path: Path) -> None:
    """One sample fails first; the sheet is mended and the same command goes on."""
    folder = clone(tmp_path / "mine", "s3://cases/", SAMPLES)
    sheet = folder / "config" / "samples.csv"
    fine = sheet.read_text("utf-8")
    # a table that no caller wrote
    broken = fine.replace("s3://cases/callers/arriba.fusions.tsv", "arriba=s3://cases/samples.csv")
    sheet.write_text(broken, "utf-8")
    with running(tmp_path / "cluster", hidden=folder) as cluster:
        failed = pods(folder, cluster, store)
        assert failed.returncode == 1
        # the executor (0.5.1) asks for the log of a container before this one, and there is none
        assert "previous terminated container" in failed.stderr
        assert "s3://cases/archive/logs/" in failed.stderr
        store.get("cases", tmp_path / "failed")
        archive = tmp_path / "failed" / "archive"
        log = archive / "logs" / "other_programs" / "evidence.log"
        assert "samples.csv" in log.read_text("utf-8")
        assert not [*(archive / "results" / "other_programs").rglob("*.parquet")]
        assert not [*archive.rglob("dossier.*")]
        sheet.write_text(fine, "utf-8")
        done = pods(folder, cluster, store)
        assert done.returncode == 0, done.stderr + cluster.log()
    here = clone(tmp_path / "here", f"{ROOT / 'test-data'}/", SAMPLES)
    plain = snakemake(here, "--workflow-profile", "workflow/profiles/local", "--cores", "2")
    assert plain.returncode == 0, plain.stderr

    store.get("cases", tmp_path / "bucket")
    made = results(tmp_path / "bucket" / "archive")
    assert {f"results/{name}/dossier.pdf" for name in SAMPLES} <= {*made}
    assert "results/_exports/dossiers.tsv" in made
    assert made == results(here)

    # every stage ran in a pod
    specs = cluster.pods()
    said = " ".join(spec["containers"][0]["args"][1] for spec in specs)
    for rule in ("evidence", "calls", "annotation", "compare", "scoring", "dossier"):
        assert f" '{rule}:" in said
    assert {spec["containers"][0]["image"] for spec in specs} == {IMAGE}
    asked = {spec["containers"][0]["resources"]["requests"]["memory"] for spec in specs}
    assert asked == {"1000M", "800M"}
    # the key is in a secret alone, and no secret and no source is left behind
    requests = cluster.requests()
    secrets = [one for one in requests if one["path"].split("/")[5:6] == ["secrets"]]
    assert [one["verb"] for one in secrets] == ["POST", "DELETE"] * 2
    assert {"snakemake_storage_s3_access_key", "snakemake_storage_s3_secret_key"} <= {
        *secrets[0]["values"]
    }
    assert store.secret not in f"{requests}{cluster.log()}{done}{failed}"
    assert not [*(tmp_path / "bucket").rglob("*sources*")]
    for place in (folder, tmp_path / "bucket"):
        files = [path for path in place.rglob("*") if path.is_file()]
        assert not [path for path in files if store.secret.encode() in path.read_bytes()]


def test_what_cannot_be_sent_is_said_before_any_pod(tmp_path: Path) -> None:
    """A sheet elsewhere would be missed by every pod."""
    folder = clone(tmp_path / "mine", "s3://cases/", SAMPLES)
    shutil.copy(folder / "config" / "samples.csv", tmp_path / "elsewhere.csv")
    shutil.copy(folder / "config" / "assay.yaml", tmp_path / "assay.yaml")
    (folder / "config" / "config.yaml").write_text("samples: ../elsewhere.csv\n", "utf-8")
    with serving() as store, running(tmp_path / "cluster", hidden=folder) as cluster:
        store.put(ROOT / "test-data", "cases")
        done = pods(folder, cluster, store)
        assert done.returncode == 1
        assert "elsewhere.csv: expected a file of at most 10 MB below" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (cluster.folder / "requests.jsonl").exists()


def test_the_image_is_what_the_pods_of_these_tests_have() -> None:
    text = (ROOT / "packaging" / "Containerfile.kubernetes").read_text("utf-8")
    assert "COPY requirements/s3.lock" in text
    for name in ("PIP_NO_INDEX=1", "PIP_NO_DEPS=1", "PIP_FIND_LINKS="):
        assert name in text
    profile = yaml.safe_load((ROOT / "workflow/profiles/kubernetes/config.yaml").read_text("utf-8"))
    assert profile["shared-fs-usage"] == "none"

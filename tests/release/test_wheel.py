"""The wheel: the same bytes from the same sources, and all the data that it needs inside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = ("src", "config", "pyproject.toml", "README.md", "LICENSE", ".gitignore")


def _built(sources: Path, out: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=sources,
        check=True,
        capture_output=True,
    )
    (wheel,) = out.glob("*.whl")
    return wheel


def _copied(project: Path, folder: Path) -> Path:
    """The sources as another clone would have them: other times, other folder, no caches."""
    folder.mkdir()
    for name in SOURCES:
        if (project / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(project / name, folder / name, ignore=ignored)
        else:
            shutil.copyfile(project / name, folder / name)
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return folder


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(project, tmp_path_factory.mktemp("one"))


def test_the_same_sources_give_the_same_bytes(project: Path, wheel: Path, tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        other = _built(_copied(project, tmp_path / "clone"), tmp_path / "two")
    finally:
        os.umask(old)
    assert other.read_bytes() == wheel.read_bytes()


def test_all_that_decides_is_inside_and_nothing_that_was_left_behind(
    project: Path, wheel: Path
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        shipped = [
            path.relative_to(project)
            for folder in ("config/assays", "config/eligibility")
            for path in (project / folder).iterdir()
        ]
        assert shipped
        for path in shipped:
            assert archive.read(f"nutfusion/{path}") == (project / path).read_bytes()
    assert {"nutfusion/reference/starter/transcripts.fa", "nutfusion/py.typed"} <= names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".template")]


def test_the_wheel_alone_makes_the_dossier_that_the_sources_make(
    project: Path, wheel: Path, tmp_path: Path
) -> None:
    """From another program's file, in a folder where neither sources nor configuration lie.

    ``scripts/release.sh`` does it from reads, for which all loops are compiled anew.
    """
    said = project / "test-data/callers/star-fusion.fusion_predictions.abridged.tsv"
    alone = tmp_path / "alone"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(alone)
    program = "import nutfusion, nutfusion.cli\nprint(nutfusion.__file__)\nnutfusion.cli.main()"
    made = {}
    for name, where in (("wheel", alone), ("sources", project / "src")):
        done = subprocess.run(
            [
                sys.executable, "-c", program, "assess",
                "--sample", "S1", "--outdir", str(tmp_path / name), str(said),
            ],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(where)},
            check=True,
            capture_output=True,
            text=True,
        )  # fmt: skip
        assert done.stdout.startswith(f"{where}{os.sep}")
        made[name] = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
    assert made["wheel"] == made["sources"]
    assert b'"BRD4"' in made["wheel"]["dossier.json"]

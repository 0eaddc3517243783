"""What exists is documented, and what is documented exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest
import yaml

from nutfusion.cli import main
from nutfusion.cli.group import SUBCOMMANDS
from nutfusion.reference import load_panel
from nutfusion.scoring import load_assay
from nutfusion.scoring.registry import criteria_for
from nutfusion.sheet import WorkflowConfig
from nutfusion.sheet.columns import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path


def documentation(project: Path) -> str:
    """README and everything under docs/ and config/ that people read."""
    pages = [project / "README.md", *(project / "docs").rglob("*.md")]
    return "\n".join(page.read_text() for page in [*pages, *(project / "config").glob("*.md")])


def commands() -> list[str]:
    """Every command and subcommand, as it is typed."""
    context = click.Context(main)
    found = []
    for name in SUBCOMMANDS:
        command = main.get_command(context, name) if isinstance(main, click.Group) else None
        found.append(f"nutfusion {name}")
        if isinstance(command, click.Group):
            found += [f"nutfusion {name} {inner}" for inner in command.commands]
    return found


def test_every_command_is_documented(project: Path) -> None:
    text = documentation(project)
    assert [command for command in commands() if command not in text] == []


def test_every_config_key_and_column_has_its_row(project: Path) -> None:
    text = (project / "config" / "README.md").read_text()
    rows = re.findall(r"^\| `([a-z_0-9]+)` \|", text, re.MULTILINE)
    assert rows == [*WorkflowConfig.model_fields, *COLUMNS]


def test_every_default_in_the_table_is_the_real_one(project: Path) -> None:
    text = (project / "config" / "README.md").read_text()
    for key, field in WorkflowConfig.model_fields.items():
        if not field.is_required():
            shown = "null" if field.default is None else field.default
            assert f"| `{key}` | `{shown}` |" in text


def test_every_criterion_is_documented(project: Path) -> None:
    text = documentation(project)
    criteria = criteria_for(load_assay(), load_panel(), None)
    assert [c.identifier for c in criteria if f"`{c.identifier}`" not in text] == []


def test_the_readme_commands_are_scripts_that_exist(project: Path) -> None:
    text = (project / "README.md").read_text()
    found = re.findall(r"<!-- (?:demo|tests) -->\n```sh\n(.+)\n```", text)
    assert found == ["sh scripts/demo.sh", "sh scripts/check.sh"]
    assert all((project / command.split()[1]).is_file() for command in found)


def test_links_between_pages_lead_somewhere(project: Path) -> None:
    broken = [
        f"{page.relative_to(project)}: {target}"
        for page in project.glob("**/*.md")
        if not any(part.startswith(".") or part == "results" for part in page.parts[1:])
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert broken == []


PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def test_decisions_are_numbered_once_without_gaps_and_named_by_their_number(project: Path) -> None:
    pages = sorted((project / "docs/adr").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    for page in pages:
        assert page.read_text().startswith(f"# {int(page.name[:4])}. ")


def test_every_sample_of_the_test_data_is_described(project: Path) -> None:
    text = (project / "test-data" / "README.md").read_text()
    for sheet in ("samples.csv", "synthetic.csv"):
        lines = (project / "test-data" / sheet).read_text().splitlines()[1:]
        assert all(f"| `{line.split(',')[0]}` |" in text for line in lines)


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_the_lock_pins_every_dependency_with_digests(lock: str, project: Path) -> None:
    import tomllib

    pinned = (project / "requirements" / f"{lock}.lock").read_text()
    says = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    wanted = [*says["dependencies"], *says["optional-dependencies"]["setup"]]
    wanted += says["optional-dependencies"]["dev"] if lock == "dev" else []
    names = {re.split(r"[<>=;]", name)[0].lower().replace("_", "-") for name in wanted}
    assert names <= set(re.findall(r"^([a-z0-9-]+)==", pinned, re.MULTILINE))
    assert len(re.findall(r"==", pinned)) <= pinned.count("--hash=sha256:")
    assert "://" not in pinned


@pytest.mark.parametrize("lock", ["slurm", "s3", "bucket", "kubernetes"])
def test_the_lock_of_a_plugin_adds_to_the_other_and_replaces_what_it_must(
    lock: str, project: Path
) -> None:
    added, there = (
        {name for name, _ in re.findall(PIN, (project / f"requirements/{one}.lock").read_text())}
        for one in (lock, "run")
    )
    text = (project / f"requirements/{lock}.lock").read_text()
    assert "snakemake-" in text
    assert added & there <= {"python-dateutil"}  # older, for the client of S3
    assert len(added) <= text.count("--hash=sha256:")
    assert "://" not in text


def test_the_conda_environment_names_the_dependencies(project: Path) -> None:
    import tomllib

    environment = yaml.safe_load((project / "workflow" / "envs" / "nutfusion.yaml").read_text())
    named = [entry.split()[0] for entry in environment["dependencies"]]
    conda = {name.removeprefix("python-").removesuffix("-py") for name in named}
    says = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    needed = {re.split(r"[<>=]", name)[0] for name in says["dependencies"]} - {"snakemake"}
    assert needed == conda - {"python"}

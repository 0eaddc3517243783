"""``nutfusion --version``: the program, and the data that decide with it, each with its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import nutfusion

if TYPE_CHECKING:
    from collections.abc import Iterator


def show_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: ARG001
    """Print the version and leave.

    The first line is the program's. Each further one is what is shipped, a tab, and
    ``<id>@<version>@<sha256>`` as a dossier names it; a panel has no version.
    """
    if not value or context.resilient_parsing:
        return
    click.echo(f"nutfusion, version {nutfusion.__version__}")
    for kind, label in _shipped():
        click.echo(f"{kind}\t{label}")
    context.exit()


def _shipped() -> Iterator[tuple[str, str]]:
    from nutfusion.eligibility import load_policy
    from nutfusion.model.dossier import SCHEMA_VERSION
    from nutfusion.reference import load_panel
    from nutfusion.scoring import load_assay, load_run_settings
    from nutfusion.scoring.error_model import load_error_model
    from nutfusion.scoring.ledger import load_orthogonal
    from nutfusion.shipped import shipped_names

    yield "dossier", ".".join(map(str, SCHEMA_VERSION))
    panel = load_panel()
    yield "panel", f"{panel.name}@{panel.digest}"
    for name in shipped_names("eligibility", ".yaml"):
        policy = load_policy(name)
        yield "policy", f"{policy.id}@{policy.version}@{policy.digest}"
    for name in shipped_names("assays", ".yaml"):
        assay = load_assay(name)
        yield "assay", f"{assay.id}@{assay.version}@{assay.digest}"
    run, tests = load_run_settings(), load_orthogonal()
    yield "run level", f"{run.id}@{run.version}@{run.digest}"
    yield "error model", load_error_model().label
    yield "orthogonal tests", f"{tests.id}@{tests.version}@{tests.digest}"

"""``nutfusion assay``: the shipped profiles, one profile in words, and a look at one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutfusion.model.interrogates import AssayReach, Reached
    from nutfusion.scoring import AssayProfile


@click.group()
def assay() -> None:
    """Look at assay profiles."""


@assay.command("list")
def list_profiles() -> None:
    """List the shipped profiles: id, version, molecule and description, tab-separated."""
    from nutfusion.scoring import load_assay
    from nutfusion.shipped import shipped_names

    for name in shipped_names("assays", ".yaml"):
        profile = load_assay(name)
        cells = (profile.id, profile.version, profile.molecule, profile.description.en)
        click.echo("\t".join(cells))


@assay.command()
@click.argument("profile")
@click.option("--file", "as_file", is_flag=True, help="The YAML file itself, to copy.")
def show(profile: str, *, as_file: bool) -> None:
    """Say what PROFILE (an id, or the path of a .yaml file) interrogates and asks for."""
    from nutfusion.scoring import load_assay
    from nutfusion.scoring.assay import assay_path

    loaded = load_assay(profile)
    if as_file:
        click.echo(assay_path(profile).read_text(encoding="utf-8"), nl=False)
        return
    for line in _lines(loaded):
        click.echo(line)


@assay.command()
@click.argument("file")
def check(file: str) -> None:
    """Say whether FILE is a profile, and what its assay would show of the known joints.

    The exit code is 2 for a file that is no profile, with line and key of what is wrong.
    """
    from nutfusion.reference import load_panel
    from nutfusion.scoring import load_assay
    from nutfusion.scoring.reach import unplaced

    loaded = load_assay(file)
    click.echo(f"{file}: {loaded.id} {loaded.version} is a profile of {loaded.molecule}")
    for line in _joints(_reach(loaded)):
        click.echo(line)
    for text in unplaced(loaded.interrogates, load_panel()):
        click.echo(f"nutfusion: warning: {text}", err=True)


def _reach(profile: AssayProfile) -> AssayReach:
    from nutfusion.reference import load_panel
    from nutfusion.scoring.reach import assay_reach

    return assay_reach(profile.interrogates, profile.molecule, load_panel())


def _joints(reach: AssayReach) -> Iterator[str]:
    """One line per joint: the answer, then each side."""
    for joint in reach.joints:
        yield (
            f"  {joint.label.replace(':', ' exon ')}: {_said(joint.reached)} (from the partner"
            f" {_said(joint.partner_side)}, from NUTM1 {_said(joint.nutm1_side)})"
        )


def _said(answer: Reached) -> str:
    return answer.value.replace("_", " ")


def _lines(profile: AssayProfile) -> Iterator[str]:
    """A profile in words."""
    from nutfusion.scoring.criterion import number

    yield f"{profile.id} {profile.version} ({profile.molecule}) sha256:{profile.digest}"
    yield profile.description.en
    if profile.note is not None:
        yield profile.note.en
    yield "interrogates:"
    targets = profile.interrogates.targets
    for target in () if targets == "all" else targets:
        said = {True: "yes", False: "no", None: "to be stated"}[target.interrogated]
        yield f"  {target.gene}: {said} ({target.source.kind}: {target.source.reference})"
    yield from _joints(_reach(profile))
    for title, group in (("thresholds:", profile.thresholds), ("quality:", profile.quality)):
        yield title
        for key in type(group).model_fields:
            asked = getattr(group, key)
            value = "not asked" if asked.value is None else number(asked.value)
            yield f"  {key}: {value} ({asked.source.text})"

"""``nutfusion policy``: what changed between two eligibility policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from nutfusion.eligibility.differences import PolicyChange


@click.group()
def policy() -> None:
    """Look at eligibility policies."""


@policy.command()
@click.argument("before")
@click.argument("after")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text.")
def diff(before: str, after: str, *, as_json: bool) -> None:
    """Say what AFTER changes against BEFORE, gate by gate.

    Both are names of shipped policies or paths of .yaml files. The exit code is 0 whatever differs.
    """
    from nutfusion.eligibility import load_policy
    from nutfusion.eligibility.differences import policy_changes

    one, other = load_policy(before), load_policy(after)
    changes = policy_changes(one, other)
    if as_json:
        for change in changes:
            click.echo(change.model_dump_json())
        return
    for sign, said in (("-", one), ("+", other)):
        click.echo(f"{sign} {said.id} {said.version} sha256:{said.digest}")
    if not changes:
        click.echo("no gate differs; the policies say the same")
    for change in changes:
        click.echo()
        for line in _lines(change):
            click.echo(line)


def _lines(change: PolicyChange) -> list[str]:
    where = "policy" if change.gate is None else f"gate {change.gate}"
    what = "" if change.key is None else f", {change.key}"
    verdict = ": can change its verdict" if change.may_change_verdict else ""
    lines = [f"{where}{what}: {change.kind}{verdict}"]
    if change.kind != "added":
        lines.append(f"  - {_shown(change.before)}")
    if change.kind != "removed":
        lines.append(f"  + {_shown(change.after)}")
    return lines


def _shown(value: str | None) -> str:
    return "null" if value is None else value

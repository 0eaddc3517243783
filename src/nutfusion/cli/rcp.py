"""``nutfusion rcp``: the signed dossiers of a week, and what the board decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nutfusion.cli.options import PATH, panel_of, panel_option
from nutfusion.cli.review import private_key

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.rcp.model import Manifest

_BY = click.option("--by", required=True, help="Code of who says so; no name.")
_DATE = click.option("--date", required=True, help="Day, YYYY-MM-DD.")
_KEYS = click.option(
    "--keys", type=PATH, multiple=True, help="Public keys you vouch for: file or folder."
)


@click.group()
def rcp() -> None:
    """Collect the dossiers of a week for the board, and record what it decided."""


@rcp.command()
@click.argument("sources", type=PATH, nargs=-1)
@click.option("--week", required=True, help="ISO week of the meeting, such as 2026-W48.")
@click.option("--out", type=PATH, required=True, help="Folder of all meetings.")
@click.option("--date", required=True, help="Day on which new dossiers arrived, YYYY-MM-DD.")
@_KEYS
@click.option("--closes", help="Last day on which a dossier is in time, YYYY-MM-DD.")
@click.option("--last", type=PATH, help="Bundle of the meeting before, to compare with.")
@panel_option
def collect(
    *,
    sources: tuple[Path, ...],
    week: str,
    out: Path,
    date: str,
    keys: tuple[Path, ...],
    closes: str | None,
    last: Path | None,
    panel: Path | None,
) -> None:
    """Make the bundle OUT/WEEK of the dossiers in SOURCES, or add them to it.

    SOURCES are folders of dossiers, or folders that hold them at any depth. Nothing is left out:
    what is unsigned, touched or unreadable is listed as incomplete. The same dossiers again change
    nothing.
    """
    from nutfusion.rcp.collect import collect as bring
    from nutfusion.review.keys import TrustedKeys

    was_signed = is_signed(out / week)
    manifest = bring(
        out,
        week,
        sources,
        date=date,
        trusted=TrustedKeys.read(keys),
        panel=panel_of(panel),
        closes_on=closes,
        last=last,
        tell=lambda line: click.echo(line, err=True),
    )
    _tell(manifest, out / week, was_signed=was_signed)


@rcp.command()
@click.argument("bundle", type=PATH)
@click.argument("dossier")
@click.option("--reason", required=True, help="Why, in words.")
@_BY
@_DATE
@panel_option
def withdraw(
    *, bundle: Path, dossier: str, reason: str, by: str, date: str, panel: Path | None
) -> None:
    """Withdraw DOSSIER (pseudonym, folder or digest) from BUNDLE; its files stay."""
    from nutfusion.rcp import events

    was_signed = is_signed(bundle)
    manifest = events.withdraw(
        bundle, dossier, reason=reason, by=by, date=date, panel=panel_of(panel)
    )
    _tell(manifest, bundle, was_signed=was_signed)


@rcp.command()
@click.argument("bundle", type=PATH)
@click.argument("dossier")
@click.argument("code")
@click.option("--comment", help="Free words; nobody's identity.")
@_BY
@_DATE
@panel_option
def decide(
    *,
    bundle: Path,
    dossier: str,
    code: str,
    comment: str | None,
    by: str,
    date: str,
    panel: Path | None,
) -> None:
    """Record the board's decision CODE on DOSSIER (pseudonym, folder or digest) of BUNDLE.

    CODE is the board's own word. It is recorded against the digests of dossier and review; a second
    decision does not replace the first, but names it.
    """
    from nutfusion.rcp import events

    was_signed = is_signed(bundle)
    manifest = events.decide(
        bundle, dossier, code, comment=comment, by=by, date=date, panel=panel_of(panel)
    )
    _tell(manifest, bundle, was_signed=was_signed)


@rcp.command()
@click.argument("bundle", type=PATH)
@click.option("--key", type=PATH, required=True, help="The board's private key (.key.pem).")
def sign(*, bundle: Path, key: Path) -> None:
    """Sign the manifest of BUNDLE; what is added later takes the signature away."""
    from nutfusion.rcp.verify import sign_manifest

    click.echo(sign_manifest(bundle, private_key(key)))


@rcp.command()
@click.argument("bundle", type=PATH)
@_KEYS
def verify(*, bundle: Path, keys: tuple[Path, ...]) -> None:
    """Say whether BUNDLE is what was written, and what each of its dossiers is.

    Without --keys the keys of the bundle itself are used, which prove only that it agrees with
    itself. Exit status 2 when anything is not as it was written.
    """
    from nutfusion.errors import ReviewError
    from nutfusion.rcp import verify_bundle
    from nutfusion.review.keys import TrustedKeys

    found = verify_bundle(bundle, TrustedKeys.read(keys) if keys else None)
    whose = "given" if keys else "of the bundle itself: compare their fingerprints by telephone"
    click.echo(f"{found.manifest.week} manifest sha256:{found.sha256}: {found.signature}")
    click.echo(f"keys {whose}")
    for one in found.entries:
        lacks = f": {', '.join(one.missing)}" if one.missing else ""
        key = "" if one.key is None else f", key {one.key}"
        click.echo(f"{one.folder}: {one.standing.value}, {one.status.value}{key}{lacks}")
    for line in found.findings:
        click.echo(line)
    if found.findings:
        n = len(found.findings)
        raise ReviewError(
            f"{n} {'thing is' if n == 1 else 'things are'} not as written; do not use this bundle,"
            " take it again from where it was made",
            path=bundle,
        )


@rcp.command()
@click.argument("last", type=PATH)
@click.argument("this", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text.")
def diff(*, last: Path, this: Path, as_json: bool) -> None:
    """Say which dossiers of the bundle THIS are new, amended or unchanged since LAST, or gone."""
    from nutfusion.rcp.bundle import read_manifest
    from nutfusion.rcp.diff import meeting_differences

    for one in meeting_differences(read_manifest(last)[0], read_manifest(this)[0]):
        if as_json:
            click.echo(one.model_dump_json())
            continue
        what = f" ({', '.join(one.changes)})" if one.changes else ""
        states = [state.value for state in (one.was, one.now) if state is not None]
        standing = "" if one.standing is None else f", {one.standing.value}"
        lacks = f": {', '.join(one.missing)}" if one.missing else ""
        name = one.sample or "unreadable"
        whose = "" if one.centre is None else f" of {one.centre}"
        said = " -> ".join(dict.fromkeys(states)) or "no state"
        click.echo(f"{one.kind}: {name}{whose}{what}: {said}{standing}{lacks}")


@rcp.command()
@click.argument("root", type=PATH)
@click.option("--out", type=PATH, required=True, help="Gets cohort.html and the tables.")
def cohort(*, root: Path, out: Path) -> None:
    """Count partners, junctions, states, assays and days over all meetings in ROOT.

    A sample is counted once, as it held at the last meeting that had it.
    """
    from nutfusion.model.atomic import write_atomically
    from nutfusion.rcp.cohort import cohort as counted
    from nutfusion.rcp.cohort import cohort_html, read_meetings
    from nutfusion.rcp.cohort_tables import cohort_tables

    found = counted(read_meetings(root))
    for name, data in cohort_tables(found).items():
        write_atomically(out / name, data)
    write_atomically(out / "cohort.html", cohort_html(found))


def is_signed(bundle: Path) -> bool:
    """Whether a bundle's manifest has a signature."""
    from nutfusion.rcp.bundle import MANIFEST_SIGNATURE

    return (bundle / MANIFEST_SIGNATURE).is_file()


def _tell(manifest: Manifest, bundle: Path, *, was_signed: bool) -> None:
    """One line per dossier; and that a signature is gone."""
    if was_signed and not is_signed(bundle):
        click.echo("the meeting changed: sign it again with nutfusion rcp sign", err=True)
    for one in manifest.entries:
        lacks = f": {', '.join(one.missing)}" if one.missing else ""
        code = "" if one.decision is None else f", decided {one.decision.code}"
        late = ", late" if one.is_late else ""
        click.echo(f"{one.folder}: {one.novelty.value}{late}, {one.standing.value}{code}{lacks}")
    if not manifest.entries:
        click.echo("no dossier")

"""``nutfusion review``: a biologist accepts, corrects or rejects, and signs."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from nutfusion.cli.options import PATH, panel_of, panel_option

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from nutfusion.review.facts import DossierFacts
    from nutfusion.review.make import Said

ALL = "all"


@click.group(invoke_without_command=True)
@click.option("--serve", type=PATH, metavar="FOLDER", help="Review in a browser, on this machine.")
@click.option("--key", "key_path", type=PATH, help="With --serve: private key (.key.pem).")
@click.option("--reviewer", help="With --serve: professional identifier.")
@click.option("--centre", help="With --serve: code of the laboratory.")
@click.option("--keys", type=PATH, multiple=True, help="With --serve: public keys you vouch for.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="[default: a free one]")
@panel_option
@click.pass_context
def review(
    ctx: click.Context,
    *,
    serve: Path | None,
    key_path: Path | None,
    reviewer: str | None,
    centre: str | None,
    keys: tuple[Path, ...],
    port: int,
    panel: Path | None,
) -> None:
    """Accept, correct or reject the fusions of a dossier, and sign it.

    The automatic statement is never changed: every review is a signed file beside it.

    With --serve the dossiers in FOLDER, at any depth, are reviewed in a browser: open the address
    that is printed. It is good for one session on this machine; Ctrl-C ends it.
    """
    if ctx.invoked_subcommand is not None:
        if serve is not None:
            raise click.UsageError("--serve stands alone, without a command.", ctx=ctx)
        return
    if serve is None:
        click.echo(ctx.get_help())
        return
    if key_path is None or reviewer is None:
        raise click.UsageError("--serve needs --key and --reviewer.", ctx=ctx)
    _serve(serve, private_key(key_path), reviewer, centre, keys, port, panel)


def _serve(
    folder: Path,
    key: Ed25519PrivateKey,
    reviewer: str,
    centre: str | None,
    keys: tuple[Path, ...],
    port: int,
    panel: Path | None,
) -> None:
    """Serve the review page until Ctrl-C."""
    import signal
    from datetime import UTC, datetime

    from nutfusion.review.desk import Desk
    from nutfusion.review.folder import dossier_folders
    from nutfusion.review.keys import TrustedKeys, public_text
    from nutfusion.review.model import Reviewer
    from nutfusion.review.server import DeskServer
    from nutfusion.review.texts import checked_code

    who = Reviewer(
        id=checked_code(reviewer, "reviewer"),
        centre=None if centre is None else checked_code(centre, "centre"),
        public_key=public_text(key.public_key()),
    )

    def today() -> str:
        return datetime.now(UTC).astimezone().date().isoformat()

    # a script's background job ignores Ctrl-C, and what it starts would be left without an end
    signal.signal(signal.SIGINT, signal.default_int_handler)
    found = dossier_folders([folder])
    desk = Desk(found, key, who, TrustedKeys.read(keys), panel_of(panel), today)
    with DeskServer(desk, port) as server:
        click.echo(server.entrance)
        click.echo(
            f"{len(found)} dossiers; open the address above in a browser on this machine, once."
            " Ctrl-C ends.",
            err=True,
        )
        try:
            server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            click.echo("ended", err=True)


@review.command()
@click.option("--out", type=PATH, required=True, help="Path without suffix, such as keys/lab-7.")
@click.option("--no-passphrase", is_flag=True, help="Leave the private key open (for tests).")
def keygen(*, out: Path, no_passphrase: bool) -> None:
    """Make a key pair, OUT.key.pem (keep it) and OUT.pub.pem (give it away).

    Prints the fingerprint of the public key, to be compared by telephone.
    """
    from nutfusion.review.keys import write_key_pair

    passphrase = None if no_passphrase else _passphrase(confirm=True)
    click.echo(write_key_pair(out, passphrase))


@review.command()
@click.argument("folder", type=PATH)
@click.option("--key", "key_path", type=PATH, required=True, help="Private key (.key.pem).")
@click.option("--reviewer", required=True, help="Professional identifier, such as an RPPS number.")
@click.option("--centre", help="Code of the laboratory, such as a FINESS number.")
@click.option("--date", "signed_at", required=True, help="Day of the signature, YYYY-MM-DD.")
@click.option("--accept", multiple=True, metavar="FUSION", help="A fusion's id, or 'all'.")
@click.option(
    "--correct",
    type=(str, str, str, str),
    multiple=True,
    metavar="FUSION FIELD VALUE REASON",
    help="May be repeated for a fusion.",
)
@click.option("--reject", type=(str, str), multiple=True, metavar="FUSION REASON")
@click.option("--state", type=(str, str), metavar="STATE REASON", help="The sample's state.")
@click.option("--comment", help="Free words on the whole; nobody's identity.")
def sign(
    *,
    folder: Path,
    key_path: Path,
    reviewer: str,
    centre: str | None,
    signed_at: str,
    accept: tuple[str, ...],
    correct: tuple[tuple[str, str, str, str], ...],
    reject: tuple[tuple[str, str], ...],
    state: tuple[str, str] | None,
    comment: str | None,
) -> None:
    """Write and sign the next review of the dossier in FOLDER.

    Every fusion needs a decision. FUSION is its fusion_id or the start of it; 'all' accepts those
    that are neither corrected nor rejected. A later review replaces an earlier one, which stays.
    """
    from nutfusion.review.facts import read_facts
    from nutfusion.review.folder import DOSSIER
    from nutfusion.review.write import sign_review

    facts = read_facts(folder / DOSSIER)
    said = _said(facts, accept, correct, reject)
    path = sign_review(
        folder,
        said,
        private_key(key_path),
        reviewer=reviewer,
        centre=centre,
        signed_at=signed_at,
        state=state,
        comment=comment,
        seen_sha256=facts.sha256,
    )
    click.echo(str(path))


@review.command()
@click.argument("folder", type=PATH)
@click.option("--keys", type=PATH, multiple=True, help="Public keys you vouch for: file or folder.")
def verify(*, folder: Path, keys: tuple[Path, ...]) -> None:
    """Say whether the dossier in FOLDER and its reviews are what was signed, and by which keys.

    Exit status 2 when anything was touched; every finding is a line on standard output.
    """
    from nutfusion.errors import ReviewError
    from nutfusion.review.check import check_folder
    from nutfusion.review.keys import TrustedKeys
    from nutfusion.review.lines import check_lines

    found = check_folder(folder, TrustedKeys.read(keys))
    for line in check_lines(found):
        click.echo(line)
    if found.findings:
        n = len(found.findings)
        raise ReviewError(
            f"{n} {'thing is' if n == 1 else 'things are'} not as signed; do not use this dossier,"
            " ask its laboratory for it again",
            path=folder,
        )


@review.command()
@click.argument("folder", type=PATH)
@click.option("--keys", type=PATH, multiple=True, help="Public keys you vouch for: file or folder.")
def show(*, folder: Path, keys: tuple[Path, ...]) -> None:
    """Show the automatic statement and what the last review says of it."""
    from nutfusion.review.check import check_folder
    from nutfusion.review.keys import TrustedKeys
    from nutfusion.review.lines import check_lines, statement_lines

    found = check_folder(folder, TrustedKeys.read(keys))
    for line in (*statement_lines(found), "", *check_lines(found)):
        click.echo(line)


@review.command()
@click.argument("folder", type=PATH)
@click.option("--keys", type=PATH, multiple=True, help="Public keys you vouch for: file or folder.")
@panel_option
@click.option("--out", type=PATH, help="[default: FOLDER/dossier.reviewed.html]")
def page(*, folder: Path, keys: tuple[Path, ...], panel: Path | None, out: Path | None) -> None:
    """Write the page of the dossier in FOLDER with its review beside the automatic statement."""
    from nutfusion.model.atomic import write_atomically
    from nutfusion.review.check import check_folder
    from nutfusion.review.folder import REVIEWED_PAGE
    from nutfusion.review.keys import TrustedKeys
    from nutfusion.review.section import reviewed_html

    found = check_folder(folder, TrustedKeys.read(keys))
    write_atomically(out or folder / REVIEWED_PAGE, reviewed_html(found, panel_of(panel)))


def private_key(path: Path) -> Ed25519PrivateKey:
    """Read a private key, and ask for its passphrase when it has one."""
    from nutfusion.review.keys import is_encrypted, read_private_key

    return read_private_key(path, _passphrase() if is_encrypted(path) else None)


def _passphrase(*, confirm: bool = False) -> str:
    """From the environment, else from the terminal.

    Raises:
        ReviewError: There is neither, or it is empty.
    """
    from nutfusion.errors import ReviewError
    from nutfusion.review.keys import PASSPHRASE_VARIABLE

    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given is None and not sys.stdin.isatty():
        raise ReviewError(
            f"expected the key's passphrase in {PASSPHRASE_VARIABLE}, or a terminal to ask on"
        )
    if given is None:
        given = click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True)
    if not given:
        raise ReviewError("expected a passphrase, found an empty one")
    return str(given)


def _said(
    facts: DossierFacts,
    accept: tuple[str, ...],
    correct: tuple[tuple[str, str, str, str], ...],
    reject: tuple[tuple[str, str], ...],
) -> dict[str, Said]:
    """Decisions by fusion.

    Raises:
        ReviewError: A fusion gets two different ones.
    """
    from nutfusion.errors import ReviewError
    from nutfusion.review.make import Said
    from nutfusion.review.model import ReviewVerdict

    said: dict[str, Said] = {}

    def put(fusion_id: str, decision: Said) -> None:
        if fusion_id in said:
            raise ReviewError(f"{fusion_id}: gets two decisions; which one holds?")
        said[fusion_id] = decision

    corrections: dict[str, list[tuple[str, str, str]]] = {}
    for text, field, value, reason in correct:
        corrections.setdefault(_fusion_id(facts, text), []).append((field, value, reason))
    for fusion_id, changes in corrections.items():
        put(fusion_id, Said(ReviewVerdict.CORRECTED, corrections=tuple(changes)))
    for text, reason in reject:
        put(_fusion_id(facts, text), Said(ReviewVerdict.REJECTED, reason=reason))
    for text in accept:
        if text != ALL:
            put(_fusion_id(facts, text), Said(ReviewVerdict.ACCEPTED))
    if ALL in accept:
        for fusion in facts.fusions:
            said.setdefault(fusion.fusion_id, Said(ReviewVerdict.ACCEPTED))
    return said


def _fusion_id(facts: DossierFacts, text: str) -> str:
    """The one fusion whose identifier starts so.

    Raises:
        ReviewError: None or several do.
    """
    from nutfusion.errors import ReviewError

    ids = [fusion.fusion_id for fusion in facts.fusions]
    found = [text] if text in ids else [one for one in ids if text and one.startswith(text)]
    if len(found) != 1:
        raise ReviewError(
            f"expected a fusion of {', '.join(ids) or 'this dossier, which has none'};"
            f" found {text[:60]!r}"
        )
    return found[0]

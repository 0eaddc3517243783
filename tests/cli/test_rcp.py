"""``nutfusion rcp``: a week from the laboratory's folder to the board's decision."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner
from tests.rcp.builders import content, incoming
from tests.review.builders import key

from nutfusion.cli import main
from nutfusion.review.keys import public_pem, public_text, write_key_pair

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def rcp(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["rcp", *map(str, arguments)])


def test_two_weeks(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    pem = public_pem(public_text(key(1).public_key()))
    (tmp_path / "keys" / "lab-1.pub.pem").write_bytes(pem)
    write_key_pair(tmp_path / "board", None)
    board = tmp_path / "board.key.pem"
    incoming(tmp_path / "in" / "a", "S-1")
    incoming(tmp_path / "in" / "b", "S-2", sign=False)
    common = ("--out", tmp_path / "rcp", "--keys", tmp_path / "keys")
    first = rcp("collect", *common, "--week", "2026-W47", "--date", "2026-11-17", tmp_path / "in")
    assert first.exit_code == 0, first.output
    assert ": not_compared, incomplete: unsigned\n" in first.stdout
    last, this = tmp_path / "rcp" / "2026-W47", tmp_path / "rcp" / "2026-W48"
    again = ("--week", "2026-W48", "--date", "2026-11-24", "--last", last)
    assert rcp("collect", *common, *again, tmp_path / "in").exit_code == 0
    who = ("--by", "SEC-1", "--date", "2026-11-26")
    decided = rcp("decide", this, "S-1", "ACCES-A", "--comment", "ok", *who)
    assert ": unchanged, complete, decided ACCES-A\n" in decided.stdout
    gone = rcp("withdraw", this, "S-2", "--reason", "mauvais tube", *who)
    assert ": unchanged, withdrawn: unsigned\n" in gone.stdout
    assert rcp("sign", this, "--key", board).stdout.startswith("ed25519:")
    assert rcp("decide", this, "S-1", "ACCES-A", "--comment", "ok", *who).stderr == ""
    more = rcp("decide", this, "S-1", "ACCES-B", *who)
    assert "sign it again" in more.stderr
    good = rcp("verify", this, "--keys", tmp_path / "keys")
    assert good.exit_code == 0, good.output
    assert good.stdout.startswith("2026-W48 manifest sha256:")
    lines = rcp("diff", last, this).stdout.splitlines()
    assert lines[0].startswith("amended: S-2 (standing): confirmed_bet, withdrawn")
    assert lines[1] == "unchanged: S-1 of CHU-A: confirmed_bet, complete"
    (as_json, _) = rcp("diff", "--json", last, this).stdout.splitlines()
    assert json.loads(as_json)["kind"] == "amended"
    (this / "index.html").write_text("x")
    bad = rcp("verify", this)
    assert bad.exit_code == 2
    assert "index.html: expected sha256" in bad.stdout
    assert "take it again" in bad.stderr


def test_mistakes_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    source = incoming(tmp_path / "in", "S-1")
    before = content(tmp_path)
    common = ("collect", "--out", tmp_path / "rcp", source)
    for options, message in (
        (("--week", "48", "--date", "2026-11-24"), "week: expected an ISO week"),
        (("--week", "2026-W48", "--date", "24/11/2026"), "date: expected a day as YYYY-MM-DD"),
        (
            ("--week", "2026-W48", "--date", "2026-11-24", "--last", tmp_path),
            "expected a meeting's folder with manifest.json",
        ),
    ):
        done = rcp(*common, *options)
        assert (done.exit_code, message in done.stderr) == (2, True), done.output
    assert content(tmp_path) == before
    other = rcp("decide", tmp_path / "in", "S-1", "A", "--by", "X", "--date", "2026-11-24")
    assert (other.exit_code, "rcp collect makes one" in other.stderr) == (2, True)


def test_what_cannot_be_read_and_what_is_late_is_said(tmp_path: Path) -> None:
    incoming(tmp_path / "in" / "a", "S-1")
    cut = incoming(tmp_path / "in" / "cut", "S-2", sign=False) / "dossier.json"
    cut.write_bytes(cut.read_bytes()[:3000])
    other = incoming(tmp_path / "in" / "other", "S-3", sign=False) / "dossier.json"
    document = json.loads(other.read_text())
    other.write_text(json.dumps({**document, "schema_version": [2, 0]}))
    days = ("--date", "2026-11-25", "--closes", "2026-11-24")
    done = rcp("collect", "--out", tmp_path / "rcp", "--week", "2026-W48", *days, tmp_path / "in")
    assert done.exit_code == 0, done.output
    # the coordinator has to know whom to ask again; the bundle holds no path
    first, second = done.stderr.splitlines()
    assert first.startswith(f"{tmp_path / 'in' / 'cut'}: ")
    assert "; listed as unreadable-" in first
    assert "expected a dossier of format 1, found [2, 0]; listed as unreadable-" in second
    assert ": not_compared, late, incomplete: unknown_key\n" in done.stdout
    kept = b"".join(content(tmp_path / "rcp").values())
    assert str(tmp_path).encode() not in kept

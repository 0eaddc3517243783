"""``nutfusion review``: keys, signing, verifying."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.conftest import lacking
from tests.review.builders import dossier_folder

from nutfusion.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

WHO = ("--reviewer", "10001234567", "--centre", "CHU-A", "--date", "2026-11-24")


def review(*arguments: str | Path, passphrase: str | None = "secret enough") -> Result:
    env = {"NUTFUSION_KEY_PASSPHRASE": passphrase}
    return CliRunner().invoke(main, ["review", *map(str, arguments)], env=env)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    made = review("keygen", "--out", tmp_path / "keys" / "lab")
    assert made.exit_code == 0, made.output
    assert made.stdout.startswith("ed25519:")
    return tmp_path / "keys" / "lab.key.pem"


def test_a_key_is_for_its_owner_alone_and_encrypted(key: Path) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert b"ENCRYPTED" in key.read_bytes()
    again = review("keygen", "--out", key.parent / "lab")
    assert again.exit_code == 2
    assert "never overwritten" in again.stderr


def test_sign_show_and_verify(key: Path, tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    done = review("sign", folder, "--key", key, *WHO, "--accept", "all", "--comment", "Vu.")
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == str(folder / "dossier.review-1.json")
    fixed = ("nf1.3f", "reading_frame", "out-of-frame", "relu à la main")
    state = ("nf1.3f", "state", "indeterminate", "cadre perdu")
    again = review("sign", folder, "--key", key, *WHO, "--correct", *fixed, "--correct", *state)
    assert again.exit_code == 0, again.output
    shown = review("show", folder, "--keys", key.parent)
    assert "confirmed_bet (automatic)" in shown.stdout
    assert "reading_frame: in-frame -> out-of-frame: relu à la main" in shown.stdout
    good = review("verify", folder, "--keys", key.parent)
    assert good.exit_code == 0
    assert good.stdout.startswith("EX-POS-01: signed\n")
    assert good.stdout.count("trusted (lab)") == 2


def test_verify_says_what_was_touched_and_leaves_with_2(key: Path, tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    assert review("sign", folder, "--key", key, *WHO, "--accept", "all").exit_code == 0
    path = folder / "dossier.json"
    path.write_text(path.read_text("utf-8").replace("carcinome NUT", "carcinome"), "utf-8")
    bad = review("verify", folder, "--keys", key.parent)
    assert bad.exit_code == 2
    assert "dossier.json#sample,policy: dossier_changed: expected " in bad.stdout
    assert "1 thing is not as signed" in bad.stderr


def test_anyone_can_verify_with_openssl(key: Path, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        lacking("no openssl; the Debian package is called openssl")
    folder = dossier_folder(tmp_path / "S")
    assert review("sign", folder, "--key", key, *WHO, "--accept", "all").exit_code == 0
    signed = folder / "dossier.review-1.json"
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-rawin"]
    command += ["-inkey", str(key.parent / "lab.pub.pem")]
    command += ["-in", str(signed), "-sigfile", f"{signed}.sig"]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_keys_that_cannot_be_used_are_told(key: Path, tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    arguments = ("sign", folder, "--key", key, *WHO, "--accept", "all")
    wrong = review(*arguments, passphrase="other")
    assert (wrong.exit_code, "passphrase is another" in wrong.stderr) == (2, True)
    none = review(*arguments, passphrase=None)
    assert (none.exit_code, "NUTFUSION_KEY_PASSPHRASE" in none.stderr) == (2, True)
    mistaken = review("sign", folder, "--key", key.parent / "lab.pub.pem", *WHO, "--accept", "all")
    assert (mistaken.exit_code, "found a public one" in mistaken.stderr) == (2, True)
    key.chmod(0o644)
    seen = review(*arguments)
    assert (seen.exit_code, "others may read" in seen.stderr) == (2, True)
    public = review("verify", folder, "--keys", folder / "dossier.json")
    assert (public.exit_code, "public key in PEM" in public.stderr) == (2, True)


def test_a_fusion_gets_one_decision(key: Path, tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    both = ("--accept", "nf1", "--reject", "nf1", "artefact")
    done = review("sign", folder, "--key", key, *WHO, *both)
    assert (done.exit_code, "gets two decisions" in done.stderr) == (2, True)
    other = review("sign", folder, "--key", key, *WHO, "--accept", "nf2")
    assert (other.exit_code, "found 'nf2'" in other.stderr) == (2, True)
    assert [path.name for path in folder.iterdir()] == ["dossier.json"]


def test_serve_prints_an_address_that_opens_once_and_ends_with_ctrl_c(
    key: Path, tmp_path: Path
) -> None:
    folder = dossier_folder(tmp_path / "S")
    command = [sys.executable, "-m", "nutfusion", "review", "--serve", str(folder)]
    command += ["--key", str(key), "--reviewer", "10001234567"]
    env = {**os.environ, "NUTFUSION_KEY_PASSPHRASE": "secret enough"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=env) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}/open\?token=[\w-]{43}", address)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        assert "EX-POS-01" in opener.open(address, timeout=20).read().decode()
        with pytest.raises(urllib.error.HTTPError, match="403"):
            opener.open(address, timeout=20)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    assert said.splitlines()[-1] == "ended"


def test_serve_says_what_it_needs(key: Path, tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    for arguments, message in (
        (("--serve", folder), "needs --key and --reviewer"),
        (("--serve", folder, "show", folder), "stands alone"),
        (("--serve", folder, "--key", key, "--reviewer", "Dr Martin"), "reviewer: expected"),
        (("--serve", tmp_path / "no", "--key", key, "--reviewer", "R1"), "found none"),
    ):
        done = review(*arguments)
        assert (done.exit_code, message in done.stderr) == (2, True), done.output

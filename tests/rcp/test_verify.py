"""Any file of a bundle that was touched is named."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.rcp.builders import WEEK, content, decided, incoming, meeting
from tests.review.builders import key, trusted

from nutfusion.cli import main
from nutfusion.errors import ReviewError
from nutfusion.rcp.bundle import read_manifest
from nutfusion.rcp.diff import meeting_differences
from nutfusion.rcp.verify import sign_manifest, verify_bundle
from nutfusion.review.bytes import sha256
from nutfusion.review.check import FolderStatus

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("meeting")
    meeting(folder / "m", incoming(folder / "a", "S-1"), incoming(folder / "b", "S-2"))
    made = folder / "m" / WEEK
    decided(made, "S-1", "ACCES-A")
    decided(made, "S-1", "ACCES-B")
    sign_manifest(made, key(9))
    return made


@pytest.fixture
def copy(bundle: Path, tmp_path: Path) -> Path:
    return shutil.copytree(bundle, tmp_path / WEEK)


def test_an_untouched_bundle_is_what_was_written(bundle: Path) -> None:
    found = verify_bundle(bundle, trusted(1, 9))
    assert found.findings == ()
    assert found.signature.endswith("(lab-9)")
    assert [one.status for one in found.entries] == [FolderStatus.SIGNED] * 2


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_changed_byte_of_any_file_is_noticed(
    bundle: Path, tmp_path: Path, data: st.DataObject
) -> None:
    copy = shutil.copytree(bundle, tmp_path / WEEK, dirs_exist_ok=True)
    name = data.draw(st.sampled_from(sorted(content(bundle))))
    was = (bundle / name).read_bytes()
    at = data.draw(st.integers(0, len(was) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != was[at]))
    (copy / name).write_bytes(was[:at] + bytes([other]) + was[at + 1 :])
    if name == "manifest.json":
        # NB: a manifest that cannot be read any more is an error of its own
        noticed = _is_refused(copy) or verify_bundle(copy, trusted(1, 9)).findings
    else:
        noticed = verify_bundle(copy, trusted(1, 9)).findings
    # NB: the same key can be written as PEM in other bytes
    assert noticed or name == "manifest.json.pub.pem"


def _is_refused(bundle: Path) -> bool:
    try:
        read_manifest(bundle)
    except ReviewError:
        return True
    return False


@pytest.mark.parametrize(
    "name", ["index.html", "rcp.pdf", "tables/meeting.tsv", "meeting.json", "keys/lab-1.pub.pem"]
)
def test_a_file_that_is_gone_is_named(name: str, copy: Path) -> None:
    (copy / name).unlink()
    assert f"{name}: expected a file, found none" in verify_bundle(copy, None).findings


def test_a_file_put_in_is_named(copy: Path) -> None:
    (copy / "dossiers" / "note.html").write_text("x")
    expected = "dossiers/note.html: expected no such file, found one"
    assert expected in verify_bundle(copy, None).findings


def test_keys_of_the_reader_decide_and_not_those_of_the_bundle(bundle: Path) -> None:
    assert verify_bundle(bundle, None).findings == ()
    found = verify_bundle(bundle, trusted(2))
    assert len(found.findings) == 2
    assert "expected signed as the bundle says, found signed_unknown_key" in found.findings[0]


def _forge(copy: Path, name: str, old: str, new: str) -> None:
    """Change a file and mend the manifest's digest; the signature goes."""
    path = copy / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    for one in manifest["files"]:
        if one["path"] == name:
            one["sha256"] = sha256(path.read_bytes())
    (copy / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (copy / "manifest.json.sig").unlink()
    (copy / "manifest.json.pub.pem").unlink()


def test_a_decision_that_was_changed_with_its_digest_breaks_the_chain(copy: Path) -> None:
    (name,) = [n for n in content(copy) if n.endswith("decision-1.json")]
    _forge(copy, name, "ACCES-A", "ACCES-C")
    assert any("the chain is broken" in line for line in verify_bundle(copy, None).findings)


def test_a_manifest_that_says_something_else_than_its_files_is_noticed(copy: Path) -> None:
    path = copy / "manifest.json"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"state": "confirmed_bet"', '"state": "not_detected"'), "utf-8")
    (copy / "manifest.json.sig").unlink()
    (copy / "manifest.json.pub.pem").unlink()
    found = verify_bundle(copy, None).findings
    assert len([line for line in found if "expected what follows from its files" in line]) == 2


def test_what_is_added_takes_the_signature_away(copy: Path) -> None:
    decided(copy, "S-2", "ACCES-A")
    found = verify_bundle(copy, None)
    assert (found.signature, found.findings) == ("unsigned", ())


def test_a_path_that_leads_out_is_no_path_of_a_bundle(copy: Path) -> None:
    path = copy / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"path": "rcp.pdf"', '"path": "../rcp.pdf"'))
    with pytest.raises(Exception, match="expected a Manifest"):
        read_manifest(copy)


@pytest.mark.parametrize(
    ("version", "found"), [("[2, 0]", "2.0"), ("[1, 1]", "1.1"), ('"1.0"', "no version")]
)
def test_a_bundle_of_another_version_is_refused_by_every_reader(
    version: str, found: str, copy: Path, bundle: Path
) -> None:
    path = copy / "manifest.json"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace('"schema_version": [\n    1,\n    0\n  ]', f'"schema_version": {version}', 1)
    )
    later = bundle.parent / "2026-W49"
    last = ["--last", copy]
    for arguments in (
        ["verify", copy],
        ["decide", copy, "S-1", "A", "--by", "SEC-1", "--date", "2026-11-26"],
        ["diff", copy, bundle],
        ["diff", bundle, copy],
        ["cohort", copy.parent, "--out", copy.parent / "out"],
        ["collect", "--week", "2026-W49", "--out", later.parent, "--date", "2026-12-01", *last],
    ):
        done = CliRunner().invoke(main, ["rcp", *map(str, arguments)])
        assert done.exit_code == 2
        assert f"manifest.json: expected a meeting of format 1.0, found {found}" in done.output
    assert not later.exists()


def test_differences_between_two_meetings(tmp_path: Path) -> None:
    root = tmp_path / "m"
    same, gone = incoming(tmp_path / "a", "S-1"), incoming(tmp_path / "b", "S-2")
    unsigned = incoming(tmp_path / "c", "S-3", sign=False)
    meeting(root, same, gone, unsigned, week="2026-W47")
    from tests.review.builders import signed

    signed(unsigned)
    meeting(root, same, unsigned, incoming(tmp_path / "d", "S-4"))
    manifests = [read_manifest(root / week)[0] for week in ("2026-W47", WEEK)]
    found = [(d.kind, d.sample, d.changes) for d in meeting_differences(*manifests)]
    assert found == [
        ("new", "S-4", ()),
        ("amended", "S-3", ("review", "standing")),
        ("unchanged", "S-1", ()),
        ("gone", "S-2", ()),
    ]

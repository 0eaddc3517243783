"""Whatever is touched after signing is noticed, and named."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.review.builders import dossier_folder, rejected, signed, trusted

from nutfusion.errors import ReviewError
from nutfusion.review.check import FolderStatus, SignatureState, check_folder
from nutfusion.review.folder import review_name, signature_name
from nutfusion.review.keys import TrustedKeys

if TYPE_CHECKING:
    from pathlib import Path

FILES = (
    "dossier.json",
    *(name(number) for number in (1, 2) for name in (review_name, signature_name)),
)


@pytest.fixture(scope="module")
def twice_signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = dossier_folder(tmp_path_factory.mktemp("signed") / "S")
    signed(folder, signed_at="2026-11-20")
    signed(folder, rejected(), state=("not_assessable", "ARN dégradé"))
    return folder


def codes(folder: Path) -> set[str]:
    return {finding.code for finding in check_folder(folder, trusted()).findings}


def test_an_untouched_dossier_is_signed(twice_signed: Path) -> None:
    found = check_folder(twice_signed, trusted())
    assert found.status is FolderStatus.SIGNED
    assert [one.signature for one in found.reviews] == [SignatureState.TRUSTED] * 2
    assert found.last is found.reviews[1]


@pytest.mark.parametrize("name", FILES)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_change_of_any_byte_of_any_file_is_noticed(
    name: str, twice_signed: Path, tmp_path: Path, data: st.DataObject
) -> None:
    """A byte changed, one put in, one taken out, or the end cut off."""
    copy = tmp_path / "copy"
    shutil.copytree(twice_signed, copy, dirs_exist_ok=True)
    was = (twice_signed / name).read_bytes()
    at = data.draw(st.integers(0, len(was) - 1))
    kind = data.draw(st.sampled_from(["change", "insert", "delete", "cut", "append"]))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != was[at]))
    now = {
        "change": was[:at] + bytes([other]) + was[at + 1 :],
        "insert": was[:at] + bytes([other]) + was[at:],
        "delete": was[:at] + was[at + 1 :],
        "cut": was[:at],
        "append": was + bytes([other]),
    }[kind]
    (copy / name).write_bytes(now)
    found = check_folder(copy, trusted())
    assert found.status is FolderStatus.TOUCHED
    assert found.last is None
    assert any(
        finding.where.startswith((name, name.removesuffix(".sig"))) for finding in found.findings
    )


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('"disease": "carcinome NUT"', '"disease": "carcinome"', "sample"),
        (
            '"molecular_state": "confirmed_bet"',
            '"molecular_state": "indeterminate"',
            "molecular_state",
        ),
        ('"reading_frame": "in-frame"', '"reading_frame": "out-of-frame"', "fusions/nf1."),
        ('  "tag"', '   "tag"', "layout"),
    ],
)
def test_the_part_of_the_dossier_that_was_touched_is_named(
    old: str, new: str, part: str, twice_signed: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(twice_signed, copy)
    text = (copy / "dossier.json").read_text(encoding="utf-8")
    assert old in text
    (copy / "dossier.json").write_text(text.replace(old, new, 1), encoding="utf-8")
    finding = check_folder(copy, trusted()).findings[0]
    assert finding.code == "dossier_changed"
    assert finding.where.startswith(f"dossier.json#{part}")


@pytest.mark.parametrize(
    ("gone", "code"),
    [
        (review_name(1), "review_missing"),
        (signature_name(1), "signature_missing"),
        (signature_name(2), "signature_missing"),
        ("dossier.json", "dossier_unreadable"),
    ],
)
def test_a_file_taken_away_is_noticed(
    gone: str, code: str, twice_signed: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(twice_signed, copy)
    (copy / gone).unlink()
    assert code in codes(copy)


def test_reviews_that_changed_places_are_noticed(twice_signed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(twice_signed, copy)
    for name in (review_name, signature_name):
        first, second = copy / name(1), copy / name(2)
        one, other = first.read_bytes(), second.read_bytes()
        first.write_bytes(other)
        second.write_bytes(one)
    assert codes(copy) == {"chain_broken"}


def test_a_review_of_another_dossier_is_noticed(twice_signed: Path, tmp_path: Path) -> None:
    other = dossier_folder(tmp_path / "other", "negative")
    for name in (review_name(1), signature_name(1)):
        shutil.copy(twice_signed / name, other / name)
    assert "dossier_changed" in codes(other)


def test_a_key_that_nobody_vouches_for_is_not_trusted(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    signed(folder, by=2)
    assert check_folder(folder, trusted(1)).status is FolderStatus.SIGNED_UNKNOWN_KEY
    assert check_folder(folder, TrustedKeys({})).status is FolderStatus.SIGNED_UNKNOWN_KEY
    assert check_folder(folder, trusted(1, 2)).status is FolderStatus.SIGNED


def test_a_review_that_names_a_trusted_key_but_has_another_is_wrong(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    path = signed(folder, by=2)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["reviewer"]["public_key"] = next(iter(trusted(1).keys))
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert codes(folder) == {"signature_wrong"}


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    path = folder / "dossier.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('{\n  "tag"', '{\n  "tag": "nutfusion dossier",\n  "tag"', 1))
    with pytest.raises(ReviewError, match="stands twice"):
        signed(folder)


def test_a_folder_without_a_dossier_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match=r"expected a folder with dossier\.json"):
        check_folder(tmp_path, trusted())

"""Nothing is dropped, nothing is replaced, and the same dossiers give the same bytes."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from tests.rcp.builders import WEEK, content, decided, entry, incoming, meeting, withdrawn
from tests.review.builders import ACCEPTED, corrected, dossier_folder, rejected, signed, trusted

from nutfusion.errors import ReviewError
from nutfusion.model.atomic_folder import old_name
from nutfusion.rcp.cohort import cohort
from nutfusion.rcp.model import Missing, Novelty, Standing, Withdrawal
from nutfusion.rcp.verify import verify_bundle
from nutfusion.rcp.week import checked_week, days_between, days_of
from nutfusion.review.check import FolderStatus

if TYPE_CHECKING:
    from pathlib import Path


FORMATS = ("parquet", "tsv")


def test_the_same_dossiers_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    one = incoming(tmp_path / "in" / "a", "S-1")
    two = incoming(tmp_path / "in" / "b", "S-2", example="negative")
    meeting(tmp_path / "m1", one, two)
    meeting(tmp_path / "m2", two)
    meeting(tmp_path / "m2", one)
    meeting(tmp_path / "m2", tmp_path / "in")
    assert content(tmp_path / "m1" / WEEK) == content(tmp_path / "m2" / WEEK)


def test_collecting_again_writes_nothing(tmp_path: Path) -> None:
    one = incoming(tmp_path / "in", "S-1")
    meeting(tmp_path / "m", one)
    before = (tmp_path / "m" / WEEK).stat().st_ino
    meeting(tmp_path / "m", one, date="2026-11-29")
    assert (tmp_path / "m" / WEEK).stat().st_ino == before


def test_a_signed_dossier_that_declares_everything_is_complete(tmp_path: Path) -> None:
    manifest = meeting(tmp_path / "m", incoming(tmp_path / "in", "S-1"))
    found = entry(manifest, "S-1")
    assert (found.standing, found.missing) == (Standing.COMPLETE, ())
    assert (found.novelty, found.is_late) == (Novelty.NOT_COMPARED, None)


def test_what_is_missing_is_listed_and_never_dropped(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    incoming(inbox / "unsigned", "S-1", sign=False)
    incoming(inbox / "stranger", "S-2", by=2)
    touched = incoming(inbox / "touched", "S-3")
    path = touched / "dossier.json"
    path.write_text(path.read_text("utf-8").replace("carcinome NUT", "autre"), "utf-8")
    signed(dossier_folder(inbox / "undeclared", "failed"))
    (inbox / "unreadable").mkdir()
    (inbox / "unreadable" / "dossier.json").write_text("{")
    orphan = incoming(inbox / "orphan", "S-4")
    (orphan / "dossier.json").unlink()
    manifest = meeting(tmp_path / "m", inbox)
    assert entry(manifest, "S-1").missing == (Missing.UNSIGNED,)
    assert entry(manifest, "S-2").missing == (Missing.UNKNOWN_KEY,)
    assert entry(manifest, "S-3").missing == (Missing.TOUCHED,)
    # nothing holds of a touched dossier
    assert (entry(manifest, "S-3").state, entry(manifest, "S-3").fusions) == (None, ())
    assert entry(manifest, "EX-ECH-05").missing == (
        Missing.DISEASE,
        Missing.PRETREATED,
        Missing.RELAPSE,
    )
    nameless = [one for one in manifest.entries if one.sample is None]
    assert [one.missing[-1] for one in nameless] == [Missing.UNREADABLE] * 2
    assert {one.folder.split("-")[0] for one in nameless} == {"unreadable", "without"}
    assert len(manifest.entries) == 6
    page = (tmp_path / "m" / WEEK / "index.html").read_text("utf-8")
    assert all(one.folder in page for one in nameless)


def test_what_a_stranger_signs_is_shown_and_changes_nothing(tmp_path: Path) -> None:
    """Anybody can make a key and reject a fusion with it."""
    stranger = incoming(tmp_path / "a", "S-1", rejected(), state=("not_detected", "artefact"), by=2)
    found = entry(meeting(tmp_path / "m", stranger), "S-1")
    assert (found.state, found.claimed_state) == ("confirmed_bet", "not_detected")
    assert [fusion.name for fusion in found.fusions] == ["BRD4::NUTM1"]
    assert found.missing == (Missing.UNKNOWN_KEY,)
    page = (tmp_path / "m" / WEEK / "index.html").read_text("utf-8")
    assert "une relecture de clé inconnue dit" in page
    assert found.rejected is None
    vouched = entry(meeting(tmp_path / "m", trusted=trusted(2)), "S-1")
    assert vouched.rejected == 1
    assert (vouched.state, vouched.claimed_state) == ("not_detected", None)
    assert (vouched.fusions, vouched.missing) == ((), ())


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    sources = [incoming(tmp_path / f"in-{n}", f"S-{n}") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda source: meeting(tmp_path / "m", source), sources))
    manifest = meeting(tmp_path / "m")
    assert [one.sample for one in manifest.entries] == ["S-0", "S-1", "S-2", "S-3"]


def test_controls_and_test_data_are_no_patients(tmp_path: Path) -> None:
    control = incoming(tmp_path / "a", "S-1", sign=False)
    path = control / "dossier.json"
    text = path.read_text("utf-8").replace('"control": null', '"control": "negative"')
    path.write_text(text.replace('"assay": "rnaseq@', '"assay": "test-data@'), "utf-8")
    manifest = meeting(tmp_path / "m", control)
    assert entry(manifest, "S-1").missing == (Missing.UNSIGNED, Missing.TEST_DATA, Missing.CONTROL)


def test_a_later_review_is_added_and_an_earlier_copy_takes_nothing_away(tmp_path: Path) -> None:
    source = incoming(tmp_path / "in", "S-1")
    early = dossier_folder(tmp_path / "early")
    for path in source.iterdir():
        (early / path.name).write_bytes(path.read_bytes())
    meeting(tmp_path / "m", source)
    signed(source, rejected(), state=("not_detected", "artefact"))
    manifest = meeting(tmp_path / "m", source)
    assert entry(manifest, "S-1").review_number == 2
    assert entry(manifest, "S-1").fusions == ()
    again = meeting(tmp_path / "m", early)
    assert entry(again, "S-1").review_number == 2


def test_two_reviews_that_contradict_each_other_are_both_kept(tmp_path: Path) -> None:
    one = incoming(tmp_path / "a", "S-1")
    other = incoming(tmp_path / "b", "S-1", rejected(), state=("not_detected", "artefact"))
    for sources in ((one, other), (other, one)):
        manifest = meeting(tmp_path / f"m-{sources[0].name}", *sources)
        assert [e.missing for e in manifest.entries] == [(Missing.TWO_VERSIONS,)] * 2
        assert {e.state for e in manifest.entries} == {"confirmed_bet", "not_detected"}
    again = meeting(tmp_path / "m-a", one, other, one)
    assert len(again.entries) == 2


def test_half_a_character_in_a_dossier_stops_no_meeting(tmp_path: Path) -> None:
    """JSON can write half of a surrogate pair, which no text in UTF-8 can hold."""
    inbox = tmp_path / "in"
    incoming(inbox / "good", "S-1")
    path = incoming(inbox / "hostile", "S-2", sign=False) / "dossier.json"
    path.write_text(path.read_text("utf-8").replace("carcinome NUT", "\\ud800"), "utf-8")
    manifest = meeting(tmp_path / "m", inbox)
    assert entry(manifest, "S-1").missing == ()
    (other,) = [one for one in manifest.entries if one.sample is None]
    assert other.missing == (Missing.UNREADABLE,)


def test_two_folders_without_a_dossier_are_not_one_case(tmp_path: Path) -> None:
    """What cannot be read has no digest: unknown does not equal unknown."""
    orphans = [
        incoming(tmp_path / "a", "S-1"),
        incoming(tmp_path / "b", "S-2", example="negative"),
    ]
    for orphan in orphans:
        (orphan / "dossier.json").unlink()
    before = meeting(tmp_path / "m", orphans[0], week="2026-W47")
    manifest = meeting(tmp_path / "m", *orphans, last=tmp_path / "m" / "2026-W47")
    assert [e.dossier_sha256 for e in manifest.entries] == [None, None]
    assert all(Missing.TWO_VERSIONS not in e.missing for e in manifest.entries)
    assert [e.novelty for e in manifest.entries] == [Novelty.NEW] * 2
    assert len(cohort([before, manifest]).cases) == 3
    rows = (tmp_path / "m" / WEEK / "tables" / "meeting.tsv").read_text("utf-8").splitlines()
    (at,) = [n for n, name in enumerate(rows[0].split("\t")) if name == "dossier_sha256"]
    assert [row.split("\t")[at] for row in rows[1:]] == ["", ""]
    kept = withdrawn(tmp_path / "m" / WEEK, manifest.entries[0].folder)
    assert (kept.entries[0].withdrawal, verify_bundle(tmp_path / "m" / WEEK, None).findings) == (
        Withdrawal(
            folder=manifest.entries[0].folder,
            dossier_sha256=None,
            reason="mauvais tube",
            by="SEC-1",
            date="2026-11-26",
        ),
        (),
    )


def test_two_dossiers_of_one_pseudonym_and_laboratory_are_told(tmp_path: Path) -> None:
    one = incoming(tmp_path / "a", "S-1")
    other = incoming(tmp_path / "b", "S-1", example="negative")
    manifest = meeting(tmp_path / "m", one, other)
    assert [e.missing for e in manifest.entries] == [(Missing.TWO_DOSSIERS,)] * 2
    kept = withdrawn(tmp_path / "m" / WEEK, manifest.entries[0].folder)
    assert sorted(e.standing for e in kept.entries) == [Standing.COMPLETE, Standing.WITHDRAWN]


def test_one_pseudonym_of_two_laboratories_is_two_patients(tmp_path: Path) -> None:
    one = incoming(tmp_path / "a", "S-1")
    other = incoming(tmp_path / "b", "S-1", example="negative", centre="CHU-B")
    manifest = meeting(tmp_path / "m", one, other)
    assert [(e.centre, e.missing) for e in manifest.entries] == [("CHU-A", ()), ("CHU-B", ())]


def test_late_is_after_the_closing_day(tmp_path: Path) -> None:
    one, two = incoming(tmp_path / "a", "S-1"), incoming(tmp_path / "b", "S-2")
    meeting(tmp_path / "m", one, date="2026-11-23", closes_on="2026-11-24")
    manifest = meeting(tmp_path / "m", two, one, date="2026-11-25")
    assert [(e.sample, e.is_late) for e in manifest.entries] == [("S-1", False), ("S-2", True)]
    with pytest.raises(ReviewError, match="--closes: expected 2026-11-24"):
        meeting(tmp_path / "m", one, closes_on="2026-11-25")


def test_the_meeting_before_tells_new_amended_unchanged_and_gone(tmp_path: Path) -> None:
    root = tmp_path / "m"
    same, amended = incoming(tmp_path / "a", "S-1"), incoming(tmp_path / "b", "S-2")
    gone, redone = incoming(tmp_path / "c", "S-3"), incoming(tmp_path / "d", "S-4")
    meeting(root, same, amended, gone, redone, week="2026-W47")
    signed(amended, corrected(("state", "indeterminate", "cadre perdu")))
    other = incoming(tmp_path / "e", "S-4", example="negative")
    new = incoming(tmp_path / "f", "S-5")
    manifest = meeting(root, same, amended, other, new, last=root / "2026-W47")
    novelty = {e.sample: (e.novelty, e.changes) for e in manifest.entries}
    assert novelty == {
        "S-1": (Novelty.UNCHANGED, ()),
        "S-2": (Novelty.AMENDED, ("review", "state")),
        "S-4": (Novelty.AMENDED, ("dossier", "review", "state")),
        "S-5": (Novelty.NEW, ()),
    }
    assert [one.sample for one in manifest.gone] == ["S-3"]
    # NB: what was compared is kept: a decision made without the old bundle changes nothing of it
    later = decided(root / WEEK, "S-1", "D1")
    assert {e.sample: (e.novelty, e.changes) for e in later.entries} == novelty


def test_the_meeting_before_is_of_an_earlier_week(tmp_path: Path) -> None:
    one = incoming(tmp_path / "a", "S-1")
    meeting(tmp_path / "m", one, week="2026-W49")
    with pytest.raises(ReviewError, match="expected a week before 2026-W48, found 2026-W49"):
        meeting(tmp_path / "m", one, last=tmp_path / "m" / "2026-W49")


def test_a_decision_stands_against_digests_and_a_later_review_makes_it_stale(
    tmp_path: Path,
) -> None:
    source = incoming(tmp_path / "in", "S-1")
    meeting(tmp_path / "m", source)
    bundle = tmp_path / "m" / WEEK
    found = entry(decided(bundle, "S-1", "ACCES-A", comment="À revoir"), "S-1")
    assert found.decision is not None
    assert found.decision.dossier_sha256 == found.dossier_sha256
    assert found.decision.review_sha256 == found.review_sha256
    before = content(bundle)
    decided(bundle, "S-1", "ACCES-A", comment="À revoir")
    assert content(bundle) == before
    signed(source, rejected(), state=("not_detected", "artefact"))
    assert entry(meeting(tmp_path / "m", source), "S-1").missing == (Missing.DECIDED_BEFORE,)
    again = entry(decided(bundle, "S-1", "ACCES-B"), "S-1")
    assert again.missing == ()
    assert (again.decision and again.decision.number) == 2
    rows = (bundle / "tables" / "decisions.tsv").read_text("utf-8").splitlines()
    assert [row.split("\t")[4] for row in rows] == ["decision", "ACCES-A", "ACCES-B"]


@pytest.mark.parametrize(
    ("which", "code", "message"),
    [
        ("S-9", "A", "expected one dossier of S-1-"),
        ("S-1", "oui, traiter", "decision: expected 1 to 40 letters"),
        ("S-2", "A", "was touched"),
        ("S-3", "A", "withdrawn"),
    ],
)
def test_what_cannot_be_decided(which: str, code: str, message: str, tmp_path: Path) -> None:
    touched = incoming(tmp_path / "b", "S-2")
    (touched / "dossier.review-1.json.sig").write_bytes(b"0" * 64)
    sources = [incoming(tmp_path / "a", "S-1"), touched, incoming(tmp_path / "c", "S-3")]
    meeting(tmp_path / "m", *sources)
    bundle = tmp_path / "m" / WEEK
    withdrawn(bundle, "S-3")
    before = content(bundle)
    with pytest.raises(ReviewError, match=message):
        decided(bundle, which, code)
    assert content(bundle) == before


def test_a_withdrawn_dossier_stays_with_its_reason(tmp_path: Path) -> None:
    meeting(tmp_path / "m", incoming(tmp_path / "a", "S-1"))
    bundle = tmp_path / "m" / WEEK
    found = entry(withdrawn(bundle, "S-1"), "S-1")
    assert found.standing is Standing.WITHDRAWN
    assert found.status is FolderStatus.SIGNED
    assert (bundle / "dossiers" / found.folder / "dossier.json").is_file()
    assert "mauvais tube" in (bundle / "index.html").read_text("utf-8")


def test_an_empty_meeting_is_a_meeting(tmp_path: Path) -> None:
    assert meeting(tmp_path / "m").entries == ()
    page = (tmp_path / "m" / WEEK / "index.html").read_text("utf-8")
    assert "Aucun dossier n&#39;est arrivé" in page


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_source_without_a_dossier_is_the_users_mistake(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReviewError, match="expected a folder with dossier"):
        meeting(tmp_path / "m", tmp_path / name)
    assert not (tmp_path / "m").exists()


def test_a_touched_bundle_is_not_added_to(tmp_path: Path) -> None:
    meeting(tmp_path / "m", incoming(tmp_path / "a", "S-1"))
    (tmp_path / "m" / WEEK / "note.txt").write_text("x")
    with pytest.raises(ReviewError, match=r"note\.txt: expected no such file"):
        meeting(tmp_path / "m", incoming(tmp_path / "b", "S-2"))


def test_a_run_killed_between_two_renames_loses_nothing(tmp_path: Path) -> None:
    one = incoming(tmp_path / "a", "S-1")
    meeting(tmp_path / "m", one)
    bundle = tmp_path / "m" / WEEK
    before = content(bundle)
    bundle.rename(old_name(bundle))
    manifest = meeting(tmp_path / "m", incoming(tmp_path / "b", "S-2"))
    assert [e.sample for e in manifest.entries] == ["S-1", "S-2"]
    assert before.keys() < content(bundle).keys()
    assert [path.name for path in bundle.parent.iterdir()] == [WEEK]


def test_two_keys_of_one_name_are_refused(tmp_path: Path) -> None:
    from nutfusion.review.keys import TrustedKeys

    one = incoming(tmp_path / "a", "S-1")
    same = TrustedKeys(dict.fromkeys(trusted(1, 2).keys, "lab"))
    with pytest.raises(ReviewError, match="two keys are called 'lab'"):
        meeting(tmp_path / "m", one, trusted=same)


def test_a_dossier_of_another_version_is_in_the_meeting(tmp_path: Path) -> None:
    made = dossier_folder(tmp_path / "a", **{'"tag"': '"from_2031": 1, "tag"'})
    signed(made, ACCEPTED)
    found = entry(meeting(tmp_path / "m", made), "EX-POS-01")
    assert found.missing == ()
    page = tmp_path / "m" / WEEK / "dossiers" / found.folder / "dossier.html"
    assert "BRD4::NUTM1" in page.read_text("utf-8")


@pytest.mark.parametrize("week", ["2026-48", "2026-W00", "2027-W53", "2026-W54", "W48", "2026-W4٨"])
def test_weeks_that_are_none(week: str) -> None:
    with pytest.raises(ReviewError, match="expected an ISO week"):
        checked_week(week)


@pytest.mark.parametrize(
    ("week", "days"),
    [
        ("2026-W48", ("2026-11-23", "2026-11-29")),
        ("2026-W53", ("2026-12-28", "2027-01-03")),  # a year of 53 weeks, ending in the next
        ("2025-W01", ("2024-12-30", "2025-01-05")),  # week 1 begins in the year before
    ],
)
def test_weeks_at_the_edges_of_years(week: str, days: tuple[str, str]) -> None:
    assert days_of(checked_week(week)) == days


def test_days_between_are_unknown_when_one_is() -> None:
    assert days_between("2026-12-28", "2027-01-03") == 6
    assert days_between(None, "2027-01-03") is None


def test_the_manifest_lists_every_file(tmp_path: Path) -> None:
    meeting(tmp_path / "m", incoming(tmp_path / "a", "S-1"))
    bundle = tmp_path / "m" / WEEK
    listed = {one["path"] for one in json.loads((bundle / "manifest.json").read_text())["files"]}
    assert listed == content(bundle).keys() - {"manifest.json"}
    assert "rcp.pdf" in listed


def test_one_amended_dossier_changes_only_what_it_must(tmp_path: Path) -> None:
    """One of five is corrected and signed anew."""
    examples = ("positive", "negative", "failed", "positive", "positive")
    sources = [incoming(tmp_path / f"{n}", f"S-{n}", example=e) for n, e in enumerate(examples)]
    meeting(tmp_path / "m", *sources)
    before = content(tmp_path / "m" / WEEK)
    signed(sources[3], corrected(("state", "indeterminate", "cadre perdu")))
    manifest = meeting(tmp_path / "m", *sources)
    after = content(tmp_path / "m" / WEEK)
    own = f"dossiers/{entry(manifest, 'S-3').folder}"
    assert after.keys() - before.keys() == {
        f"{own}/dossier.review-2.json",
        f"{own}/dossier.review-2.json.sig",
    }
    assert before.keys() <= after.keys()
    assert {name for name, data in before.items() if after[name] != data} == {
        f"{own}/dossier.html",
        "index.html",
        "manifest.json",
        "rcp.pdf",
        # the automatic tables and the decisions are as they were
        *(f"tables/{table}.{suffix}" for table in ("meeting", "fusions") for suffix in FORMATS),
    }

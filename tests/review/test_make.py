"""What may be said of a dossier, and what follows from it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from tests.review.builders import (
    ACCEPTED,
    corrected,
    dossier_folder,
    key,
    rejected,
    signed,
    trusted,
)

from nutfusion.errors import ReviewError
from nutfusion.review.check import check_folder, parse_review
from nutfusion.review.model import Review, ReviewVerdict
from nutfusion.review.write import sign_review

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.review.make import Said


def read(path: Path) -> Review:
    return parse_review(path.read_bytes(), path)


def test_the_same_review_gives_the_same_bytes_and_the_same_signature(tmp_path: Path) -> None:
    written = [signed(dossier_folder(tmp_path / name)) for name in "ab"]
    assert written[0].read_bytes() == written[1].read_bytes()
    signatures = [path.with_name(f"{path.name}.sig").read_bytes() for path in written]
    assert signatures[0] == signatures[1]
    assert len(signatures[0]) == 64


def test_accepting_everything_leaves_the_state(tmp_path: Path) -> None:
    state = read(signed(dossier_folder(tmp_path / "S"))).sample_state
    assert (state.reviewed, state.basis, state.reason) == ("confirmed_bet", "accepted", None)


def test_a_dossier_without_fusions_can_be_signed(tmp_path: Path) -> None:
    review = read(signed(dossier_folder(tmp_path / "S", "negative")))
    assert review.decisions == ()
    assert review.sample_state.basis == "accepted"


def test_a_corrected_state_is_the_samples_and_the_automatic_one_stays(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    before = (folder / "dossier.json").read_bytes()
    change = ("state", "indeterminate", "RT-PCR négative sur le même ARN")
    review = read(signed(folder, corrected(change)))
    correction = review.decisions[0].corrections[0]
    assert (correction.automatic, correction.to) == ("confirmed_bet", "indeterminate")
    assert review.sample_state.reviewed == "indeterminate"
    assert review.sample_state.basis == "fusions"
    assert (folder / "dossier.json").read_bytes() == before


def test_nothing_follows_from_fusions_that_are_all_rejected(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    with pytest.raises(ReviewError, match="every fusion is rejected"):
        signed(folder, rejected())
    state = read(signed(folder, rejected(), state=("not_detected", "artefact"))).sample_state
    assert (state.reviewed, state.basis) == ("not_detected", "stated")


def test_reviews_chain_by_digest_and_none_is_overwritten(tmp_path: Path) -> None:
    from nutfusion.review.bytes import sha256

    folder = dossier_folder(tmp_path / "S")
    first = signed(folder)
    kept = first.read_bytes()
    second = read(signed(folder, rejected(), by=2, state=("not_detected", "artefact")))
    assert first.read_bytes() == kept
    assert second.number == 2
    assert second.previous_sha256 == sha256(kept)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (corrected(("state", "positive", "x")), "expected one of confirmed_bet"),
        (corrected(("size", "3", "x")), "expected a field of state"),
        (corrected(("state", "confirmed_bet", "x")), "nothing to correct"),
        (corrected(("five_prime_position", "19:15254152", "x")), "such as chr19:15254152"),
        (corrected(("five_prime_gene", "=BRD3", "x")), "an HGNC symbol"),
        (corrected(("name", "BRD3", "x")), "such as BRD4::NUTM1"),
        (corrected(("state", "indeterminate", " ")), "expected a reason in words"),
        (corrected(("state", "indeterminate", "a\u202eb")), "control character"),
        (corrected(("state", "indeterminate", "x" * 2001)), "at most 2000 characters"),
        (corrected(("state", "indeterminate", "Mme Durand, née le 3/4/1970")), "birth date"),
        (corrected(*[("state", "indeterminate", "x")] * 2), "corrected twice"),
        (corrected(), "corrections of a corrected fusion only"),
        (rejected(""), "expected a reason in words"),
    ],
)
def test_what_cannot_be_said_is_refused_and_nothing_is_written(
    said: Said, message: str, tmp_path: Path
) -> None:
    folder = dossier_folder(tmp_path / "S")
    with pytest.raises(ReviewError, match=message):
        signed(folder, said)
    assert [path.name for path in folder.iterdir()] == ["dossier.json"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"reviewer": "Dr Martin"}, "reviewer: expected 1 to 40 letters"),
        ({"centre": "CHU de A"}, "centre: expected"),
        ({"signed_at": "24/11/2026"}, "as YYYY-MM-DD"),
        ({"signed_at": "2026-02-30"}, "as YYYY-MM-DD"),
        ({"state": ("eligible", "x")}, "expected one of confirmed_bet"),
        ({"comment": "Patiente Mme Durand"}, "a person's name"),
        ({"seen_sha256": "0" * 64}, "not the one that was shown"),
    ],
)
def test_who_and_when_are_codes_and_a_day(
    options: dict[str, Any], message: str, tmp_path: Path
) -> None:
    folder = dossier_folder(tmp_path / "S")
    with pytest.raises(ReviewError, match=message):
        signed(folder, **options)
    assert [path.name for path in folder.iterdir()] == ["dossier.json"]


def test_every_fusion_needs_a_decision(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    who: dict[str, Any] = {"reviewer": "R1", "centre": None, "signed_at": "2026-11-24"}
    with pytest.raises(ReviewError, match="found none for BRD4::NUTM1"):
        sign_review(folder, {}, key(), **who)
    with pytest.raises(ReviewError, match=r"found 'nf1\.other'"):
        sign_review(folder, {"nf1.3f0c9d52a1": ACCEPTED, "nf1.other": ACCEPTED}, key(), **who)


def test_a_later_review_has_no_earlier_day(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    signed(folder)
    with pytest.raises(ReviewError, match=r"2026-11-24 \(the review before\) or later"):
        signed(folder, signed_at="2026-11-23")


def test_a_touched_dossier_cannot_be_signed_on(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    signed(folder)
    path = folder / "dossier.json"
    path.write_text(path.read_text(encoding="utf-8").replace("carcinome NUT", "autre"), "utf-8")
    with pytest.raises(ReviewError, match="cannot be signed on"):
        signed(folder)


def test_a_dossier_of_a_later_minor_version_can_be_reviewed(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S", **{'"tag"': '"from_2031": {"a": 1}, "tag"'})
    review = read(signed(folder))
    assert "from_2031" in [part.part for part in review.dossier_parts]
    assert [d.verdict for d in review.decisions] == [ReviewVerdict.ACCEPTED]


def test_of_two_who_sign_at_once_none_overwrites_the_other(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path)

    def sign(number: int) -> str | None:
        try:
            signed(folder, by=number)
        except ReviewError as error:
            return error.code
        return "written"

    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(sign, range(1, 5)))
    assert set(ends) <= {"written", "changed", "touched"}
    found = check_folder(folder, trusted(1, 2, 3, 4))
    assert found.findings == ()
    assert len(found.reviews) == ends.count("written") >= 1

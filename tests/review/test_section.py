"""The reviewed page: both statements, who, when, and whether anything was touched."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.dossier import builders as dossier_builders
from tests.review.builders import corrected, dossier_folder, rejected, signed, trusted

from nutfusion.dossier.messages import Language
from nutfusion.review.check import FolderStatus, check_folder
from nutfusion.review.model import ReviewField, ReviewVerdict
from nutfusion.review.section import review_section, reviewed_html
from nutfusion.review.words import board_catalogue

if TYPE_CHECKING:
    from enum import StrEnum
    from pathlib import Path

CHANGES = (
    ("state", "indeterminate", "le cadre n'est pas gardé"),
    ("reading_frame", "out-of-frame", "relu <b>à la main</b>"),
)


def section(folder: Path, language: Language = Language.FR) -> str:
    return re.sub(r"\s+", " ", review_section(check_folder(folder, trusted()), language))


def test_automatic_statement_and_correction_stand_side_by_side(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    signed(folder, corrected(*CHANGES), comment="À revoir\nen RCP")
    french, english = section(folder), section(folder, Language.EN)
    change = "Cadre de lecture : cadre de lecture conservé devient cadre de lecture rompu"
    assert change in french.replace("\u202f", " ")
    assert "Reading frame: in frame becomes out of frame" in english
    assert french.count("BRD4::NUTM1") == 1
    assert "relu &lt;b&gt;à la main&lt;/b&gt;" in french
    assert "10001234567" in french
    assert "24/11/2026" in french
    assert "2026-11-24" in english
    assert "lab-1" in french


def test_what_holds_after_review_is_as_large_as_the_automatic_answer(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    signed(folder, corrected(*CHANGES))
    large = re.search(r'<p class="answer">.*?<span>(.*?)</span>', section(folder))
    assert large is not None
    assert large[1].replace("\u202f", " ") == "Après relecture : résultat indéterminé"
    # a key of which nobody knows whose it is changes nothing
    stranger = dossier_folder(tmp_path / "T")
    signed(stranger, corrected(*CHANGES), by=2)
    assert 'class="answer"' not in section(stranger)


def test_a_touched_dossier_shows_nothing_of_its_review(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    signed(folder, rejected("artefact"), state=("not_detected", "artefact"))
    path = folder / "dossier.json"
    path.write_text(path.read_text("utf-8").replace("carcinome NUT", "autre chose"), "utf-8")
    shown = section(folder)
    assert "Modifié après la signature" in shown
    assert "dossier.json#sample,policy" in shown
    assert "artefact" not in shown


def test_the_page_holds_the_whole_dossier_and_no_empty_signature(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    signed(folder)
    page = reviewed_html(check_folder(folder, trusted()), dossier_builders.panel())
    assert "Conclusion automatique" in page
    assert "Dossier non relu" not in page
    assert 'class="signature"' not in page
    assert page == reviewed_html(check_folder(folder, trusted()), dossier_builders.panel())


def test_a_dossier_of_another_version_still_has_a_page(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S", **{'"tag"': '"from_2031": {"a": 1}, "tag"'})
    signed(folder)
    page = reviewed_html(check_folder(folder, trusted()), dossier_builders.panel())
    assert "voici l'essentiel" in page.replace("&#39;", "'")
    assert "BRD4::NUTM1" in page


def test_replaced_reviews_are_listed(tmp_path: Path) -> None:
    folder = dossier_folder(tmp_path / "S")
    signed(folder, signed_at="2026-11-20")
    signed(folder, rejected(), state=("not_detected", "artefact"))
    assert "Relecture 1, signée le 20/11/2026 par 10001234567" in section(folder)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("folder_status", FolderStatus),
        ("review_verdict", ReviewVerdict),
        ("review_field", ReviewField),
    ],
)
def test_vocabularies_are_said_in_full_and_no_more(name: str, codes: type[StrEnum]) -> None:
    assert set(board_catalogue()[name]) == {str(code) for code in codes}


def test_every_label_is_used_and_every_used_label_exists(project: Path) -> None:
    rooms = [project / "src" / "nutfusion" / room for room in ("review", "rcp")]
    files = [p for room in rooms for form in ("*.py", "templates/*.jinja") for p in room.glob(form)]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    labels = set(board_catalogue()["board"])
    assert set(re.findall(r'\bboard\(\s*"([a-z0-9_]+)"[,)]', source)) == labels


def test_every_message_has_both_languages_and_its_fields() -> None:
    for section_name, keys in board_catalogue().items():
        for key, words in keys.items():
            assert set(words) == {"fr", "en"}, (section_name, key)
            fields = [set(re.findall(r"\{(\w+)\}", json.dumps(words[lang]))) for lang in words]
            assert fields[0] == fields[1], (section_name, key)
            assert not re.search(r"[eé]ligib", json.dumps(words, ensure_ascii=False)), key

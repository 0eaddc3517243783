"""Tables and PDF of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
from tests.rcp.builders import WEEK, decided, incoming, meeting, withdrawn
from tests.review.builders import corrected, trusted

from nutfusion.dossier.messages import Language
from nutfusion.rcp.pdf import Paper
from nutfusion.review.check import check_folder
from nutfusion.review.words import board_phrases

if TYPE_CHECKING:
    from pathlib import Path


def asked(query: str) -> list[tuple[object, ...]]:
    found = duckdb.sql(query)
    assert found is not None
    return found.fetchall()


def test_duckdb_reads_the_tables_and_unknown_is_null(tmp_path: Path) -> None:
    changes = (
        ("five_prime_gene", "BRD3", "relu"),
        ("five_prime_position", "chr9:134007970", "relu"),
    )
    one = incoming(tmp_path / "a", "S-1", corrected(*changes))
    two = incoming(tmp_path / "b", "S-2", example="negative", sign=False)
    meeting(tmp_path / "m", one, two)
    decided(tmp_path / "m" / WEEK, "S-1", "ACCES-A", comment="=1+1")
    tables = tmp_path / "m" / WEEK / "tables"
    columns = "sample, state, fusions, rejected, is_late, days_signed_to_decided"
    rows = asked(f"select {columns} from '{tables / 'meeting.parquet'}' order by sample")
    assert rows == [
        ("S-1", "confirmed_bet", ["BRD3::NUTM1"], 0, None, 2),
        # nobody reviewed S-2: that none was rejected is not known
        ("S-2", "not_detected", [], None, None, None),
    ]
    # the corrected position has no exon: the automatic one is of another place
    columns = "five_prime_gene, five_prime_position, five_prime_exon, three_prime_exon, split_reads"
    fusion = asked(f"select {columns} from '{tables / 'fusions.parquet'}'")
    assert fusion == [("BRD3", "chr9:134007970", None, "ENST00000537011.6:3", 8)]
    decision = (tables / "decisions.tsv").read_text("utf-8").splitlines()[1].split("\t")
    assert decision[4:6] == ["ACCES-A", "'=1+1"]
    assert "chr9:134007970 :: chr15:34347969" in decision


def test_neither_tables_nor_pdf_repeat_a_state_that_does_not_hold(tmp_path: Path) -> None:
    """A positive touched after its signature, and one of the wrong tube."""
    touched = incoming(tmp_path / "a", "S-1")
    path = touched / "dossier.json"
    path.write_text(path.read_text("utf-8").replace("carcinome NUT", "autre"), "utf-8")
    others = [incoming(tmp_path / "b", "S-2"), incoming(tmp_path / "c", "S-3")]
    meeting(tmp_path / "m", touched, *others)
    manifest = withdrawn(tmp_path / "m" / WEEK, "S-2")
    tables = tmp_path / "m" / WEEK / "tables"
    states = asked(f"select sample, automatic_state from '{tables / 'meeting.parquet'}' order by 1")
    assert states == [("S-1", None), ("S-2", "confirmed_bet"), ("S-3", "confirmed_bet")]
    for name in ("fusions", "dossiers"):
        text = (tables / "automatic" / f"{name}.tsv").read_text("utf-8")
        assert ("S-1" in text, "S-2" in text, "S-3" in text) == (False, False, True)
    folders = {e.folder: tmp_path / "m" / WEEK / "dossiers" / e.folder for e in manifest.entries}
    pages = {
        e.sample: " ".join(
            _texts(
                Paper(board_phrases(Language.FR)).dossier(
                    e, check_folder(folders[e.folder], trusted())
                )
            )
        )
        for e in manifest.entries
    }
    assert "BRD4::NUTM1" in pages["S-3"]
    assert "BRD4::NUTM1" not in pages["S-1"]
    assert "aucun : modifié après la signature" in pages["S-1"].replace("\u00a0", " ")


def _texts(story: list[Any]) -> list[str]:
    """What paragraphs and tables of a story say."""
    found = []
    for one in story:
        if hasattr(one, "getPlainText"):
            found.append(one.getPlainText(identify=True))
        for row in getattr(one, "_cellvalues", []):
            for cell in row:
                found += _texts(cell if isinstance(cell, list) else [cell])
    return found


def test_the_pdf_has_a_page_for_each_dossier_and_draws_what_its_font_lacks(tmp_path: Path) -> None:
    from nutfusion.rcp.pdf_sheets import Sheets, drawable

    meeting(tmp_path / "m", incoming(tmp_path / "a", "S-1"), incoming(tmp_path / "b", "S-2"))
    data = (tmp_path / "m" / WEEK / "rcp.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 3
    Sheets(board_phrases(Language.FR))
    assert drawable("œ é ≥ 漢") == "œ é ≥ [U+6F22]"

"""Reports that hold a patient's identity: nothing of it in a result or in a message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.builders import starter_panel

from nutfusion.callers import read_caller_file
from nutfusion.callers.pairs import hyphenated_pair
from nutfusion.callers.reports import NOT_SHOWN, unshown, word
from nutfusion.errors import CallerFormatError

GOLDEN = Path(__file__).parent / "golden"
NAME = "Zenaide Testnom"
"""An invented patient."""
REPORTS = {
    "tso500_all_fusions",
    "tso500_combined",
    "tso500_dragen",
    "tso500_ctdna",
    "tst170",
    "illumina_rna_amplicon",
    "archer",
    "archer_json",
    "ion_reporter_vcf",
    "ion_reporter_tsv",
    "qiaseq_rnascan",
    "foundation",
    "tempus",
    "caris",
}
FILES = sorted(f.name for f in GOLDEN.iterdir() if f.name.split(".")[0] in REPORTS)
VALUES = re.compile(r"[^\t\n\"<>]+")
"""Cells, words between quotes, texts of elements."""


def everything_said(path: Path) -> str:
    """All that leaves the reader: the result as text, or the message."""
    try:
        result = read_caller_file(path, starter_panel())
    except CallerFormatError as error:
        return str(error)
    said = [result.file.model_dump_json()]
    return "\n".join(said + [fusion.model_dump_json() for fusion in result.fusions])


def test_every_report_format_has_files_here() -> None:
    assert {name.split(".")[0] for name in FILES} == REPORTS


@pytest.mark.parametrize("name", FILES)
def test_a_name_in_any_place_of_a_report_is_never_kept_or_shown(name: str, tmp_path: Path) -> None:
    # every cell, attribute, JSON value and text in turn holds the invented patient: a shifted
    # column, a comma in a sample's name, a name typed into a comment
    text = (GOLDEN / name).read_text(encoding="utf-8")
    path = tmp_path / name
    comma = name.endswith(".csv")
    places = list(re.finditer(r"[^,\n]+", text) if comma else VALUES.finditer(text))
    assert len(places) > 10
    for place in places:
        path.write_text(text[: place.start()] + NAME + text[place.end() :], encoding="utf-8")
        said = everything_said(path)
        assert NAME not in said, text[max(0, place.start() - 30) : place.end()]
        assert "Testnom" not in said, text[max(0, place.start() - 30) : place.end()]


@pytest.mark.parametrize("name", FILES)
def test_a_shifted_column_shows_nothing_of_what_stood_there(name: str, tmp_path: Path) -> None:
    # a sample's name with the table's own separator moves every cell of the row
    text = (GOLDEN / name).read_text(encoding="utf-8")
    path = tmp_path / name
    separator = "," if name.endswith(".csv") else "\t"
    lines = text.split("\n")
    for number, line in enumerate(lines):
        shifted = [*lines]
        shifted[number] = f"{NAME}{separator}{line}"
        path.write_text("\n".join(shifted), encoding="utf-8")
        assert "Testnom" not in everything_said(path)


def test_the_message_keeps_what_was_expected() -> None:
    assert (
        unshown("expected n as a number, found 'Jean'")
        == f"expected n as a number, found {NOT_SHOWN}"
    )
    assert unshown("expected a value in 'n', found none") == "expected a value in 'n', found none"


def test_words_of_a_program_are_kept_and_sentences_are_not() -> None:
    assert word("LowQ;Imprecise", ";") == "LowQ;Imprecise"
    assert word("LowQ;see Dr X", ";") == "LowQ;other"


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("BRD4-NUTM1", ("BRD4", "NUTM1")),
        ("SLC34A2-ROS1;GOPC", ("SLC34A2", "ROS1;GOPC")),
        # symbols with hyphens of their own
        ("NKX2-1-NUTM1", ("NKX2-1", "NUTM1")),
        ("BRD4-NKX2-1", ("BRD4", "NKX2-1")),
        ("HLA-A-NUTM1", ("HLA-A", "NUTM1")),
        ("BRD4-AS1-NUTM1", ("BRD4-AS1", "NUTM1")),
        ("RP11-458D21.5-NUTM1", ("RP11-458D21.5", "NUTM1")),
        # two readings: both are handed on, none is guessed
        ("PTGES3L-AARSD1-NUTM1", ("PTGES3L;PTGES3L-AARSD1", "AARSD1-NUTM1;NUTM1")),
        ("NUTM1", None),
        ("-NUTM1", None),
    ],
)
def test_hyphenated_pairs(text: str, pair: tuple[str, str] | None) -> None:
    assert hyphenated_pair(text) == pair

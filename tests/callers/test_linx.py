"""LINX: coordinates beside the file, exons that are expected, tables that hold no fusions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4_EXON_11, NUTM1_EXON_3
from tests.callers.given import ends, one_given, positions, read_given, symbols

from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import FusionDetection, ReadingFrame

if TYPE_CHECKING:
    from pathlib import Path

NAME = "S1.linx.fusion.tsv"
CELLS = {
    "fivePrimeBreakendId": "7",
    "threePrimeBreakendId": "9",
    "name": "BRD4_NUTM1",
    "reported": "true",
    "reportedType": "KNOWN_PAIR",
    "phased": "INFRAME",
    "likelihood": "HIGH",
    "fusedExonUp": "11",
    "fusedExonDown": "3",
    "geneStart": "BRD4",
    "transcriptStart": "ENST00000679869",
    "geneEnd": "NUTM1",
    "transcriptEnd": "ENST00000537011",
}
COORDS = {"fivePrimeCoords": "19:15250000:-1", "threePrimeCoords": "15:34347000:-1"}
BREAKENDS = (
    "id\tsvId\tisStart\tgene\tgeneOrientation\n"
    "7\t40\tfalse\tBRD4\tUpstream\n"
    "9\t40\ttrue\tNUTM1\tDownstream\n"
)
SVS = (
    "svId\tcoordsStart\tcoordsEnd\tclusterId\tisFoldback\n"
    "40\t15:34347000:-1\t19:15250000:-1\t1\tfalse\n"
)


def lines(cells: dict[str, str]) -> list[str]:
    return ["\t".join(cells), "\t".join(cells.values())]


def breaks(folder: Path, cells: dict[str, str]) -> tuple[int | None, int | None]:
    point = one_given(folder, NAME, *lines(cells)).genomic_breakpoint
    assert point is not None
    assert point.five_prime is not None
    assert point.three_prime is not None
    return point.five_prime.position, point.three_prime.position


def test_coordinates_stand_in_newer_files(tmp_path: Path) -> None:
    assert breaks(tmp_path, CELLS | COORDS) == (15250000, 34347000)


def test_coordinates_come_from_the_tables_beside_older_files(tmp_path: Path) -> None:
    (tmp_path / "S1.linx.breakend.tsv").write_text(BREAKENDS)
    (tmp_path / "S1.linx.svs.tsv").write_text(SVS)
    (tmp_path / "S2.linx.svs.tsv").write_text(SVS.replace("15:", "16:"))
    assert breaks(tmp_path, CELLS) == (15250000, 34347000)
    note = read_given(tmp_path, NAME, *lines(CELLS)).file.notes[0]
    assert note.startswith("positions_from_files_beside(breakends=")


def test_breakends_may_have_coordinates_themselves(tmp_path: Path) -> None:
    rows = BREAKENDS.splitlines()
    rows = [f"{rows[0]}\tcoords", f"{rows[1]}\t19:15250000:-1", f"{rows[2]}\t15:34347000:-1"]
    (tmp_path / "S1.linx.breakend.tsv").write_text("\n".join(rows))
    assert breaks(tmp_path, CELLS) == (15250000, 34347000)


def test_without_coordinates_the_exons_are_all_that_is_said(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, NAME, *lines(CELLS))
    assert fusion.genomic_breakpoint is None
    assert (fusion.five_prime.position, fusion.three_prime.position) == (None, None)
    assert fusion.fusion_detection is FusionDetection.INFERRED
    assert positions(fusion) == (BRD4_EXON_11, NUTM1_EXON_3)
    assert fusion.junction is not None
    assert not fusion.junction.exact


def test_exons_of_transcripts_unknown_to_the_panel_give_no_joint(tmp_path: Path) -> None:
    cells = CELLS | {"transcriptStart": "ENST00000999999", "transcriptEnd": "ENST00000888888"}
    fusion = one_given(tmp_path, NAME, *lines(cells))
    assert symbols(fusion) == ("BRD4", "NUTM1")
    assert fusion.junction is None
    assert (fusion.five_prime.exon, fusion.three_prime.exon) == ("11", "3")


def test_the_joint_is_bounded_by_exons_around_the_break(tmp_path: Path) -> None:
    five, three = ends(one_given(tmp_path, NAME, *lines(CELLS | COORDS)))
    assert five.position_range == (BRD4_EXON_11, BRD4_EXON_11)
    assert three.position_range == (NUTM1_EXON_3, NUTM1_EXON_3)


@pytest.mark.parametrize(
    ("phased", "frame"),
    [
        ("INFRAME", ReadingFrame.IN_FRAME),
        ("OUT_OF_FRAME", ReadingFrame.OUT_OF_FRAME),
        ("SKIPPED_EXONS", None),  # in frame only if the cell skips exons
    ],
)
def test_skipped_exons_are_no_frame(
    tmp_path: Path, phased: str, frame: ReadingFrame | None
) -> None:
    fusion = one_given(tmp_path, NAME, *lines(CELLS | {"phased": phased}))
    assert fusion.reading_frame is frame


def test_a_fusion_that_linx_does_not_report_is_seen_all_the_same(tmp_path: Path) -> None:
    cells = CELLS | {"reported": "false", "reportedType": "NONE"}
    fusion = one_given(tmp_path, NAME, *lines(cells))
    assert fusion.says.value == "seen"


def test_newest_files_name_genes_only_together(tmp_path: Path) -> None:
    cells = {k: v for k, v in (CELLS | COORDS).items() if not k.startswith(("gene", "transcript"))}
    assert symbols(one_given(tmp_path, NAME, *lines(cells))) == ("BRD4", "NUTM1")


@pytest.mark.parametrize("content", [BREAKENDS, SVS])
def test_tables_beside_the_fusions_are_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, "S1.linx.other.tsv", *content.splitlines())
    assert caught.value.code == "not_the_result"
    assert "give .linx.fusion.tsv" in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [{"phased": "PARTLY"}, {"fivePrimeCoords": "chr19"}, {"likelihood": "ask Jane"}],
)
def test_an_unreadable_nutm1_row_is_a_finding(tmp_path: Path, change: dict[str, str]) -> None:
    fusion = one_given(tmp_path, NAME, *lines(CELLS | COORDS | change))
    assert fusion.touches_nutm1
    assert not fusion.is_readable


def test_an_unreadable_row_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    other = CELLS | {"name": "EML4_ALK", "geneStart": "EML4", "geneEnd": "ALK", "phased": "?"}
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, NAME, *lines(other))
    assert str(caught.value) == (
        f"{tmp_path}/{NAME}:2: not LINX output: expected phased as one of INFRAME, OUT_OF_FRAME,"
        " SKIPPED_EXONS, found '?'"
    )

"""CICERO: orders that are not confident, repeated headers, lists of frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.given import one_given, positions, read_given, symbols

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from pathlib import Path

CELLS = {
    "sample": "Jane Doe",
    "geneA": "BRD4",
    "chrA": "chr19",
    "posA": "15254152",
    "ortA": "-",
    "featureA": "coding",
    "geneB": "NUTM1",
    "chrB": "chr15",
    "posB": "34347969",
    "ortB": "+",
    "featureB": "coding",
    "sv_ort": ">",
    "readsA": "9",
    "readsB": "7",
    "contig": "ACGTACGT",
    "type": "CTX",
}
FINAL = {"score": "58.0", "rating": "HQ", "medal": "4", "functional effect": "Fusion", "frame": "1"}


def lines(*rows: dict[str, str]) -> list[str]:
    return ["\t".join(rows[0]), *("\t".join(row.values()) for row in rows)]


def test_an_order_that_is_not_confident_comes_from_exon_edges(tmp_path: Path) -> None:
    # sv_ort "?": the contig may be read backwards, so A is not the 5' side and ort no strand
    swapped = {"geneA": "NUTM1", "chrA": "chr15", "posA": "34347969", "ortA": "-"}
    swapped |= {"geneB": "BRD4", "chrB": "chr19", "posB": "15254152", "ortB": "+", "sv_ort": "?"}
    fusion = one_given(tmp_path, "annotated.fusion.txt", *lines(CELLS | swapped))
    assert symbols(fusion) == ("BRD4", "NUTM1")
    assert fusion.order is FusionOrder.FROM_EXON_EDGES


def test_header_lines_in_the_middle_are_no_rows(tmp_path: Path) -> None:
    given = lines(CELLS, CELLS | {"posA": "15254153"})
    result = read_given(tmp_path, "annotated.all.txt", *given[:2], given[0], given[2])
    assert result.file.rows == 2


@pytest.mark.parametrize(
    ("cells", "exact"),
    [
        (CELLS | FINAL, True),
        # the same 3' side a base lower: possible in the annotated files, not known to the base
        (CELLS | {"posB": "34347968"}, False),
        (CELLS | FINAL | {"posB": "34347968"}, True),
    ],
)
def test_annotated_files_are_to_the_base_only_at_exon_edges(
    tmp_path: Path, cells: dict[str, str], exact: bool
) -> None:
    fusion = one_given(tmp_path, "x.txt", *lines(cells))
    assert fusion.junction is not None
    assert fusion.junction.exact is exact


@pytest.mark.parametrize(
    ("frame", "expected", "differ"),
    [
        ("1,1,1", ReadingFrame.IN_FRAME, False),
        ("0", ReadingFrame.OUT_OF_FRAME, False),
        ("2,2", None, False),  # B keeps its whole coding part: not a matter of frame
        ("0,1,1", None, True),  # depends on the transcript
        ("", None, False),
    ],
)
def test_the_frame_is_said_when_all_transcripts_agree(
    tmp_path: Path, frame: str, expected: ReadingFrame | None, differ: bool
) -> None:
    fusion = one_given(tmp_path, "final_fusions.txt", *lines(CELLS | FINAL | {"frame": frame}))
    assert fusion.reading_frame is expected
    assert ("frames_differ_by_transcript" in fusion.problems) is differ


def test_a_read_counted_at_both_breakpoints_is_not_counted_twice(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, "x.txt", *lines(CELLS))
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, None)


def test_a_cell_of_several_genes_is_decided_by_the_position(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, "x.txt", *lines(CELLS | {"geneB": "NUTM1,LPCAT4"}))
    assert symbols(fusion) == ("BRD4", "NUTM1")
    assert "gene_from_position(gene=NUTM1)" in fusion.problems


def test_a_neighbour_stays_a_neighbour(tmp_path: Path) -> None:
    # NUTM1 as 5' gene into its neighbour LPCAT4, the read-through artefact of KYSE-520
    cells = {"geneA": "NUTM1", "chrA": "chr15", "posA": "34353872", "ortA": "+"}
    cells |= {"geneB": "LPCAT4", "chrB": "chr15", "posB": "34360000", "ortB": "-"}
    fusion = one_given(tmp_path, "x.txt", *lines(CELLS | cells | {"type": "read_through"}))
    assert symbols(fusion) == ("NUTM1", "LPCAT4")
    assert fusion.is_read_through


def test_neither_sample_nor_contig_is_kept(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, "x.txt", *lines(CELLS | FINAL))
    kept = str(fusion)
    assert "Doe" not in kept
    assert "ACGTACGT" not in kept


@pytest.mark.parametrize(
    "change",
    [{"sv_ort": "<"}, {"posB": "0"}, {"type": "TRA"}, {"readsA": "nine"}, {"frame": "yes"}],
)
def test_an_unreadable_nutm1_row_is_a_finding(tmp_path: Path, change: dict[str, str]) -> None:
    fusion = one_given(tmp_path, "x.txt", *lines(CELLS | FINAL | change))
    assert fusion.touches_nutm1
    assert not fusion.is_readable
    assert positions(fusion) == (None, None)


def test_an_unreadable_row_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    other = CELLS | {"geneA": "EML4", "geneB": "ALK", "sv_ort": "left"}
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, "x.txt", *lines(CELLS, other))
    assert str(caught.value) == (
        f"{tmp_path}/x.txt:3: not CICERO output: expected sv_ort as one of >, ?, found 'left'"
    )

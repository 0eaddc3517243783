"""MetaFusion: rows of many tools, each on its own base and in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_cells, fields_of, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import FusionDetection

if TYPE_CHECKING:
    from pathlib import Path

CLUSTER = "metafusion_cluster.one_position.txt"
LIKE_TRANSCRIPT = ("-", "+")


def written(folder: Path, *rows: tuple[object, ...]) -> Path:
    """A CFF file."""
    target = folder / "sample.cff"
    target.write_text("".join("\t".join(str(cell) for cell in row) + "\n" for row in rows))
    return target


def row(
    tool: str,
    places: tuple[int, int] = (15254152, 34347969),
    strands: tuple[str, str] = LIKE_TRANSCRIPT,
    counts: tuple[int, int] = (9, 4),
    library: str = "RNA",
) -> tuple[object, ...]:
    """One row of BRD4::NUTM1 on GRCh38."""
    start = (19, places[0], strands[0], 15, places[1], strands[1])
    return (
        *start,
        library,
        "JeanDupont",
        "Tumor",
        "NUT carcinoma",
        tool,
        *counts,
        "BRD4",
        "NA",
        "NUTM1",
        "NA",
    )


@pytest.mark.parametrize(
    ("tool", "at", "strands", "counts"),
    [
        ("star_fusion", (15254152, 34347969), LIKE_TRANSCRIPT, (9, 4)),
        ("STAR-Fusion", (15254152, 34347969), LIKE_TRANSCRIPT, (9, 4)),
        ("fusioncatcher", (15254152, 34347969), LIKE_TRANSCRIPT, (9, 4)),
        # split_reads1 alone is not the count of split reads
        ("arriba", (15254152, 34347969), LIKE_TRANSCRIPT, (None, 4)),
        # cut sites
        ("fusionmap", (15254152, 34347969), ("NA", "NA"), (None, None)),
        # 0-based
        ("star_seqr", (15254151, 34347968), LIKE_TRANSCRIPT, (None, None)),
        # which side stays: here both the higher one
        ("defuse", (15254152, 34347969), ("-", "-"), (9, 4)),
        # crossing reads are pairs and stand first
        ("ericscript", (15254152, 34347969), ("NA", "NA"), (4, 9)),
    ],
)
def test_each_tool_is_read_in_its_own_words(
    tmp_path: Path,
    tool: str,
    at: tuple[int, int],
    strands: tuple[str, str],
    counts: tuple[int | None, int | None],
) -> None:
    (fusion,) = nutm1_rows(written(tmp_path, row(tool, at, strands)))
    assert fusion.junction is not None
    assert fusion.junction.exact
    assert places(fusion) == (("BRD4", 15254152), ("NUTM1", 34347969))
    assert (fusion.split_reads, fusion.discordant_pairs) == counts
    assert fields_of(fusion)["tool"] == tool


@pytest.mark.parametrize(
    ("tool", "reason"),
    [
        # the converter takes RNA_BK1, which is off by up to two bases
        ("integrate", "positions_inexact(tool=integrate)"),
        ("newtool", "tool_not_understood(tool=newtool)"),
    ],
)
def test_a_joint_on_an_unknown_base_is_not_exact(tmp_path: Path, tool: str, reason: str) -> None:
    (fusion,) = nutm1_rows(written(tmp_path, row(tool, (15254153, 34347967), ("NA", "NA"))))
    assert fusion.junction is not None
    assert not fusion.junction.exact
    assert reason in fusion.problems


def test_minus_one_is_unknown(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(written(tmp_path, row("star_fusion", counts=(9, -1))))
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, None)


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    cells = list(row("star_seqr"))
    cells[:6] = [15, 34353871, "+", 15, 72518066, "+"]
    cells[13], cells[15] = "NUTM1", "ARIH1"
    (fusion,) = nutm1_rows(written(tmp_path, tuple(cells)))
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))
    assert fusion.order is FusionOrder.STATED


def test_the_sample_and_its_disease_do_not_come_along(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(written(tmp_path, row("star_fusion")))
    assert "Dupont" not in fusion.model_dump_json()
    assert "carcinoma" not in fusion.model_dump_json()


def test_rows_of_dna_are_breaks(tmp_path: Path) -> None:
    # BRD4 intron 11 and NUTM1 intron 2
    places_of_breaks = (15250000, 34347000)
    cells = row("defuse", places_of_breaks, ("-", "-"), library="DNA")
    (fusion,) = nutm1_rows(written(tmp_path, cells))
    assert fusion.fusion_detection is FusionDetection.INFERRED


def test_a_short_nutm1_row_is_a_finding(tmp_path: Path) -> None:
    path = written(tmp_path, row("star_fusion"), row("star_fusion")[:16])
    assert [fusion.is_readable for fusion in nutm1_rows(path)] == [True, False]


def test_a_broken_row_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    cells = list(row("star_fusion", counts=(9, -2)))
    cells[13], cells[15] = "A1BG", "A2M"
    path = written(tmp_path, row("star_fusion"), tuple(cells))
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:2: not MetaFusion (CFF) output: expected span_cnt as a whole number of 0 or more,"
        " found '-2'"
    )


def test_several_positions_of_a_cluster_are_shown_and_none_is_used(tmp_path: Path) -> None:
    # one event on the bases of four tools
    path = changed_cells(tmp_path, CLUSTER, breakpoint_2="34347967|34347968|34347969")
    (fusion,) = nutm1_rows(path)
    assert fusion.junction is None
    assert "several_positions_stated" in fusion.problems
    assert fields_of(fusion)["breakpoint_2"] == "34347967|34347968|34347969"


@pytest.mark.parametrize("tools", ["integrate", "star_seqr", "arriba,newtool"])
def test_one_position_of_a_tool_on_another_base_is_not_exact(tmp_path: Path, tools: str) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, CLUSTER, tools=tools))
    assert fusion.junction is not None
    assert not fusion.junction.exact


@pytest.mark.parametrize(("kind", "through"), [("ReadThrough", True), ("CodingFusion", False)])
def test_read_through_is_a_type_of_cluster(tmp_path: Path, kind: str, through: bool) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, CLUSTER, inferred_fusion_type=kind))
    assert fusion.is_read_through is through


def test_largest_counts_of_different_words_are_no_counts(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, CLUSTER))
    assert (fusion.split_reads, fusion.discordant_pairs) == (None, None)
    assert fields_of(fusion)["max_split_cnt"] == "9"


def test_a_nutm1_cluster_without_a_position_is_a_finding(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, CLUSTER, breakpoint_1="here"))
    assert not fusion.is_readable


def test_a_broken_cluster_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path, CLUSTER, **{"#gene1": "A1BG", "gene2": "A2M", "breakpoint_1": "1|x"}
    )
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:2: not MetaFusion (cluster) output: expected breakpoint as a whole number of 0 or"
        " more, found 'x'"
    )

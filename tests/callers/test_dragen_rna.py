"""DRAGEN RNA: a score that changed its meaning, several genes in a cell, order by sense."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4, NUTM1, starter_panel

from nutfusion.callers import CallerResult, read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder

if TYPE_CHECKING:
    from nutfusion.model.reported import ReportedFusion

GOLDEN = Path(__file__).parent / "golden"
OLD = (GOLDEN / "dragen_rna.before_3.9.final").read_text(encoding="utf-8")
NEW = (GOLDEN / "dragen_rna.since_3.9.final").read_text(encoding="utf-8")
FEATURES = (GOLDEN / "dragen_rna.features.csv").read_text(encoding="utf-8")


def read(tmp_path: Path, text: str, name: str = "S1.fusion_candidates.final") -> CallerResult:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_caller_file(path, starter_panel())


def nutm1(result: CallerResult) -> ReportedFusion:
    (fusion,) = [fusion for fusion in result.fusions if fusion.touches_nutm1]
    return fusion


def values(fusion: ReportedFusion) -> dict[str, str]:
    return {field.name: field.value for field in fusion.fields}


def test_the_old_score_is_a_total_and_no_count(tmp_path: Path) -> None:
    fusion = nutm1(read(tmp_path, OLD))
    assert (fusion.split_reads, fusion.discordant_pairs) == (None, None)
    assert values(fusion)["Score"] == "11"


def test_the_new_layout_counts_split_reads_and_pairs(tmp_path: Path) -> None:
    fusion = nutm1(read(tmp_path, NEW))
    assert (fusion.split_reads, fusion.discordant_pairs) == (8, 3)
    assert values(fusion)["Score"] == "0.98"
    assert values(fusion)["NumSoftClippedReads"] == "2"


@pytest.mark.parametrize(
    ("senses", "order"),
    [
        ("True\tTrue", FusionOrder.STATED),
        # the reads run against both genes: the columns are the wrong way round
        ("False\tFalse", FusionOrder.FROM_EXON_EDGES),
        ("True\tFalse", FusionOrder.FROM_EXON_EDGES),
    ],
)
def test_the_order_is_stated_when_both_genes_are_sense(
    tmp_path: Path, senses: str, order: FusionOrder
) -> None:
    fusion = nutm1(read(tmp_path, NEW.replace("True\tTrue", senses)))
    assert fusion.order is order
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)


def test_a_reversed_pair_is_turned_by_the_exon_edges(tmp_path: Path) -> None:
    text = NEW.replace(
        "BRD4--NUTM1\t0.98\tchr19:15254152:-\tchr15:34347969:+",
        "NUTM1--BRD4\t0.98\tchr15:34347969:-\tchr19:15254152:+",
    ).replace(
        "True\tTrue\tENSG00000141867.20\tENSG00000184507.16",
        "False\tFalse\tENSG00000184507.16\tENSG00000141867.20",
    )
    fusion = nutm1(read(tmp_path, text))
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)


def test_of_several_genes_the_one_at_the_place_is_taken(tmp_path: Path) -> None:
    # an antisense RNA shares the place; words of the side are then lists too
    text = NEW.replace("BRD4--NUTM1", "BRD4--AC010809.1;NUTM1").replace(
        "IntactExon\tIntactExon\tTrue\tTrue\tENSG00000141867.20\tENSG00000184507.16",
        "IntactExon\tIntron;IntactExon\tTrue\tFalse;True\tENSG00000141867.20"
        "\tENSG00000999999.1;ENSG00000184507.16",
    )
    fusion = nutm1(read(tmp_path, text))
    assert fusion.three_prime.gene == NUTM1
    assert fusion.three_prime.written == "AC010809.1;NUTM1"
    assert (fusion.five_prime.gene, fusion.order) == (BRD4, FusionOrder.FROM_EXON_EDGES)


def test_a_filtered_candidate_is_seen_and_says_so(tmp_path: Path) -> None:
    text = FEATURES.replace("PASS", "FAIL;LOW_SCORE;NEW_FILTER")
    result = read(tmp_path, text, "S1.fusion_candidates.features.csv")
    fusion = nutm1(result)
    assert values(fusion)["Filter"] == "FAIL;LOW_SCORE;OTHER"
    assert (fusion.says, fusion.split_reads) == ("seen", 8)
    assert result.file.notes == ("candidates_before_filters",)


def test_preliminary_candidates_are_noted(tmp_path: Path) -> None:
    assert read(tmp_path, NEW).file.notes == ()
    result = read(tmp_path, NEW, "S1.fusion_candidates.preliminary")
    assert result.file.notes == ("candidates_before_filters",)


def test_names_of_reads_are_not_kept(tmp_path: Path) -> None:
    assert "read1" not in nutm1(read(tmp_path, OLD)).model_dump_json()


@pytest.mark.parametrize(
    "text",
    [
        NEW.replace("BRD4--NUTM1", "BRD4-NUTM1"),
        NEW.replace("0.98", "high"),
        NEW.replace(
            "IntactExon\tTrue\tTrue\tENSG00000141867", "IntactExon\tYes\tTrue\tENSG00000141867"
        ),
        NEW.replace("chr15:34347969:+", "chr15"),
        FEATURES.replace("PASS", "Jean Dupont"),
    ],
)
def test_an_odd_nutm1_row_is_a_finding(tmp_path: Path, text: str) -> None:
    assert not nutm1(read(tmp_path, text)).is_readable


def test_an_odd_row_of_other_genes_stops_the_file(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, NEW.replace("0.75", "high"))
    assert str(caught.value).endswith(
        "S1.fusion_candidates.final:3: not DRAGEN RNA output: expected Score as a number, found"
        " 'high'"
    )

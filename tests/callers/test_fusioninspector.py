"""FusionInspector and CTAT-LR-fusion: two positions per side, names that change meaning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4_EXON_11, NUTM1, NUTM1_EXON_3, starter_panel

from nutfusion.callers import CallerResult, read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from nutfusion.model.reported import ReportedFusion

GOLDEN = Path(__file__).parent / "golden"
OLDEST = (GOLDEN / "fusioninspector.oldest_GRCh37.tsv").read_text(encoding="utf-8")
COHORT = (GOLDEN / "fusioninspector.v2_cohort.tsv").read_text(encoding="utf-8")
LONG = (GOLDEN / "ctat_lr_fusion.long_reads.tsv").read_text(encoding="utf-8")
BOTH = (GOLDEN / "ctat_lr_fusion.short_reads.tsv").read_text(encoding="utf-8")


def read(tmp_path: Path, text: str) -> CallerResult:
    path = tmp_path / "S1.tsv"
    path.write_text(text, encoding="utf-8")
    return read_caller_file(path, starter_panel())


def nutm1(result: CallerResult) -> ReportedFusion:
    (fusion,) = [fusion for fusion in result.fusions if fusion.touches_nutm1]
    return fusion


def values(fusion: ReportedFusion) -> dict[str, str]:
    return {field.name: field.value for field in fusion.fields}


@pytest.mark.parametrize("text", [OLDEST, COHORT])
def test_reads_across_the_joint_and_pairs_are_told_apart(tmp_path: Path, text: str) -> None:
    # JunctionReads is a count in the oldest layout and a list of names in the full later ones
    fusion = nutm1(read(tmp_path, text))
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, 3)


def test_a_list_of_read_names_is_not_taken_for_a_count(tmp_path: Path) -> None:
    full = COHORT.replace("\tannots\t", "\tJunctionReads\tSpanningFrags\tannots\t").replace(
        "\t1000\t0\t", "\t1000\t0\tread1,read2\tread3\t"
    )
    fusion = nutm1(read(tmp_path, full))
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, 3)
    assert not any("read1" in value for value in values(fusion).values())


def test_the_position_on_the_small_contig_is_not_read(tmp_path: Path) -> None:
    fusion = nutm1(read(tmp_path, COHORT))
    assert (fusion.five_prime.position, fusion.three_prime.position) == (BRD4_EXON_11, NUTM1_EXON_3)
    assert fusion.reading_frame is ReadingFrame.IN_FRAME


def test_a_fusion_without_split_reads_is_not_exact(tmp_path: Path) -> None:
    # FusionInspector lists pairs alone with the genes' ends as breakpoints
    text = COHORT.replace("\t9\t3\t9\t2.7\tBRD4", "\t0\t3\t0\t2.7\tBRD4").replace(
        "ONLY_REF_SPLICE", "NO_JUNCTION_READS_IDENTIFIED"
    )
    fusion = nutm1(read(tmp_path, text))
    assert fusion.split_reads == 0
    assert fusion.junction is not None
    assert not fusion.junction.exact


def test_nutm1_as_the_left_gene_stays_five_prime(tmp_path: Path) -> None:
    text = COHORT.replace(
        "BRD4^ENSG00000141867.20\t4100\tchr19:15254152:-\t"
        "NUTM1^ENSG00000184507.16\t21000\tchr15:34347969:+",
        "NUTM1^ENSG00000184507.16\t4100\tchr15:34346035:+\t"
        "BRD4^ENSG00000141867.20\t21000\tchr19:15244762:-",
    )
    assert nutm1(read(tmp_path, text)).five_prime.gene == NUTM1


@pytest.mark.parametrize(
    ("num_lr", "short", "split_reads"),
    [
        ("7.0", "5.0", 12),  # two libraries, disjoint molecules
        ("7.0", "", 7),  # only long reads crossed the joint
        ("NA", "5.0", 5),  # only short reads did
        ("2.5", "5.0", None),  # half of a read is no fragment
        ("NA", "", None),
    ],
)
def test_long_and_short_reads_across_the_joint_are_added(
    tmp_path: Path, num_lr: str, short: str, split_reads: int | None
) -> None:
    text = BOTH.replace("BRD4--NUTM1\t7.0", f"BRD4--NUTM1\t{num_lr}").replace(
        "2.1\t5.0\t2.0", f"2.1\t{short}\t2.0"
    )
    fusion = nutm1(read(tmp_path, text))
    assert fusion.split_reads == split_reads
    assert fusion.discordant_pairs == 2
    assert ("count_not_whole(name=num_LR)" in fusion.problems) is (num_lr == "2.5")


def test_long_reads_have_no_pairs(tmp_path: Path) -> None:
    fusion = nutm1(read(tmp_path, LONG))
    assert (fusion.split_reads, fusion.discordant_pairs) == (7, None)
    assert "read1,read2" not in values(fusion).values()


@pytest.mark.parametrize(
    "text",
    [
        COHORT.replace("chr15:34347969:+", "chr15:34347969:x"),
        COHORT.replace("YES_LDAS", "perhaps"),
        COHORT.replace("INFRAME", "inside"),
        LONG.replace("\t7\t", "\tseven\t"),
        BOTH.replace("chr15:34347969:+", ""),
    ],
)
def test_an_odd_nutm1_row_is_a_finding(tmp_path: Path, text: str) -> None:
    assert not nutm1(read(tmp_path, text)).is_readable


def test_odd_rows_of_other_genes_stop_the_file(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as inspector:
        read(tmp_path, COHORT.replace("chr11:118482495:+", "chr11"))
    assert str(inspector.value).endswith(
        "S1.tsv:3: not FusionInspector output: expected LeftBreakpoint as contig:position:strand,"
        " found 'chr11'"
    )
    with pytest.raises(CallerFormatError) as long_reads:
        read(tmp_path, BOTH.replace("KMT2A--MLLT3\t3.0", "KMT2A--MLLT3\t-3"))
    assert str(long_reads.value).endswith(
        "S1.tsv:3: not CTAT-LR-fusion output: expected num_LR as a whole number of 0 or more,"
        " found '-3'"
    )

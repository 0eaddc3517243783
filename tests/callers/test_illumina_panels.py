"""Illumina's panels: what their tables mean, and what their silence does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4, NUTM1, NUTM1_EXON_3
from tests.callers.changes import GOLDEN, changed, the_nutm1_row

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import FusionDetection, SourceSays, Strand

if TYPE_CHECKING:
    from pathlib import Path

LOCAL = "tso500_all_fusions.local_app_GRCh37.csv"
DRAGEN = "tso500_dragen.v2_GRCh37.csv"
CTDNA = "tso500_ctdna.v2_GRCh37.csv"
COMBINED = "tso500_combined.rna_GRCh37.tsv"


def test_deduplicated_reads_are_counted(tmp_path: Path) -> None:
    # 80 reads and 41 pairs with duplicates, 24 and 11 without
    found = the_nutm1_row(changed(tmp_path, LOCAL))
    assert (found.split_reads, found.discordant_pairs) == (24, 11)


def test_an_unknown_count_is_not_zero(tmp_path: Path) -> None:
    # SpliceGirl has no pairs: N/A
    found = the_nutm1_row(changed(tmp_path, LOCAL, (",24,11,True", ",24,N/A,True")))
    assert found.discordant_pairs is None


def test_partners_whose_direction_is_not_known_are_ordered_by_exon_edges(tmp_path: Path) -> None:
    # PPARG, PAX8 stand in the order of the genome in real files; here NUTM1 (chr15) first
    swap = ("BRD4,NUTM1,chr19:15364963,chr15:34640170", "NUTM1,BRD4,chr15:34640170,chr19:15364963")
    found = the_nutm1_row(changed(tmp_path, LOCAL, swap, (",24,11,True", ",24,11,False")))
    assert found.order is FusionOrder.FROM_EXON_EDGES
    assert found.five_prime.gene == BRD4
    # off the exon edges nothing tells the order, and it is not guessed
    found = the_nutm1_row(
        changed(
            tmp_path,
            LOCAL,
            swap,
            (",24,11,True", ",24,11,False"),
            ("chr15:34640170", "chr15:34640180"),
            ("chr19:15364963", "chr19:15364973"),
        )
    )
    assert found.order is FusionOrder.UNKNOWN
    assert "order_not_stated" in found.problems


def test_nutm1_as_five_prime_gene_stays_five_prime(tmp_path: Path) -> None:
    # a reciprocal transcript: NUTM1 exon 2 (34638236) to the first base of BRD4 exon 12 (15355573)
    found = the_nutm1_row(
        changed(
            tmp_path,
            LOCAL,
            (
                "BRD4,NUTM1,chr19:15364963,chr15:34640170",
                "NUTM1,BRD4,chr15:34638236,chr19:15355573",
            ),
        )
    )
    assert found.order is FusionOrder.STATED
    assert found.five_prime.gene == NUTM1


def test_known_direction_gives_no_strand_off_the_exon_edges(tmp_path: Path) -> None:
    # a real row of this file joins PPARG to the antisense of PAX8 with "direction known"
    found = the_nutm1_row(changed(tmp_path, LOCAL, ("chr15:34640170", "chr15:34640182")))
    assert found.order is FusionOrder.STATED
    assert found.three_prime.strand is None
    assert "strand_not_stated" in found.problems


@pytest.mark.parametrize(
    ("sense", "strand"),
    [
        ("True", Strand.PLUS),  # NUTM1 in its own sense, 12 bases into exon 3
        ("False", Strand.MINUS),  # antisense: no NUTM1 protein
        ("True;True", Strand.PLUS),  # one word per gene of the cell
        ("True;False", None),  # two overlapping genes that disagree
        ("N/A", None),
    ],
)
def test_dragen_states_the_sense_of_each_gene(
    tmp_path: Path, sense: str, strand: Strand | None
) -> None:
    found = the_nutm1_row(
        changed(
            tmp_path,
            DRAGEN,
            ("chr15:34640170", "chr15:34640182"),
            ("IntactExon,True,True", f"IntactExon,True,{sense}"),
        )
    )
    assert found.three_prime.strand is strand


def test_a_partner_among_several_genes_is_told_by_its_place(tmp_path: Path) -> None:
    # overlapping genes of one cell: ROS1;GOPC in real files
    found = the_nutm1_row(changed(tmp_path, LOCAL, ("BRD4,NUTM1", "BRD4,LINC99999;NUTM1")))
    assert found.three_prime.gene == NUTM1
    assert found.junction is not None
    assert found.junction.three_prime is not None
    assert found.junction.three_prime.position == NUTM1_EXON_3


def test_an_imprecise_row_is_seen_and_not_exact(tmp_path: Path) -> None:
    found = the_nutm1_row(
        changed(
            tmp_path, LOCAL, ("PASS,Precise", "Imprecise;LowQ,Imprecise"), (",True,6", ",False,6")
        )
    )
    assert found.says is SourceSays.SEEN
    assert found.junction is not None
    assert not found.junction.exact
    assert {f.name: f.value for f in found.fields}["KeepFusion"] == "False"


def test_neighbours_on_15q14_are_rows_of_their_own(tmp_path: Path) -> None:
    # SLC12A6 lies 5 kb before NUTM1, on the other strand
    result = changed(tmp_path, LOCAL, ("BRD4,NUTM1", "BRD4,SLC12A6"), ("34640170", "34600000"))
    assert result.file.nutm1_rows == 0
    assert result.file.panel_rows == 1


def test_an_unreadable_row_of_nutm1_is_a_finding(tmp_path: Path) -> None:
    result = changed(tmp_path, LOCAL, (",24,11,True", ",24,eleven,True"))
    (found,) = result.fusions
    assert not found.is_readable
    assert found.touches_nutm1
    assert "eleven" not in str(found)


def test_an_unreadable_row_of_other_genes_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        changed(tmp_path, LOCAL, ("GENEA,GENEB,chr1:1000", "GENEA,GENEB,chr1"))
    assert str(caught.value) == (
        f"{tmp_path / LOCAL}:5: not Illumina TruSight Oncology 500, AllFusions.csv output: expected"
        " Gene A Breakpoint as contig:position, found something else (not shown: a report may name"
        " a patient)"
    )


def test_silence_of_all_fusions_depends_on_the_captured_genes(tmp_path: Path) -> None:
    result = changed(tmp_path, LOCAL)
    assert result.file.reports_nutm1 is None
    assert result.file.notes == ("silence_depends_on_captured_genes",)


@pytest.mark.parametrize(
    ("changes", "version", "detection", "notes"),
    [
        # RNA: what is here was read in RNA
        ((), "RNA", FusionDetection.OBSERVED, ("report_list_without_nutm1(other=AllFusions.csv)",)),
        # DNA only: no RNA stands behind the section
        (
            (
                ("RNA Sample ID\tS1", "RNA Sample ID\tNA"),
                ("DNA Sample ID\tNA", "DNA Sample ID\tS1"),
            ),
            "DNA",
            FusionDetection.INFERRED,
            ("report_list_without_nutm1(other=AllFusions.csv)", "report_without_rna"),
        ),
        (
            (("DNA Sample ID\tNA", "DNA Sample ID\tS1"),),
            "DNA and RNA",
            FusionDetection.OBSERVED,
            ("report_list_without_nutm1(other=AllFusions.csv)",),
        ),
    ],
)
def test_the_combined_output_cannot_report_nutm1(
    tmp_path: Path,
    changes: tuple[tuple[str, str], ...],
    version: str,
    detection: FusionDetection,
    notes: tuple[str, ...],
) -> None:
    result = changed(tmp_path, COMBINED, *changes)
    assert result.file.version == version
    assert result.file.reports_nutm1 is False
    assert result.file.notes == notes
    assert result.file.rows == 2
    # the row of NUTM1 under [Small Variants] is no fusion
    assert result.file.nutm1_rows == 1
    assert the_nutm1_row(result).fusion_detection is detection


def test_an_empty_fusion_section_has_no_rows(tmp_path: Path) -> None:
    # a section without results holds the one word NA
    rows = (
        "BRD4-NUTM1\tchr19:15364963\tchr15:34640170\t35\t6\t0\n"
        "GENEA/GENEB;GENEC\tchr1:1000\tchr2:2000\t9\t1\t0\n"
    )
    result = changed(tmp_path, COMBINED, (rows, "NA\t\t\t\t\t\n"))
    assert result.file.rows == 0
    assert result.file.reports_nutm1 is False


def test_a_combined_output_without_a_fusion_section_says_so(tmp_path: Path) -> None:
    result = changed(tmp_path, COMBINED, ("[Fusions]", "[Other]"))
    assert "report_without_fusion_section" in result.file.notes


def test_a_slash_is_a_pair_without_direction(tmp_path: Path) -> None:
    found = the_nutm1_row(
        changed(
            tmp_path,
            COMBINED,
            (
                "BRD4-NUTM1\tchr19:15364963\tchr15:34640170",
                "NUTM1/BRD4\tchr15:34640170\tchr19:15364963",
            ),
        )
    )
    assert found.order is FusionOrder.FROM_EXON_EDGES
    assert found.five_prime.gene == BRD4


@pytest.mark.parametrize(
    ("direction", "five_prime"),
    [
        # BRD4 lies on minus: its 5' part has the higher coordinates; NUTM1's 3' part as well
        ("rR2R1", BRD4),
        # lower of both: the reciprocal product, NUTM1 5'
        ("L1rL2", NUTM1),
        # each side keeps one end only: two 5' parts, or two 3' parts, make no transcript
        ("L1R2", None),
        ("L2R1", None),
    ],
)
def test_a_break_in_dna_is_ordered_by_what_stays(
    tmp_path: Path, direction: str, five_prime: object
) -> None:
    found = the_nutm1_row(changed(tmp_path, CTDNA, ("rR2R1", direction)))
    assert found.fusion_detection is FusionDetection.INFERRED
    if five_prime is None:
        assert found.order is FusionOrder.UNKNOWN
        assert any(problem.startswith("both_parts_same_end") for problem in found.problems)
    else:
        assert found.order is FusionOrder.FROM_STRANDS
        assert found.five_prime.gene == five_prime


def test_a_direction_that_is_not_documented_is_an_error(tmp_path: Path) -> None:
    result = changed(tmp_path, CTDNA, ("rR2R1", "R1R2"))
    (found,) = result.fusions
    assert not found.is_readable
    assert found.problems == ("row_unreadable",)


def test_one_row_of_an_amplicon_vcf_is_a_finding_all_the_same(tmp_path: Path) -> None:
    name = "illumina_rna_amplicon.vcf_GRCh37.vcf"
    text = (GOLDEN / name).read_text(encoding="utf-8")
    row = next(line for line in text.split("\n") if "T1.7.A" in line and line.startswith("chr19"))
    found = the_nutm1_row(changed(tmp_path, name, (row + "\n", "")))
    assert found.rows == 1
    assert "mate_row_missing" in found.problems

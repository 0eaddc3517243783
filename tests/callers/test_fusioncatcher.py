"""FusionCatcher's table, its VCF that breaks the specification, and its summary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4, BRD4_EXON_11, NUTM1, NUTM1_EXON_3, starter_panel

from nutfusion.callers import CallerResult, read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import Assembly, ReadingFrame, Strand

if TYPE_CHECKING:
    from nutfusion.model.reported import ReportedFusion

GOLDEN = Path(__file__).parent / "golden"
TABLE = (GOLDEN / "fusioncatcher.16_columns.txt").read_text(encoding="utf-8")
VCF = (GOLDEN / "fusioncatcher.vcf").read_text(encoding="utf-8")


def read(tmp_path: Path, text: str, name: str = "final-list.txt") -> CallerResult:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_caller_file(path, starter_panel())


def nutm1(result: CallerResult) -> list[ReportedFusion]:
    return [fusion for fusion in result.fusions if fusion.touches_nutm1]


def values(fusion: ReportedFusion) -> dict[str, str]:
    return {field.name: field.value for field in fusion.fields}


def test_unique_reads_are_split_and_pairs_are_discordant(tmp_path: Path) -> None:
    (fusion,) = nutm1(read(tmp_path, TABLE))
    assert (fusion.split_reads, fusion.discordant_pairs) == (12, 4)
    assert fusion.reading_frame is ReadingFrame.IN_FRAME
    assert fusion.is_read_through is False


@pytest.mark.parametrize(
    ("effect", "frame"),
    [
        ("in-frame", ReadingFrame.IN_FRAME),
        ("out-of-frame", ReadingFrame.OUT_OF_FRAME),
        ("UTR/CDS(truncated)", None),  # one word per side: nothing about the frame
        ("---/intergenic", None),  # no annotation on one side
        ("", None),
    ],
)
def test_only_two_effects_speak_of_the_frame(
    tmp_path: Path, effect: str, frame: ReadingFrame | None
) -> None:
    (fusion,) = nutm1(read(tmp_path, TABLE.replace("in-frame", effect, 1)))
    assert fusion.reading_frame is frame


def test_labels_that_speak_against_a_fusion_are_kept_and_others_are_not(tmp_path: Path) -> None:
    # chimerdb3kb names a data base; the last one could be anybody's name
    labels = "known,banned,chimerdb3kb,gtex,Dupont_Jean"
    (fusion,) = nutm1(read(tmp_path, TABLE.replace("known,exon-exon", labels)))
    assert values(fusion)["Fusion_description"] == "known,banned,gtex"


def test_a_neighbour_is_named_as_the_file_has_it(tmp_path: Path) -> None:
    # SLC12A6 (minus) lies 5 kb before NUTM1 (plus): no read-through, and the label says nothing
    row = TABLE.replace("BRD4\tNUTM1", "SLC12A6\tNUTM1").replace("19:15254152:-", "15:34254607:-")
    (fusion,) = nutm1(read(tmp_path, row.replace("ENSG00000141867", "ENSG00000140199")))
    assert fusion.five_prime.gene is not None
    assert fusion.five_prime.gene.symbol == "SLC12A6"


def test_nutm1_as_the_five_prime_gene_stays_so(tmp_path: Path) -> None:
    row = TABLE.replace("BRD4\tNUTM1", "NUTM1\tBRD4").replace(
        "19:15254152:-\t15:34347969:+\tENSG00000141867\tENSG00000184507",
        "15:34346035:+\t19:15244762:-\tENSG00000184507\tENSG00000141867",
    )
    (fusion,) = nutm1(read(tmp_path, row))
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (NUTM1, BRD4)


def test_a_vcf_joint_of_two_records_is_one_fusion(tmp_path: Path) -> None:
    result = read(tmp_path, VCF, "final-list.vcf")
    (fusion,) = nutm1(result)
    assert (fusion.rows, fusion.line) == (2, 5)
    assert (result.file.rows, result.file.nutm1_rows) == (2, 2)
    assert (fusion.split_reads, fusion.discordant_pairs) == (12, 4)
    assert (result.file.assembly, result.file.assembly_source) == (Assembly.GRCH38, "file")


def test_the_record_of_the_three_prime_side_may_stand_first(tmp_path: Path) -> None:
    lines = VCF.splitlines()
    (fusion,) = nutm1(read(tmp_path, "\n".join([*lines[:4], lines[5], lines[4]])))
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)


@pytest.mark.parametrize("kept", [4, 5])
def test_a_vcf_record_without_its_mate_keeps_both_places(tmp_path: Path, kept: int) -> None:
    # a table filtered by contig: ALT still tells where the other side is
    lines = VCF.splitlines()
    (fusion,) = nutm1(read(tmp_path, "\n".join([*lines[:4], lines[kept]])))
    assert (fusion.five_prime.position, fusion.three_prime.position) == (BRD4_EXON_11, NUTM1_EXON_3)
    assert fusion.five_prime.strand in (Strand.MINUS, None)
    assert "mate_record_missing" in fusion.problems


def test_twins_with_one_id_are_all_kept(tmp_path: Path) -> None:
    lines = VCF.splitlines()
    result = read(tmp_path, "\n".join([*lines, lines[4], lines[5]]))
    assert sum(fusion.rows for fusion in nutm1(result)) == 4


def test_the_summary_names_fusions_and_counts_nothing(tmp_path: Path) -> None:
    text = (GOLDEN / "fusioncatcher_summary.txt").read_text(encoding="utf-8")
    result = read(tmp_path, text, "summary_candidate_fusions.txt")
    (fusion,) = nutm1(result)
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)
    assert (fusion.split_reads, fusion.discordant_pairs, fusion.junction) == (None, None, None)
    assert result.file.rows == 2


def test_a_hyphenated_gene_of_the_summary_is_not_cut(tmp_path: Path) -> None:
    text = (GOLDEN / "fusioncatcher_summary.txt").read_text(encoding="utf-8")
    result = read(tmp_path, text.replace("BRD4--NUTM1", "HLA-A--NUTM1"), "s.txt")
    assert nutm1(result)[0].five_prime.written == "HLA-A"


def test_a_summary_line_that_lost_its_asterisk_is_a_finding(tmp_path: Path) -> None:
    text = (GOLDEN / "fusioncatcher_summary.txt").read_text(encoding="utf-8")
    (fusion,) = nutm1(read(tmp_path, text.replace("* BRD4", "- BRD4"), "s.txt"))
    assert not fusion.is_readable


def test_a_summary_that_lost_lines_is_refused(tmp_path: Path) -> None:
    text = (GOLDEN / "fusioncatcher_summary.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "NUTM1" not in line]
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, "\n".join(lines), "s.txt")
    assert caught.value.code == "truncated"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TABLE.replace("15:34347969:+", "15-34347969"), "t.txt"),  # a place edited by hand
        (TABLE.replace("\t12\t35\t", "\tmany\t35\t"), "t.txt"),
        (TABLE.replace("in-frame", "perhaps"), "t.txt"),
        (VCF.replace("END=3", "END=34347969"), "t.vcf"),  # END used as the specification means it
        (VCF.replace("STRAND=-", "STRAND=?"), "t.vcf"),
    ],
)
def test_an_odd_nutm1_row_is_a_finding(tmp_path: Path, text: str, name: str) -> None:
    found = nutm1(read(tmp_path, text, name))
    assert [fusion.is_readable for fusion in found].count(False) == 1


def test_an_odd_row_of_other_genes_stops_the_file(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, TABLE.replace("18:58669909:+", "18:58669909:x"))
    assert str(caught.value).endswith(
        "final-list.txt:3: not FusionCatcher output: expected"
        " Fusion_point_for_gene_1(5end_fusion_partner) as contig:position:strand, found"
        " '18:58669909:x'"
    )


def test_a_table_of_the_oldest_columns_without_rows_is_a_result(tmp_path: Path) -> None:
    # written by every early release that found nothing
    old = (GOLDEN / "fusioncatcher.before_0.99.txt").read_text(encoding="utf-8")
    result = read(tmp_path, old.splitlines()[0] + "\n")
    assert (result.file.rows, result.file.version) == (0, "before 0.99")

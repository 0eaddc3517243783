"""INTEGRATE: two records of one fusion, brackets that cannot be trusted, names with underscores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_cells, changed_file, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = "integrate.bk_sv.vcf"
TAIL = "\t.\t.\tSVTYPE=BND;IMPRECISE(Fucion Junction)\tGT\t./."
FIVE = "19\t15254152\tbnd_7_BRD4_NUTM1_5p\tG\t]15:34347969]G" + TAIL + "\n"
THREE = "15\t34347969\tbnd_7_BRD4_NUTM1_3p\tC\t]19:15254152]C" + TAIL + "\n"


def test_two_records_are_one_row_of_two(tmp_path: Path) -> None:
    result = result_of(changed_file(tmp_path, GOLDEN))
    assert (result.file.rows, result.file.nutm1_rows) == (4, 2)
    assert len([fusion for fusion in result.fusions if fusion.touches_nutm1]) == 1


def test_the_bracket_of_the_other_strand_is_not_believed(tmp_path: Path) -> None:
    # "]15:34347969]G" says that NUTM1 stays below the joint: that would be its 5' part
    (fusion,) = nutm1_rows(changed_file(tmp_path, GOLDEN))
    assert fusion.three_prime.strand is Strand.PLUS
    assert fusion.problems == ()


@pytest.mark.parametrize(
    ("missing", "line"),
    # whichever record was lost, its own sense is the only one that is known
    [(THREE, 5), (FIVE, 5)],
)
def test_one_record_alone_states_the_fusion(tmp_path: Path, missing: str, line: int) -> None:
    (fusion,) = nutm1_rows(changed_file(tmp_path, GOLDEN, (missing, "")))
    assert (fusion.line, fusion.rows, fusion.order) == (line, 1, FusionOrder.STATED)
    assert places(fusion) == (("BRD4", 15254152), ("NUTM1", 34347969))


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    path = changed_file(
        tmp_path,
        GOLDEN,
        (FIVE, "15\t34353872\tbnd_7_NUTM1_ARIH1_5p\tG\tG[15:72518067[" + TAIL + "\n"),
        (THREE, "15\t72518067\tbnd_7_NUTM1_ARIH1_3p\tA\t]15:34353872]A" + TAIL + "\n"),
    )
    (fusion,) = nutm1_rows(path)
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))


def test_a_symbol_with_an_underscore_leaves_the_partner_open(tmp_path: Path) -> None:
    # C4B_2 is a gene: "C4B_2_NUTM1" may be C4B and 2_NUTM1, or C4B_2 and NUTM1
    (fusion,) = nutm1_rows(changed_file(tmp_path, GOLDEN, ("bnd_7_BRD4_", "bnd_7_C4B_2_")))
    assert fusion.five_prime.written == "C4B;C4B_2"
    assert fusion.touches_nutm1


def test_a_nutm1_record_without_a_breakend_is_a_finding(tmp_path: Path) -> None:
    path = changed_file(tmp_path, GOLDEN, ("]15:34347969]G", "<DEL>"), (THREE, ""))
    (fusion,) = nutm1_rows(path)
    assert not fusion.is_readable


def test_a_broken_record_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_file(tmp_path, GOLDEN, ("bnd_9_KMT2A_AFF1_3p", "KMT2A"))
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:8: not INTEGRATE output: expected ID as bnd_1_GENE_GENE_5p, found 'KMT2A'"
    )


def test_the_summary_has_the_counts_and_no_place(tmp_path: Path) -> None:
    path = changed_cells(tmp_path, "integrate_summary.RNA.tsv", Type="Read_Through", EN_RNA="0")
    (fusion,) = nutm1_rows(path)
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, 0)
    assert fusion.is_read_through is True
    assert fusion.junction is None


def test_a_summary_row_without_a_count_of_its_own_is_a_finding(tmp_path: Path) -> None:
    path = changed_cells(tmp_path, "integrate_summary.RNA.tsv", SP_RNA="some")
    (fusion,) = nutm1_rows(path)
    assert not fusion.is_readable


def test_a_broken_summary_row_of_other_genes_is_refused(tmp_path: Path) -> None:
    path = changed_file(
        tmp_path,
        "integrate_summary.RNA.tsv",
        ("BRD4", "A1BG"),
        ("NUTM1", "A2M"),
        ("\t4\t", "\tx\t"),
    )
    with pytest.raises(CallerFormatError, match=r"expected EN_RNA as a whole number") as error:
        result_of(path)
    assert error.value.line == 2


def test_an_id_of_a_million_underscores_is_refused_at_once(tmp_path: Path) -> None:
    # every way to part it would be half a million names of half a million letters
    path = changed_file(tmp_path, GOLDEN, ("bnd_9_KMT2A_AFF1_3p", "bnd_9_" + "A_" * 500_000 + "3p"))
    with pytest.raises(CallerFormatError, match=r"expected ID as bnd_1_GENE_GENE_5p"):
        result_of(path)

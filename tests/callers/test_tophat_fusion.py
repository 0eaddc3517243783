"""TopHat-Fusion: 0-based, no header, no strands, and its own meaning of "spanning"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_file, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = "tophat_fusion.result.txt"


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    path = changed_file(
        tmp_path,
        GOLDEN,
        ("BRD4\tchr19\t15254151", "NUTM1\tchr15\t34353871"),
        ("NUTM1\tchr15\t34347968", "ARIH1\tchr15\t72518066"),
    )
    (fusion,) = nutm1_rows(path)
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))
    # no strands in the file: certain for NUTM1 at an exon's edge only
    assert fusion.three_prime.strand is None
    assert "strand_not_stated" in fusion.problems


def test_reads_cross_and_pairs_do_not(tmp_path: Path) -> None:
    # columns 8, 9 and 10: the pairs with one read across are among the reads of column 8
    (fusion,) = nutm1_rows(changed_file(tmp_path, GOLDEN, ("\t12\t3\t5\t", "\t7\t2\t6\t")))
    assert (fusion.split_reads, fusion.discordant_pairs) == (7, 2)


def test_the_sample_s_name_does_not_come_along(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_file(tmp_path, GOLDEN, ("lib", "JeanDupont")))
    assert "Dupont" not in fusion.model_dump_json()


def test_a_short_nutm1_row_is_a_finding(tmp_path: Path) -> None:
    path = changed_file(tmp_path, GOLDEN)
    path.write_text(path.read_text() + "lib\tBRD3\tchr9\t100\tNUTM1\tchr15\n")
    assert [fusion.is_readable for fusion in nutm1_rows(path)] == [True, False]


def test_a_broken_row_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_file(
        tmp_path, GOLDEN, ("118482494", "118482494.5"), ("KMT2A", "A1BG"), ("AFF1", "A2M")
    )
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:2: not TopHat-Fusion output: expected left coordinate as a whole number of 0 or"
        " more, found '118482494.5'"
    )

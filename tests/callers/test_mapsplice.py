"""MapSplice: no header, several genes with commas, and the raw file without any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_file, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = "mapsplice.annotated.txt"


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    path = changed_file(
        tmp_path,
        GOLDEN,
        ("chr19~chr15\t15254152\t34347969", "chr15~chr15\t34353872\t72518067"),
        ("\t-+\t", "\t++\t"),
        ("BRD4,\tNUTM1,", "NUTM1,\tARIH1,"),
    )
    (fusion,) = nutm1_rows(path)
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))


def test_of_several_genes_the_one_at_the_joint_is_found(tmp_path: Path) -> None:
    # NUTM1's neighbour overlaps in some gene models
    (fusion,) = nutm1_rows(changed_file(tmp_path, GOLDEN, ("NUTM1,", "NUTM1,AC018822.1,")))
    assert places(fusion)[1] == ("NUTM1", 34347969)
    assert fusion.three_prime.written == "NUTM1,AC018822.1"


def test_a_raw_file_names_no_gene_and_is_found_by_its_places(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_file(tmp_path, "mapsplice.raw.txt"))
    assert fusion.five_prime.written is None
    assert places(fusion) == (("BRD4", 15254152), ("NUTM1", 34347969))


def test_reads_and_pairs_are_counted_apart(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_file(tmp_path, GOLDEN))
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, 4)


def test_a_nutm1_row_with_one_chromosome_is_a_finding(tmp_path: Path) -> None:
    path = changed_file(tmp_path, GOLDEN)
    line = path.read_text()
    path.write_text(line + line.replace("chr19~chr15", "chr19"))
    assert [fusion.is_readable for fusion in nutm1_rows(path)] == [True, False]


def test_a_broken_row_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_file(tmp_path, GOLDEN, ("\t-+\t", "\t-*\t"), ("BRD4,\tNUTM1,", "A1BG,\tA2M,"))
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:1: not MapSplice output: expected strand as two strands, found '-*'"
    )

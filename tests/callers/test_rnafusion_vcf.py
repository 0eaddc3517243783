"""nf-core/rnafusion: counts under each other's names, wrong brackets, zero for unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_file, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import ReadingFrame, Strand

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = "rnafusion_vcf.with_positions.vcf"


def test_dv_holds_the_reads_and_rv_the_pairs(tmp_path: Path) -> None:
    # the header says it the other way round
    (fusion,) = nutm1_rows(changed_file(tmp_path, GOLDEN))
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, 4)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # in FusionInspector's table, without pairs
        ("./1:9:0:0.31", (9, 0)),
        # not in FusionInspector's table: zeros are filled in
        ("./1:0:0:0.0", (None, None)),
    ],
)
def test_two_zeros_are_unknown_and_one_is_zero(
    tmp_path: Path, counts: str, expected: tuple[int | None, int | None]
) -> None:
    (fusion,) = nutm1_rows(changed_file(tmp_path, GOLDEN, ("./1:9:4:0.31", counts)))
    assert (fusion.split_reads, fusion.discordant_pairs) == expected
    assert ("zero_for_unknown_counts" in fusion.problems) is (expected[0] is None)


@pytest.mark.parametrize(
    "bracket",
    # as the program writes it for (-,+), and as the VCF specification would
    ["N]15:34347969]", "[15:34347969[N"],
)
def test_strands_are_taken_from_orientation_whatever_the_brackets_say(
    tmp_path: Path, bracket: str
) -> None:
    (fusion,) = nutm1_rows(changed_file(tmp_path, GOLDEN, ("N]15:34347969]", bracket)))
    assert (fusion.five_prime.strand, fusion.three_prime.strand) == (Strand.MINUS, Strand.PLUS)


def test_zeros_and_nan_are_unknown(tmp_path: Path) -> None:
    path = changed_file(
        tmp_path,
        GOLDEN,
        ("CHRA=19;CHRB=15", "CHRA=0;CHRB=0"),
        ("POSA=15254152;POSB=34347969", "POSA=0;POSB=0"),
        ("ORIENTATION=-,+", "ORIENTATION=nan,nan"),
        ("FRAME_STATUS=INFRAME", "FRAME_STATUS=nan"),
        ("_ID_A=ENST00000679869", "_ID_A=nan"),
        ("_ID_B=ENST00000537011", "_ID_B=nan"),
        ("EXON_NUMBER_A=11;EXON_NUMBER_B=3", "EXON_NUMBER_A=0;EXON_NUMBER_B=0"),
    )
    (fusion,) = nutm1_rows(path)
    assert places(fusion) == (("BRD4", None), ("NUTM1", None))
    assert fusion.five_prime.exon is None
    assert fusion.five_prime.transcript is None
    assert fusion.reading_frame is None
    assert fusion.is_readable


def test_the_frame_is_that_of_fusioninspector(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_file(tmp_path, GOLDEN, ("=INFRAME", "=FRAMESHIFT")))
    assert fusion.reading_frame is ReadingFrame.OUT_OF_FRAME


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    path = changed_file(
        tmp_path,
        GOLDEN,
        ("GENEA=BRD4;GENEB=NUTM1", "GENEA=NUTM1;GENEB=ARIH1"),
        ("CHRA=19", "CHRA=15"),
        ("POSA=15254152;POSB=34347969", "POSA=34353872;POSB=72518067"),
        ("ORIENTATION=-,+", "ORIENTATION=+,+"),
    )
    (fusion,) = nutm1_rows(path)
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))


def test_a_nutm1_record_with_one_strand_is_a_finding(tmp_path: Path) -> None:
    path = changed_file(tmp_path, GOLDEN, ("ORIENTATION=-,+", "ORIENTATION=-"))
    (fusion,) = nutm1_rows(path)
    assert not fusion.is_readable


def test_a_broken_record_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_file(
        tmp_path,
        GOLDEN,
        ("GENEA=BRD4;GENEB=NUTM1", "GENEA=A1BG;GENEB=A2M"),
        ("=INFRAME", "=PERHAPS"),
    )
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:16: not nf-core/rnafusion (vcf_collect) output: expected FRAME_STATUS as one of"
        " INFRAME, FRAMESHIFT, found 'PERHAPS'"
    )

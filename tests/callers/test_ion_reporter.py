"""Ion Reporter: targets without reads, and what a list of targets can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import NUTM1
from tests.callers.changes import changed, the_nutm1_row

from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import SourceSays

if TYPE_CHECKING:
    from pathlib import Path

ION_VCF = "ion_reporter_vcf.targets_GRCh37.vcf"
ION_TSV = "ion_reporter_tsv.export.tsv"


def test_a_target_without_reads_was_not_seen(tmp_path: Path) -> None:
    found = the_nutm1_row(changed(tmp_path, ION_VCF, ("READ_COUNT=5123", "READ_COUNT=0")))
    assert found.says is SourceSays.NOT_SEEN
    assert found.rows == 2


@pytest.mark.parametrize("verdict", ["FAIL", "NOCALL", "."])
def test_a_target_with_few_reads_was_seen_and_filtered(tmp_path: Path, verdict: str) -> None:
    result = changed(
        tmp_path, ION_VCF, ("READ_COUNT=5123", "READ_COUNT=12"), ("\tPASS\t", f"\t{verdict}\t")
    )
    assert the_nutm1_row(result).says is SourceSays.SEEN


def test_a_target_without_a_read_count_is_unreadable(tmp_path: Path) -> None:
    # neither seen nor unseen: it must not become a silent zero
    result = changed(tmp_path, ION_VCF, ("READ_COUNT=5123;", ""))
    assert [fusion.is_readable for fusion in result.fusions] == [False, False]
    assert all(fusion.touches_nutm1 for fusion in result.fusions)


@pytest.mark.parametrize(
    ("changes", "reports", "notes"),
    [
        ((), True, ("only_listed_targets",)),
        # a panel whose list has no NUTM1: silence is no negative
        (
            (("BRD4-NUTM1", "BRD4-GENEC"), ("GENE_NAME=NUTM1", "GENE_NAME=GENEC")),
            False,
            ("only_listed_targets", "nutm1_is_no_target"),
        ),
        # only targets with reads are listed: what was looked for is not known
        ((("READ_COUNT=0", "READ_COUNT=9"),), None, ("only_listed_targets",)),
        # the imbalance of NUTM1's two ends may hint at a partner without a primer
        (
            (
                (
                    "SVTYPE=ExprControl;READ_COUNT=4000;GENE_NAME=LMNA",
                    "SVTYPE=5p3pAssays;GENE_NAME=NUTM1",
                ),
            ),
            True,
            ("only_listed_targets", "imbalance_assay_not_read(gene=NUTM1)"),
        ),
    ],
)
def test_silence_of_an_amplicon_panel_is_judged_by_its_targets(
    tmp_path: Path,
    changes: tuple[tuple[str, str], ...],
    reports: bool | None,
    notes: tuple[str, ...],
) -> None:
    result = changed(tmp_path, ION_VCF, *changes)
    assert result.file.reports_nutm1 is reports
    assert result.file.notes == notes


def test_a_target_of_a_hyphenated_partner_keeps_its_genes(tmp_path: Path) -> None:
    # split at the first hyphen this would be a fusion of NKX2
    found = the_nutm1_row(
        changed(
            tmp_path,
            ION_VCF,
            ("BRD4-NUTM1", "NKX2-1-NUTM1"),
            ("GENE_NAME=BRD4", "GENE_NAME=NKX2-1"),
        )
    )
    assert found.five_prime.written == "NKX2-1"
    assert found.three_prime.gene == NUTM1


@pytest.mark.parametrize(
    ("detection", "reads", "says"),
    [
        ("Present", "5123", SourceSays.SEEN),
        ("Present-Non-Targeted", "300", SourceSays.SEEN),
        ("Absent", "0", SourceSays.NOT_SEEN),
        ("Absent", "12", SourceSays.SEEN),  # below the threshold of 20, and reads all the same
        ("No Call", "0", SourceSays.NOT_ASSESSED),
    ],
)
def test_the_word_of_ion_reporter_and_its_reads(
    tmp_path: Path, detection: str, reads: str, says: SourceSays
) -> None:
    found = the_nutm1_row(
        changed(tmp_path, ION_TSV, ("NUTM1(2)\tPresent\t5123", f"NUTM1(2)\t{detection}\t{reads}"))
    )
    assert found.says is says


def test_an_unknown_word_of_detection_is_unreadable(tmp_path: Path) -> None:
    (found,) = changed(tmp_path, ION_TSV, ("NUTM1(2)\tPresent", "NUTM1(2)\tMaybe")).fusions
    assert not found.is_readable


def test_exons_without_transcript_give_no_position(tmp_path: Path) -> None:
    # Oncomine's NUTM1(2) is MANE exon 3: numbering is not taken for a position
    found = the_nutm1_row(changed(tmp_path, ION_TSV))
    assert found.junction is None
    assert found.three_prime.exon == "2"


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        (
            ION_VCF,
            ("GENEA-GENEB.G1G2.COSF1_1", "GENEA"),
            (
                ":7: not Thermo Fisher Oncomine and Ion Reporter, VCF output: expected ID as"
                " <genes>.<junction>.<id>_<1 or 2>, found something else (not shown: a"
                " report may name"
                " a patient)"
            ),
        ),
        (
            ION_TSV,
            ("GENEA(1) - GENEB(2)", "GENEA(1) and GENEB(2)"),
            (
                ":4: not Thermo Fisher Oncomine and Ion Reporter, table output: expected"
                " Genes (Exons)"
                " as A(1) - B(2), found something else (not shown: a report may name a patient)"
            ),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value[0] != ":" else "",
)
def test_a_malformed_row_of_other_genes_refuses_the_file(
    tmp_path: Path, name: str, change: tuple[str, str], message: str
) -> None:
    with pytest.raises(CallerFormatError) as caught:
        changed(tmp_path, name, change)
    assert str(caught.value) == f"{tmp_path / name}{message}"

"""Archer Analysis: which end of a stretch is the joint, and whose reads are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4, NUTM1
from tests.callers.changes import changed, the_nutm1_row

from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import ReadingFrame, SourceSays

if TYPE_CHECKING:
    from pathlib import Path

ARCHER = "archer.full_results_GRCh37.txt"
ARCHER_JSON = "archer_json.rest_GRCh37.json"


@pytest.mark.parametrize(
    ("places", "exact"),
    [
        # both ends in the transcript's order: NUTM1 begins at the first
        ("chr15:34640170,chr15:34640260", True),
        # one place is the joint
        ("chr15:34640170", True),
        # turned round: the joint is still where NUTM1 begins, but the file is not as documented
        ("chr15:34640260,chr15:34640170", False),
    ],
)
def test_archer_joins_where_the_three_prime_part_begins(
    tmp_path: Path, places: str, exact: bool
) -> None:
    found = the_nutm1_row(changed(tmp_path, ARCHER, ("chr15:34640170,chr15:34640260", places)))
    assert found.three_prime.position == 34640170
    assert found.junction is not None
    assert found.junction.exact is exact
    assert ("segment_order_odd" in found.problems) is not exact


def test_reads_of_several_archer_isoforms_are_not_added(tmp_path: Path) -> None:
    # the same fragment may support two isoforms
    more = ("ISOFORM_ID_1\tFC_3\n", "ISOFORM_ID_1\tFC_3\nFCA_1_SUPPORTING_ISOFORM_ID_2\tFC_4\n")
    found = the_nutm1_row(changed(tmp_path, ARCHER, more))
    assert found.split_reads is None
    assert {f.name: f.value for f in found.fields}["EITHER_R1_OR_R2"] == "41;3"
    assert the_nutm1_row(changed(tmp_path, ARCHER)).split_reads == 41


def test_no_in_frame_translation_is_not_out_of_frame(tmp_path: Path) -> None:
    found = the_nutm1_row(
        changed(tmp_path, ARCHER, ("INFRAME_TRANSLATION\tTRUE", "INFRAME_TRANSLATION\tFALSE"))
    )
    assert found.reading_frame is None
    assert the_nutm1_row(changed(tmp_path, ARCHER)).reading_frame is ReadingFrame.IN_FRAME


def test_weak_archer_evidence_is_a_finding(tmp_path: Path) -> None:
    found = the_nutm1_row(changed(tmp_path, ARCHER, ("ABERRATION\tTRUE", "ABERRATION\tFALSE")))
    assert found.says is SourceSays.SEEN
    assert {f.name: f.value for f in found.fields}["STRONG_EVIDENCE_ABERRATION"] == "FALSE"


def test_an_archer_partner_without_annotation_is_unknown(tmp_path: Path) -> None:
    # the primer is in NUTM1, the partner is a place that nobody annotated
    found = the_nutm1_row(
        changed(
            tmp_path,
            ARCHER,
            ("GENES_UNIQUE\tBRD4:NUTM1", "GENES_UNIQUE\tNUTM1"),
            ("FCA_1_ANNOTATION_1-1\tBRD4(-)NM_058243.2/NM_014299.2|exon:11|", "FCA_1_OTHER\t"),
        )
    )
    assert found.five_prime.gene is None
    assert found.three_prime.gene == NUTM1


def test_an_archer_isoform_of_three_genes_has_no_single_joint(tmp_path: Path) -> None:
    arms = ('["BRD4", "NUTM1"]', '["BRD4", "GENEC", "NUTM1"]')
    joints = ("chr19:15364963,chr15:34640170", "chr19:15364963,chr1:5|chr1:9,chr15:34640170")
    found = the_nutm1_row(changed(tmp_path, ARCHER_JSON, arms, joints))
    assert found.junction is None
    assert "several_breakpoints_stated" in found.problems
    assert (found.five_prime.gene, found.three_prime.gene) == (BRD4, NUTM1)


def test_archer_json_without_its_fusions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        changed(tmp_path, ARCHER_JSON, ('"fusions"', '"a"'))
    assert caught.value.code == "json"


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        (
            ARCHER,
            ("GENEA(+)NM_1.1|", "GENEA NM_1.1|"),
            (
                ":8: not Archer Analysis, full results output: expected ANNOTATION_1 as"
                " gene, exon and"
                " place, found something else (not shown: a report may name a patient)"
            ),
        ),
        (
            ARCHER_JSON,
            ('["GENEA"]', "[]"),
            (
                ":2: not Archer Analysis, REST interface output: expected gene_arms with a"
                " gene, found"
                " none"
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

"""Rows that speak against the fusion they report, and what takes the doubt off."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.builders import junction, starter_panel
from tests.callers.builders import BRD4_SIDE, NUTM1_SIDE, reported, said
from tests.callers.changes import GOLDEN
from tests.calls.test_consolidate import seen
from tests.calls.test_one_story import calls, codes, pair_only, scored, source

from nutfusion.callers import read_caller
from nutfusion.callers.table import not_passed
from nutfusion.model.terms import MolecularState

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.callers.statement import SideStatement
    from nutfusion.model.reported import ReportedFusion

REJECTED = reported("dragen_rna", problems=not_passed(True))


def test_a_joint_that_its_own_program_rejected_is_not_confirmed() -> None:
    # DRAGEN's features.csv lists what failed: read-throughs, homologous genes, normal tissue
    result = scored(calls(said(REJECTED)))
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert result.state_reasons[0] == "sources_not_passed(sources=dragen_rna)"
    # nothing is lost: the fusion, its frame and its fragments are shown
    assert result.fusions[0].annotated.name == "BRD4::NUTM1"


def test_a_program_that_accepts_the_joint_takes_the_doubt_off() -> None:
    result = scored(calls(said(REJECTED, reported("arriba"))))
    assert result.molecular_state is MolecularState.CONFIRMED_BET
    (fusion,) = result.fusions
    assert "not_passed" in codes(source(fusion.annotated.call, "dragen_rna").remarks)


def test_our_own_look_at_the_reads_takes_the_doubt_off() -> None:
    result = scored(calls(said(REJECTED), seen(split_reads=9)))
    assert result.molecular_state is MolecularState.CONFIRMED_BET


def test_a_pair_of_genes_alone_does_not_take_the_doubt_off() -> None:
    # the list of names beside it may repeat another joint of the pair
    names = reported("fusion_report_list", **pair_only("BRD4", "NUTM1"))
    result = scored(calls(said(REJECTED, names)))
    assert result.molecular_state is MolecularState.INDETERMINATE


def test_of_two_rows_of_one_joint_one_that_passed_is_enough() -> None:
    passed = reported("dragen_rna", line=3)
    assert scored(calls(said(REJECTED, passed))).molecular_state is MolecularState.CONFIRMED_BET


@pytest.mark.parametrize(
    "row",
    [
        # BRD4 named at BRD9 on chromosome 5: BRD9 is no BET gene
        reported(first=replace(BRD4_SIDE, contig="5", position=881107)),
        # NUTM1 named at NUTM2A, a paralogue on chromosome 10
        reported(second=replace(NUTM1_SIDE, contig="10", position=87228263)),
        # GRCh37 read as GRCh38: NUTM1 lies 290 kb away
        reported(second=replace(NUTM1_SIDE, position=34640170)),
    ],
)
def test_a_gene_named_where_it_does_not_lie_confirms_nothing(row: ReportedFusion) -> None:
    result = scored(calls(said(row)))
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert "sources_position_outside_gene(sources=arriba)" in result.state_reasons


BRD3_SIDE = replace(BRD4_SIDE, gene="BRD3", contig="9", position=134036032)
"""The last base of BRD3 exon 10. The starter panel has no sequence of BRD3."""


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        # reads of NUTM1 that go on in an adapter are no fusion with BRD3, whatever a program says
        (reported("arriba", first=BRD3_SIDE), "adapter"),
        # a rejected row names nothing: our reads would stand for a name that its program dropped
        (reported("arriba", first=BRD3_SIDE, problems=not_passed(True)), None),
    ],
)
def test_a_bet_partner_is_not_named_by_a_doubtful_row_or_for_a_hint(
    row: ReportedFusion, hint: str | None
) -> None:
    ours = seen(
        five_prime_gene=None,
        partner_hint=hint,
        junction=junction().model_copy(update={"exact": False, "five_prime": None}),
    )
    result = scored(calls(said(row), ours))
    assert result.molecular_state is not MolecularState.CONFIRMED_BET
    # the reads keep their unknown partner, the row its own fusion
    assert {f.annotated.name for f in result.fusions} == {"v::NUTM1", "BRD3::NUTM1"}


@pytest.mark.parametrize("cell", ["LPCAT4(9000),NUTM1(515)", "SLC12A6(5000),AVEN(90000)", None])
def test_a_joint_just_before_nutm1_is_a_finding_that_confirms_nothing(cell: str | None) -> None:
    # the chr15 breaks of NUT carcinomas lie within 10 kb before NUTM1: a transcript of BRD4 that
    # goes on there reads into NUTM1, and Arriba calls the place intergenic
    before = replace(NUTM1_SIDE, gene=cell, position=34342800)
    result = scored(calls(said(reported(second=before))))
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert result.fusions[0].annotated.name == "BRD4::NUTM1"
    assert "sources_position_outside_gene(sources=arriba)" in result.state_reasons


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # against NUTM1's strand: not read into it
        (BRD4_SIDE, replace(NUTM1_SIDE, gene="X(9),Y(9)", position=34342800, strand="-")),
        # further away than DNA breaks of NUT carcinomas lie
        (BRD4_SIDE, replace(NUTM1_SIDE, gene="X(9),Y(9)", position=34330000)),
        # what begins a transcript there is not read into NUTM1
        (replace(NUTM1_SIDE, gene="X(9),Y(9)", position=34342800), BRD4_SIDE),
    ],
)
def test_what_does_not_read_into_nutm1_is_not_nutm1(
    first: SideStatement, second: SideStatement
) -> None:
    assert not reported(first=first, second=second).touches_nutm1


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        # fusions.discarded.tsv: a filter without a number took the whole row
        ("arriba.v2.tsv", "upstream\tupstream\t.", "upstream\tupstream\tduplicates(2),homologs"),
        ("dragen_rna.features.csv", "PASS", "FAIL;LOW_SCORE"),
        ("tso500_dragen.v2_GRCh37.csv", "5,5,True", "5,5,False"),
        ("tst170.v2_GRCh37.csv", "5,5,True", "5,5,False"),
        ("isofox.new.tsv", "\tPASS\t", "\tMIN_SUPPORT\t"),
        ("isofox.new.tsv", "\ttrue\t", "\tfalse\t"),
        ("chimpipe.junctions.txt", "\t0\tna\t", "\t1\tsimilarity\t"),
        ("star_seqr.candidates.txt", "\tPASS", "\tHOMOLOGY"),
        ("manta_rna.stranded.vcf", "\tPASS\t", "\tLowEvidence\t"),
        # Archer's second list: fewer reads or starts than its own strong evidence
        ("archer.full_results_GRCh37.txt", "ABERRATION\tTRUE", "ABERRATION\tFALSE"),
    ],
)
def test_each_program_says_what_it_rejects(tmp_path: Path, name: str, old: str, new: str) -> None:
    text = (GOLDEN / name).read_text()
    assert old in text
    for content, rejected in ((text, False), (text.replace(old, new), True)):
        path = tmp_path / name
        path.write_text(content)
        (result,) = read_caller(path, starter_panel())
        rows = [row for row in result.fusions if row.touches_nutm1]
        assert rows
        assert all(("not_passed" in row.problems) is rejected for row in rows)


def test_a_filter_that_took_some_reads_rejects_nothing(tmp_path: Path) -> None:
    # Arriba names in fusions.tsv the filters that took some of the reads, with their number
    path = tmp_path / "fusions.tsv"
    text = (GOLDEN / "arriba.v2.tsv").read_text()
    path.write_text(text.replace("upstream\tupstream\t.", "upstream\tupstream\tmismatches(2)"))
    (result,) = read_caller(path, starter_panel())
    assert not any("not_passed" in row.problems for row in result.fusions)

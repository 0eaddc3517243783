"""Which joints an assay would show, and what that means for a silent sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError
from tests.builders import annotated, fusion_call, read_qc, sample_annotated, starter_panel
from tests.scoring.profiles import STATED, UNVERIFIED, blind, interrogating, rnaseq, target

from nutfusion.model.interrogates import Reached
from nutfusion.model.reason import Reason
from nutfusion.model.terms import MolecularState
from nutfusion.scoring import load_assay, score
from nutfusion.scoring.interrogates import Interrogates
from nutfusion.scoring.reach import assay_reach, needed_joints

if TYPE_CHECKING:
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.interrogates import AssayReach
    from nutfusion.model.scored import SampleScored
    from nutfusion.scoring import AssayProfile

YES, NO, UNKNOWN = Reached.COVERED, Reached.NOT_COVERED, Reached.UNKNOWN


def reach(assay: AssayProfile) -> AssayReach:
    """What an assay could show, on the packaged panel."""
    return assay_reach(assay.interrogates, assay.molecule, starter_panel())


def by_label(assay: AssayProfile) -> dict[str, Reached]:
    """The answer for each joint."""
    return {joint.label: joint.reached for joint in reach(assay).joints}


def silent(assay: AssayProfile, qc: ReadQc | None = None) -> SampleScored:
    """A good sample in which nothing was seen."""
    return score(sample_annotated(qc=qc or read_qc()), assay, starter_panel())


def test_the_joints_asked_for_are_those_of_the_catalogue() -> None:
    joints = needed_joints()
    # BRDT has no published NUTM1 fusion; BRD2 and the Z4 genes have no catalogued joint.
    assert [(j.gene, j.donor and j.donor.label.exon) for j in joints] == [
        ("BRD4", 11), ("BRD4", 10), ("BRD4", 14), ("BRD4", 13), ("BRD3", 10), ("BRD3", 11),
        ("BRD2", None), ("NSD3", 7), ("ZNF532", None), ("ZNF592", None), ("ZMYND8", None),
    ]  # fmt: skip
    assert {j.acceptor.position for j in joints} == {34347969}


@pytest.mark.parametrize("targets", ["all", [target("NUTM1")], [target("NUTM1", 3)]])
def test_an_assay_that_reads_nutm1_towards_its_partner_shows_any_partner(targets: Any) -> None:
    other = None if targets == "all" else False
    assay = interrogating(targets=targets, other_genes=other)
    assert set(by_label(assay).values()) == {YES}
    assert (reach(assay).nutm1, reach(assay).partners) == (True, "all")


@pytest.mark.parametrize(
    ("changes", "side"),
    [
        ({"side": "five_prime"}, YES),  # primers that lead out of NUTM1 into whatever precedes it
        ({"side": "three_prime"}, NO),  # primers that lead further into NUTM1
        ({"side": None}, UNKNOWN),
        ({"exons": None, "transcript": None}, UNKNOWN),
        # A probe in exon 4 alone: 709 bases of exon 3 lie between it and the joint.
        ({"exons": [4], "transcript": "NM_001284292.2"}, NO),
        # The same acceptor, exon 2 in the legacy transcript and in one of Ensembl.
        ({"exons": [2], "transcript": "NM_175741.2"}, YES),
        ({"exons": [2], "transcript": "ENST00000438749.7"}, YES),
        # And exon 3 of a later version of the transcript in which it used to be exon 2.
        ({"exons": [2], "transcript": "ENST00000333756.5"}, NO),
        ({"exons": [3], "transcript": "ENST00000333756.5"}, YES),
        # A transcript that nobody here can place is not guessed at.
        ({"exons": [3], "transcript": "ENST00000999999.1"}, UNKNOWN),
        ({"source": UNVERIFIED}, UNKNOWN),
    ],
)
def test_the_side_of_nutm1(changes: dict[str, Any], side: Reached) -> None:
    assay = interrogating(target("NUTM1", **changes))
    assert {joint.nutm1_side for joint in reach(assay).joints} == {side}
    assert {joint.partner_side for joint in reach(assay).joints} == {NO}


def test_primers_on_a_partner_show_the_joints_of_their_own_exons_alone() -> None:
    # Anchored multiplex PCR on BRD4 exons 10 and 11, towards the 3' end, as a panel states it:
    # a joint of exon 13 or 14 would have to be read through exons 12 and 13 first.
    assay = interrogating(blind("NUTM1"), target("BRD4", 10, 11, side="three_prime"))
    found = by_label(assay)
    assert (found["BRD4:10"], found["BRD4:11"]) == (YES, YES)
    assert (found["BRD4:13"], found["BRD4:14"], found["BRD3:10"], found["BRD2"]) == (NO,) * 4
    assert reach(assay).partners == ("BRD4",)
    outwards = interrogating(blind("NUTM1"), target("BRD4", 10, 11, side="five_prime"))
    assert set(by_label(outwards).values()) == {NO}


def test_a_partner_without_a_catalogued_joint_is_covered_by_all_its_exons_alone() -> None:
    assert by_label(interrogating(blind("NUTM1"), target("BRD2")))["BRD2"] is YES
    assert by_label(interrogating(blind("NUTM1"), target("BRD2", 10)))["BRD2"] is UNKNOWN


def test_a_gene_that_is_not_listed_is_unknown_until_somebody_says_that_it_is_not_there() -> None:
    assert by_label(interrogating(blind("NUTM1"), other_genes=None))["BRD4:11"] is UNKNOWN
    assert by_label(interrogating(blind("NUTM1"), other_genes=False))["BRD4:11"] is NO
    unsure = interrogating(blind("NUTM1"), other_genes=False, source=UNVERIFIED)
    assert by_label(unsure)["BRD4:11"] is UNKNOWN


@pytest.mark.parametrize(
    ("changes", "nutm1"),
    [
        ({"introns": "all", "upstream_bases": 10_000}, YES),
        # A break before NUTM1 gives the same transcript as one in its introns.
        ({"introns": "all", "upstream_bases": 9_999}, NO),
        ({"introns": "all", "upstream_bases": None}, UNKNOWN),
        ({"introns": None, "upstream_bases": 10_000}, UNKNOWN),
        ({"introns": [1, 2], "upstream_bases": 10_000, "transcript": "NM_001284292.2"}, YES),
        ({"introns": [2], "upstream_bases": 10_000, "transcript": "NM_001284292.2"}, NO),
        # Exons alone: DNA does not break there.
        ({"introns": None, "upstream_bases": None}, UNKNOWN),
    ],
)
def test_dna_is_covered_where_it_breaks(changes: dict[str, Any], nutm1: Reached) -> None:
    assay = interrogating(target("NUTM1", **changes), molecule="dna")
    assert {joint.nutm1_side for joint in reach(assay).joints} == {nutm1}


def test_the_intron_behind_the_last_exon_is_what_a_dna_panel_needs_of_a_partner() -> None:
    brd4 = target("BRD4", introns=[11], transcript="ENST00000679869.1")
    found = by_label(interrogating(blind("NUTM1"), brd4, molecule="dna"))
    assert (found["BRD4:11"], found["BRD4:10"], found["BRD4:14"]) == (YES, NO, NO)


def test_silence_where_joints_are_not_covered_names_them() -> None:
    assay = interrogating(blind("NUTM1"), target("BRD4", 10, 11), target("BRD3"), target("BRD2"))
    sample = silent(assay)
    assert sample.molecular_state is MolecularState.NOT_COVERED
    missing = "joints_not_covered(joints=BRD4:14 BRD4:13, profile=rnaseq)"
    assert sample.state_reasons == ("nutm1_not_interrogated(profile=rnaseq)", missing)
    # A failed quality comes first in the closed list, and both are said.
    failed = silent(assay, read_qc(fragments=1))
    assert failed.molecular_state is MolecularState.NOT_ASSESSABLE
    assert missing in failed.state_reasons


@pytest.mark.parametrize(
    "nutm1",
    [
        {"gene": "NUTM1", "interrogated": None, "source": STATED},
        # What nobody checked is no answer, whichever way it points.
        blind("NUTM1", source=UNVERIFIED),
        target("NUTM1", source=UNVERIFIED),
    ],
)
def test_silence_of_unknown_coverage_is_never_a_negative(nutm1: dict[str, Any]) -> None:
    assay = interrogating(nutm1, target("BRD4", 10, 11), target("BRD3"), target("BRD2"))
    sample = silent(assay)
    assert sample.molecular_state is MolecularState.NOT_ASSESSABLE
    assert sample.state_reasons == (
        "coverage_unknown(joints=BRD4:14 BRD4:13, profile=rnaseq)",
        "laboratory_to_state(genes=NUTM1)",
    )


def test_how_many_sides_a_joint_needs_is_unknown_when_nobody_checked_it() -> None:
    # the laboratory states NUTM1; that one gene of a joint is enough stands in a file from memory
    one_gene = (target("NUTM1"), blind("BRD4"))
    assert set(by_label(interrogating(*one_gene)).values()) == {YES}
    unchecked = interrogating(*one_gene, source=UNVERIFIED)
    assert set(by_label(unchecked).values()) == {UNKNOWN}
    assert reach(unchecked).joint_needs is None


def test_what_is_not_covered_and_what_is_unknown_are_both_said() -> None:
    unknown = {"gene": "BRD2", "interrogated": None, "source": STATED}
    sample = silent(interrogating(blind("NUTM1"), target("BRD4"), unknown))
    assert sample.molecular_state is MolecularState.NOT_COVERED
    assert [Reason.parse(text).code for text in sample.state_reasons] == [
        "nutm1_not_interrogated", "joints_not_covered", "coverage_unknown", "laboratory_to_state",
    ]  # fmt: skip


def test_partners_of_the_bet_complex_are_said_and_decide_nothing() -> None:
    bet = (target("BRD4"), target("BRD3"), target("BRD2"))
    sample = silent(interrogating(blind("NUTM1"), *bet))
    assert sample.molecular_state is MolecularState.NOT_DETECTED
    assert "complex_not_covered(genes=NSD3 ZNF532 ZNF592 ZMYND8)" in sample.state_reasons
    assert "complex_not_covered" not in str(silent(rnaseq()).state_reasons)


def test_a_fusion_stands_whatever_the_assay_is_said_to_cover() -> None:
    unknown = interrogating({"gene": "NUTM1", "interrogated": None, "source": STATED})
    call = fusion_call()
    sample = score(sample_annotated(annotated(call), qc=read_qc()), unknown, starter_panel())
    assert sample.molecular_state is MolecularState.CONFIRMED_BET


def test_the_generic_targeted_profile_reaches_every_partner() -> None:
    assert set(by_label(load_assay("targeted-rna")).values()) == {YES}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"targets": [target("BRD4")]}, "has to name NUTM1"),
        ({"targets": [blind("NUTM1"), blind("NUTM1")]}, "stands twice"),
        ({"targets": "all"}, "other_genes is null where targets is all"),
        ({"targets": [blind("NUTM1", exons="all")]}, "belong to a gene that is interrogated"),
        ({"targets": [target("NUTM1", exons=[3])]}, "numbers need the transcript"),
        ({"targets": [target("NUTM1", 4, 3)]}, "lowest first"),
        (
            {"targets": [target("NUTM1", 3, transcript="NM_001284292")]},
            "accession with its version",
        ),
        ({"targets": [blind("NUTM1", source={})]}, "missing"),
    ],
)
def test_what_is_no_statement_about_targets(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Interrogates.model_validate(
            {"joint_needs": "one_side", "other_genes": False, "source": STATED} | changes
        )

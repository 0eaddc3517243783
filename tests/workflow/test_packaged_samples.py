"""What the packaged samples must give, stage by stage, without Snakemake.

Small and quick: the mutation gate asks these tests first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.workflow.packaged import judged

from nutfusion.dossier.paper import TEST_ASSAY, TEST_PANEL
from nutfusion.model.terms import (
    DomainStatus,
    MolecularState,
    PartnerClass,
    ReadingFrame,
    Strand,
    Verdict,
)

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.scored import ScoredFusion

STATES = {
    "bet": MolecularState.CONFIRMED_BET,
    "unknown_partner": MolecularState.REARRANGED_PARTNER_UNKNOWN,
    "low_support": MolecularState.INDETERMINATE,
    "negative": MolecularState.NOT_DETECTED,
    "failed": MolecularState.NOT_ASSESSABLE,
    "reciprocal": MolecularState.INDETERMINATE,
    "out_of_frame": MolecularState.INDETERMINATE,
    "paralogue": MolecularState.NOT_DETECTED,
    "other_programs": MolecularState.CONFIRMED_BET,
    "bet_complex": MolecularState.CONFIRMED_BET_COMPLEX,
    "other_partner": MolecularState.CONFIRMED_OTHER_PARTNER,
    "neighbour": MolecularState.REARRANGED_NEIGHBOUR,
}


def fusion(sample: str) -> ScoredFusion:
    """The only fusion of a sample."""
    (found,) = judged(sample).fusions
    return found


@pytest.mark.parametrize("sample", STATES)
def test_state(sample: str) -> None:
    assert judged(sample).molecular_state is STATES[sample]


def test_no_packaged_sample_looks_like_a_patient_s(project: Path) -> None:
    # profile or panel puts a banner on the page, and says "test data" in the board's list
    header, *rows = (project / "test-data" / "samples.csv").read_text("utf-8").splitlines()
    at = header.split(",").index("assay")
    assert {row.split(",")[at] for row in rows} == {"assay.yaml"}
    assert f"id: {TEST_ASSAY}\n" in (project / "test-data" / "assay.yaml").read_text("utf-8")
    panel = (project / "test-data" / "panel" / "manifest.json").read_text("utf-8")
    assert f'"name": "{TEST_PANEL}' in panel


@pytest.mark.parametrize("sample", ["negative", "failed", "paralogue"])
def test_samples_without_a_fusion_have_none(sample: str) -> None:
    assert judged(sample).fusions == ()


def test_junction_is_on_the_last_and_first_base_of_the_exons() -> None:
    junction = fusion("bet").annotated.call.junction
    assert junction.exact
    assert junction.five_prime is not None
    assert junction.three_prime is not None
    assert (junction.five_prime.contig, junction.five_prime.position) == ("chr19", 15254152)
    assert (junction.three_prime.contig, junction.three_prime.position) == ("chr15", 34347969)
    assert (junction.homology, junction.linker_sequence) == (2, "")


def test_strands_are_those_of_the_transcripts() -> None:
    junction = fusion("bet").annotated.call.junction
    assert junction.five_prime is not None
    assert junction.three_prime is not None
    assert junction.five_prime.strand is Strand.MINUS
    assert junction.three_prime.strand is Strand.PLUS


@pytest.mark.parametrize(
    ("sample", "name"),
    [
        ("bet", "BRD4::NUTM1"),
        ("reciprocal", "NUTM1::BRD4"),
        ("bet_complex", "NSD3::NUTM1"),
        ("unknown_partner", "v::NUTM1"),
    ],
)
def test_five_prime_gene_comes_first(sample: str, name: str) -> None:
    assert fusion(sample).annotated.name == name


def test_a_duplicate_counts_once_and_stays_countable() -> None:
    support = fusion("bet").annotated.call.support
    assert (support.split_reads, support.discordant_pairs) == (14, 2)
    assert (support.split_reads_raw, support.discordant_pairs_raw) == (28, 4)


def test_a_fragment_whose_mates_both_cross_counts_once() -> None:
    support = fusion("bet").annotated.call.support
    crossing = [r for r in support.reads if r.kind == "split" and not r.duplicate]
    assert len(crossing) > len({read.name for read in crossing}) == support.split_reads


def test_the_exons_are_named_and_the_joint_is_on_their_edges() -> None:
    exons = fusion("bet").annotated.exons
    assert exons.five_prime is not None
    assert exons.three_prime is not None
    assert (exons.five_prime.exon, exons.five_prime.boundary) == (11, True)
    assert (exons.three_prime.exon, exons.three_prime.boundary) == (3, True)


def test_the_frame_decides_between_confirmed_and_indeterminate() -> None:
    assert fusion("bet").annotated.reading_frame is ReadingFrame.IN_FRAME
    assert fusion("out_of_frame").annotated.reading_frame is ReadingFrame.OUT_OF_FRAME


def test_the_fusion_protein_has_its_length() -> None:
    assert fusion("bet").annotated.protein_length == 1846


def test_domains_keep_their_fate_and_their_doubt() -> None:
    domains = {(d.gene, d.name): d for d in fusion("bet").annotated.domains}
    assert domains["BRD4", "BD1"].status is DomainStatus.PRESERVED
    assert not domains["BRD4", "BD1"].verified


def test_a_reciprocal_product_is_set_aside_for_its_order() -> None:
    assert fusion("reciprocal").state_reasons[0] == "nutm1_not_three_prime"


@pytest.mark.parametrize(
    ("sample", "grch37"),
    [("bet", (15364963, 34640170)), ("reciprocal", (34638236, 15355573))],
)
def test_both_assemblies_are_named(sample: str, grch37: tuple[int, int]) -> None:
    lifted = fusion(sample).annotated.lifted
    assert (lifted.five_prime, lifted.three_prime) == grch37


def test_unknown_is_null_and_zero_is_zero() -> None:
    qc = judged("negative").qc
    assert qc is not None
    counts = {entry.gene.symbol: entry.fragments for entry in qc.partner_fragments}
    assert counts["BRD3"] is None
    assert (counts["BRD4"] or 0) > 500
    limits = {entry.gene: entry for entry in judged("negative").detectability}
    assert limits["BRD3"].gene_fragments is None


@pytest.mark.parametrize(
    ("sample", "partner_class"),
    [
        ("bet", PartnerClass.BET),
        ("bet_complex", PartnerClass.BET_COMPLEX),
        ("other_partner", PartnerClass.SARCOMA),
        ("neighbour", PartnerClass.NEIGHBOUR_15Q14),
        ("unknown_partner", PartnerClass.UNKNOWN),
    ],
)
def test_partner_class(sample: str, partner_class: PartnerClass) -> None:
    assert fusion(sample).annotated.partner_class is partner_class


def test_two_fragments_do_not_pass_the_profile() -> None:
    outcomes = {outcome.id: outcome.verdict for outcome in fusion("low_support").criteria}
    assert outcomes["enough_supporting_fragments"] is Verdict.NOT_MET


def test_the_consensus_runs_over_the_joint() -> None:
    call = fusion("unknown_partner").annotated.call
    assert call.consensus_sequence is not None
    assert call.consensus_junction_offset is not None
    after = call.consensus_sequence[call.consensus_junction_offset :]
    assert after.startswith("CATCTGCATTGCCGGGACCGGATATGAG")

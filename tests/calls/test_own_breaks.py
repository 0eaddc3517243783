"""Breaks of DNA that our own look shows, among what programs say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.builders import read_qc, starter_panel
from tests.callers.builders import reported, said
from tests.calls.test_one_story import DNA, codes, scored, source
from tests.dossier.builders import alignment_qc

from nutfusion.callers.statement import SideStatement
from nutfusion.calls import consolidate
from nutfusion.model.evidence import BreakSupport, SampleEvidence, SupportingRead
from nutfusion.model.reported import CallerEvidence
from nutfusion.model.terms import FusionDetection, MolecularState, SourceSays

if TYPE_CHECKING:
    from nutfusion.model.call import SampleCalls

READ = SupportingRead(
    name="q1",
    mate=0,
    kind="split",
    sequence="ACGT",
    offset=0,
    five_prime_anchor=2,
    three_prime_anchor=2,
    mismatches=0,
    duplicate=False,
)


def own_break(**changes: Any) -> BreakSupport:
    """The break of ``DNA``, seen by us."""
    values: dict[str, Any] = {
        "reported": reported("reads", **DNA),
        "split_reads": 12,
        "discordant_pairs": 3,
        "split_reads_raw": 20,
        "discordant_pairs_raw": 3,
        "distinct_starts": 11,
        "longest_five_prime_anchor": 60,
        "longest_three_prime_anchor": 70,
        "consensus_sequence": "ACGT",
        "consensus_junction_offset": 2,
        "reads": (READ,),
        "reads_total": 1,
    }
    return BreakSupport(**(values | changes))


def calls(callers: CallerEvidence, *breaks: BreakSupport) -> SampleCalls:
    """Calls of a sample whose BAM is of DNA."""
    evidence = SampleEvidence(
        sample="S1",
        junctions=(),
        breaks=breaks,
        qc=read_qc(alignment=alignment_qc(molecule="dna")),
        inputs=(),
        panel_digest=starter_panel().digest,
        callers=callers,
        source="bam",
    )
    return consolidate(evidence, starter_panel())


def test_a_dna_caller_s_row_is_of_the_same_fusion() -> None:
    """Manta ran on the same BAM: one fusion, two sources, our counts."""
    (call,) = calls(said(reported("manta", split_reads=40, **DNA)), own_break()).calls
    assert [s.name for s in call.support.sources] == ["bam", "manta"]
    assert call.fusion_detection is FusionDetection.INFERRED
    assert (call.support.split_reads, call.support.discordant_pairs) == (12, 3)
    assert call.support.reads == (READ,)
    assert call.genomic_breakpoint == own_break().reported.genomic_breakpoint


def test_two_looks_at_a_break_to_an_unnamed_place_are_one_fusion() -> None:
    """Manta and we see NUTM1 joined to chr7, where the panel has no gene."""
    elsewhere = SideStatement(contig="chr7", position=100_003_000, kept="lower")
    unnamed = DNA | {"first": elsewhere}
    seen = own_break(reported=reported("reads", **unnamed))
    (call,) = calls(said(reported("manta", **unnamed)), seen).calls
    assert [s.name for s in call.support.sources] == ["bam", "manta"]
    assert call.five_prime_gene is None


def test_a_break_supports_the_joint_that_an_rna_caller_reports() -> None:
    """Arriba on the RNA, a panel on the DNA: the joint is Arriba's, and so are its counts."""
    found = calls(said(reported("arriba", split_reads=6, discordant_pairs=2)), own_break())
    (call,) = found.calls
    assert call.fusion_detection is FusionDetection.OBSERVED
    assert (call.support.split_reads, call.support.discordant_pairs) == (6, 2)
    ours = source(call, "bam")
    assert (ours.says, ours.split_reads) == (SourceSays.SEEN, 12)
    assert codes(ours.remarks) == {"break_of_dna"}
    assert "q1" in ours.evidence
    assert call.genomic_breakpoint is not None
    # fragments of DNA are not shown as if they crossed the joint of the RNA
    assert call.support.reads == ()
    assert scored(found).molecular_state is MolecularState.CONFIRMED_BET


def test_dna_that_shows_no_break_does_not_contradict_rna() -> None:
    """The introns need not be captured: an exon panel shows no break of a real fusion."""
    found = calls(said(reported("arriba", split_reads=6, discordant_pairs=2)))
    assert source(found.calls[0], "bam").says is SourceSays.NOT_ASSESSED
    assert scored(found).molecular_state is MolecularState.CONFIRMED_BET


def test_dna_that_shows_no_break_contradicts_a_dna_caller() -> None:
    found = calls(said(reported("manta", split_reads=40, **DNA)))
    ours = source(found.calls[0], "bam")
    assert (ours.says, ours.split_reads) == (SourceSays.NOT_SEEN, 0)
    assert scored(found).molecular_state is MolecularState.INDETERMINATE


@pytest.mark.parametrize("few", [1, 3])
def test_however_many_fragments_dna_confirms_nothing(few: int) -> None:
    result = scored(calls(CallerEvidence(), own_break(split_reads=few * 100)))
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert "inferred_from_dna" in result.state_reasons


def test_imbalance_of_captured_dna_is_no_sign_of_a_fusion() -> None:
    """A panel of NUTM1's last exons reads no first ones."""
    evidence = SampleEvidence(
        sample="S1",
        junctions=(),
        qc=read_qc(
            nutm1_fragments=900,
            nutm1_upstream_fragments=0,
            nutm1_downstream_fragments=900,
            alignment=alignment_qc(molecule="dna", control_fragments=4_000, control_spliced=0),
        ),
        inputs=(),
        panel_digest=starter_panel().digest,
        source="bam",
    )
    result = scored(consolidate(evidence, starter_panel()))
    assert result.molecular_state is MolecularState.NOT_ASSESSABLE
    assert not any("imbalance" in reason for reason in result.state_reasons)

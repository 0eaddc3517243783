"""Reads and other programs' rows about one joint become one call that lists every source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.builders import BRD4, NUTM1, gene, junction, read_qc, starter_panel
from tests.callers.builders import (
    BRD4_SIDE,
    NUTM1_SIDE,
    caller_file,
    reported,
    said,
    unreadable,
)
from tests.calls.test_consolidate import seen

from nutfusion.annotation import annotate
from nutfusion.callers.statement import SideStatement
from nutfusion.calls import consolidate, fusion_id
from nutfusion.model.evidence import SampleEvidence
from nutfusion.model.terms import (
    Assembly,
    FusionDetection,
    MolecularState,
    ReadingFrame,
    SourceSays,
)
from nutfusion.scoring import load_assay, score

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall, SampleCalls, SourceStatement
    from nutfusion.model.evidence import JunctionSupport
    from nutfusion.model.reported import CallerEvidence
    from nutfusion.model.scored import SampleScored

CANONICAL = fusion_id(junction(), BRD4, NUTM1)
SWAPPED: dict[str, Any] = {"first": NUTM1_SIDE, "second": BRD4_SIDE}


def calls(callers: CallerEvidence, *reads: JunctionSupport, look: bool = False) -> SampleCalls:
    """Calls of a sample; with ``look`` our own look at reads was taken, whatever it showed."""
    evidence = SampleEvidence(
        sample="S1",
        junctions=reads,
        qc=read_qc() if reads or look else None,
        inputs=(),
        panel_digest=starter_panel().digest,
        callers=callers,
    )
    return consolidate(evidence, starter_panel())


def scored(found: SampleCalls) -> SampleScored:
    return score(annotate(found, starter_panel()), load_assay(), starter_panel())


def pair_only(first: str, second: str) -> dict[str, Any]:
    """Two genes and nothing else."""
    return {"first": SideStatement(gene=first), "second": SideStatement(gene=second)}


def source(call: FusionCall, name: str) -> SourceStatement:
    (found,) = (s for s in call.support.sources if s.name == name)
    return found


def codes(texts: tuple[str, ...]) -> set[str]:
    return {text.partition("(")[0] for text in texts}


def test_three_programs_about_one_joint_are_one_call() -> None:
    (call,) = calls(
        said(
            reported("arriba", split_reads=6, discordant_pairs=2),
            reported("star_fusion", split_reads=9, discordant_pairs=None),
            reported("squid", split_reads=None, discordant_pairs=None),
        )
    ).calls
    assert call.fusion_id == CANONICAL
    assert [s.name for s in call.support.sources] == ["arriba", "squid", "star_fusion"]
    # never added: the three counted the same fragments
    assert (call.support.split_reads, call.support.discordant_pairs) == (9, None)
    assert call.support.distinct_starts is None


def test_reads_lead_and_programs_stand_beside() -> None:
    (call,) = calls(said(reported("arriba", split_reads=30)), seen(split_reads=4)).calls
    assert call.fusion_id == CANONICAL
    assert [s.kind for s in call.support.sources] == ["reads", "caller"]
    assert call.support.split_reads == 4
    assert source(call, "arriba").split_reads == 30
    assert source(call, "arriba").evidence.endswith(", line 2")


@pytest.mark.parametrize("slide", [1, 2])
def test_a_joint_slid_into_the_intron_is_the_same_joint(slide: int) -> None:
    # BRD4 exon 11 ends ...CAG; the intron before NUTM1 exon 3 ends ...AG: an aligner to the genome
    # may put up to two bases of exon 11 there
    row = reported(
        first=replace(BRD4_SIDE, position=15254152 + slide),
        second=replace(NUTM1_SIDE, position=34347969 - slide),
    )
    (call,) = calls(said(row)).calls
    assert call.fusion_id == CANONICAL


@pytest.mark.parametrize("slide", [1, 2])
def test_a_slid_joint_without_strands_is_the_same_joint(slide: int) -> None:
    # BRD4 lies on the minus strand: without a strand in the file the gene's own one tells which way
    # the joint was slid
    row = reported(
        first=replace(BRD4_SIDE, position=15254152 + slide, strand=None),
        second=replace(NUTM1_SIDE, position=34347969 - slide, strand=None),
    )
    (call,) = calls(said(row)).calls
    assert call.fusion_id == CANONICAL


@pytest.mark.parametrize(("five", "three", "frame"), [(2, 2, "in-frame"), (2, 1, "not-predicted")])
def test_a_slid_joint_of_a_gene_without_sequence_finds_its_edges(
    five: int, three: int, frame: str
) -> None:
    # BRD3 exon 10, of which the starter panel has no sequence: both sides on exon edges after one
    # slide is no chance; after two different slides it would be another transcript
    row = reported(
        first=replace(BRD4_SIDE, gene="BRD3", contig="9", position=134036032 + five),
        second=replace(NUTM1_SIDE, position=34347969 - three),
    )
    (fusion,) = scored(calls(said(row))).fusions
    assert fusion.annotated.reading_frame.value == frame


def test_grch37_is_the_same_call_as_grch38() -> None:
    row = reported(
        assembly=Assembly.GRCH37,
        first=replace(BRD4_SIDE, position=15364963),
        second=replace(NUTM1_SIDE, position=34640170),
    )
    (call,) = calls(said(row)).calls
    assert call.fusion_id == CANONICAL


def test_a_program_five_bases_off_is_said_to_differ() -> None:
    # seven programs write one simulated event with four positions
    near = reported("jaffa", first=replace(BRD4_SIDE, position=15254147))
    (call,) = calls(said(reported("arriba"), near)).calls
    assert call.fusion_id == CANONICAL
    assert codes(source(call, "jaffa").remarks) == {"position_differs"}
    assert codes(source(call, "arriba").remarks) == set()
    assert "sources_disagree(sources=jaffa)" in scored(calls(said(reported(), near))).state_reasons


def test_two_rows_of_one_program_are_two_joints() -> None:
    # acceptors 4 bases apart: the second one is out of frame, and must not vanish in the first
    shifted = reported("arriba", line=3, second=replace(NUTM1_SIDE, position=34347973))
    found = calls(said(reported("arriba"), shifted)).calls
    assert len({call.fusion_id for call in found}) == 2


def test_a_program_eleven_bases_off_has_a_call_of_its_own() -> None:
    far = reported("jaffa", first=replace(BRD4_SIDE, position=15254163))
    found = calls(said(reported("arriba"), far)).calls
    assert len({call.fusion_id for call in found}) == 2


def test_a_pair_of_genes_without_a_place_speaks_of_the_joint_that_is_there() -> None:
    bare: dict[str, Any] = {
        "first": SideStatement(gene="BRD4"),
        "second": SideStatement(gene="NUT"),
    }
    (call,) = calls(said(reported("arriba"), reported("tempus", **bare))).calls
    assert call.fusion_id == CANONICAL
    assert codes(source(call, "tempus").remarks) == {"gene_pair_only"}


def test_a_pair_of_genes_alone_is_never_confirmed() -> None:
    bare: dict[str, Any] = {
        "first": SideStatement(gene="BRD4"),
        "second": SideStatement(gene="NUTM1"),
    }
    result = scored(calls(said(reported("tempus", **bare))))
    assert result.fusions[0].annotated.name == "BRD4::NUTM1"
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert "joint_not_exact" in result.state_reasons


def test_a_pair_in_no_order_is_never_confirmed() -> None:
    bare: dict[str, Any] = {
        "first": SideStatement(gene="NUTM1"),
        "second": SideStatement(gene="BRD4"),
    }
    result = scored(calls(said(reported("genion", ordered=False, **bare))))
    assert not result.fusions[0].annotated.call.order_known
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert result.state_reasons[0] == "order_not_known"


def test_a_pair_in_no_order_stands_beside_the_joint_that_others_show() -> None:
    # a program that sorts partners by chromosome writes NUTM1 (15) before BRD4 (19)
    bare: dict[str, Any] = {
        "first": SideStatement(gene="NUTM1"),
        "second": SideStatement(gene="BRD4"),
    }
    (call,) = calls(said(reported("arriba"), reported("genion", ordered=False, **bare))).calls
    assert call.fusion_id == CANONICAL
    assert codes(source(call, "genion").remarks) == {"order_not_stated"}


def test_sorted_partners_on_exon_edges_show_their_order() -> None:
    bare: dict[str, Any] = {
        "first": replace(NUTM1_SIDE, strand=None),
        "second": replace(BRD4_SIDE, strand=None),
    }
    (call,) = calls(said(reported("longgf", ordered=False, **bare))).calls
    assert call.fusion_id == CANONICAL


def test_nutm1_as_the_five_prime_gene_is_reported_and_never_counted() -> None:
    # the reciprocal product of the other derivative chromosome
    row = reported(
        first=SideStatement(gene="NUTM1", contig="15", position=34346035, strand="+"),
        second=SideStatement(gene="BRD4", contig="19", position=15244763, strand="-"),
    )
    result = scored(calls(said(row)))
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert result.fusions[0].annotated.name == "NUTM1::BRD4"
    assert result.state_reasons[0] == "nutm1_not_three_prime"


def test_the_same_places_in_the_other_order_are_said_to_differ() -> None:
    (call,) = calls(said(reported("arriba"), reported("cicero", **SWAPPED))).calls
    assert call.fusion_id == CANONICAL
    assert "order_differs" in codes(source(call, "cicero").remarks)


def test_a_program_that_saw_nothing_is_listed() -> None:
    (call,) = calls(said(reported("arriba"), silent=(caller_file("star_fusion"),))).calls
    quiet = source(call, "star_fusion")
    assert (quiet.says, quiet.split_reads) == (SourceSays.NOT_SEEN, None)


def test_a_report_whose_list_lacks_nutm1_says_nothing() -> None:
    blind = caller_file("tso500", reports_nutm1=False)
    (call,) = calls(said(reported("arriba"), silent=(blind,))).calls
    assert source(call, "tso500").says is SourceSays.NOT_ASSESSED


def test_a_listed_target_without_reads_is_not_seen() -> None:
    target = reported(
        "ion_reporter", says=SourceSays.NOT_SEEN, split_reads=0, discordant_pairs=None
    )
    (call,) = calls(said(reported("arriba"), target)).calls
    assert source(call, "ion_reporter").says is SourceSays.NOT_SEEN
    assert source(call, "ion_reporter").split_reads == 0
    assert calls(said(target)).calls == ()


def test_reads_that_do_not_show_it_contradict_a_program() -> None:
    result = scored(calls(said(reported("arriba")), look=True))
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert "sources_contradict(unseen_by=fastq)" in result.state_reasons


def test_reads_too_poor_to_show_a_fusion_contradict_nobody() -> None:
    # 130 fragments of 36 nt with base quality 6, as of a failed library: their silence says nothing
    evidence = SampleEvidence(
        sample="S1",
        junctions=(),
        qc=read_qc(fragments=130, read_length_mean=36.0, mean_base_quality=6.0),
        inputs=(),
        panel_digest=starter_panel().digest,
        callers=said(reported("arriba")),
    )
    result = scored(consolidate(evidence, starter_panel()))
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert result.state_reasons[0] == "reads_too_poor_to_show(unseen_by=fastq)"


def test_a_program_names_the_partner_that_the_panel_cannot_name() -> None:
    # the starter holds no BRD3 sequence: reads show NUTM1 exon 3 joined to something
    ours = seen(
        five_prime_gene=None,
        junction=junction().model_copy(update={"exact": False, "five_prime": None}),
    )
    brd3 = SideStatement(gene="BRD3", contig="9", position=134036032, strand="-")
    (call,) = calls(said(reported("arriba", first=brd3)), ours).calls
    assert call.five_prime_gene == gene("BRD3")
    assert call.support.split_reads == 4
    assert "partner_named_by_caller" in codes(source(call, "arriba").remarks)


def test_two_programs_that_name_two_partners_leave_it_unnamed() -> None:
    ours = seen(
        five_prime_gene=None,
        junction=junction().model_copy(update={"exact": False, "five_prime": None}),
    )
    brd3 = SideStatement(gene="BRD3", contig="9", position=134036032, strand="-")
    nsd3 = SideStatement(gene="NSD3", contig="8", position=38326730, strand="-")
    found = calls(said(reported("arriba", first=brd3), reported("squid", first=nsd3)), ours)
    names = {c.five_prime_gene.symbol if c.five_prime_gene else None for c in found.calls}
    assert names == {None, "BRD3", "NSD3"}


DNA: dict[str, Any] = {
    "first": SideStatement(gene="BRD4", contig="chr19", position=15250000, kept="higher"),
    "second": SideStatement(gene="NUTM1", contig="chr15", position=34347000, kept="higher"),
    "ordered": False,
    "molecule": "dna",
}
"""DNA breaks in BRD4 intron 11 and NUTM1 intron 2; on both sides the higher bases stay."""


def test_a_break_of_dna_alone_is_inferred_and_not_confirmed() -> None:
    result = scored(calls(said(reported("manta", **DNA))))
    (fusion,) = result.fusions
    call = fusion.annotated.call
    assert fusion.annotated.name == "BRD4(::)NUTM1"
    assert call.fusion_detection is FusionDetection.INFERRED
    assert call.genomic_breakpoint is not None
    assert call.genomic_breakpoint.five_prime is not None
    assert call.genomic_breakpoint.five_prime.position == 15250000
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert "inferred_from_dna" in result.state_reasons


def test_a_break_of_dna_supports_the_joint_that_rna_shows() -> None:
    (call,) = calls(said(reported("arriba"), reported("manta", **DNA))).calls
    assert call.fusion_id == CANONICAL
    assert call.fusion_detection is FusionDetection.OBSERVED
    assert call.genomic_breakpoint is not None
    assert "break_of_dna" in codes(source(call, "manta").remarks)


def test_a_frame_that_a_program_states_otherwise_is_said() -> None:
    result = scored(calls(said(reported(reading_frame=ReadingFrame.OUT_OF_FRAME))))
    assert result.molecular_state is MolecularState.CONFIRMED_BET
    assert "source_frame_differs(frame=out-of-frame, sources=arriba)" in result.state_reasons


def test_a_joint_on_exon_edges_has_a_frame_without_reads() -> None:
    result = scored(calls(said(reported())))
    assert result.fusions[0].annotated.reading_frame is ReadingFrame.IN_FRAME
    assert result.fusions[0].annotated.protein_length == 1846


@pytest.mark.parametrize(
    ("callers", "state", "reason"),
    [
        # a header without rows: nothing was found, and how much could have been is unknown
        (said(silent=(caller_file("arriba"),)), "not_assessable", "callers_saw_nothing"),
        # a report list without NUTM1: its silence is no answer
        (
            said(silent=(caller_file("tso500", reports_nutm1=False),)),
            "not_covered",
            "reports_without_nutm1",
        ),
        # a NUTM1 row that nobody can read is a finding
        (said(unreadable("arriba")), "indeterminate", "unreadable_nutm1_row"),
        # below the profile: one split read
        (said(reported(split_reads=1, discordant_pairs=0)), "indeterminate", "below_profile"),
        # counts nobody states are not counts that pass
        (
            said(reported(split_reads=None, discordant_pairs=None)),
            "indeterminate",
            "support_not_stated",
        ),
        # NSD3 exon 7, as in a squamous lung carcinoma of TCGA: not a BET protein
        (
            said(
                reported(
                    first=SideStatement(gene="WHSC1L1", contig="8", position=38326730, strand="-")
                )
            ),
            "confirmed_bet_complex",
            "nutm1_joined_to_bet_complex",
        ),
        # a 15q14 neighbour on the other strand
        (
            said(
                reported(
                    first=SideStatement(gene="SLC12A6", contig="15", position=34337462, strand="-")
                )
            ),
            "rearranged_neighbour",
            "nutm1_joined_to_neighbour",
        ),
    ],
)
def test_states_without_reads(callers: CallerEvidence, state: str, reason: str) -> None:
    result = scored(calls(callers))
    assert result.molecular_state.value == state
    assert reason in codes(result.state_reasons)


def pairs(position: int, other: int, count: int) -> dict[str, Any]:
    """A row of pairs alone, as STAR lists them: the innermost ends, and which bases stay."""
    return {
        "first": SideStatement(contig="19", position=position, kept="higher"),
        "second": SideStatement(contig="15", position=other, kept="higher"),
        "ordered": False,
        "precise": False,
        "split_reads": None,
        "discordant_pairs": count,
        "problems": ("positions_are_bounds",),
    }


def test_pairs_listed_apart_from_the_joint_are_added_to_it() -> None:
    # STAR: 5 reads across the joint, then 2 and 1 pairs whose mates end 40 and 300 bases beside it
    (call,) = calls(
        said(
            reported("star_chimeric", discordant_pairs=None),
            reported("star_chimeric", line=3, **pairs(15254192, 34348009, 2)),
            reported("star_chimeric", line=4, **pairs(15254400, 34348269, 1)),
        )
    ).calls
    assert call.fusion_id == CANONICAL
    assert source(call, "star_chimeric").discordant_pairs == 3


def test_pairs_alone_bound_a_joint() -> None:
    (call,) = calls(said(reported("star_chimeric", **pairs(15254192, 34348009, 4)))).calls
    five, three = call.junction.five_prime, call.junction.three_prime
    assert (call.five_prime_gene, call.three_prime_gene) == (BRD4, NUTM1)
    assert not call.junction.exact
    assert five is not None
    assert three is not None
    assert five.position is three.position is None
    assert five.position_range is not None
    # the joint of BRD4 lies at that base or below it, that of NUTM1 at its base or below it
    assert five.position_range[1] == 15254192
    assert three.position_range is not None
    assert three.position_range[1] == 34348009
    assert scored(calls(said(reported("star_chimeric", **pairs(15254192, 34348009, 4)))))


def test_pairs_beyond_the_joint_are_of_another_one() -> None:
    # mates in BRD4 exon 13 cannot belong to a joint at the end of exon 11
    found = calls(
        said(
            reported("star_chimeric", discordant_pairs=None),
            reported("star_chimeric", line=3, **pairs(15244231, 34348009, 2)),
        )
    )
    assert len(found.calls) == 2

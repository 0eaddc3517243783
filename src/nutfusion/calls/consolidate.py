"""Evidence of one sample to calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.calls.gather import gather
from nutfusion.calls.identity import fusion_id
from nutfusion.calls.sources import caller_statements, counted
from nutfusion.model.call import FusionCall, SampleCalls, SourceStatement, Support
from nutfusion.model.terms import FusionDetection, SourceSays

if TYPE_CHECKING:
    from nutfusion.calls.draft import Draft
    from nutfusion.model.evidence import ReadSource, SampleEvidence
    from nutfusion.model.panel import Panel


def consolidate(evidence: SampleEvidence, panel: Panel) -> SampleCalls:
    """Make one call per junction, with every source that speaks of it.

    Args:
        evidence: Reads and other programs' files of one sample.
        panel: The panel of the evidence.

    Returns:
        Calls with most split fragments first, then most pairs, then by ``fusion_id``; unknown
        counts last. Counts are those of our own look at the reads; without one, those of the
        program that counts most at the joint. Counts of two sources are never added: they may be
        the same fragments.
    """
    drafts = gather(evidence.junctions, evidence.callers.reported, panel)
    calls = [_call(draft, evidence) for draft in drafts]
    calls.sort(
        key=lambda c: (
            -1 if c.support.split_reads is None else -c.support.split_reads - 2,
            -1 if c.support.discordant_pairs is None else -c.support.discordant_pairs - 2,
            c.fusion_id,
        )
    )
    return SampleCalls(
        sample=evidence.sample,
        calls=tuple(calls),
        qc=evidence.qc,
        inputs=evidence.inputs,
        panel_digest=evidence.panel_digest,
        callers=evidence.callers,
    )


def _call(draft: Draft, evidence: SampleEvidence) -> FusionCall:
    """A draft as a call."""
    reads = draft.reads
    identifier = fusion_id(
        draft.junction,
        draft.five_prime_gene,
        draft.three_prime_gene,
        None if reads is None else reads.consensus_sequence,
        None if reads is None else reads.consensus_junction_offset,
        ordered=draft.order_known,
        inferred=draft.detection is FusionDetection.INFERRED,
    )
    others = caller_statements(draft, evidence.callers)
    return FusionCall(
        fusion_id=identifier,
        five_prime_gene=draft.five_prime_gene,
        three_prime_gene=draft.three_prime_gene,
        junction=draft.junction,
        fusion_detection=draft.detection,
        support=_support(draft, evidence, identifier, others),
        longest_five_prime_anchor=None if reads is None else reads.longest_five_prime_anchor,
        longest_three_prime_anchor=None if reads is None else reads.longest_three_prime_anchor,
        consensus_sequence=None if reads is None else reads.consensus_sequence,
        consensus_junction_offset=None if reads is None else reads.consensus_junction_offset,
        partner_identity=None if reads is None else reads.partner_identity,
        partner_hint=None if reads is None else reads.partner_hint,
        order_known=draft.order_known,
        genomic_breakpoint=draft.genomic_breakpoint,
    )


def _support(
    draft: Draft,
    evidence: SampleEvidence,
    identifier: str,
    others: tuple[SourceStatement, ...],
) -> Support:
    reads = draft.reads
    if reads is not None:
        return Support(
            split_reads=reads.split_reads,
            discordant_pairs=reads.discordant_pairs,
            distinct_starts=reads.distinct_starts,
            split_reads_raw=reads.split_reads_raw,
            discordant_pairs_raw=reads.discordant_pairs_raw,
            sources=(_reads_statement(draft, identifier, evidence.source), *others),
            reads=reads.reads,
            reads_total=reads.reads_total,
        )
    split_reads, discordant_pairs = counted(draft)
    unseen = (_reads_unseen(draft, evidence.source),) if evidence.qc is not None else ()
    return Support(
        split_reads=split_reads,
        discordant_pairs=discordant_pairs,
        distinct_starts=None,
        split_reads_raw=None,
        discordant_pairs_raw=None,
        sources=(*unseen, *others),
        reads=(),
        reads_total=None,
    )


def _reads_statement(draft: Draft, identifier: str, read_from: ReadSource) -> SourceStatement:
    found = draft.reads
    assert found is not None  # noqa: S101 - the caller asked
    shown = len(found.reads)
    return SourceStatement(
        kind="reads",
        name=read_from,
        split_reads=found.split_reads,
        discordant_pairs=found.discordant_pairs,
        says=SourceSays.SEEN,
        evidence=(
            f"support.reads ({shown} of {found.reads_total} reads);"
            f" supporting_reads.bam, reference {identifier}"
        ),
    )


def _reads_unseen(draft: Draft, read_from: ReadSource) -> SourceStatement:
    """Our look at the reads does not show a joint that a program reports.

    A break of DNA need not leave RNA at that joint, so there it says nothing.
    """
    says = SourceSays.NOT_SEEN
    if draft.detection is FusionDetection.INFERRED:
        says = SourceSays.NOT_ASSESSED
    return SourceStatement(
        kind="reads",
        name=read_from,
        split_reads=0 if says is SourceSays.NOT_SEEN else None,
        discordant_pairs=0 if says is SourceSays.NOT_SEEN else None,
        says=says,
        evidence="qc.reads",
    )

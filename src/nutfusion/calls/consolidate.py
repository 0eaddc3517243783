"""Evidence of one sample to calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.calls.gather import gather
from nutfusion.calls.identity import fusion_id
from nutfusion.calls.sources import caller_statements, counted
from nutfusion.model.call import FusionCall, SampleCalls, SourceStatement, Support
from nutfusion.model.terms import FusionDetection, SourceSays

if TYPE_CHECKING:
    from nutfusion.calls.draft import Draft
    from nutfusion.model.evidence import ReadSource, ReadSupport, SampleEvidence
    from nutfusion.model.panel import Panel

NAMED: Final = 5
"""Reads named as proof of a break that stands beside a joint of RNA."""


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
    drafts = gather(evidence.junctions, evidence.breaks, evidence.callers.reported, panel)
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
    shown = draft.support
    identifier = fusion_id(
        draft.junction,
        draft.five_prime_gene,
        draft.three_prime_gene,
        None if shown is None else shown.consensus_sequence,
        None if shown is None else shown.consensus_junction_offset,
        ordered=draft.order_known,
        inferred=draft.detection is FusionDetection.INFERRED,
        broken=draft.genomic_breakpoint,
    )
    others = caller_statements(draft, evidence.callers)
    reads = draft.reads
    return FusionCall(
        fusion_id=identifier,
        five_prime_gene=draft.five_prime_gene,
        three_prime_gene=draft.three_prime_gene,
        junction=draft.junction,
        fusion_detection=draft.detection,
        support=_support(draft, evidence, identifier, others),
        longest_five_prime_anchor=None if shown is None else shown.longest_five_prime_anchor,
        longest_three_prime_anchor=None if shown is None else shown.longest_three_prime_anchor,
        consensus_sequence=None if shown is None else shown.consensus_sequence,
        consensus_junction_offset=None if shown is None else shown.consensus_junction_offset,
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
    shown = draft.support
    if shown is not None:
        return Support(
            split_reads=shown.split_reads,
            discordant_pairs=shown.discordant_pairs,
            distinct_starts=shown.distinct_starts,
            split_reads_raw=shown.split_reads_raw,
            discordant_pairs_raw=shown.discordant_pairs_raw,
            sources=(_reads_statement(draft, shown, identifier, evidence.source), *others),
            reads=shown.reads,
            reads_total=shown.reads_total,
        )
    split_reads, discordant_pairs = counted(draft)
    own = (_reads_beside(draft, evidence),) if evidence.qc is not None else ()
    return Support(
        split_reads=split_reads,
        discordant_pairs=discordant_pairs,
        distinct_starts=None,
        split_reads_raw=None,
        discordant_pairs_raw=None,
        sources=(*own, *others),
        reads=(),
        reads_total=None,
    )


def _reads_statement(
    draft: Draft, shown: ReadSupport, identifier: str, read_from: ReadSource
) -> SourceStatement:
    return SourceStatement(
        kind="reads",
        name=read_from,
        split_reads=shown.split_reads,
        discordant_pairs=shown.discordant_pairs,
        says=SourceSays.SEEN,
        evidence=(
            f"support.reads ({len(shown.reads)} of {shown.reads_total} reads);"
            f" supporting_reads.bam, reference {identifier}"
        ),
        remarks=tuple(dict.fromkeys(r for _, remarks in draft.own_breaks for r in remarks)),
    )


def _reads_beside(draft: Draft, evidence: SampleEvidence) -> SourceStatement:
    """What reads that do not show the joint say of it.

    Reads of DNA say nothing about a joint of RNA, but for a break that allows it; a break of DNA
    need not leave RNA at the joint inferred from it.
    """
    of_dna = evidence.molecule == "dna"
    of_break = draft.detection is FusionDetection.INFERRED
    says = SourceSays.NOT_SEEN if of_dna is of_break else SourceSays.NOT_ASSESSED
    nothing = 0 if says is SourceSays.NOT_SEEN else None
    if draft.own_breaks:
        one, remarks = draft.own_breaks[0]
        names = list(dict.fromkeys(read.name for read in one.reads))
        return SourceStatement(
            kind="reads",
            name=evidence.source,
            split_reads=one.split_reads,
            discordant_pairs=one.discordant_pairs,
            says=SourceSays.SEEN,
            evidence=f"reads {' '.join(names[:NAMED])} ({min(NAMED, len(names))} of {len(names)})",
            remarks=remarks,
        )
    return SourceStatement(
        kind="reads",
        name=evidence.source,
        split_reads=nothing,
        discordant_pairs=nothing,
        says=says,
        evidence="qc.reads",
    )

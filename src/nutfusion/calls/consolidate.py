"""Evidence of one sample to calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.calls.identity import fusion_id
from nutfusion.model.call import FusionCall, SampleCalls, SourceStatement, Support
from nutfusion.model.terms import FusionDetection, SourceSays

if TYPE_CHECKING:
    from nutfusion.model.evidence import JunctionSupport, ReadSource, SampleEvidence


def _call(found: JunctionSupport, read_from: ReadSource) -> FusionCall:
    """The call of a junction that the reads show."""
    identifier = fusion_id(
        found.junction,
        found.five_prime_gene,
        found.three_prime_gene,
        found.consensus_sequence,
        found.consensus_junction_offset,
    )
    shown = len(found.reads)
    source = SourceStatement(
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
    return FusionCall(
        fusion_id=identifier,
        five_prime_gene=found.five_prime_gene,
        three_prime_gene=found.three_prime_gene,
        junction=found.junction,
        fusion_detection=FusionDetection.OBSERVED,
        support=Support(
            split_reads=found.split_reads,
            discordant_pairs=found.discordant_pairs,
            distinct_starts=found.distinct_starts,
            split_reads_raw=found.split_reads_raw,
            discordant_pairs_raw=found.discordant_pairs_raw,
            sources=(source,),
            reads=found.reads,
            reads_total=found.reads_total,
        ),
        longest_five_prime_anchor=found.longest_five_prime_anchor,
        longest_three_prime_anchor=found.longest_three_prime_anchor,
        consensus_sequence=found.consensus_sequence,
        consensus_junction_offset=found.consensus_junction_offset,
        partner_identity=found.partner_identity,
        partner_hint=found.partner_hint,
    )


def consolidate(evidence: SampleEvidence) -> SampleCalls:
    """Make one call per junction.

    Returns:
        Calls with most split fragments first, then most pairs, then by ``fusion_id``.
    """
    calls = sorted(
        (_call(found, evidence.source) for found in evidence.junctions),
        key=lambda c: (
            -(c.support.split_reads or 0),
            -(c.support.discordant_pairs or 0),
            c.fusion_id,
        ),
    )
    return SampleCalls(
        sample=evidence.sample,
        calls=tuple(calls),
        qc=evidence.qc,
        inputs=evidence.inputs,
        panel_digest=evidence.panel_digest,
    )

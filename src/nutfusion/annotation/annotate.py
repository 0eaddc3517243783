"""Calls in, annotated fusions out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.annotation.domains import domain_statements
from nutfusion.annotation.exons import exon_pair
from nutfusion.annotation.frame import predict_frame
from nutfusion.annotation.lift import lifted_junction
from nutfusion.annotation.nomenclature import gene_level_name, synonyms
from nutfusion.annotation.partner_class import classify, is_nutm1
from nutfusion.annotation.read_through import is_read_through
from nutfusion.model.annotated import AnnotatedFusion, SampleAnnotated

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall, SampleCalls
    from nutfusion.model.panel import Panel


def annotate(calls: SampleCalls, panel: Panel) -> SampleAnnotated:
    """Say of every call what the panel knows: exons, frame, domains, names, partner class.

    Returns:
        One annotated fusion per call, in the order of the calls; nothing is dropped.
    """
    return SampleAnnotated(
        sample=calls.sample,
        fusions=tuple(annotate_call(call, panel) for call in calls.calls),
        qc=calls.qc,
        inputs=calls.inputs,
        panel_digest=calls.panel_digest,
        callers=calls.callers,
    )


def annotate_call(call: FusionCall, panel: Panel) -> AnnotatedFusion:
    """Annotate one call."""
    nutm1_is_three_prime = is_nutm1(call.three_prime_gene)
    if nutm1_is_three_prime:
        partner, partner_end = call.five_prime_gene, call.junction.five_prime
    else:
        partner, partner_end = call.three_prime_gene, call.junction.three_prime
    classification = classify(partner, partner_end, panel)
    frame = predict_frame(call, panel)
    read_through = is_read_through(call.junction)
    return AnnotatedFusion(
        call=call,
        name=gene_level_name(call, is_read_through=read_through),
        synonyms=synonyms(call, panel),
        partner_class=classification.partner_class,
        partner_class_source=classification.source,
        partner_class_verified=classification.verified,
        nutm1_is_three_prime=nutm1_is_three_prime,
        is_read_through=read_through,
        lifted=lifted_junction(call, panel),
        exons=exon_pair(call, panel),
        reading_frame=frame.reading_frame,
        reading_frame_reason=frame.reason,
        protein_length=frame.protein_length,
        domains=domain_statements(call, panel, frame),
    )

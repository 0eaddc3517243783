"""Scored sample, sample facts and policy to one dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion import __version__
from nutfusion.errors import StageFileError
from nutfusion.model.dossier import (
    Dossier,
    DossierAssay,
    DossierFusion,
    DossierQc,
    DossierSample,
    PolicyStatement,
    Provenance,
)
from nutfusion.model.terms import Assembly

if TYPE_CHECKING:
    from nutfusion.model.scored import SampleScored, ScoredFusion


def build_dossier(
    scored: SampleScored,
    sample: DossierSample,
    policy: PolicyStatement,
    *,
    panel_label: str,
) -> Dossier:
    """Lay everything known about one sample out as a dossier.

    Args:
        scored: The verdict on the sample; the order of its lists is kept.
        sample: Pseudonym and declared facts.
        policy: The policy's gates for this sample.
        panel_label: Name of the panel; its digest is taken from ``scored``.

    Raises:
        StageFileError: ``scored`` and ``sample`` are not the same sample.
    """
    if scored.sample != sample.id:
        raise StageFileError(
            f"the scored file is of sample {scored.sample!r}, the sample facts are of "
            f"{sample.id!r}; give the files of one sample"
        )
    return Dossier(
        sample=sample,
        assay=DossierAssay(
            id=scored.assay,
            version=scored.assay_version,
            title=scored.assay_title.en,
            title_fr=scored.assay_title.fr,
            note=None if scored.assay_note is None else scored.assay_note.en,
            note_fr=None if scored.assay_note is None else scored.assay_note.fr,
            checks=scored.assay_checks,
            molecule=scored.assay_molecule,
            interrogates=scored.interrogates,
        ),
        molecular_state=scored.molecular_state,
        state_reasons=scored.state_reasons,
        fusions=tuple(dossier_fusion(fusion) for fusion in scored.fusions),
        ledger=scored.ledger,
        policy=policy,
        detectability=scored.detectability,
        qc=DossierQc(
            reads=None if scored.qc is None else scored.qc.figures,
            criteria=scored.quality,
            failed=scored.failed,
        ),
        callers=scored.callers,
        run_level=scored.run_level,
        run_level_reason=scored.run_level_reason,
        reviews=(),
        provenance=Provenance(
            nutfusion=__version__,
            panel=f"{panel_label}@{scored.panel_digest}",
            assay=f"{scored.assay}@{scored.assay_version}@{scored.assay_digest}",
            error_model=scored.error_model,
            transcriptome=scored.transcriptome,
            inputs=scored.inputs,
        ),
    )


def dossier_fusion(scored: ScoredFusion) -> DossierFusion:
    """Lay one scored fusion flat."""
    annotated = scored.annotated
    call = annotated.call
    return DossierFusion(
        fusion_id=call.fusion_id,
        name=annotated.name,
        synonyms=annotated.synonyms,
        fusion_detection=call.fusion_detection,
        state=scored.state,
        state_reasons=scored.state_reasons,
        five_prime_gene=call.five_prime_gene,
        three_prime_gene=call.three_prime_gene,
        partner_class=annotated.partner_class,
        partner_class_source=annotated.partner_class_source,
        partner_class_verified=annotated.partner_class_verified,
        is_read_through=annotated.is_read_through,
        junction=call.junction,
        genomic_breakpoint=call.genomic_breakpoint,
        order_known=call.order_known,
        lifted={Assembly.GRCH37.value: annotated.lifted},
        exons=annotated.exons,
        reading_frame=annotated.reading_frame,
        reading_frame_reason=annotated.reading_frame_reason,
        protein_length=annotated.protein_length,
        domains=annotated.domains,
        support=call.support,
        longest_five_prime_anchor=call.longest_five_prime_anchor,
        longest_three_prime_anchor=call.longest_three_prime_anchor,
        consensus_sequence=call.consensus_sequence,
        consensus_junction_offset=call.consensus_junction_offset,
        partner_identity=call.partner_identity,
        partner_hint=call.partner_hint,
        score=scored.score,
        score_basis=scored.score_basis,
        criteria=scored.criteria,
    )

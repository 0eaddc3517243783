"""Columns of the table with one row per dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.exports.columns import Column
from nutfusion.exports.sample_columns import sample_columns
from nutfusion.model.terms import GateVerdict, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutfusion.exports.columns import Kind, Value
    from nutfusion.model.dossier import Dossier
    from nutfusion.model.evidence import ReadFigures


def _itself(dossier: Dossier) -> Dossier:
    return dossier


_NO_READS: Final = "; empty: not known, or no reads."


def _reads(
    name: str, kind: Kind, meaning: str, value: Callable[[ReadFigures], Value]
) -> Column[Dossier]:
    return Column(
        name,
        kind,
        f"{meaning}{_NO_READS}",
        lambda d: None if d.qc.reads is None else value(d.qc.reads),
    )


def _quality(verdict: Verdict) -> Callable[[Dossier], Value]:
    return lambda d: tuple(one.id for one in d.qc.criteria if one.verdict is verdict)


def _gates(verdict: GateVerdict) -> Column[Dossier]:
    return Column(
        f"gates_{verdict.value}",
        "texts",
        f"Gates of the policy whose verdict is {verdict.value}.",
        lambda d: tuple(gate.id for gate in d.policy.gates if gate.verdict is verdict),
    )


def _partners(dossier: Dossier) -> Value:
    rows = dossier.detectability
    return tuple(
        f"{row.gene} {row.gene_fragments}" for row in rows if row.gene_fragments is not None
    )


DOSSIER_COLUMNS: Final[tuple[Column[Dossier], ...]] = (
    *sample_columns(_itself),
    Column("disease", "text", "As declared; empty: not declared.",
           lambda d: d.sample.declared.disease),
    Column("pretreated", "truth", "As declared; empty: not declared.",
           lambda d: d.sample.declared.pretreated),
    Column("relapse", "truth", "As declared; empty: not declared.",
           lambda d: d.sample.declared.relapse),
    Column("orthogonal_tests", "texts", "Kind and result of other tests, as declared.",
           lambda d: tuple(f"{t.kind} {t.result}" for t in d.sample.orthogonal)),
    Column("molecular_state", "word", "State of the sample.", lambda d: d.molecular_state.value),
    Column("state_reasons", "texts", "Why, most important first.", lambda d: d.state_reasons),
    Column("fusions", "whole", "How many fusions the dossier holds, whatever their state.",
           lambda d: len(d.fusions)),
    Column("fusion_names", "texts", "Their names, in the order of the dossier.",
           lambda d: tuple(f.name for f in d.fusions)),
    Column("fusion_ids", "texts", "Their identifiers, in the same order.",
           lambda d: tuple(f.fusion_id for f in d.fusions)),
    Column("assay", "text", "Assay profile.", lambda d: d.assay.id),
    Column("assay_version", "text", "Its version.", lambda d: d.assay.version),
    Column("assay_shows_nutm1", "truth", "The profile says that a NUTM1 fusion would give reads.",
           lambda d: d.assay.interrogates.nutm1),
    _reads("fragments", "whole", "Read pairs, or single reads", lambda q: q.fragments),
    _reads("reads", "whole", "Reads", lambda q: q.reads),
    _reads("read_length_mean", "real", "Mean length, nt", lambda q: q.read_length_mean),
    _reads("mean_base_quality", "real", "Mean Phred score", lambda q: q.mean_base_quality),
    _reads("n_fraction", "real", "Share of N, 0 to 1", lambda q: q.n_fraction),
    _reads("insert_size_median", "whole", "Median outer distance of pairs, nt",
           lambda q: q.insert_size_median),
    _reads("umi", "word", "How fragments were told apart", lambda q: q.umi),
    _reads("nutm1_fragments", "whole", "Fragments placed on NUTM1", lambda q: q.nutm1_fragments),
    _reads("nutm1_upstream_fragments", "whole", "Wild-type fragments on the exons before the usual"
           " acceptor", lambda q: q.nutm1_upstream_fragments),
    _reads("nutm1_downstream_fragments", "whole", "Fragments from that acceptor on",
           lambda q: q.nutm1_downstream_fragments),
    Column("partner_fragments", "texts", "BET and BET-complex genes with their fragments; a gene"
           " that is missing here could not be counted.", _partners),
    Column("quality_met", "texts", "Criteria of quality that are met.", _quality(Verdict.MET)),
    Column("quality_not_met", "texts", "Criteria of quality that are not met.",
           _quality(Verdict.NOT_MET)),
    Column("quality_not_assessable", "texts", "Criteria of quality that nobody could assess.",
           _quality(Verdict.NOT_ASSESSABLE)),
    Column("other_programs", "texts", "Programs whose files were read.",
           lambda d: tuple(one.caller for one in d.callers.files)),
    Column("run_level_reason", "text", "Why nothing is said of the other samples of the run; empty:"
           " something is.", lambda d: d.run_level_reason),
    Column("policy", "text", "Policy that was answered.", lambda d: d.policy.id),
    Column("policy_version", "text", "Its version.", lambda d: d.policy.version),
    Column("policy_status", "word", "How much of the policy's own text was read.",
           lambda d: d.policy.status),
    Column("policy_sha256", "text", "Digest of its file.", lambda d: d.policy.digest),
    *(_gates(verdict) for verdict in GateVerdict),
    Column("nutfusion", "text", "Version that made the dossier.", lambda d: d.provenance.nutfusion),
    Column("panel", "text", "Name and digest of the panel.", lambda d: d.provenance.panel),
    Column("assay_profile", "text", "Name, version and digest of the profile.",
           lambda d: d.provenance.assay),
    Column("input_sha256", "texts", "Digests of the input files; one of which only the loci were"
           " read has none.",
           lambda d: tuple(one.sha256 for one in d.provenance.inputs if one.sha256 is not None)),
)  # fmt: skip
"""In order."""

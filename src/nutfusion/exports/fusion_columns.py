"""Columns of the table with one row per fusion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from nutfusion.exports.columns import Column
from nutfusion.exports.sample_columns import sample_columns, state_columns
from nutfusion.model.terms import DomainStatus, SourceSays, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutfusion.exports.columns import Kind, Value
    from nutfusion.model.annotated import ExonLabel, LiftedJunction
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import Junction, JunctionEnd


class FusionRow(NamedTuple):
    """A fusion and the dossier that it stands in."""

    dossier: Dossier
    fusion: DossierFusion


def fusion_rows(dossier: Dossier) -> list[FusionRow]:
    """One row per fusion, in the order of the dossier."""
    return [FusionRow(dossier, fusion) for fusion in dossier.fusions]


def _dossier(row: FusionRow) -> Dossier:
    return row.dossier


def _of_fusion(
    name: str, kind: Kind, meaning: str, value: Callable[[DossierFusion], Value]
) -> Column[FusionRow]:
    return Column(name, kind, meaning, lambda row: value(row.fusion))


def _gene(side: str, gene: Callable[[DossierFusion], GeneRef | None]) -> list[Column[FusionRow]]:
    def part(take: Callable[[GeneRef], str | None]) -> Callable[[DossierFusion], Value]:
        return lambda f: None if (found := gene(f)) is None else take(found)

    return [
        _of_fusion(f"{side}_gene", "text", "HGNC symbol; empty: not identified.",
                   part(lambda g: g.symbol)),
        _of_fusion(f"{side}_hgnc_id", "text", "HGNC identifier; empty: not known.",
                   part(lambda g: g.hgnc_id)),
    ]  # fmt: skip


def _end(
    prefix: str, joint: Callable[[DossierFusion], Junction | None], side: str, what: str
) -> list[Column[FusionRow]]:
    def part(take: Callable[[JunctionEnd], Value]) -> Callable[[DossierFusion], Value]:
        def value(fusion: DossierFusion) -> Value:
            found = joint(fusion)
            end = None if found is None else getattr(found, side)
            return None if end is None else take(end)

        return value

    return [
        _of_fusion(f"{prefix}_assembly", "word", "Assembly of the position; empty: not placed.",
                   part(lambda e: e.assembly.value)),
        _of_fusion(f"{prefix}_contig", "text", "Contig, chr spelling; empty: not placed.",
                   part(lambda e: e.contig)),
        _of_fusion(f"{prefix}_position", "whole",
                   f"{what}, 1-based; empty: not known to the base.",
                   part(lambda e: e.position)),
        _of_fusion(f"{prefix}_lowest", "whole", "Lowest residue that it may be, 1-based; empty:"
                   " exact or unknown.",
                   part(lambda e: e.position_range[0] if e.position_range else None)),
        _of_fusion(f"{prefix}_highest", "whole", "Highest residue that it may be, 1-based; empty:"
                   " exact or unknown.",
                   part(lambda e: e.position_range[1] if e.position_range else None)),
        _of_fusion(f"{prefix}_strand", "word", "Strand of the transcript, + or -; empty: unknown.",
                   part(lambda e: e.strand.value if e.strand else None)),
    ]  # fmt: skip


def _lifted(side: str) -> list[Column[FusionRow]]:
    def part(name: str) -> Callable[[DossierFusion], Value]:
        def value(fusion: DossierFusion) -> Value:
            lifted: LiftedJunction | None = fusion.lifted.get("GRCh37")
            return None if lifted is None else getattr(lifted, name)

        return value

    return [
        _of_fusion(f"grch37_{side}", "whole", "Position on GRCh37, 1-based; empty: not lifted.",
                   part(side)),
        _of_fusion(f"grch37_{side}_verified", "truth", "An independent exon table confirms it;"
                   " empty: no position.", part(f"{side}_verified")),
    ]  # fmt: skip


def _exon(side: str) -> list[Column[FusionRow]]:
    def part(take: Callable[[ExonLabel], Value]) -> Callable[[DossierFusion], Value]:
        def value(fusion: DossierFusion) -> Value:
            label = getattr(fusion.exons, side)
            return None if label is None else take(label)

        return value

    none = "; empty: not in an exon, or not known."
    return [
        _of_fusion(f"{side}_transcript", "text", f"MANE transcript, accession.version{none}",
                   part(lambda e: e.transcript)),
        _of_fusion(f"{side}_exon", "whole", f"Exon of that transcript, from 1{none}",
                   part(lambda e: e.exon)),
        _of_fusion(f"{side}_exon_boundary", "truth", f"The joint lies on the exon's edge{none}",
                   part(lambda e: e.boundary)),
    ]  # fmt: skip


def _domains(status: DomainStatus) -> Callable[[DossierFusion], Value]:
    return lambda f: tuple(f"{d.gene} {d.name}" for d in f.domains if d.status is status)


def _sources(word: SourceSays) -> Callable[[DossierFusion], Value]:
    return lambda f: tuple(one.name for one in f.support.sources if one.says is word)


def _criteria(verdict: Verdict) -> Callable[[DossierFusion], Value]:
    return lambda f: tuple(one.id for one in f.criteria if one.verdict is verdict)


FUSION_COLUMNS: Final[tuple[Column[FusionRow], ...]] = (
    *sample_columns(_dossier),
    *state_columns(_dossier),
    _of_fusion("fusion_id", "text", "Digest of joint and genes.", lambda f: f.fusion_id),
    _of_fusion("name", "text", "Name of the fusion; v:: is an unknown partner.", lambda f: f.name),
    _of_fusion("state", "word", "State of this fusion alone.", lambda f: f.state.value),
    _of_fusion("state_reasons", "texts", "Why, most important first.", lambda f: f.state_reasons),
    _of_fusion("fusion_detection", "word", "observed in RNA, or inferred.",
               lambda f: f.fusion_detection.value),
    *_gene("five_prime", lambda f: f.five_prime_gene),
    *_gene("three_prime", lambda f: f.three_prime_gene),
    _of_fusion("order_known", "truth", "It is known which part is 5'.", lambda f: f.order_known),
    _of_fusion("partner_class", "word", "Class of the gene joined to NUTM1.",
               lambda f: f.partner_class.value),
    _of_fusion("partner_class_verified", "truth", "False: its source is from memory, or there is"
               " none.", lambda f: f.partner_class_verified),
    _of_fusion("is_read_through", "truth", "Adjacent genes, no rearrangement needed.",
               lambda f: f.is_read_through),
    _of_fusion("junction_exact", "truth", "Both sides are known to the base.",
               lambda f: f.junction.exact),
    *_end("five_prime", lambda f: f.junction, "five_prime", "Last base of the 5' part"),
    *_end("three_prime", lambda f: f.junction, "three_prime", "First base of the 3' part"),
    _of_fusion("homology", "whole", "Bases at the joint that fit both sides; empty: not exact.",
               lambda f: f.junction.homology),
    _of_fusion("linker_known", "truth", "It is known whether bases stand between the parts.",
               lambda f: f.junction.linker_sequence is not None),
    _of_fusion("linker_sequence", "text", "Untemplated bases between the parts; empty: none, or not"
               " known (see linker_known).", lambda f: f.junction.linker_sequence),
    *_end("dna_five_prime", lambda f: f.genomic_breakpoint, "five_prime",
          "Last base that stays of the 5' side where DNA broke"),
    *_end("dna_three_prime", lambda f: f.genomic_breakpoint, "three_prime",
          "First base that stays of the 3' side where DNA broke"),
    *_lifted("five_prime"),
    *_lifted("three_prime"),
    *_exon("five_prime"),
    *_exon("three_prime"),
    _of_fusion("reading_frame", "word", "Frame of NUTM1 after the joint.",
               lambda f: f.reading_frame.value),
    _of_fusion("reading_frame_reason", "text", "Why it is not predicted, where the stop is, or what"
               " weakens it; empty: nothing.", lambda f: f.reading_frame_reason),
    _of_fusion("protein_length", "whole", "Residues of the fusion protein; empty: not predicted.",
               lambda f: f.protein_length),
    _of_fusion("domains_preserved", "texts", "Gene and domain.", _domains(DomainStatus.PRESERVED)),
    _of_fusion("domains_lost", "texts", "Gene and domain.", _domains(DomainStatus.LOST)),
    _of_fusion("domains_unknown", "texts", "Gene and domain.", _domains(DomainStatus.UNKNOWN)),
    _of_fusion("split_reads", "whole", "Distinct fragments with a read across the joint; empty:"
               " nobody says.", lambda f: f.support.split_reads),
    _of_fusion("discordant_pairs", "whole", "Distinct fragments with a mate on either side, others"
               " than split_reads; empty: nobody says.", lambda f: f.support.discordant_pairs),
    _of_fusion("distinct_starts", "whole", "Distinct outer ends; empty: nobody says.",
               lambda f: f.support.distinct_starts),
    _of_fusion("split_reads_raw", "whole", "As split_reads, copies included.",
               lambda f: f.support.split_reads_raw),
    _of_fusion("discordant_pairs_raw", "whole", "As discordant_pairs, copies included.",
               lambda f: f.support.discordant_pairs_raw),
    _of_fusion("sources_seen", "texts", "Sources that show it.",
               _sources(SourceSays.SEEN)),
    _of_fusion("sources_not_seen", "texts", "Sources that could have shown it and do not.",
               _sources(SourceSays.NOT_SEEN)),
    _of_fusion("sources_not_assessed", "texts", "Sources that could not tell: neither for nor"
               " against.", _sources(SourceSays.NOT_ASSESSED)),
    _of_fusion("longest_five_prime_anchor", "whole", "Longest run of 5' bases in one split read,"
               " nt; empty: no reads.", lambda f: f.longest_five_prime_anchor),
    _of_fusion("longest_three_prime_anchor", "whole", "Longest run of 3' bases in one split read,"
               " nt; empty: no reads.", lambda f: f.longest_three_prime_anchor),
    _of_fusion("consensus_sequence", "text", "Sense of the transcript; empty: none.",
               lambda f: f.consensus_sequence),
    _of_fusion("consensus_junction_offset", "whole", "Its bases before the joint; empty: none.",
               lambda f: f.consensus_junction_offset),
    _of_fusion("partner_identity", "real", "Share of the partner's side that equals its transcript,"
               " 0 to 1; empty: not compared.", lambda f: f.partner_identity),
    _of_fusion("partner_hint", "text", "What an unknown partner looks like; empty: nothing.",
               lambda f: f.partner_hint),
    _of_fusion("score", "real", "log10 of the likelihood ratio, a real fusion against the likeliest"
               " artefact; empty: not computed, see score_reason. No state rests on it.",
               lambda f: f.score),
    _of_fusion("score_artefact", "word", "The artefact that it is held against; empty: no score.",
               lambda f: f.score_basis.likeliest_artefact),
    _of_fusion("score_reason", "text", "Why there is no score; empty: there is one.",
               lambda f: f.score_basis.reason),
    _of_fusion("criteria_met", "texts", "Criteria of the assay profile that are met.",
               _criteria(Verdict.MET)),
    _of_fusion("criteria_not_met", "texts", "Criteria of the assay profile that are not met.",
               _criteria(Verdict.NOT_MET)),
    _of_fusion("criteria_not_assessable", "texts", "Criteria of the assay profile that nobody could"
               " assess.",
               _criteria(Verdict.NOT_ASSESSABLE)),
    _of_fusion("synonyms", "texts", "Names at the level of exons, HGVS and legacy names.",
               lambda f: f.synonyms),
)  # fmt: skip
"""In order."""

"""The sentences of the French reports, from the message catalogue of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.dossier.conclusion import conclusion
from nutfusion.dossier.criteria import decides
from nutfusion.dossier.fusion_notes import domain_views
from nutfusion.dossier.headline import is_declared, partner_gene
from nutfusion.dossier.messages import Language, phrases, small_first
from nutfusion.dossier.sources import counts, detection
from nutfusion.exports.review_words import review_lines
from nutfusion.model.terms import DomainStatus, FusionDetection, MolecularState, Verdict

if TYPE_CHECKING:
    from nutfusion.dossier.messages import Phrases
    from nutfusion.exports.reviews import Beside
    from nutfusion.model.annotated import LiftedJunction
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import Junction, JunctionEnd


@dataclass(frozen=True, slots=True)
class ReportWords:
    """What a report says, line by line, in French.

    Attributes:
        title: What was examined.
        review: What a biologist says, or that nothing of a review may be repeated; empty without
            reviews.
        state: The molecular state in words.
        answer: The answer in one or two sentences.
        basis: What it rests on, quality and reasons.
        fusions: Lines of each fusion, in the order of the dossier.
        scope: How far the result goes.
        method: Assay, panel and versions.
        standing: Who decides, and that reviews stand elsewhere.
    """

    title: str
    review: tuple[str, ...]
    state: str
    answer: str
    basis: tuple[str, ...]
    fusions: tuple[tuple[str, ...], ...]
    scope: tuple[str, ...]
    method: tuple[str, ...]
    standing: tuple[str, ...]


def report_words(dossier: Dossier, beside: Beside | None = None) -> ReportWords:
    """The words of one dossier, and of what stands beside it."""
    words = phrases(Language.FR)
    found = conclusion(dossier, words)
    say = words.sentence
    basis = [say("report", "rests_on", text=_joined(words, found.support, found.criteria))]
    basis.append(say("report", "quality", text=found.quality))
    basis += [say("report", "because", text=reason) for reason in found.reasons]
    if found.carry_over is not None:
        basis.append(say("report", "because", text=found.carry_over))
    return ReportWords(
        title=say("report", "title"),
        review=() if beside is None else review_lines(dossier, beside),
        state=found.label,
        answer=found.answer,
        basis=tuple(basis),
        fusions=tuple(_fusion(fusion, words) for fusion in dossier.fusions),
        scope=found.scope,
        method=(
            say("report", "assay", title=dossier.assay.title_fr, assay=dossier.provenance.assay),
            say("report", "panel", panel=dossier.provenance.panel),
            say("report", "software", version=dossier.provenance.nutfusion),
        ),
        standing=(words.ui("policy_board_decides"), say("report", "automatic")),
    )


def _joined(words: Phrases, *parts: str | None) -> str:
    return words.join(part for part in parts if part)


def _fusion(fusion: DossierFusion, words: Phrases) -> tuple[str, ...]:
    """One fusion: name and state, partner, places, exons, frame, domains, counts, criteria."""
    say = words.sentence
    genes = [
        words.ui("partner_unidentified") if gene is None else _identified(gene)
        for gene in (fusion.five_prime_gene, fusion.three_prime_gene)
    ]
    order = "genes" if fusion.order_known else "genes_unordered"
    lines = [
        say("report", "fusion", name=fusion.name, state=words.inline("state", fusion.state)),
        say("report", order, text=words.join(genes)),
        say("report", "partner", text=_partner(fusion, words)),
        say("report", "junction", text=variant_place(fusion)),
    ]
    lifted = fusion.lifted.get("GRCh37")
    if lifted is not None and (lifted.five_prime is not None or lifted.three_prime is not None):
        lines.append(say("report", "junction_grch37", text=_lifted(lifted, words)))
    lines.append(_dna_break(fusion, words))
    if fusion.synonyms:
        lines.append(say("report", "also_named", text=words.join(fusion.synonyms)))
    lines.append(say("report", "frame", text=_frame(fusion, words)))
    lines += [
        say("report", "domains", status=small_first(fate), text=words.join(names))
        for fate, names in _domains(fusion, words).items()
    ]
    lines += [
        say("report", "detected", text=detection(fusion, words)),
        say("report", "counts", text=counts(fusion, words)),
        *_not_counted(fusion, words),
    ]
    for outcome in fusion.criteria:
        if outcome.verdict is Verdict.NOT_MET:
            key = "criterion_not_met" if decides(outcome) else "criterion_shown_not_met"
            lines.append(say("report", key, text=words.inline("criterion", outcome.id)))
    return tuple(lines)


def is_stated(fusion: DossierFusion) -> bool:
    """Whether a fusion is said to be there: neither left open, nor a declared test's word alone."""
    return fusion.state is not MolecularState.INDETERMINATE and not is_declared(fusion)


def _identified(gene: GeneRef) -> str:
    return f"{gene.symbol} ({gene.hgnc_id})" if gene.hgnc_id else gene.symbol


def _partner(fusion: DossierFusion, words: Phrases) -> str:
    """The gene joined to *NUTM1*, its class, and whether it is a candidate or unverified."""
    gene = partner_gene(fusion)
    if gene is None:
        hint = fusion.partner_hint
        like = None if hint is None else words.ui("partner_looks_like", hint=words.reason(hint))
        return _joined(words, words.ui("partner_unidentified"), like)
    said = f"{gene.symbol}, {words.inline('partner_class', fusion.partner_class)}"
    said = _marked(said, words, verified=fusion.partner_class_verified)
    return _joined(words, said, words.ui("partner_candidate") if is_declared(fusion) else None)


def _dna_break(fusion: DossierFusion, words: Phrases) -> str:
    """Where DNA broke, or that nobody says."""
    if fusion.genomic_breakpoint is not None:
        place = _joint_place(fusion.genomic_breakpoint)
        return f"{words.ui('dna_break')}{words.colon}{place}"
    is_seen = fusion.fusion_detection is FusionDetection.OBSERVED
    return words.ui("genomic_breakpoint_unknown" if is_seen else "genomic_breakpoint_not_given")


def _not_counted(fusion: DossierFusion, words: Phrases) -> list[str]:
    """The one count of two that nobody gave: not zero."""
    support = {
        "split_reads": fusion.support.split_reads,
        "discordant_pairs": fusion.support.discordant_pairs,
    }
    unknown = [key for key, count in support.items() if count is None]
    if len(unknown) == len(support):
        return []
    return [words.sentence("report", key, text=words.number(None)) for key in unknown]


def _frame(fusion: DossierFusion, words: Phrases) -> str:
    """The frame, and why it is not predicted or what weakens it."""
    reason = fusion.reading_frame_reason
    return _joined(
        words,
        words.term("reading_frame", fusion.reading_frame),
        None if reason is None else words.reason(reason),
    )


def _domains(fusion: DossierFusion, words: Phrases) -> dict[str, list[str]]:
    """Names of domains by what becomes of them; one with unverified residues is marked."""
    found: dict[str, list[str]] = {}
    views = domain_views(fusion, words)
    for status in DomainStatus:
        for view in views:
            if view.data.status is status:
                name = f"{view.data.gene} {view.name}"
                found.setdefault(view.fate, []).append(
                    _marked(name, words, verified=view.data.verified)
                )
    return found


def _marked(text: str, words: Phrases, *, verified: bool | None) -> str:
    """A text, marked where its source was not verified."""
    return f"{text} ({words.ui('unverified')})" if verified is False else text


def variant_place(fusion: DossierFusion) -> str:
    """The joint as one string: ``chr19:15254152(-)::chr15:34347969(+)``, ``?`` where unknown."""
    return _joint_place(fusion.junction)


def _joint_place(joint: Junction) -> str:
    return f"{_place(joint.five_prime)}::{_place(joint.three_prime)}"


def _place(end: JunctionEnd | None) -> str:
    if end is None or end.contig is None:
        return "?"
    strand = "" if end.strand is None else f"({end.strand.value})"
    if end.position is not None:
        return f"{end.contig}:{end.position}{strand}"
    if end.position_range is None:
        return f"{end.contig}:?{strand}"
    return f"{end.contig}:({end.position_range[0]}_{end.position_range[1]}){strand}"


def _lifted(lifted: LiftedJunction, words: Phrases) -> str:
    """Positions on another assembly; those that no independent table confirms are marked."""
    places = (
        (lifted.five_prime, lifted.five_prime_verified),
        (lifted.three_prime, lifted.three_prime_verified),
    )
    return "::".join(
        "?" if place is None else _marked(str(place), words, verified=verified)
        for place, verified in places
    )

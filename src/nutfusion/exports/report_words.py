"""The sentences of the French reports, from the message catalogue of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.dossier.conclusion import conclusion
from nutfusion.dossier.messages import Language, phrases
from nutfusion.model.terms import DomainStatus, Verdict

if TYPE_CHECKING:
    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.annotated import DomainStatement, LiftedJunction
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.junction import JunctionEnd


@dataclass(frozen=True, slots=True)
class ReportWords:
    """What a report says, line by line, in French.

    Attributes:
        title: What was examined.
        state: The molecular state in words.
        answer: The answer in one or two sentences.
        basis: What it rests on, quality and reasons.
        fusions: Lines of each fusion, in the order of the dossier.
        scope: How far the result goes.
        method: Assay, panel and versions.
        standing: Who decides, and that nobody reviewed it.
    """

    title: str
    state: str
    answer: str
    basis: tuple[str, ...]
    fusions: tuple[tuple[str, ...], ...]
    scope: tuple[str, ...]
    method: tuple[str, ...]
    standing: tuple[str, ...]


def report_words(dossier: Dossier) -> ReportWords:
    """The words of one dossier."""
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
        state=found.label,
        answer=found.answer,
        basis=tuple(basis),
        fusions=tuple(_fusion(fusion, words) for fusion in dossier.fusions),
        scope=found.scope,
        method=(
            say("report", "assay", title=dossier.assay.title, assay=dossier.provenance.assay),
            say("report", "panel", panel=dossier.provenance.panel),
            say("report", "software", version=dossier.provenance.nutfusion),
        ),
        standing=(words.ui("policy_board_decides"), words.ui("not_reviewed")),
    )


def _joined(words: Phrases, *parts: str | None) -> str:
    return words.join(part for part in parts if part)


def _fusion(fusion: DossierFusion, words: Phrases) -> tuple[str, ...]:
    """One fusion: name and state, places, exons, frame, domains, counts."""
    say = words.sentence
    genes = [
        f"{gene.symbol} ({gene.hgnc_id})" if gene.hgnc_id else gene.symbol
        for gene in (fusion.five_prime_gene, fusion.three_prime_gene)
        if gene is not None
    ]
    lines = [
        say("report", "fusion", name=fusion.name, state=words.inline("state", fusion.state)),
        say("report", "genes", text=words.join(genes)),
        say("report", "junction", text=variant_place(fusion)),
    ]
    lifted = fusion.lifted.get("GRCh37")
    if lifted is not None and (lifted.five_prime is not None or lifted.three_prime is not None):
        lines.append(say("report", "junction_grch37", text=_lifted(lifted)))
    if fusion.synonyms:
        lines.append(say("report", "also_named", text=words.join(fusion.synonyms)))
    lines.append(say("report", "frame", text=words.term("reading_frame", fusion.reading_frame)))
    for status in DomainStatus:
        names = [_domain(domain, words) for domain in fusion.domains if domain.status is status]
        if names:
            word = words.inline("domain_status", status)
            lines.append(say("report", "domains", status=word, text=words.join(names)))
    for key, count in (
        ("split_reads", fusion.support.split_reads),
        ("discordant_pairs", fusion.support.discordant_pairs),
    ):
        lines.append(say("report", key, text=words.number(count)))
    lines += [
        say("report", "criterion_not_met", text=words.inline("criterion", outcome.id))
        for outcome in fusion.criteria
        if outcome.verdict is Verdict.NOT_MET
    ]
    return tuple(lines)


def _domain(domain: DomainStatement, words: Phrases) -> str:
    """A domain; residue numbers that nobody verified are marked."""
    name = f"{domain.gene} {domain.name}"
    return name if domain.verified else f"{name} ({words.ui('unverified')})"


def variant_place(fusion: DossierFusion) -> str:
    """The joint as one string: ``chr19:15254152(-)::chr15:34347969(+)``, ``?`` where unknown."""
    joint = fusion.junction
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


def _lifted(lifted: LiftedJunction) -> str:
    places = (lifted.five_prime, lifted.three_prime)
    return "::".join("?" if place is None else str(place) for place in places)

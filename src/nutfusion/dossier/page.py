"""The dossier as one self-contained page, French and English."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from nutfusion.dossier.assay_view import AssayView, assay_view
from nutfusion.dossier.conclusion import Conclusion, conclusion
from nutfusion.dossier.criteria import CriterionView, criterion_views
from nutfusion.dossier.figure import Figure, fusion_figure
from nutfusion.dossier.figure_layout import sides
from nutfusion.dossier.fusion_notes import (
    DomainView,
    context,
    domain_views,
    prognosis,
    unverified_sources,
)
from nutfusion.dossier.gates import PolicyView, policy_view
from nutfusion.dossier.headline import is_declared, partner_gene, place
from nutfusion.dossier.limit_figure import LimitView, limit_view
from nutfusion.dossier.messages import Language, Phrases, phrases
from nutfusion.dossier.orthogonal import LedgerView, ledger_view
from nutfusion.dossier.paper import is_test_data, page_footer
from nutfusion.dossier.reads_stack import Stack, linker_of, reads_stack
from nutfusion.dossier.score_words import ScoreView, score_view
from nutfusion.dossier.shapes import SHAPES, VERDICT_SHAPES
from nutfusion.dossier.sources import (
    SourceView,
    counts,
    detection,
    disagreement,
    source_views,
)
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import FusionDetection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Panel


@dataclass(frozen=True, slots=True)
class FusionView:
    """One fusion, ready for the template.

    Attributes:
        data: The dossier's own fusion.
        uid: Prefix of the ids of this section.
        places: Both sides of the joint on the genome, which tells fusions of one name apart.
        partner: Gene joined to NUTM1.
        partner_sequence: What was read of an unidentified partner; ``None`` for a known one.
        orientation: Message key.
        exactness: Message key.
        counts: Fragments in words.
        detection: How it was detected, in words.
        sources: The sources in words.
        agreement: Who disagrees on what, or that nobody does; ``None`` for one source.
        disagrees: Somebody does.
        figure: The drawing; ``None`` when the joint is placed in neither gene.
        is_of_dna: The reads are of DNA, and lie at its break.
        is_candidate: A declared test alone names the partner.
        linker: Bases between the parts in the reads.
        stack: The reads.
        criteria: The criteria in words.
        score: The likelihood ratio in words.
        domains: The domains in words.
        unverified: Sources of unverified domains.
        context: Label of what is published about the joint; ``None`` when nothing is.
        prognosis: Label of what is published about survival; ``None`` when not confirmed.
    """

    data: DossierFusion
    uid: str
    places: str
    partner: GeneRef | None
    partner_sequence: str | None
    orientation: str
    exactness: str
    counts: str
    detection: str
    sources: tuple[SourceView, ...]
    agreement: str | None
    disagrees: bool
    figure: Figure | None
    is_of_dna: bool
    is_candidate: bool
    linker: str
    stack: Stack
    criteria: tuple[CriterionView, ...]
    score: ScoreView
    domains: tuple[DomainView, ...]
    unverified: tuple[str, ...]
    context: str | None
    prognosis: str | None


@dataclass(frozen=True, slots=True)
class LanguageView:
    """The whole dossier in one language."""

    phrases: Phrases
    conclusion: Conclusion
    policy: PolicyView
    assay: AssayView
    ledger: LedgerView
    quality: tuple[CriterionView, ...]
    limits: LimitView
    fusions: tuple[FusionView, ...]


@dataclass(frozen=True, slots=True)
class Amendment:
    """What people said of a dossier afterwards; made by the room ``review``.

    Attributes:
        sections: HTML by language, put before the automatic conclusion.
        heads: By language, in the place of "not reviewed".
        style: Style of the sections.
    """

    sections: Mapping[Language, str]
    heads: Mapping[Language, str]
    style: str


def dossier_html(dossier: Dossier, panel: Panel, amendment: Amendment | None = None) -> str:
    """Render the page.

    Args:
        dossier: Everything that the automatic statement says.
        panel: Lengths of exons and residues of domains for the drawing; nothing else.
        amendment: What people said of it; ``None`` for the automatic statement alone.

    Returns:
        One HTML document without external parts. Both languages are in it; the reader chooses.
    """
    stacks = [reads_stack(fusion) for fusion in dossier.fusions]
    views = [language_view(dossier, panel, stacks, phrases(language)) for language in Language]
    script = _asset("page.js")
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            dossier=dossier,
            views=views,
            amendment=amendment,
            style=f"{amendment.style if amendment else _asset('page.css')}\n{page_footer(dossier)}",
            is_test_data=is_test_data(dossier),
            script=script,
            script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            shapes=SHAPES,
            verdict_shapes=VERDICT_SHAPES,
        )
    )


def language_view(
    dossier: Dossier, panel: Panel, stacks: list[Stack], words: Phrases
) -> LanguageView:
    """Everything that depends on the language."""
    return LanguageView(
        phrases=words,
        conclusion=conclusion(dossier, words),
        policy=policy_view(dossier, words),
        assay=assay_view(dossier, words),
        ledger=ledger_view(dossier, words),
        quality=criterion_views(dossier.qc.criteria, words),
        limits=limit_view(dossier.detectability, words),
        fusions=tuple(
            FusionView(
                data=fusion,
                uid=f"{words.language.value}-f{number}",
                places=" :: ".join(
                    place(end, words)
                    for end in (fusion.junction.five_prime, fusion.junction.three_prime)
                ),
                partner=partner_gene(fusion),
                partner_sequence=_partner_sequence(fusion),
                orientation=_orientation(fusion),
                exactness=_exactness(fusion),
                counts=counts(fusion, words),
                detection=detection(fusion, words),
                sources=source_views(fusion, words),
                agreement=disagreement(fusion, words)[0],
                disagrees=disagreement(fusion, words)[1],
                figure=_figure(fusion, panel, words, f"{words.language.value}-f{number}"),
                is_of_dna=fusion.fusion_detection is FusionDetection.INFERRED,
                is_candidate=is_declared(fusion),
                linker=linker_of(fusion),
                stack=stack,
                criteria=criterion_views(fusion.criteria, words),
                score=score_view(fusion, words),
                domains=domain_views(fusion, words),
                unverified=unverified_sources(fusion),
                context=context(fusion),
                prognosis=prognosis(fusion),
            )
            for number, (fusion, stack) in enumerate(
                zip(dossier.fusions, stacks, strict=True), start=1
            )
        ),
    )


def _figure(fusion: DossierFusion, panel: Panel, words: Phrases, uid: str) -> Figure | None:
    """The drawing, when there is anything to draw."""
    if all(side.cut is None for side in sides(fusion, panel)):
        return None
    return fusion_figure(fusion, panel, words, uid)


def _orientation(fusion: DossierFusion) -> str:
    """On which side of the joint NUTM1 is, as a message key."""
    if fusion.three_prime_gene is not None and fusion.three_prime_gene.symbol == NUTM1:
        return "nutm1_three_prime"
    if fusion.five_prime_gene is not None and fusion.five_prime_gene.symbol == NUTM1:
        return "nutm1_five_prime"
    return "nutm1_absent"


def _exactness(fusion: DossierFusion) -> str:
    """How well the joint is known, as a message key."""
    junction = fusion.junction
    if junction.exact:
        return "junction_exact"
    ends = (junction.five_prime, junction.three_prime)
    placed = [end is not None and (end.position or end.position_range) for end in ends]
    if not any(placed):
        return "position_unknown"
    if fusion.fusion_detection is FusionDetection.INFERRED:
        return "junction_inferred"
    return "junction_bounded" if all(placed) else "junction_one_sided"


def _partner_sequence(fusion: DossierFusion) -> str | None:
    """The consensus on the side that nobody identified."""
    joint = fusion.consensus_junction_offset
    if fusion.consensus_sequence is None or joint is None:
        return None
    if fusion.five_prime_gene is None:
        return fusion.consensus_sequence[:joint]
    if fusion.three_prime_gene is None:
        return fusion.consensus_sequence[joint + len(linker_of(fusion)) :]
    return None


@cache
def _environment() -> Environment:
    """The template engine; every value is escaped, a missing one is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    from nutfusion.dossier.compiled_templates import compiled_templates

    environment = Environment(
        loader=FunctionLoader(_asset),
        bytecode_cache=compiled_templates("nutfusion.dossier"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["capitalize_first"] = _capitalize_first
    return environment


def _capitalize_first(text: str) -> str:
    """The text with its first letter upper case; the others stay as they are."""
    return f"{text[:1].upper()}{text[1:]}"


@cache
def _asset(name: str) -> str:
    """A file of the package's template folder."""
    return files("nutfusion.dossier").joinpath("templates", name).read_text(encoding="utf-8")

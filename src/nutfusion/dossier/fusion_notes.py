"""What the page says of a fusion's domains, and what is published about its joint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.model.terms import DomainStatus, MolecularState, ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.annotated import DomainStatement
    from nutfusion.model.dossier import DossierFusion

CONTEXT: Final[Mapping[tuple[str, int, str, int], str]] = {
    ("chr19", 15254152, "chr15", 34347969): "context_canonical",
}
"""Labels by joint (GRCh38: last 5' base, first 3' base): published, and no criterion."""

PROGNOSIS: Final[Mapping[str, str]] = {
    "BRD4": "prognosis_brd4",
    "BRD3": "prognosis_brd3_nsd3",
    "NSD3": "prognosis_brd3_nsd3",
}
"""Labels by partner: what a registry published, and no criterion."""

_CONFIRMED: Final = (
    MolecularState.CONFIRMED_BET,
    MolecularState.CONFIRMED_BET_COMPLEX,
    MolecularState.CONFIRMED_OTHER_PARTNER,
)

_UNTRANSLATED: Final[Mapping[ReadingFrame, str]] = {
    ReadingFrame.OUT_OF_FRAME: "not_translated_frame",
    ReadingFrame.STOP_CODON: "not_translated_stop",
}


@dataclass(frozen=True, slots=True)
class DomainView:
    """One domain in words.

    Attributes:
        data: The dossier's own statement.
        name: Its name.
        fate: What becomes of it.
    """

    data: DomainStatement
    name: str
    fate: str


def domain_views(fusion: DossierFusion, phrases: Phrases) -> tuple[DomainView, ...]:
    """The domains in words, in the order of the dossier."""
    return tuple(
        DomainView(
            domain,
            phrases.term("domain_name", domain.name),
            fate_words(domain_fate(fusion, domain), phrases),
        )
        for domain in fusion.domains
    )


def domain_fate(fusion: DossierFusion, domain: DomainStatement) -> str:
    """What becomes of a domain, as a message key.

    Behind a broken frame it may be whole in the transcript: it is not translated.
    """
    gene = fusion.three_prime_gene
    if domain.status is DomainStatus.LOST and gene is not None and gene.symbol == domain.gene:
        return _UNTRANSLATED.get(fusion.reading_frame, domain.status.value)
    return domain.status.value


def fate_words(fate: str, phrases: Phrases) -> str:
    """A fate in words."""
    return (
        phrases.ui(fate) if fate in _UNTRANSLATED.values() else phrases.term("domain_status", fate)
    )


def unverified_sources(fusion: DossierFusion) -> tuple[str, ...]:
    """Where unverified residues come from and how they were checked, each once."""
    return tuple(dict.fromkeys(domain.source for domain in fusion.domains if not domain.verified))


def context(fusion: DossierFusion) -> str | None:
    """Label of what is published about exactly this joint; ``None`` when nothing is."""
    five, three = fusion.junction.five_prime, fusion.junction.three_prime
    if not fusion.junction.exact or five is None or three is None:
        return None
    if five.contig is None or three.contig is None:
        return None
    if five.position is None or three.position is None:
        return None
    return CONTEXT.get((five.contig, five.position, three.contig, three.position))


def prognosis(fusion: DossierFusion) -> str | None:
    """Label of what is published about survival; ``None`` for a fusion that is not confirmed."""
    if fusion.state not in _CONFIRMED or fusion.five_prime_gene is None:
        return None
    return PROGNOSIS.get(fusion.five_prime_gene.symbol, "prognosis_none")

"""Which protein domains survive in the fusion protein."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.annotated import DomainStatement
from nutfusion.model.terms import DomainStatus, ReadingFrame

if TYPE_CHECKING:
    from nutfusion.annotation.coding import CodingSite
    from nutfusion.annotation.frame import FramePrediction
    from nutfusion.model.call import FusionCall
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Domain, Panel


def domain_statements(
    call: FusionCall, panel: Panel, frame: FramePrediction
) -> tuple[DomainStatement, ...]:
    """Say of each domain of both genes whether it is kept.

    Residues count from the MANE protein's first. A domain is preserved only when all its residues
    are coded by whole codons of the kept part; the codon that the joint splits belongs to neither.

    Returns:
        5' gene by residue, then 3' gene by residue. Unverified residue numbers keep their tag:
        they are shown as such and decide nothing.
    """
    five_prime = tuple(
        _statement(domain, _five_prime_status(domain, frame.five_prime))
        for domain in _domains_of(panel, call.five_prime_gene)
    )
    three_prime = tuple(
        _statement(domain, _three_prime_status(domain, frame))
        for domain in _domains_of(panel, call.three_prime_gene)
    )
    return five_prime + three_prime


def _domains_of(panel: Panel, gene: GeneRef | None) -> list[Domain]:
    if gene is None:
        return []
    found = (domain for domain in panel.domains if domain.gene == gene.symbol)
    return sorted(found, key=lambda domain: (domain.aa_start, domain.aa_end, domain.name))


def _five_prime_status(domain: Domain, donor: CodingSite | None) -> DomainStatus:
    """Unknown without an exact joint in a coding exon of the MANE transcript."""
    if donor is None or not donor.is_mane:
        return DomainStatus.UNKNOWN
    whole_residues = max(donor.before + 1, 0) // 3
    return DomainStatus.PRESERVED if domain.aa_end <= whole_residues else DomainStatus.LOST


def _three_prime_status(domain: Domain, frame: FramePrediction) -> DomainStatus:
    """Lost when the frame is; unknown when nobody can tell whether it is."""
    acceptor = frame.three_prime
    if frame.reading_frame in (ReadingFrame.OUT_OF_FRAME, ReadingFrame.STOP_CODON):
        return DomainStatus.LOST
    if frame.reading_frame is ReadingFrame.NOT_PREDICTED or acceptor is None:
        return DomainStatus.UNKNOWN
    if not acceptor.is_mane:
        return DomainStatus.UNKNOWN
    first_whole_residue = (max(acceptor.before, 0) + 2) // 3 + 1
    if domain.aa_start >= first_whole_residue:
        return DomainStatus.PRESERVED
    return DomainStatus.LOST


def _statement(domain: Domain, status: DomainStatus) -> DomainStatement:
    return DomainStatement(
        gene=domain.gene,
        name=domain.name,
        status=status,
        verified=domain.verified,
        source=domain.source,
    )

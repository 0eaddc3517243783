"""One declared test beside one fusion that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from nutfusion.annotation.partner_class import is_nutm1
from nutfusion.model.terms import PartnerClass
from nutfusion.scoring.ledger.codes import said

if TYPE_CHECKING:
    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.ledger import Agreement
    from nutfusion.scoring.ledger.claims import Claim

POSITIVE: Final = "positive"
"""The word of the sample sheet for a positive result."""

NEGATIVE: Final = "negative"
"""The word of the sample sheet for a negative result."""

USABLE: Final = (POSITIVE, NEGATIVE)
"""Results that say something."""


class Beside(NamedTuple):
    """Whether a test and a fusion agree, and why."""

    agreement: Agreement
    why: str


def beside(
    test: OrthogonalTest, probe_gene: GeneRef | None, claim: Claim, fusion: AnnotatedFusion
) -> Beside:
    """Hold one test beside one fusion.

    Args:
        test: As declared.
        probe_gene: Partner of a dual-fusion FISH; ``None`` for any other test.
        claim: What RT-PCR or Sanger claims.
        fusion: Read here or by another program; never one inferred from a test.
    """
    if test.result not in USABLE:
        return Beside("not_comparable", said("result_not_usable"))
    if test.kind in ("rt_pcr", "sanger"):
        return _sequence(test, claim, fusion)
    if fusion.partner_class is PartnerClass.NEIGHBOUR_15Q14:
        return Beside("no_bearing", said("neighbour_needs_not_agree", gene=_symbol(fusion)))
    if test.probe == "dual_fusion":
        return _dual_fusion(test, probe_gene, fusion)
    if test.result == POSITIVE:
        return Beside("concordant", said("locus_agrees"))
    return Beside("conflict", said("test_negative_fusion_read", fusion=fusion.name, kind=test.kind))


def _dual_fusion(
    test: OrthogonalTest, probe_gene: GeneRef | None, fusion: AnnotatedFusion
) -> Beside:
    partner = _partner(fusion)
    if partner is None:
        return Beside("no_bearing", said("partner_not_read"))
    probed = test.probe_partner or ""
    is_same = partner == probe_gene or partner.symbol.casefold() == probed.casefold()
    if test.result == POSITIVE:
        if is_same:
            return Beside("concordant", said("same_partner", gene=partner.symbol))
        return Beside(
            "conflict", said("test_other_partner", kind=test.kind, read=partner.symbol, said=probed)
        )
    if is_same:
        return Beside(
            "conflict", said("test_negative_fusion_read", fusion=fusion.name, kind=test.kind)
        )
    why = said("other_partner_expected", gene=probed, read=partner.symbol)
    return Beside("no_bearing", why)


def _sequence(test: OrthogonalTest, claim: Claim, fusion: AnnotatedFusion) -> Beside:
    """By coordinate where both joints are exact, by genes where one is not."""
    if not claim.genes:
        code = "joint_not_stated" if test.result == POSITIVE else "negative_of_unnamed"
        return Beside("not_comparable", said(code))
    partner = _partner(fusion)
    if partner is None:
        return Beside("no_bearing", said("partner_not_read"))
    claimed = sorted(symbol for symbol in claim.genes if symbol != "NUTM1")
    if not claimed:
        return Beside("not_comparable", said("partner_not_stated"))
    exact = fusion.call.junction.exact and bool(claim.joints)
    is_equal = exact and claim.equal(fusion.call)
    if test.result == NEGATIVE:
        if is_equal and len(claim.joints) == 1:
            return Beside(
                "conflict", said("test_negative_fusion_read", fusion=fusion.name, kind=test.kind)
            )
        return Beside("no_bearing", said("cannot_see_other_joints"))
    if partner.symbol not in claimed:
        said_genes = " ".join(claimed)
        return Beside(
            "conflict",
            said("test_other_partner", kind=test.kind, read=partner.symbol, said=said_genes),
        )
    if not exact:
        return Beside("concordant", said("same_partner", gene=partner.symbol))
    if not is_equal:
        return Beside(
            "conflict",
            said("test_other_joint", kind=test.kind, read=joint_of(fusion), said=claim.words or ""),
        )
    if len(claim.joints) == 1:
        return Beside("concordant", said("same_joint", joint=joint_of(fusion)))
    why = said("one_meaning_same_joint", joint=joint_of(fusion), n=len(claim.joints))
    return Beside("compatible", why)


def joint_of(fusion: AnnotatedFusion) -> str:
    """A joint for people: MANE exons when it lies in them, else the name of the fusion."""
    exons = (fusion.exons.five_prime, fusion.exons.three_prime)
    genes = (fusion.call.five_prime_gene, fusion.call.three_prime_gene)
    parts = [
        f"{gene.symbol} {exon.transcript} exon {exon.exon}"
        for gene, exon in zip(genes, exons, strict=True)
        if gene is not None and exon is not None
    ]
    return " :: ".join(parts) if len(parts) == len(exons) else fusion.name


def _partner(fusion: AnnotatedFusion) -> GeneRef | None:
    """The gene joined to NUTM1; ``None`` when it is not identified."""
    call = fusion.call
    if is_nutm1(call.three_prime_gene):
        return call.five_prime_gene
    return call.three_prime_gene


def _symbol(fusion: AnnotatedFusion) -> str:
    partner = _partner(fusion)
    return "15q14" if partner is None else partner.symbol

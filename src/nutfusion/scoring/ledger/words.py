"""What a test says, can show and cannot, and its figures beside published ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.scoring.ledger.beside import NEGATIVE, POSITIVE
from nutfusion.scoring.ledger.codes import said
from nutfusion.scoring.ledger.settings import NUCLEI_FACT, SPLIT_FACT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.scoring.ledger.claims import Claim
    from nutfusion.scoring.ledger.settings import OrthogonalSettings

PUBLISHED_CLONE: Final = "C52B1"
"""Clone of the published figures of IHC (Haack 2009; NUT carcinoma registry)."""

_CAN: Final[Mapping[str, str]] = {
    "ihc": "can_show_protein",
    "fish": "can_show_locus_broken",
    "rt_pcr": "can_show_transcript",
    "sanger": "can_show_bases",
}
_CANNOT: Final[Mapping[str, tuple[str, ...]]] = {
    "ihc": ("cannot_name_partner", "cannot_show_joint", "cannot_confirm_alone"),
    "fish": ("cannot_name_partner", "cannot_show_transcript", "cannot_confirm_alone"),
    "dual_fusion": ("cannot_show_joint", "cannot_show_transcript", "cannot_confirm_alone"),
    "rt_pcr": ("cannot_see_other_joints", "cannot_be_checked_here"),
    "sanger": ("cannot_see_other_joints", "cannot_be_checked_here"),
}


def says(test: OrthogonalTest, claim: Claim) -> str:
    """What the result says, whatever was read."""
    if test.result not in (POSITIVE, NEGATIVE):
        return said(f"says_{test.result}")
    if test.probe == "dual_fusion":
        return said(f"says_fish_dual_{test.result}", gene=test.probe_partner or "")
    if test.kind in ("ihc", "fish"):
        return said(f"says_{test.kind}_{test.result}")
    if test.result == NEGATIVE:
        return said("says_sequence_negative")
    if claim.words is None:
        return said("says_sequence_positive_unnamed")
    return said("says_sequence_positive", joint=claim.words)


def abilities(test: OrthogonalTest) -> str:
    """What such a test can show."""
    return said("can_show_loci_together" if test.probe == "dual_fusion" else _CAN[test.kind])


def limits(test: OrthogonalTest) -> tuple[str, ...]:
    """What such a test cannot show; a negative one excludes nothing."""
    cannot = _CANNOT["dual_fusion" if test.probe == "dual_fusion" else test.kind]
    negative = ("cannot_exclude",) if test.result == NEGATIVE else ()
    return tuple(said(code) for code in (*cannot, *negative))


def facts_of(
    test: OrthogonalTest, settings: OrthogonalSettings, *, is_alone: bool
) -> tuple[str, ...]:
    """Published facts about such a test, in the order of the file.

    Args:
        test: As declared; nothing published here is about dual-fusion probes.
        settings: The file.
        is_alone: It is positive and nothing was read: what is published about that is added.
    """
    about: set[str] = {test.kind} if test.probe != "dual_fusion" else set()
    about |= {"sequencing"} if is_alone and test.kind in ("ihc", "fish") else set()
    return tuple(fact.id for fact in settings.facts if fact.test in about)


def notes_of(
    test: OrthogonalTest, claim: Claim, settings: OrthogonalSettings, *, knows_gene: bool
) -> tuple[str, ...]:
    """Declared figures beside published ones; they decide nothing.

    Args:
        test: As declared.
        claim: What RT-PCR or Sanger claims.
        settings: The file with the published figures.
        knows_gene: The panel knows the gene of a dual-fusion FISH.
    """
    if test.kind == "ihc":
        return _ihc_notes(test, settings)
    if test.probe == "dual_fusion":
        gene = test.probe_partner or ""
        return () if knows_gene else (said("probe_gene_not_known", gene=gene),)
    if test.kind == "fish":
        unknown = (said("probe_not_stated"),) if test.probe is None else ()
        return unknown + _figure("split", test, test.split_cells, settings.figure(SPLIT_FACT))
    return claim.notes


def _ihc_notes(test: OrthogonalTest, settings: OrthogonalSettings) -> tuple[str, ...]:
    clone: tuple[str, ...] = ()
    if test.clone is None:
        clone = (said("clone_not_stated", published=PUBLISHED_CLONE),)
    elif test.clone.casefold() != PUBLISHED_CLONE.casefold():
        clone = (said("clone_other", clone=test.clone, published=PUBLISHED_CLONE),)
    nuclei = _figure("nuclei", test, test.positive_nuclei, settings.figure(NUCLEI_FACT))
    return nuclei + clone


def _figure(
    what: str, test: OrthogonalTest, stated: float | None, published: float
) -> tuple[str, ...]:
    """One figure beside the published one, which is asked for of positive results only."""
    if stated is None:
        is_positive = test.result == POSITIVE
        return (said(f"{what}_not_stated", published=f"{published:g}"),) if is_positive else ()
    code = f"{what}_above" if stated > published else f"{what}_not_above"
    return (said(code, published=f"{published:g}", stated=f"{stated:g}"),)

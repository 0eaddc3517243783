"""The assay profile as the page says it: what is interrogated, from which side, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.dossier.messages import Language
from nutfusion.model.interrogates import Reached
from nutfusion.model.panel import NUTM1

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.assay_words import BilingualText
    from nutfusion.model.dossier import Dossier
    from nutfusion.model.interrogates import AssayReach, Target

SHAPES: Final[Mapping[Reached, str]] = {
    Reached.COVERED: "check",
    Reached.NOT_COVERED: "dashed",
    Reached.UNKNOWN: "diamond",
}
"""Shape beside an answer; never the only sign."""


@dataclass(frozen=True, slots=True)
class TargetView:
    """One gene of the profile in words.

    Attributes:
        gene: HGNC symbol.
        interrogated: Yes, no or unknown.
        parts: Exons or introns, with their transcript.
        side: Where it is read to.
        source: Who says so, as the profile words it.
        is_verified: Whether a verdict may rest on it.
    """

    gene: str
    interrogated: str
    parts: str
    side: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class JointView:
    """One catalogued joint in words; each answer is a word and a shape.

    Attributes:
        name: Partner and its last exon.
        whose: In which transcript that is its number.
        partner_side: From the partner's targets.
        nutm1_side: From those of NUTM1.
        reached: From either, or from both where both are needed.
    """

    name: str
    whose: str
    partner_side: tuple[str, str]
    nutm1_side: tuple[str, str]
    reached: tuple[str, str]


@dataclass(frozen=True, slots=True)
class AssayView:
    """The profile in one language.

    Attributes:
        title: What it describes.
        note: What it warns of; ``None`` when nothing.
        targets: Its genes; empty for a whole transcriptome or genome.
        remarks: What holds of all genes.
        joints_caption: Heading of the next.
        joints: The catalogued joints; empty when all of them are covered from both sides.
        checks: What the laboratory looks up, and who asks for it.
        failed: What the failure of this sample means; empty when nothing failed.
    """

    title: str
    note: str | None
    targets: tuple[TargetView, ...]
    remarks: tuple[str, ...]
    joints_caption: str
    joints: tuple[JointView, ...]
    checks: tuple[tuple[str, str], ...]
    failed: tuple[str, ...]


def assay_view(dossier: Dossier, phrases: Phrases) -> AssayView:
    """Say a dossier's assay profile."""
    assay = dossier.assay
    reach = assay.interrogates
    is_french = phrases.language is Language.FR
    is_plain = all(
        joint.partner_side is joint.nutm1_side is Reached.COVERED for joint in reach.joints
    )
    targets = () if reach.targets == "all" else reach.targets
    return AssayView(
        title=phrases.typeset(assay.title_fr) if is_french else assay.title,
        note=phrases.typeset(assay.note_fr) if is_french and assay.note_fr else assay.note,
        targets=tuple(_target(t, phrases, is_dna=assay.molecule == "dna") for t in targets),
        remarks=_remarks(reach, phrases, is_dna=assay.molecule == "dna"),
        joints_caption=_caption(reach, phrases),
        joints=() if is_plain else _joints(reach, phrases),
        checks=tuple((said(check.text, phrases), check.source) for check in assay.checks),
        failed=tuple(said(meaning.text, phrases) for meaning in dossier.qc.failed),
    )


def said(text: BilingualText, phrases: Phrases) -> str:
    """A profile's own words in the language of the page."""
    return phrases.typeset(text.fr) if phrases.language is Language.FR else text.en


def _target(target: Target, phrases: Phrases, *, is_dna: bool) -> TargetView:
    words = {True: phrases.ui("yes"), False: phrases.ui("no"), None: phrases.ui("to_be_stated")}
    return TargetView(
        gene=target.gene,
        interrogated=words[target.interrogated],
        parts=_parts(target, phrases, is_dna=is_dna) if target.interrogated else "",
        side=_side(target, phrases) if target.interrogated else "",
        source=target.source.reference,
        is_verified=target.source.is_verified,
    )


def _parts(target: Target, phrases: Phrases, *, is_dna: bool) -> str:
    parts = target.introns if is_dna else target.exons
    if parts is None:
        found = phrases.ui("to_be_stated")
    elif parts == "all":
        found = phrases.ui("all_of_them")
    else:
        found = f"{', '.join(map(str, parts))} ({target.transcript})"
    if not is_dna or target.gene != NUTM1:
        return found
    upstream = target.upstream_bases
    bases = phrases.ui("to_be_stated") if upstream is None else phrases.number(upstream)
    return phrases.join((found, phrases.ui("bases_upstream", bases=bases)))


def _side(target: Target, phrases: Phrases) -> str:
    match target.side:
        case "five_prime":
            return phrases.ui("reads_to_five_prime")
        case "three_prime":
            return phrases.ui("reads_to_three_prime")
        case "both":
            return phrases.ui("reads_to_both")
        case None:
            return phrases.ui("to_be_stated")


def _remarks(reach: AssayReach, phrases: Phrases, *, is_dna: bool) -> tuple[str, ...]:
    if reach.targets == "all":
        return (phrases.ui("targets_all_dna" if is_dna else "targets_all_rna"),)
    if reach.other_genes is False:
        others = phrases.ui("others_not_interrogated")
    else:
        others = phrases.ui("others_to_be_stated")
    return (others, _needs(reach, phrases))


def _needs(reach: AssayReach, phrases: Phrases) -> str:
    match reach.joint_needs:
        case "one_side":
            return phrases.ui("joint_needs_one_side")
        case "both_sides":
            return phrases.ui("joint_needs_both_sides")
        case None:
            return phrases.ui("joint_needs_to_be_stated")


def _caption(reach: AssayReach, phrases: Phrases) -> str:
    """Where NUTM1 begins in the catalogued joints, which is one exon."""
    first = reach.joints[0]
    return phrases.ui(
        "joints_caption", exon=first.acceptor_exon, transcript=first.acceptor_transcript
    )


def _joints(reach: AssayReach, phrases: Phrases) -> tuple[JointView, ...]:
    answers = {
        Reached.COVERED: phrases.ui("joint_covered"),
        Reached.NOT_COVERED: phrases.ui("joint_not_covered"),
        Reached.UNKNOWN: phrases.ui("joint_unknown"),
    }
    found = []
    for joint in reach.joints:
        name, whose = joint.gene, phrases.ui("any_joint")
        if joint.donor_exon is not None:
            name, whose = f"{joint.gene} exon {joint.donor_exon}", joint.donor_transcript or ""
        sides = (joint.partner_side, joint.nutm1_side, joint.reached)
        partner, nutm1, all_in_all = ((answers[side], SHAPES[side]) for side in sides)
        found.append(
            JointView(
                name=name,
                whose=whose,
                partner_side=partner,
                nutm1_side=nutm1,
                reached=all_in_all,
            )
        )
    return tuple(found)

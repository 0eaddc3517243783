"""Would the assay show a joint if it were there? From its profile alone, never from the reads.

Reads from a target lead one way: from exons of NUTM1 towards the 5' end, whatever the partner is;
from an exon of a partner towards the 3' end, and only into joints that this exon itself ends. An
exon further on would have to be read through first, so it counts only when it is listed. DNA breaks
in the intron behind the partner's last exon, and before the exon of NUTM1 that a transcript joins:
in an intron, or in the bases upstream of the gene.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.exon_numberings import numbered_exons, shipped_joints
from nutfusion.annotation.partner_class import shipped_partners
from nutfusion.annotation.sides import Side
from nutfusion.model.interrogates import AssayReach, JointReach, Reached
from nutfusion.model.panel import NUTM1, UPSTREAM_OF_NUTM1
from nutfusion.model.terms import PartnerClass

if TYPE_CHECKING:
    from nutfusion.annotation.exon_numberings import CataloguedEdge
    from nutfusion.model.evidence import Molecule
    from nutfusion.model.interrogates import JointNeeds, Target
    from nutfusion.model.panel import Panel
    from nutfusion.scoring.interrogates import Interrogates

NEEDED: Final = (PartnerClass.BET, PartnerClass.BET_COMPLEX)
"""Classes whose joints are stated; a negative rests on those of BET genes."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A catalogued joint, or a partner of which none is catalogued.

    Attributes:
        gene: HGNC symbol of the 5' partner.
        donor: The last GRCh38 residue of its part, with its MANE Select exon; ``None``: unknown.
        acceptor: The first GRCh38 residue of NUTM1's part, with its MANE Select exon.
    """

    gene: str
    donor: CataloguedEdge | None
    acceptor: CataloguedEdge


def needed_joints() -> tuple[Joint, ...]:
    """Joints of BET and BET-complex genes with a published fusion, in the order of both lists."""
    edges = shipped_joints()
    acceptors = [e for e in edges if e.gene == NUTM1 and e.side is Side.THREE_PRIME]
    found = []
    for partner in shipped_partners():
        if partner.partner_class not in NEEDED or not partner.is_reported:
            continue
        donors: list[CataloguedEdge | None] = [
            e for e in edges if e.gene == partner.symbol and e.side is Side.FIVE_PRIME
        ]
        found += [Joint(partner.symbol, d, a) for d in donors or [None] for a in acceptors]
    return tuple(found)


def assay_reach(interrogates: Interrogates, molecule: Molecule, panel: Panel) -> AssayReach:
    """Say what an assay could show, in general and for each joint of ``needed_joints``.

    Args:
        interrogates: As the profile states it.
        molecule: What the assay sequences.
        panel: Where exons are placed; numbers are never compared, positions are.
    """
    whole = interrogates.targets == "all" and interrogates.source.is_verified
    needs = _needs(interrogates)
    nutm1 = interrogates.target(NUTM1)
    is_read = nutm1.interrogated if nutm1 is not None and nutm1.source.is_verified else None
    joints = tuple(joint_reach(interrogates, molecule, j, panel) for j in needed_joints())
    targets = interrogates.targets
    any_partner = all(j.nutm1_side is Reached.COVERED for j in joints) and (
        targets == "all" or needs == "one_side"
    )
    return AssayReach(
        nutm1=True if whole else is_read,
        partners="all" if any_partner else _listed(interrogates),
        source=interrogates.source.reference,
        targets=targets if targets == "all" else tuple(t.target for t in targets),
        joint_needs=needs,
        other_genes=interrogates.other_genes,
        joints=joints,
    )


def joint_reach(
    interrogates: Interrogates, molecule: Molecule, joint: Joint, panel: Panel
) -> JointReach:
    """Say from which side an assay would show a joint: yes, no, or nobody knows.

    What an unverified source says is unknown here, whichever way it points.
    """
    donor = None if joint.donor is None else joint.donor.position
    of_partner = partner_side(interrogates, molecule, joint.gene, donor, panel)
    nutm1_side = _side(
        interrogates, molecule, NUTM1, Side.FIVE_PRIME, joint.acceptor.position, panel
    )
    return JointReach(
        gene=joint.gene,
        donor_exon=None if joint.donor is None else joint.donor.label.exon,
        donor_transcript=None if joint.donor is None else _mane(panel, joint.gene),
        acceptor_exon=joint.acceptor.label.exon,
        acceptor_transcript=_mane(panel, NUTM1),
        partner_side=of_partner,
        nutm1_side=nutm1_side,
        reached=together(_needs(interrogates), of_partner, nutm1_side),
    )


def _needs(interrogates: Interrogates) -> JointNeeds | None:
    """How many sides a joint needs; ``None`` when nobody who checked it says."""
    return interrogates.joint_needs if interrogates.source.is_verified else None


def together(needs: JointNeeds | None, *sides: Reached) -> Reached:
    """What the two sides give: one that covers is enough, or both are needed.

    Where nobody knows which of the two holds, sides that differ leave it open.
    """
    if needs is None:
        return sides[0] if len(set(sides)) == 1 else Reached.UNKNOWN
    strongest = Reached.COVERED if needs == "one_side" else Reached.NOT_COVERED
    for answer in (strongest, Reached.UNKNOWN):
        if answer in sides:
            return answer
    return Reached.NOT_COVERED if needs == "one_side" else Reached.COVERED


def partner_side(
    interrogates: Interrogates, molecule: Molecule, gene: str, position: int | None, panel: Panel
) -> Reached:
    """Whether a partner's own primers or baits show what follows an exon of it.

    Args:
        interrogates: As the profile states it.
        molecule: What the assay sequences.
        gene: HGNC symbol.
        position: GRCh38 residue of the exon's last base; ``None``: not known.
        panel: Where exons are placed.
    """
    return _side(interrogates, molecule, gene, Side.THREE_PRIME, position, panel)


def _mane(panel: Panel, gene: str) -> str | None:
    mane = panel.mane(gene)
    return None if mane is None else mane.accession


def _listed(interrogates: Interrogates) -> tuple[str, ...]:
    if interrogates.targets == "all":
        return ()
    return tuple(
        target.gene
        for target in interrogates.targets
        if target.interrogated and target.source.is_verified and target.gene != NUTM1
    )


def _side(
    interrogates: Interrogates,
    molecule: Molecule,
    gene: str,
    towards: Side,
    position: int | None,
    panel: Panel,
) -> Reached:
    """Whether reads of a gene's own targets lead across its side of the joint."""
    if interrogates.targets == "all":
        return Reached.COVERED if interrogates.source.is_verified else Reached.UNKNOWN
    target = interrogates.target(gene)
    if target is None:
        known = interrogates.other_genes is False and interrogates.source.is_verified
        return Reached.NOT_COVERED if known else Reached.UNKNOWN
    if target.interrogated is None or not target.source.is_verified:
        return Reached.UNKNOWN
    if not target.interrogated:
        return Reached.NOT_COVERED
    if target.side not in (towards.value, "both"):
        return Reached.UNKNOWN if target.side is None else Reached.NOT_COVERED
    if molecule == "dna":
        return _across_introns(target, towards, position, panel)
    return _across_exons(target, position, panel)


def _across_exons(target: Target, position: int | None, panel: Panel) -> Reached:
    """Of RNA: is the exon at the joint one that is read?"""
    if target.exons is None:
        return Reached.UNKNOWN
    if target.exons == "all":
        return Reached.COVERED
    exon = _exon_at(target, position, panel)
    if exon is None:
        return Reached.UNKNOWN
    return Reached.COVERED if exon in target.exons else Reached.NOT_COVERED


def _across_introns(target: Target, towards: Side, position: int | None, panel: Panel) -> Reached:
    """Of DNA: is every place read in which a break gives this joint?"""
    if target.introns is None:
        return Reached.UNKNOWN
    places = [_introns(target, towards, position, panel)]
    if towards is Side.FIVE_PRIME:
        bases = target.upstream_bases
        wide = bases is not None and bases >= UPSTREAM_OF_NUTM1
        known = Reached.COVERED if wide else Reached.NOT_COVERED
        places.append(Reached.UNKNOWN if bases is None else known)
    for answer in (Reached.NOT_COVERED, Reached.UNKNOWN):
        if answer in places:
            return answer
    return Reached.COVERED


def _introns(target: Target, towards: Side, position: int | None, panel: Panel) -> Reached:
    if target.introns == "all":
        return Reached.COVERED
    exon = _exon_at(target, position, panel)
    if exon is None or target.introns is None:
        return Reached.UNKNOWN
    needed = {exon} if towards is Side.THREE_PRIME else set(range(1, exon))
    return Reached.COVERED if needed <= set(target.introns) else Reached.NOT_COVERED


def _exon_at(target: Target, position: int | None, panel: Panel) -> int | None:
    """The number, in the target's transcript, of the exon that holds a position.

    ``None``: the position is not known, or the transcript's exon there is known neither to the
    panel nor to ``config/exon-names.tsv``.
    """
    if position is None:
        return None
    for exon in numbered_exons(panel, target.gene):
        if exon.label.accession == target.transcript and exon.start <= position <= exon.end:
            return exon.label.exon
    return None


def unplaced(interrogates: Interrogates, panel: Panel) -> tuple[str, ...]:
    """Sentences about numbered exons and introns that nobody here can place.

    Such numbers cover nothing: the joints of their gene stay unknown.
    """
    found = []
    for target in () if interrogates.targets == "all" else interrogates.targets:
        numbers = [n for n in (target.exons, target.introns) if isinstance(n, tuple)]
        known = {
            exon.label.exon
            for exon in numbered_exons(panel, target.gene)
            if exon.label.accession == target.transcript
        }
        missing = sorted({n for each in numbers for n in each} - known)
        if missing:
            named = ", ".join(map(str, missing))
            found.append(
                f"{target.gene}: {target.transcript} has no known place for {named}; joints there"
                " stay unknown. Give the exons of another transcript, for instance of"
                f" {_mane(panel, target.gene) or 'MANE Select'}"
            )
    return tuple(found)

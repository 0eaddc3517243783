"""The first sentence of the page: what was seen, then what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.dossier.sources import programs, without_reads
from nutfusion.model.panel import NUTM1
from nutfusion.model.reason import Reason
from nutfusion.model.terms import FusionDetection, MolecularState, ReadingFrame

if TYPE_CHECKING:
    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.call import Support
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd

_COUNTS: Final = ("enough_supporting_fragments", "enough_split_reads")
_SAID_BY_REASON: Final = (
    MolecularState.INDETERMINATE,
    MolecularState.NOT_ASSESSABLE,
    MolecularState.NOT_COVERED,
)
_BROKEN: Final = ("out_of_frame", "stop_codon", "part_not_translated")


def headline(dossier: Dossier, phrases: Phrases) -> str:
    """Say the answer of a dossier in one or two sentences, from its own figures.

    When no read was looked at here, the last one says so and whose word the answer is.
    """
    fusion = lead_fusion(dossier)
    answer = _answer(dossier, fusion, phrases)
    whose = without_reads(dossier, fusion, phrases)
    return answer if whose is None else f"{answer} {whose}"


def _answer(dossier: Dossier, fusion: DossierFusion | None, phrases: Phrases) -> str:
    """What was seen and what it means."""
    if fusion is None:
        return _without_fusion(dossier, phrases)
    if dossier.molecular_state is MolecularState.INDETERMINATE:
        return _indeterminate(dossier, fusion, phrases)
    partner = partner_gene(fusion)
    if partner is not None and is_declared(fusion):
        return phrases.ui("answer_dual_fusion", name=fusion.name, partner=partner.symbol)
    if partner is None and fusion.fusion_detection is FusionDetection.INFERRED:
        kinds = {source.kind for source in fusion.support.sources}
        by_dna = not kinds.isdisjoint({"reads", "caller"})
        return phrases.ui("answer_from_dna" if by_dna else "answer_inferred", name=fusion.name)
    return phrases.sentence(
        "answer",
        dossier.molecular_state,
        name=fusion.name,
        partner=phrases.ui("partner_unidentified") if partner is None else partner.symbol,
        meaning=phrases.term("class_meaning", fusion.partner_class),
        class_name=phrases.term("partner_class", fusion.partner_class),
    )


def lead_fusion(dossier: Dossier) -> DossierFusion | None:
    """The fusion that the page speaks of first; ``None`` without fusions.

    Of an indeterminate sample, the first in which NUTM1 is the 3' gene: one that cannot count does
    not stand before one that might.
    """
    if dossier.molecular_state is MolecularState.INDETERMINATE:
        for fusion in dossier.fusions:
            if _is_nutm1(fusion.three_prime_gene):
                return fusion
    return dossier.fusions[0] if dossier.fusions else None


def is_declared(fusion: DossierFusion) -> bool:
    """Whether a fusion is inferred from a declared test alone: nothing of it was read."""
    return {source.kind for source in fusion.support.sources} == {"orthogonal"}


def partner_gene(fusion: DossierFusion) -> GeneRef | None:
    """The gene joined to NUTM1; ``None`` when it is not identified."""
    if _is_nutm1(fusion.three_prime_gene):
        return fusion.five_prime_gene
    return fusion.three_prime_gene


def _is_nutm1(gene: GeneRef | None) -> bool:
    return gene is not None and gene.symbol == NUTM1


def _without_fusion(dossier: Dossier, phrases: Phrases) -> str:
    """The state's sentence; what else was seen, when it is indeterminate."""
    state = dossier.molecular_state
    if state in _SAID_BY_REASON and dossier.state_reasons:
        code, values = _parsed(dossier.state_reasons[0])
        if phrases.knows("headline", code):
            return phrases.headline(code, values)
    if state is MolecularState.NOT_DETECTED:
        for text in dossier.state_reasons:
            code, values = _parsed(text)
            if code == "limit_at_exon":
                return phrases.headline(code, values)
    return phrases.sentence("answer", state)


def _indeterminate(dossier: Dossier, fusion: DossierFusion, phrases: Phrases) -> str:
    """What was seen of a fusion that is neither confirmed nor excluded."""
    first = fusion.state_reasons[0] if fusion.state_reasons else ""
    code, values = _parsed(first)
    short = code in (*_BROKEN, "partner_hint")
    values |= {
        "name": fusion.name,
        "seen": _seen(fusion.support, phrases, short=short),
        "programs": phrases.join(programs(fusion, phrases)),
    }
    if code == "nutm1_not_three_prime" and _is_nutm1(fusion.five_prime_gene):
        names = list(dict.fromkeys(other.name for other in dossier.fusions))
        values |= {"name": ", ".join(names)}
        return phrases.headline(code, values, n=len(names))
    if code in _BROKEN:
        has_other = any(
            other.reading_frame is ReadingFrame.IN_FRAME and _is_nutm1(other.three_prime_gene)
            for other in dossier.fusions
        )
        none_in_frame = "" if has_other else phrases.headline("none_in_frame", {})
        return phrases.headline(code, values | {"none_in_frame": none_in_frame})
    if code == "below_profile" and values.get("criterion") not in _COUNTS:
        code = "below_profile_otherwise"
    if code == "joint_not_exact":
        ends = (fusion.junction.five_prime, fusion.junction.three_prime)
        values["range"] = " :: ".join(place(end, phrases) for end in ends)
    if code == "nutm1_not_three_prime" or not phrases.knows("headline", code):
        return phrases.headline("otherwise", values | {"reason": phrases.reason(first)})
    return phrases.headline(code, values)


def _parsed(text: str) -> tuple[str, dict[str, str]]:
    """A reason's code and values; text that is no reason has no code."""
    try:
        reason = Reason.parse(text)
    except ValueError:
        return "", {}
    return reason.code, dict(reason.values)


def _seen(support: Support, phrases: Phrases, *, short: bool) -> str:
    """All fragments, and how many of them cross the joint; in short, only these if any do."""
    split, pairs = support.split_reads, support.discordant_pairs
    if split is None and pairs is None:
        return phrases.ui("uncounted")
    if split is None:
        return phrases.ui("discordant_fragments", n=pairs)
    if not pairs or (short and split):
        return phrases.ui("raw_split", n=split)
    return phrases.ui("seen_with_split", n=split + pairs, split=split)


def place(end: JunctionEnd | None, phrases: Phrases) -> str:
    """One side's position or range, without its strand."""
    if end is None or end.contig is None:
        return phrases.ui("not_placed")
    if end.position is not None:
        return f"{end.contig}:{end.position}"
    if end.position_range is None:
        return f"{end.contig}, {phrases.ui('position_unknown')}"
    if end.position_range[0] == end.position_range[1]:
        return f"{end.contig}:{end.position_range[0]}"
    return f"{end.contig}:{end.position_range[0]}–{end.position_range[1]}"

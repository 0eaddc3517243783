"""What the figure shows, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.dossier.fusion_notes import domain_fate

if TYPE_CHECKING:
    from nutfusion.dossier.figure_layout import Side
    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.dossier import DossierFusion


def figure_words(
    fusion: DossierFusion, five: Side, three: Side, phrases: Phrases
) -> tuple[str, ...]:
    """One sentence per part of the figure, in the order it is drawn."""
    sentences = [
        *_side_words(five, phrases, five_prime=True),
        *_side_words(three, phrases, five_prime=False),
    ]
    for fates, key in (
        (("preserved",), "figure_says_domains_kept"),
        (("lost",), "figure_says_domains_lost"),
        (("not_translated_frame", "not_translated_stop"), "figure_says_domains_untranslated"),
    ):
        names = [
            f"{phrases.term('domain_name', domain.name)} ({domain.gene})"
            + ("" if domain.verified else f", {phrases.ui('unverified')}")
            for domain in fusion.domains
            if domain_fate(fusion, domain) in fates
        ]
        if names:
            sentences.append(phrases.ui(key, names=phrases.join(names)))
    frame = phrases.term("reading_frame", fusion.reading_frame)
    if fusion.protein_length is not None:
        frame = f"{frame}, {phrases.ui('protein_residues', n=fusion.protein_length)}"
    sentences.append(frame)
    return tuple(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in sentences)


def _side_words(side: Side, phrases: Phrases, *, five_prime: bool) -> list[str]:
    """What is kept of one gene."""
    if side.gene is None:
        length = (
            phrases.ui("figure_unknown_length", n=side.length)
            if side.length
            else phrases.ui("figure_unknown_no_sequence")
        )
        return [phrases.ui("figure_says_unknown", length=length)]
    if side.transcript is None:
        return [phrases.ui("figure_no_exons", gene=side.gene.symbol)]
    kept = side.kept_exons(five_prime=five_prime)
    sentences = []
    if kept and side.cut is not None:
        sentences.append(
            phrases.ui(
                "figure_says_exons",
                n=len(kept),
                gene=side.gene.symbol,
                first=kept[0].number,
                last=kept[-1].number,
                total=len(side.exons),
                transcript=side.transcript.accession,
            )
        )
    if side.cut is None or side.cut.low != side.cut.high:
        where = phrases.ui("figure_says_range")
    elif side.cut.exon is None:
        where = phrases.ui("figure_says_outside")
    elif side.cut.at_edge:
        return sentences
    else:
        where = phrases.ui("figure_says_inside", exon=side.cut.exon)
    return [*sentences, f"{side.gene.symbol}{phrases.colon}{where}"]

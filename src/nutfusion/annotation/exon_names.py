"""From the words of a report to the junctions that they may mean.

An exon number is never matched. It leads, by every numbering that is known for the gene, to GRCh38
positions, and those are proposed, each with its frame and with the numberings that lead there.
Nothing is decided: a number without a transcript may mean several exons, and the frame cannot
always tell them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.annotation.exon_numberings import (
    MANE_SELECT,
    shipped_exon_names,
    shipped_joints,
)
from nutfusion.annotation.exons import exon_label
from nutfusion.annotation.frame import predict_frame
from nutfusion.annotation.lift import lifted_position
from nutfusion.annotation.name_remarks import (
    about_candidates,
    about_fusion,
    about_letters,
    about_text,
)
from nutfusion.annotation.nomenclature import LEGACY_LABEL, synonyms
from nutfusion.annotation.partner_class import shipped_partners
from nutfusion.annotation.report_text import stated_fusions
from nutfusion.annotation.sides import Side
from nutfusion.annotation.stated_exon import exons_meant, ranked
from nutfusion.calls.identity import fusion_id
from nutfusion.model.call import FusionCall, Support
from nutfusion.model.exon_names import (
    FusionReading,
    NameCandidate,
    NamedSide,
    NameReading,
    NumberingTag,
)
from nutfusion.model.gene_names import GeneNames
from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.terms import Assembly, FusionDetection, ReadingFrame

if TYPE_CHECKING:
    from nutfusion.annotation.report_text import StatedFusion
    from nutfusion.annotation.stated_exon import Meant
    from nutfusion.model.exon_names import StatedSide
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Panel

_NO_SUPPORT: Final = Support(
    split_reads=None,
    discordant_pairs=None,
    distinct_starts=None,
    split_reads_raw=None,
    discordant_pairs_raw=None,
    sources=(),
    reads=(),
    reads_total=None,
)


def name_candidates(text: str, panel: Panel) -> NameReading:
    """Read a report's words, and propose the junctions that they may mean.

    Args:
        text: Free text in English or French; names are read, negations are not understood.
        panel: Where exons, sequences and gene names come from.

    Returns:
        One reading per fusion named, in the order of the text; none for a text without one. A
        candidate is proposed, never chosen.

    Raises:
        ConfigError: A shipped list of this installation is broken.
    """
    book = GeneNames(panel)
    accessions = _accession_genes(panel)

    def gene_of(accession: str) -> GeneRef | None:
        symbol = accessions.get(accession.partition(".")[0])
        return None if symbol is None or symbol not in panel.genes else panel.genes[symbol].ref

    stated = stated_fusions(text, book, gene_of, lambda letter: _of_letter(panel, letter))
    return NameReading(
        panel=panel.name,
        panel_digest=panel.digest,
        fusions=tuple(_reading(each, panel) for each in stated.fusions),
        remarks=tuple(about_text(text, stated)),
    )


def _accession_genes(panel: Panel) -> dict[str, str]:
    """Gene symbols by accession without version."""
    found = {}
    for transcript in panel.transcripts.values():
        for accession in (transcript.accession, *transcript.synonyms):
            found[accession.partition(".")[0]] = transcript.gene
    for exon in shipped_exon_names():
        if exon.label.accession is not None:
            found[exon.label.accession.partition(".")[0]] = exon.gene
    return found


def _of_letter(panel: Panel, letter: str) -> tuple[GeneRef, ...]:
    """Published partners whose symbol starts with a letter.

    Those with a catalogued joint alone, where there are any.
    """
    fitting = [
        panel.genes[partner.symbol].ref
        for partner in shipped_partners()
        if partner.is_reported and partner.symbol[0] == letter and partner.symbol in panel.genes
    ]
    catalogued = {edge.gene for edge in shipped_joints()}
    return tuple(g for g in fitting if g.symbol in catalogued) or tuple(fitting)


def _reading(stated: StatedFusion, panel: Panel) -> FusionReading:
    """Candidates and remarks of one fusion."""
    remarks = list(about_fusion(stated))
    if stated.letters:
        remarks.append(about_letters(stated))
    candidates: tuple[NameCandidate, ...] = ()
    if stated.five_prime is not None and stated.three_prime is not None:
        fives, said = exons_meant(panel, stated.five_prime, Side.FIVE_PRIME)
        threes, also_said = exons_meant(panel, stated.three_prime, Side.THREE_PRIME)
        remarks += [*said, *also_said]
        found = [_candidate(panel, stated, five, three) for five in fives for three in threes]
        candidates = tuple(sorted(found, key=_order))
        remarks += about_candidates(candidates)
    return FusionReading(
        written=stated.written,
        five_prime=stated.five_prime,
        three_prime=stated.three_prime,
        candidates=candidates,
        is_ambiguous=len(candidates) > 1,
        remarks=tuple(remarks),
    )


def _candidate(
    panel: Panel, stated: StatedFusion, five_prime: Meant, three_prime: Meant
) -> NameCandidate:
    five = _named_side(panel, stated.five_prime, five_prime, Side.FIVE_PRIME)
    three = _named_side(panel, stated.three_prime, three_prime, Side.THREE_PRIME)
    call = _call(five, three)
    frame = predict_frame(call, panel)
    return NameCandidate(
        fusion_id=call.fusion_id,
        five_prime=five,
        three_prime=three,
        names=_names(call, panel) or _own_name(five, three),
        reading_frame=frame.reading_frame,
        reading_frame_reason=frame.reason,
        protein_length=frame.protein_length,
        reasons=_reasons(five, three, frame.reading_frame),
    )


def _names(call: FusionCall, panel: Panel) -> tuple[str, ...]:
    """Names without the legacy ones: ``numberings`` says those, with their tags."""
    return tuple(n for n in synonyms(call, panel) if not n.endswith(f"({LEGACY_LABEL})"))


def _own_name(five: NamedSide, three: NamedSide) -> tuple[str, ...]:
    """A name by the numberings that lead here, where the panel's transcripts have no exon."""
    parts = [
        next(
            (f"{n.accession}({s.gene.symbol}):e.{n.exon}" for n in s.numberings if n.accession), ""
        )
        for s in (five, three)
    ]
    return ("::".join(parts),) if all(parts) else ()


def _named_side(panel: Panel, stated: StatedSide | None, meant: Meant, side: Side) -> NamedSide:
    gene = None if stated is None else stated.gene
    if gene is None:
        raise ValueError("an exon was found for a side without a gene")
    end = JunctionEnd(
        assembly=Assembly.GRCH38,
        contig=meant.contig,
        position=meant.position,
        position_range=None,
        strand=meant.strand,
    )
    lifted = lifted_position(panel, gene, end)
    return NamedSide(
        gene=gene,
        end=end,
        position_grch37=None if lifted is None else lifted.position,
        grch37_verified=None if lifted is None else lifted.verified,
        mane=exon_label(panel, gene, end, side),
        numberings=meant.numberings,
        transcript_stated=meant.transcript_stated,
        version_stated=meant.version_stated,
    )


def _call(five: NamedSide, three: NamedSide) -> FusionCall:
    """The candidate as a call without support, for the frame and the names."""
    junction = Junction(
        exact=True, five_prime=five.end, three_prime=three.end, homology=None, linker_sequence=""
    )
    return FusionCall(
        fusion_id=fusion_id(junction, five.gene, three.gene),
        five_prime_gene=five.gene,
        three_prime_gene=three.gene,
        junction=junction,
        fusion_detection=FusionDetection.INFERRED,
        support=_NO_SUPPORT,
        longest_five_prime_anchor=None,
        longest_three_prime_anchor=None,
        consensus_sequence=None,
        consensus_junction_offset=None,
        partner_identity=None,
        partner_hint=None,
    )


def _order(candidate: NameCandidate) -> tuple[object, ...]:
    """Stated transcripts, frame, MANE Select, other numberings by trust, then position."""
    five, three = candidate.five_prime, candidate.three_prime
    ranks = (ranked(five.numberings[0]), ranked(three.numberings[0]))
    return (
        -(five.transcript_stated + three.transcript_stated),
        candidate.reading_frame is not ReadingFrame.IN_FRAME,
        max(ranks),
        sum(ranks),
        five.numberings[0].exon,
        three.numberings[0].exon,
        five.end.position,
        three.end.position,
    )


def _reasons(five: NamedSide, three: NamedSide, frame: ReadingFrame) -> tuple[str, ...]:
    """Whose number each side has, and the frame."""
    said = []
    for side in (five, three):
        best = side.numberings[0]
        parts = [f"{best.numbering} {best.accession or ''}".strip()]
        if side.transcript_stated:
            parts.append(_stated(side))
        if best.tag is not NumberingTag.VERIFIED:
            parts.append(best.tag.value)
        number = f"{side.gene.symbol} exon {best.exon} ({', '.join(parts)})"
        said.append(number + _also_mane(side))
    return (*said, frame.value)


def _stated(side: NamedSide) -> str:
    return "transcript of the text" if side.version_stated else "another version in the text"


def _also_mane(side: NamedSide) -> str:
    """The MANE Select exon, where the numbering shown first is another."""
    if side.mane is None or side.numberings[0].numbering == MANE_SELECT:
        return ""
    return f" = {side.mane.transcript} exon {side.mane.exon}"

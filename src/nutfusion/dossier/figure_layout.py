"""Where the exons of a fusion's two genes lie, in transcript bases: the figure's arithmetic.

Everything here is 0-based and half-open along the transcript (base 0 is its first base), because
it is only ever used to draw; genomic positions stay 1-based residues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.dossier.fusion_notes import domain_fate
from nutfusion.model.terms import DomainStatus, Strand

if TYPE_CHECKING:
    from nutfusion.model.dossier import DossierFusion
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Exon, Panel, Transcript


@dataclass(frozen=True, slots=True)
class ExonSpan:
    """An exon along its transcript.

    Attributes:
        number: 1-based exon number.
        start: First base.
        end: One past the last base.
        cds_start: First coding base; equal to ``cds_end`` without coding bases.
        cds_end: One past the last coding base.
    """

    number: int
    start: int
    end: int
    cds_start: int
    cds_end: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the joint divides a transcript.

    Attributes:
        low: Fewest bases that can lie before the joint.
        high: Most bases that can lie before the joint; equal to ``low`` for an exact joint.
        exon: Exon that an exact joint lies in or at the edge of; ``None`` outside exons.
        at_edge: The joint lies on an exon's edge.
    """

    low: int
    high: int
    exon: int | None
    at_edge: bool


@dataclass(frozen=True, slots=True)
class DomainSpan:
    """A domain along the transcript.

    Attributes:
        name: Short name.
        start: First base.
        end: One past the last base.
        aa_start: 1-based first residue.
        aa_end: 1-based last residue.
        status: Kept, lost or unknown, as the dossier says.
        fate: The same as a message key, which also says why a domain is not translated.
        verified: False for residues that nobody checked.
    """

    name: str
    start: int
    end: int
    aa_start: int
    aa_end: int
    status: DomainStatus
    fate: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One gene of a fusion as the figure shows it.

    Attributes:
        gene: ``None`` for an unknown part.
        transcript: MANE transcript; ``None`` when the panel has no exons of the gene.
        exons: In transcript order; empty without a transcript.
        length: Bases of the transcript; of the sequence read, for an unknown part; 0 if neither.
        cut: ``None`` when the joint cannot be placed on the transcript.
        domains: Those that the dossier states, by residue.
    """

    gene: GeneRef | None
    transcript: Transcript | None
    exons: tuple[ExonSpan, ...]
    length: int
    cut: Cut | None
    domains: tuple[DomainSpan, ...]

    def kept_exons(self, *, five_prime: bool) -> tuple[ExonSpan, ...]:
        """Exons that stay, in part when the joint is exact, whole when it is a range.

        Without a cut nothing is known to stay or go: all exons.
        """
        cut = self.cut
        if cut is None:
            return self.exons
        if cut.low == cut.high:
            if five_prime:
                return tuple(exon for exon in self.exons if exon.start < cut.low)
            return tuple(exon for exon in self.exons if exon.end > cut.high)
        if five_prime:
            return tuple(exon for exon in self.exons if exon.end <= cut.low)
        return tuple(exon for exon in self.exons if exon.start >= cut.high)


def sides(fusion: DossierFusion, panel: Panel) -> tuple[Side, Side]:
    """Both genes of a fusion, 5' first."""
    junction = fusion.junction
    before = fusion.consensus_junction_offset
    after = None
    if fusion.consensus_sequence is not None and before is not None:
        after = len(fusion.consensus_sequence) - before - len(junction.linker_sequence or "")
    return (
        _side(fusion, panel, fusion.five_prime_gene, junction.five_prime, read=before, after=True),
        _side(
            fusion, panel, fusion.three_prime_gene, junction.three_prime, read=after, after=False
        ),
    )


def exon_spans(transcript: Transcript) -> tuple[ExonSpan, ...]:
    """The exons of a transcript, along the transcript."""
    spans = []
    position = 0
    for exon in transcript.exons:
        end = position + exon.length
        coding = (end, end)
        if exon.cds_start is not None and exon.cds_end is not None:
            first = exon.cds_start if transcript.strand is Strand.PLUS else exon.cds_end
            start = position + _offset(exon, first, transcript.strand)
            coding = (start, start + exon.cds_end - exon.cds_start + 1)
        spans.append(ExonSpan(exon.number, position, end, *coding))
        position = end
    return tuple(spans)


def _side(
    fusion: DossierFusion,
    panel: Panel,
    gene: GeneRef | None,
    end: JunctionEnd | None,
    *,
    read: int | None,
    after: bool,
) -> Side:
    """One gene; ``after`` says that the joint comes after its position."""
    transcript = None if gene is None else panel.mane(gene.symbol)
    if gene is None or transcript is None or not transcript.exons:
        return Side(gene, None, (), read or 0, None, ())
    spans = exon_spans(transcript)
    cut = None if end is None else _cut(transcript, spans, end, after=after)
    return Side(gene, transcript, spans, spans[-1].end, cut, _domains(fusion, panel, gene, spans))


def _cut(
    transcript: Transcript, spans: tuple[ExonSpan, ...], end: JunctionEnd, *, after: bool
) -> Cut | None:
    """The joint along a transcript; ``None`` when it is not placed on the same contig."""
    if end.contig != transcript.contig or end.strand is not transcript.strand:
        return None
    if end.position is not None:
        at, exon = _along(transcript, spans, end.position)
        at += 1 if after and exon is not None else 0
        edges = {edge for span in spans for edge in (span.start, span.end)}
        return Cut(at, at, exon, exon is not None and at in edges)
    if end.position_range is None:
        return None
    if end.position_range[0] == end.position_range[1]:
        only = end.model_copy(update={"position": end.position_range[0]})
        return _cut(transcript, spans, only, after=after)
    places = sorted(_along(transcript, spans, position)[0] for position in end.position_range)
    step = 1 if after else 0
    return Cut(places[0] + step, places[1] + step, None, at_edge=False)


def _along(
    transcript: Transcript, spans: tuple[ExonSpan, ...], position: int
) -> tuple[int, int | None]:
    """Offset and exon of a genomic residue; between exons, the start of the next one."""
    for exon, span in zip(transcript.exons, spans, strict=True):
        if exon.start <= position <= exon.end:
            return span.start + _offset(exon, position, transcript.strand), exon.number
    plus = transcript.strand is Strand.PLUS
    for exon, span in zip(transcript.exons, spans, strict=True):
        if (position < exon.start) if plus else (position > exon.end):
            return span.start, None
    return spans[-1].end, None


def _offset(exon: Exon, position: int, strand: Strand | None) -> int:
    """Bases of the exon before a genomic residue, in the sense of the transcript."""
    return position - exon.start if strand is Strand.PLUS else exon.end - position


def _domains(
    fusion: DossierFusion, panel: Panel, gene: GeneRef, spans: tuple[ExonSpan, ...]
) -> tuple[DomainSpan, ...]:
    """The stated domains of a gene, with the panel's residues turned into transcript bases."""
    stated = {domain.name: domain for domain in fusion.domains if domain.gene == gene.symbol}
    coding = next((span.cds_start for span in spans if span.cds_end > span.cds_start), None)
    if coding is None:
        return ()
    placed = [
        DomainSpan(
            name=domain.name,
            start=coding + 3 * (domain.aa_start - 1),
            end=coding + 3 * domain.aa_end,
            aa_start=domain.aa_start,
            aa_end=domain.aa_end,
            status=stated[domain.name].status,
            fate=domain_fate(fusion, stated[domain.name]),
            verified=stated[domain.name].verified,
        )
        for domain in panel.domains
        if domain.gene == gene.symbol and domain.name in stated
    ]
    return tuple(sorted(placed, key=lambda span: span.start))

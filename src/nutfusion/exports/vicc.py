"""VICC assayed fusions with the GA4GH VRS adjacency of each joint.

Source: VICC Gene Fusion Specification (fusions.cancervariants.org), information model and
nomenclature; VRS 2.0, ``Adjacency``.

==============================  ================================================================
VICC                            dossier
==============================  ================================================================
TranscriptSegmentElement        a side with an exon label, its offset (from ``synonyms``) and its
                                place on a chromosome of GRCh38
GeneElement                     any other identified side
UnknownGeneElement              an unidentified side
readData.split, .spanning       ``split_reads``, ``discordant_pairs``
readingFramePreserved           true in-frame, false out-of-frame, else left out
causativeEvent                  read-through, or rearrangement where DNA shows a break; RNA alone
                                does not prove one, so else left out
contig                          ``consensus_sequence``
==============================  ================================================================
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from nutfusion.exports import vicc_models as vicc
from nutfusion.exports.breakends import AdjacencyKind, NotExpressed, adjacencies
from nutfusion.exports.interface import ExportFormat, Files
from nutfusion.exports.vrs import sequence_location, vrs_adjacency
from nutfusion.model.terms import FusionDetection, ReadingFrame, Strand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.exports.breakends import Adjacency, Breakend
    from nutfusion.model.annotated import ExonLabel
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.gene import GeneRef

_HGNC: Final = "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/"
_BASES: Final = re.compile(r"[ACGTN]+")
_FRAME: Final[Mapping[ReadingFrame, bool]] = {
    ReadingFrame.IN_FRAME: True,
    ReadingFrame.OUT_OF_FRAME: False,
}
_Part = vicc.TranscriptSegment | vicc.GenePart | vicc.UnknownGene


def vicc_files(dossiers: Sequence[Dossier]) -> Files:
    """One file per dossier, ``SAMPLE.vicc.json``."""
    return {
        f"{dossier.sample.id}.vicc.json": (
            json.dumps(vicc_document(dossier), indent=2, ensure_ascii=False) + "\n"
        ).encode("utf-8")
        for dossier in dossiers
    }


def vicc_document(dossier: Dossier) -> dict[str, Any]:
    """The assayed fusions of a dossier.

    Returns:
        ``fusions``: one entry per fusion, in the order of the dossier, with its identifier and
        state, ``assayedFusion`` as VICC has it, and ``adjacencies`` as VRS has them.
        ``notExpressed``: fusions that VICC has no form for, and why.
    """
    fusions, missing = [], []
    for fusion in dossier.fusions:
        head = {"fusionId": fusion.fusion_id, "name": fusion.name, "state": fusion.state.value}
        assayed = assayed_fusion(dossier, fusion)
        if assayed is None:
            why = NotExpressed.NOT_PLACED if fusion.order_known else NotExpressed.ORDER_UNKNOWN
            missing.append({**head, "reason": why.value})
            continue
        fusions.append(
            {**head, "assayedFusion": assayed.document(), "adjacencies": _adjacencies(fusion)}
        )
    return {
        "sample": dossier.sample.id,
        "molecularState": dossier.molecular_state.value,
        "nutfusion": dossier.provenance.nutfusion,
        "fusions": fusions,
        "notExpressed": missing,
    }


def assayed_fusion(dossier: Dossier, fusion: DossierFusion) -> vicc.AssayedFusion | None:
    """A fusion as VICC has it.

    Returns:
        ``None`` when the order of the parts is not known, since VICC's structure is an order, or
        when neither gene is identified.
    """
    if not fusion.order_known or (fusion.five_prime_gene, fusion.three_prime_gene) == (None, None):
        return None
    joint = _joint(fusion)
    five = _part(fusion, fusion.five_prime_gene, joint.five_prime if joint else None)
    three = _part(fusion, fusion.three_prime_gene, joint.three_prime if joint else None)
    linker = fusion.junction.linker_sequence
    between = []
    if linker and _BASES.fullmatch(linker):
        bases = vicc.Literally(id=f"sequence:{linker}", sequence=linker)
        between = [vicc.Linker(linker_sequence=bases)]
    consensus = fusion.consensus_sequence
    return vicc.AssayedFusion(
        vicc_nomenclature=_nomenclature(fusion, five, linker, three),
        structure=(five, *between, three),
        reading_frame_preserved=_FRAME.get(fusion.reading_frame),
        causative_event=_event(fusion),
        assay=vicc.Assay(
            assay_name=dossier.assay.title, fusion_detection=fusion.fusion_detection.value
        ),
        contig=vicc.Contig(contig=consensus) if consensus and _BASES.fullmatch(consensus) else None,
        read_data=_read_data(fusion),
    )


def _joint(fusion: DossierFusion) -> Adjacency | None:
    """The joint of the transcript; ``None`` when it has no place."""
    found = adjacencies(fusion)
    if isinstance(found, NotExpressed):
        return None
    return next((one for one in found if one.kind is AdjacencyKind.RNA_JUNCTION), None)


def _part(fusion: DossierFusion, gene: GeneRef | None, end: Breakend | None) -> _Part:
    """One side: as much as is known of it."""
    if gene is None:
        return vicc.UnknownGene()
    named = vicc.Gene(name=gene.symbol, primary_coding=_coding(gene))
    if end is not None:
        exons = fusion.exons
        label = exons.five_prime if end.side == "five_prime" else exons.three_prime
        offset = None if label is None else _offset(fusion, label)
        place = sequence_location(end)
        if label is not None and offset is not None and place is not None:
            return _segment(named, end, label, offset, place)
    return vicc.GenePart(gene=named)


def _segment(
    gene: vicc.Gene, end: Breakend, label: ExonLabel, offset: int, place: dict[str, Any]
) -> vicc.TranscriptSegment:
    where = {**place, "extensions": [{"name": "is_exonic", "value": True}]}
    transcript = f"ensembl:{label.transcript}"
    strand: Any = 1 if end.strand is Strand.PLUS else -1
    if end.side == "five_prime":
        return vicc.TranscriptSegment(
            transcript=transcript,
            strand=strand,
            exon_end=label.exon,
            exon_end_offset=offset,
            gene=gene,
            element_genomic_end=where,
        )
    return vicc.TranscriptSegment(
        transcript=transcript,
        strand=strand,
        exon_start=label.exon,
        exon_start_offset=offset,
        gene=gene,
        element_genomic_start=where,
    )


def _offset(fusion: DossierFusion, label: ExonLabel) -> int | None:
    """Bases from the exon's edge, as the exon-level name of that transcript says it.

    ``None`` when the dossier has no such name.
    """
    if label.boundary:
        return 0
    named = re.compile(rf"{re.escape(label.transcript)}\([^:]*\):e\.{label.exon}([+-]\d+)(?=::|$)")
    found = (match for text in fusion.synonyms for match in named.finditer(text))
    match = next(found, None)
    return None if match is None else int(match[1])


def _coding(gene: GeneRef) -> vicc.Coding | None:
    if gene.hgnc_id is None:
        return None
    return vicc.Coding(id=gene.hgnc_id.lower(), code=gene.hgnc_id, system=_HGNC)


def _nomenclature(fusion: DossierFusion, five: _Part, linker: str | None, three: _Part) -> str:
    joint = "(::)" if fusion.fusion_detection is FusionDetection.INFERRED else "::"
    return joint.join(part for part in (_named(five), linker, _named(three)) if part)


def _named(part: _Part) -> str:
    """A part in VICC's nomenclature; ``?`` is an unknown gene."""
    if isinstance(part, vicc.UnknownGene):
        return "?"
    if isinstance(part, vicc.GenePart):
        coding = part.gene.primary_coding
        return f"{part.gene.name}({'unknown' if coding is None else coding.id})"
    exon = part.exon_start if part.exon_end is None else part.exon_end
    offset = part.exon_start_offset if part.exon_end is None else part.exon_end_offset
    moved = f"{offset:+d}" if offset else ""
    return f"{part.transcript.partition(':')[2]}({part.gene.name}):e.{exon}{moved}"


def _event(fusion: DossierFusion) -> vicc.CausativeEvent | None:
    if fusion.is_read_through:
        return vicc.CausativeEvent(event_type="read-through")
    if fusion.genomic_breakpoint is not None:
        return vicc.CausativeEvent(event_type="rearrangement")
    return None


def _read_data(fusion: DossierFusion) -> vicc.ReadData | None:
    split, pairs = fusion.support.split_reads, fusion.support.discordant_pairs
    if split is None and pairs is None:
        return None
    return vicc.ReadData(
        split=None if split is None else vicc.SplitReads(split_reads=split),
        spanning=None if pairs is None else vicc.SpanningReads(spanning_reads=pairs),
    )


def _adjacencies(fusion: DossierFusion) -> list[dict[str, Any]]:
    """The VRS adjacency of each joint that has one."""
    found = adjacencies(fusion)
    if isinstance(found, NotExpressed):
        return []
    pairs = ((one.kind.value, vrs_adjacency(one)) for one in found)
    return [{"kind": kind, "adjacency": made} for kind, made in pairs if made is not None]


FORMAT: Final = ExportFormat("vicc", "VICC assayed fusions with VRS adjacencies", vicc_files)
"""VICC."""

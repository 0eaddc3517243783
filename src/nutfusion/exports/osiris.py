"""OSIRIS pivot files: rows of fusions and of their two ends.

Source: the OSIRIS pivot model (siric-osiris/OSIRIS@b9a2a75, pivot_Fusion and pivot_Annotation with
their example rows). The model has no place for the assembly (ours is GRCh38), for transcripts of a
fusion, for an unknown order and for doubt: a fusion that is indeterminate would be a fusion there.

==============================  ================================================================
OSIRIS                          dossier
==============================  ================================================================
Patient_Id                      ``sample.id``, a pseudonym
Instance_Id                     number of the row
Analysis_Ref                    1: the analysis that the dossier is
AlterationOnSample_Alteration\
Type                            OSIRIS:O15-3, fusion
Fusion_Type                     OSIRIS:O28-1 read-through; LOINC:LA26331-1 translocation where DNA
                                is seen broken on two chromosomes; else empty
Fusion_Point5prime, 3prime      exact positions only
Fusion_NbSpanningPair           ``discordant_pairs``
Fusion_NbSplitReads             ``split_reads``
Fusion_InFrame                  1 in-frame, 0 out-of-frame, else empty
==============================  ================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.exports.columns import csv_text
from nutfusion.exports.interface import ExportFormat, Files
from nutfusion.exports.not_expressed import fusions_left_out, not_expressed, why_not_expressed
from nutfusion.exports.patients import of_nobody, of_patients
from nutfusion.exports.reviews import NO_REVIEWS
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.exports.reviews import Reviews
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.junction import JunctionEnd

FUSION: Final = "OSIRIS:O15-3"
READ_THROUGH: Final = "OSIRIS:O28-1"
TRANSLOCATION: Final = "LOINC:LA26331-1"

FUSION_HEADER: Final = (
    "Patient_Id", "Instance_Id", "Analysis_Ref", "AlterationOnSample_AlterationType",
    "AlterationOnSample_Pathogenicity", "AlterationOnSample_Actionability",
    "AlterationOnSample_ProposedForOrientation", "Fusion_Type", "Fusion_Chromosome5prime",
    "Fusion_Point5prime", "Fusion_Chromosome3prime", "Fusion_Point3prime",
    "Fusion_NbSpanningPair", "Fusion_NbSplitReads", "Fusion_InFrame", "Validation_Type",
    "Validation_Method", "Validation_Status",
)  # fmt: skip
"""Columns of pivot_Fusion, in its order. What the laboratory decides stays empty."""

ANNOTATION_HEADER: Final = (
    "Patient_Id", "Instance_Id", "Alteration_Ref", "AlterationOnSample_AlterationType",
    "GenomeEntity_Type", "GenomeEntity_Database", "GenomeEntity_Id", "GenomeEntity_Symbol",
    "Annotation_ReferenceType", "Annotation_ReferenceDatabase", "Annotation_ReferenceValue",
    "Annotation_MutationPredictionAlgorithm", "Annotation_MutationPredictionValue",
    "Annotation_MutationPredictionScore", "Annotation_PfamDomain", "Annotation_PfamId",
    "Annotation_DNARegionName", "Annotation_DNASequenceVariation", "Annotation_AminoAcidChange",
    "Annotation_GenomicSequenceVariation", "Annotation_RNASequenceVariation",
    "Annotation_AminoAcidChangeType", "Annotation_FusionPrimeEnd", "Annotation_Strand",
)  # fmt: skip
"""Columns of pivot_Annotation, in its order."""

_FRAME: Final[Mapping[ReadingFrame, str]] = {
    ReadingFrame.IN_FRAME: "1",
    ReadingFrame.OUT_OF_FRAME: "0",
}
_SIDES: Final = (("five_prime", "5prime"), ("three_prime", "3prime"))


def osiris(dossiers: Sequence[Dossier], reviews: Reviews = NO_REVIEWS) -> Files:
    """``osiris/OSIRIS_pivot_Fusion.csv`` and ``osiris/OSIRIS_pivot_Annotation.csv``.

    Returns:
        Indeterminate fusions, those that are declared only, those whose order is not known, those
        that a review contradicts, and samples of no patient are left out of both and named in
        ``osiris/not_expressed.csv``.
    """
    fusions: list[Mapping[str, str]] = []
    annotations: list[Mapping[str, str]] = []
    missing: list[Mapping[str, str]] = []
    for dossier in of_patients(dossiers):
        beside = reviews.get(dossier.sample.id)
        known = [one for one in dossier.fusions if why_not_expressed(one, beside) is None]
        ends = 0
        for number, fusion in enumerate(known, start=1):
            fusions.append(_fusion(dossier, fusion, number))
            for row in _annotations(dossier, fusion, number, ends):
                annotations.append(row)
                ends += 1
        missing += fusions_left_out(dossier, beside)
    missing += of_nobody(dossiers)
    files = {
        "OSIRIS_pivot_Fusion.csv": csv_text(FUSION_HEADER, fusions),
        "OSIRIS_pivot_Annotation.csv": csv_text(ANNOTATION_HEADER, annotations),
        "not_expressed.csv": not_expressed(missing),
    }
    return {f"osiris/{name}": text.encode("utf-8") for name, text in files.items()}


def _fusion(dossier: Dossier, fusion: DossierFusion, number: int) -> dict[str, str]:
    five, three = fusion.junction.five_prime, fusion.junction.three_prime
    return {
        "Patient_Id": dossier.sample.id,
        "Instance_Id": str(number),
        "Analysis_Ref": "1",
        "AlterationOnSample_AlterationType": FUSION,
        "Fusion_Type": _type(fusion),
        "Fusion_Chromosome5prime": _contig(five),
        "Fusion_Point5prime": _text(None if five is None else five.position),
        "Fusion_Chromosome3prime": _contig(three),
        "Fusion_Point3prime": _text(None if three is None else three.position),
        "Fusion_NbSpanningPair": _text(fusion.support.discordant_pairs),
        "Fusion_NbSplitReads": _text(fusion.support.split_reads),
        "Fusion_InFrame": _FRAME.get(fusion.reading_frame, ""),
    }


def _type(fusion: DossierFusion) -> str:
    if fusion.is_read_through:
        return READ_THROUGH
    broken = fusion.genomic_breakpoint
    if broken is None:
        return ""  # NB: RNA joins the exons of two chromosomes without telling what DNA did
    contigs = {_contig(broken.five_prime), _contig(broken.three_prime)}
    return TRANSLOCATION if len(contigs) == len(_SIDES) and "" not in contigs else ""


def _annotations(
    dossier: Dossier, fusion: DossierFusion, number: int, before: int
) -> list[dict[str, str]]:
    """One row per identified end."""
    rows: list[dict[str, str]] = []
    for side, word in _SIDES:
        gene = getattr(fusion, f"{side}_gene")
        if gene is None:
            continue
        end, label = getattr(fusion.junction, side), getattr(fusion.exons, side)
        rows.append(
            {
                "Patient_Id": dossier.sample.id,
                "Instance_Id": str(before + len(rows) + 1),
                "Alteration_Ref": str(number),
                "AlterationOnSample_AlterationType": FUSION,
                "GenomeEntity_Database": "" if gene.hgnc_id is None else "HGNC",
                "GenomeEntity_Id": gene.hgnc_id or "",
                "GenomeEntity_Symbol": gene.symbol,
                "Annotation_ReferenceDatabase": "" if label is None else "Ensembl",
                "Annotation_ReferenceValue": "" if label is None else label.transcript,
                "Annotation_DNARegionName": "" if label is None else f"exon {label.exon}",
                "Annotation_FusionPrimeEnd": word,
                "Annotation_Strand": "" if end is None or end.strand is None else end.strand.value,
            }
        )
    return rows


def _contig(end: JunctionEnd | None) -> str:
    return "" if end is None or end.contig is None else end.contig


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


FORMAT: Final = ExportFormat(
    "osiris", "OSIRIS pivot rows of fusions", osiris, reviewed=osiris, patients_only=True
)
"""OSIRIS."""

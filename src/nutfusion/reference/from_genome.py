"""Transcripts and decoys spliced from a user's genome by a user's annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import Assembly
from nutfusion.reference.assembly import detect_assembly
from nutfusion.reference.decoys import intron_decoys
from nutfusion.reference.genome import read_windows
from nutfusion.reference.gtf import AnnotatedTranscript, read_gtf, shipped_as_annotated
from nutfusion.reference.harvest import Harvest
from nutfusion.reference.intervals import joined_intervals
from nutfusion.reference.shipped import DECOY_GENES, base_of
from nutfusion.reference.splice import Splicer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nutfusion.reference.intervals import Interval
    from nutfusion.reference.records import SequenceRecord
    from nutfusion.reference.shipped import Shipped

_NOT_SPLICED: Final = frozenset({"retained_intron"})
"""Biotypes whose sequence holds an intron: as a target it would draw unspliced reads."""


def harvest_genome(
    genome_path: Path, annotation_path: Path, shipped: Shipped
) -> tuple[Harvest, list[SequenceRecord]]:
    """Splice the panel's transcripts and make the decoys.

    Args:
        genome_path: FASTA of GRCh38 or GRCh37, or of a part of it.
        annotation_path: GTF on the same assembly.
        shipped: The starter.

    Returns:
        What was spliced and checked, and the records of genes that have no lift from GRCh37: they
        have a sequence but no position, as sequences from a transcript file do.

    Raises:
        InputError: A file cannot be read or is not what it should be.
        ReferenceDataError: The files contradict the shipped coordinates, or each other.
    """
    annotated = read_gtf(annotation_path, shipped)
    detected = detect_assembly(annotated, shipped, path=annotation_path)
    harvest = Harvest()
    harvest.facts["assembly"] = {
        "name": detected.assembly.value,
        "shipped_introns_found": detected.matching,
        "shipped_introns": detected.shipped,
    }
    kept = [t for t in annotated if _is_kept(t, shipped, harvest.notes)]
    kept = _one_per_accession(kept, harvest.notes)
    of_shipped = _shipped(shipped, detected.assembly)
    genome = read_windows(genome_path, _windows([*kept, *of_shipped]))
    splicer = Splicer(genome, annotation_path, shipped, detected.assembly, harvest)
    records = []
    for transcript in kept:
        record = splicer.add(transcript)
        if record is not None:
            records.append(record)
    for transcript in of_shipped:
        if _is_lacking(transcript, harvest):
            splicer.add_shipped(transcript)
    _refuse_nothing(harvest, records, genome_path, annotation_path)
    harvest.facts["splice_sites"] = dict(sorted(splicer.sites.items()))
    nutm1 = [t for t in (*kept, *of_shipped) if t.gene == NUTM1]
    for contig in sorted({t.contig for t in nutm1}):
        exons = [exon for t in nutm1 if t.contig == contig for exon in t.exons]
        for decoy in intron_decoys(genome, contig, exons):
            harvest.decoys[decoy.name] = decoy
    return harvest, records


def _is_kept(transcript: AnnotatedTranscript, shipped: Shipped, notes: list[str]) -> bool:
    mane = shipped.panel.mane(transcript.gene)
    if mane is not None and mane.contig != transcript.contig:
        notes.append(
            f"{transcript.accession}: left out, {transcript.gene} lies on {mane.contig}, this copy "
            f"on {transcript.contig}"
        )
        return False
    if transcript.gene in DECOY_GENES:
        return transcript.biotype not in _NOT_SPLICED
    if transcript.gene == NUTM1:
        return len(transcript.exons) > 1 and transcript.biotype not in _NOT_SPLICED
    return transcript.biotype == "protein_coding" or (
        transcript.biotype is None and bool(transcript.coding)
    )


def _one_per_accession(
    transcripts: Iterable[AnnotatedTranscript], notes: list[str]
) -> list[AnnotatedTranscript]:
    """Keep one version of each accession, the first."""
    kept: dict[str, AnnotatedTranscript] = {}
    for transcript in transcripts:
        first = kept.setdefault(base_of(transcript.accession), transcript)
        if first is not transcript:
            notes.append(f"{transcript.accession}: left out, {first.accession} comes first")
    return list(kept.values())


def _shipped(shipped: Shipped, assembly: Assembly) -> list[AnnotatedTranscript]:
    """Every shipped MANE transcript that has a place on the genome's assembly."""
    placed = []
    for mane in shipped.panel.transcripts.values():
        offset = shipped.offset(mane.gene) if assembly is Assembly.GRCH37 else 0
        if mane.is_mane and offset is not None:
            placed.append(shipped_as_annotated(mane, offset))
    return placed


def _is_lacking(transcript: AnnotatedTranscript, harvest: Harvest) -> bool:
    if transcript.gene in DECOY_GENES:
        names = {base_of(name) for name in harvest.decoys}
        return base_of(transcript.accession) not in names
    return transcript.accession not in harvest.transcripts


def _windows(transcripts: Iterable[AnnotatedTranscript]) -> dict[str, list[Interval]]:
    """One window per stretch of a contig with transcripts, wide enough for decoys' flanks."""
    spans: dict[str, list[Interval]] = {}
    for transcript in transcripts:
        ends = [end for exon in transcript.exons for end in exon]
        spans.setdefault(transcript.contig, []).append((min(ends), max(ends)))
    return {contig: joined_intervals(intervals) for contig, intervals in spans.items()}


def _refuse_nothing(
    harvest: Harvest, records: list[SequenceRecord], genome_path: Path, annotation_path: Path
) -> None:
    if harvest.transcripts or harvest.decoys or records:
        return
    raise InputError(
        f"expected the bases of a panel gene of {annotation_path.name}, found none; contigs are "
        "named chr15 or 15, regions chr15:34343215-34357837",
        path=genome_path,
    )

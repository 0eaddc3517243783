"""A small made-up world on the shipped coordinates: loci, annotations, transcripts.

NUTM1 and BRD4 have their starter sequences; every other gene gets an invented coding sequence of
the shipped length. Introns are invented and begin with GT and end with AG.
"""

from __future__ import annotations

import gzip
import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nutfusion.model.panel import Exon, Transcript
from nutfusion.model.terms import Assembly, Strand
from nutfusion.reference import load_panel
from nutfusion.reference.exons import coding_bounds
from nutfusion.reference.sequence import reverse_complement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

STARTER = load_panel()
MARGIN = 200
STRANGE = "ACTTGCAGGTTCAATCGTACCGGATTTGCACCAGTTCCGA" * 3
CODONS_WITHOUT_STOP = ("GCT", "GAC", "AAG", "CTG", "TCC", "GTT", "CCA", "GGA")


def mane(gene: str) -> Transcript:
    """The shipped MANE transcript of a gene, which must have one."""
    transcript = STARTER.mane(gene)
    assert transcript is not None
    return transcript


def coding(residues: int, seed: str) -> str:
    """A coding sequence: ATG, residues without another ATG in frame, a stop."""
    rng = random.Random(seed)
    return "ATG" + "".join(rng.choices(CODONS_WITHOUT_STOP, k=residues - 1)) + "TAA"


def sequence_of(transcript: Transcript) -> str:
    """The starter's sequence, or an invented one of the shipped lengths."""
    if transcript.sequence is not None:
        return transcript.sequence
    assert transcript.strand is not None
    assert transcript.protein_length is not None
    bounds = coding_bounds(transcript.exons, transcript.strand)
    assert bounds is not None
    length = sum(exon.length for exon in transcript.exons)
    rng = random.Random(transcript.accession)
    utr5 = "".join(rng.choices("CT", k=bounds[0] - 1))
    utr3 = "".join(rng.choices("CT", k=length - bounds[1]))
    return utr5 + coding(transcript.protein_length, transcript.accession) + utr3


@dataclass
class Locus:
    """A stretch of a contig in forward bases; ``start`` is its first GRCh38 residue."""

    gene: str
    contig: str
    start: int
    bases: str

    @property
    def end(self) -> int:
        return self.start + len(self.bases) - 1


def locus_of(transcript: Transcript) -> Locus:
    """The genome around one transcript."""
    assert transcript.contig is not None
    sequence = sequence_of(transcript)
    pieces = []
    position = 0
    rng = random.Random(f"introns of {transcript.accession}")
    for exon in transcript.exons:
        if position:
            before = transcript.exons[exon.number - 2]
            gap = max(exon.start, before.start) - min(exon.end, before.end) - 1
            pieces.append("GT" + "".join(rng.choices("ACGT", k=gap - 4)) + "AG")
        pieces.append(sequence[position : position + exon.length])
        position += exon.length
    inside = "".join(pieces)
    margin = ["".join(rng.choices("ACGT", k=MARGIN)) for _ in range(2)]
    bases = margin[0] + inside + margin[1]
    lowest = min(exon.start for exon in transcript.exons)
    if transcript.strand is Strand.MINUS:
        bases = reverse_complement(bases)
    return Locus(transcript.gene, transcript.contig, lowest - MARGIN, bases)


@dataclass
class World:
    """Loci and annotated transcripts to be written as a user's files.

    ``transcripts`` are changed by tests to make the annotation wrong; loci stay.
    """

    loci: list[Locus]
    transcripts: list[Transcript]
    biotypes: dict[str, str] = field(default_factory=dict)
    tags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    assembly: Assembly = Assembly.GRCH38

    def offset(self, gene: str) -> int:
        """What to add to GRCh38 positions; an invented number for genes without a lift."""
        if self.assembly is Assembly.GRCH38:
            return 0
        first = mane(gene).exons[0]
        return -5000 if first.start_grch37 is None else first.start_grch37 - first.start

    def write_genome(self, path: Path, *, prefix: str = "chr", lower: bool = False) -> Path:
        """Write region records in true coordinates."""
        lines = []
        for locus in self.loci:
            start = locus.start + self.offset(locus.gene)
            bases = locus.bases.lower() if lower else locus.bases
            contig = prefix + locus.contig.removeprefix("chr")
            lines.append(f">{contig}:{start}-{start + len(bases) - 1} a region")
            lines += [bases[i : i + 70] for i in range(0, len(bases), 70)]
        return write(path, "\n".join(lines) + "\n")

    def write_gtf(self, path: Path, *, style: str = "ensembl", prefix: str = "") -> Path:
        """Write the annotation in Ensembl's or GENCODE's style."""
        lines = ["#!genome-build invented"]
        for transcript in self.transcripts:
            assert transcript.contig is not None
            contig = prefix + transcript.contig.removeprefix("chr")
            attributes = self._attributes(transcript, style)
            for feature, start, end, frame in features(transcript):
                offset = self.offset(transcript.gene)
                lines.append(
                    f"{contig}\tinvented\t{feature}\t{start + offset}\t{end + offset}\t.\t"
                    f"{transcript.strand}\t{frame}\t{attributes}"
                )
        return write(path, "\n".join(lines) + "\n")

    def _attributes(self, transcript: Transcript, style: str) -> str:
        base, _, version = transcript.accession.partition(".")
        biotype = self.biotypes.get(transcript.accession, "protein_coding")
        pairs = [("gene_id", f"ENSG of {transcript.gene}"), ("gene_name", transcript.gene)]
        if style == "ensembl":
            pairs += [("transcript_id", base), ("transcript_version", version)]
            pairs += [("transcript_biotype", biotype)]
        else:
            pairs += [("transcript_id", transcript.accession), ("transcript_type", biotype)]
        pairs += [("tag", tag) for tag in self.tags.get(transcript.accession, ())]
        return " ".join(f'{key} "{value}";' for key, value in pairs)


def features(transcript: Transcript) -> Iterable[tuple[str, int, int, str]]:
    """Exon, CDS (without the stop codon) and stop_codon rows."""
    assert transcript.strand is not None
    bases = 0
    for exon in transcript.exons:
        yield "exon", exon.start, exon.end, "."
        if exon.cds_start is None or exon.cds_end is None:
            continue
        start, end = exon.cds_start, exon.cds_end
        later = transcript.exons[exon.number :]
        if all(other.cds_start is None for other in later):
            if transcript.strand is Strand.PLUS:
                yield "stop_codon", end - 2, end, "0"
                end -= 3
            else:
                yield "stop_codon", start, start + 2, "0"
                start += 3
        yield "CDS", start, end, str(-bases % 3)
        bases += end - start + 1


def world(*genes: str, assembly: Assembly = Assembly.GRCH38) -> World:
    """Loci and MANE transcripts of some genes; NUTM1 and BRD4 without a name."""
    transcripts = [mane(gene) for gene in genes or ("NUTM1", "BRD4")]
    return World([locus_of(t) for t in transcripts], transcripts, assembly=assembly)


def with_exon(transcript: Transcript, number: int, **changes: int | None) -> Transcript:
    """The transcript with one exon changed."""
    exons = tuple(
        replace(exon, **changes) if exon.number == number else exon  # type: ignore[arg-type]
        for exon in transcript.exons
    )
    return replace(transcript, exons=exons)


def legacy_nutm1() -> Transcript:
    """ENST00000333756 as older releases had it: 7 exons, exon 1 holds MANE exon 2, 1132 aa."""
    first, *rest = mane("NUTM1").exons[1:]
    exons = [
        replace(first, start=34345865, cds_start=34346020, start_grch37=None, end_grch37=None),
        *rest,
    ]
    numbered = tuple(replace(exon, number=i) for i, exon in enumerate(exons, start=1))
    return replace(
        mane("NUTM1"),
        accession="ENST00000333756.4",
        is_mane=False,
        exons=numbered,
        sequence=None,
        protein_length=1132,
    )


def exon(number: int, start: int, end: int) -> Exon:
    """A bare exon."""
    return Exon(number, start, end, None, None, None, None, None, None)


def write(path: Path, text: str) -> Path:
    """Write text, compressed when the name says so."""
    content = text.encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def write_fasta(path: Path, records: Iterable[tuple[str, str]]) -> Path:
    """Write (header, sequence) records."""
    return write(path, "".join(f">{header}\n{sequence}\n" for header, sequence in records))

"""Transcripts of the panel's genes from a GTF annotation (Ensembl or GENCODE).

==============================  ====================================================
GTF                             here
==============================  ====================================================
transcript_id, _version         accession.version (GENCODE writes both in one; the
                                ``_1`` that GENCODE adds on GRCh37 is dropped)
gene_name                       gene, by approved or previous symbol
transcript_biotype, _type       biotype
tag                             tags (``MANE_Select``, ``cds_start_NF``...)
CDS, stop_codon                 coding (the coding part with its stop codon)
frame of the first CDS          first_phase
==============================  ====================================================

Source: Ensembl README for GTF; GENCODE "Format description of GENCODE GTF".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError
from nutfusion.model.terms import Strand
from nutfusion.reference.intervals import Interval, joined_intervals
from nutfusion.reference.opening import opened

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.panel import Transcript
    from nutfusion.reference.shipped import Shipped

_ATTRIBUTE: Final = re.compile(r'(\w+) "?([^";]*)"?')
_GENE_NAME: Final = re.compile(rb'\bgene_name "([^"]+)"')
_FEATURES: Final = frozenset({"exon", "CDS", "stop_codon"})
_POSITION: Final = re.compile(r"0*[1-9][0-9]{0,11}")
_LIFT_SUFFIX: Final = re.compile(r"_\d+$")


@dataclass(slots=True)
class AnnotatedTranscript:
    """A transcript as an annotation gives it.

    Attributes:
        accession: accession.version; without a version when the annotation has none.
        gene: Approved symbol.
        contig: As in the file, with ``chr`` in front.
        strand: Of the transcript.
        biotype: As in the file; ``None`` when it has none.
        tags: As in the file.
        line: 1-based line of its first feature; ``None`` when it is not from a file.
        exons: In the sense of the transcript, in the file's assembly.
        coding: Coding part with the stop codon, in the sense of the transcript; empty without.
        first_phase: Bases of the first coding interval that belong to a codon before it.
    """

    accession: str
    gene: str
    contig: str
    strand: Strand
    biotype: str | None
    tags: frozenset[str]
    line: int | None
    exons: list[Interval] = field(default_factory=list)
    coding: list[Interval] = field(default_factory=list)
    first_phase: int = 0
    frames: dict[Interval, int] = field(default_factory=dict)


def read_gtf(path: Path, shipped: Shipped) -> list[AnnotatedTranscript]:
    """Read the transcripts of the panel's genes.

    Args:
        path: GTF, plain, gzip or bgzip.
        shipped: Knows which genes belong to the panel.

    Returns:
        In the order of the file; transcripts without exons are not there.

    Raises:
        InputError: The file cannot be read, is not GTF, or has no gene of the panel.
    """
    wanted = {symbol.encode("ascii") for symbol in shipped.symbols}
    found: dict[tuple[str, str], AnnotatedTranscript] = {}
    with opened(path) as handle:
        for number, line in enumerate(handle, start=1):
            if line.startswith(b"#"):
                if b"gff-version 3" in line:
                    raise InputError("expected GTF, found GFF3", path=path, line=number)
                continue
            name = _GENE_NAME.search(line)
            if name is not None and name[1] in wanted:
                _add_feature(found, line, path, number, shipped)
            elif name is None and line.count(b"\t") != 8 and line.strip():
                raise InputError(
                    f"expected 9 tab-separated columns of GTF, found {line.count(bytes([9])) + 1}",
                    path=path,
                    line=number,
                )
    transcripts = [_finished(transcript) for transcript in found.values() if transcript.exons]
    if not transcripts:
        raise InputError(
            "expected GTF exons with gene_name of a panel gene (NUTM1, BRD4...), found none; "
            "Ensembl and GENCODE GTF files have them",
            path=path,
        )
    return transcripts


def shipped_as_annotated(mane: Transcript, offset: int) -> AnnotatedTranscript:
    """Return a shipped transcript as an annotation would give it.

    Args:
        mane: With exons.
        offset: To be added to GRCh38 positions.

    Raises:
        ValueError: The transcript has no place.
    """
    if mane.contig is None or mane.strand is None:
        raise ValueError(f"{mane.accession} has no place")
    return AnnotatedTranscript(
        accession=mane.accession,
        gene=mane.gene,
        contig=mane.contig,
        strand=mane.strand,
        biotype="protein_coding",
        tags=frozenset(),
        line=None,
        exons=[(exon.start + offset, exon.end + offset) for exon in mane.exons],
        coding=[
            (exon.cds_start + offset, exon.cds_end + offset)
            for exon in mane.exons
            if exon.cds_start is not None and exon.cds_end is not None
        ],
    )


def canonical_contig(name: str) -> str:
    """Return a contig's name with ``chr`` in front."""
    return name if name.startswith("chr") else f"chr{name}"


def _add_feature(
    found: dict[tuple[str, str], AnnotatedTranscript],
    line: bytes,
    path: Path,
    number: int,
    shipped: Shipped,
) -> None:
    columns = line.decode("utf-8", errors="replace").rstrip("\r\n").split("\t")
    if len(columns) != 9:
        raise InputError(
            f"expected 9 tab-separated columns of GTF, found {len(columns)}",
            path=path,
            line=number,
        )
    contig, _, feature, start, end, _, strand, frame, attributes = columns
    if feature not in _FEATURES:
        return
    if not (_is_position(start) and _is_position(end) and int(start) <= int(end)):
        raise InputError(
            f"expected start <= end as whole numbers, found {start!r} and {end!r}",
            path=path,
            line=number,
        )
    if strand not in {"+", "-"}:
        raise InputError(f"expected strand + or -, found {strand!r}", path=path, line=number)
    pairs = _ATTRIBUTE.findall(attributes)
    values = dict(pairs)
    if not values.get("transcript_id"):
        raise InputError(f"{feature}: expected a transcript_id", path=path, line=number)
    accession = _accession(values)
    gene = shipped.gene(values["gene_name"])
    if accession is None or gene is None:
        return
    transcript = found.setdefault(
        (contig, accession),
        AnnotatedTranscript(
            accession=accession,
            gene=gene,
            contig=canonical_contig(contig),
            strand=Strand(strand),
            biotype=values.get("transcript_biotype") or values.get("transcript_type"),
            tags=frozenset(value for key, value in pairs if key == "tag"),
            line=number,
        ),
    )
    interval = (int(start), int(end))
    if feature == "exon":
        transcript.exons.append(interval)
    else:
        transcript.coding.append(interval)
    if feature == "CDS" and frame in {"0", "1", "2"}:
        transcript.frames[interval] = int(frame)


def _is_position(text: str) -> bool:
    """Whether a cell is a whole number of 1 or more, in ASCII digits."""
    return _POSITION.fullmatch(text) is not None


def _accession(values: dict[str, str]) -> str | None:
    accession = values["transcript_id"]
    if accession.endswith("_PAR_Y"):
        return None
    if "transcript_version" in values and "." not in accession:
        return f"{accession}.{values['transcript_version']}"
    return _LIFT_SUFFIX.sub("", accession) if accession.startswith("ENST") else accession


def _finished(transcript: AnnotatedTranscript) -> AnnotatedTranscript:
    downwards = transcript.strand is Strand.MINUS
    transcript.exons.sort(reverse=downwards)
    if transcript.frames:
        first = (max if downwards else min)(transcript.frames)
        transcript.first_phase = (3 - transcript.frames[first]) % 3
    transcript.coding = joined_intervals(transcript.coding)[:: -1 if downwards else 1]
    return transcript

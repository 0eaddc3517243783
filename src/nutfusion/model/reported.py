"""What somebody else's output claims about a fusion, restated in our words."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from nutfusion.model.base import Record
from nutfusion.model.gene import GeneRef
from nutfusion.model.junction import Junction
from nutfusion.model.terms import Assembly, FusionDetection, ReadingFrame, SourceSays, Strand


class FusionOrder(StrEnum):
    """How it is known which part is 5'."""

    STATED = "stated"
    FROM_STRANDS = "from_strands"
    FROM_EXON_EDGES = "from_exon_edges"
    UNKNOWN = "unknown"


class ReportedSide(Record):
    """One side of a fusion as a file states it.

    Attributes:
        written: The gene cell as it stands, when it holds nothing but symbols, identifiers and
            distances; else ``None``.
        gene: The gene it is; ``None`` when that is not certain.
        contig: ``chr`` spelling; ``None`` when not stated.
        position: 1-based residue on the file's own assembly: the last base of the 5' part or the
            first of the 3' part; for DNA the last base that stays; ``None`` when not stated.
        strand: Strand of the transcript; ``None`` when neither stated nor certain.
        transcript: accession as stated; ``None`` when not stated.
        exon: Exon label as stated; ``None`` when not stated.
    """

    written: str | None
    gene: GeneRef | None
    contig: str | None
    position: int | None
    strand: Strand | None
    transcript: str | None
    exon: str | None


class ReportedField(Record):
    """One more field of the white list of a format.

    Attributes:
        name: The format's own name of it.
        value: As it stands.
    """

    name: str
    value: str


class ReportedFusion(Record):
    """One row of a caller's or a panel's file that touches NUTM1 or a panel gene.

    Attributes:
        caller: Name of the format in the registry.
        sha256: Digest of the file's bytes, hexadecimal.
        line: 1-based line of the row, or number of the record where a format has no lines.
        rows: Rows of the file that were joined into this one (same joint, isoforms or reads); 1
            for most formats, 0 for a further joint of a row that holds several.
        is_readable: False when the row names NUTM1 or a panel gene and cannot be read further.
        touches_nutm1: One side is NUTM1, by name or by coordinate.
        five_prime: The 5' side; the first one of the row when the order is unknown.
        three_prime: The 3' side; the second one of the row when the order is unknown.
        order: How the order is known.
        fusion_detection: Observed in RNA, or inferred from DNA.
        says: Seen, not seen (a target with no reads), or not assessed.
        assembly: Of the positions above; ``None`` when unknown.
        junction: The joint on GRCh38; ``None`` when neither side is placed. A side that is not
            placed has no position.
        genomic_breakpoint: Where DNA broke, GRCh38; ``None`` for RNA, and when not placed.
        split_reads: Fragments with a read across the joint, as stated; ``None`` when not stated.
        discordant_pairs: Fragments with one mate on each side, as stated; ``None`` when not stated.
        reading_frame: As stated; ``None`` when not stated.
        is_read_through: As stated; ``None`` when not stated.
        fields: White list of the format, its own order.
        problems: Why something above is ``None`` or was changed, as ``code(key=value)``.
    """

    caller: str
    sha256: str
    line: int
    rows: int
    is_readable: bool
    touches_nutm1: bool
    five_prime: ReportedSide
    three_prime: ReportedSide
    order: FusionOrder
    fusion_detection: FusionDetection
    says: SourceSays
    assembly: Assembly | None
    junction: Junction | None
    genomic_breakpoint: Junction | None
    split_reads: int | None
    discordant_pairs: int | None
    reading_frame: ReadingFrame | None
    is_read_through: bool | None
    fields: tuple[ReportedField, ...]
    problems: tuple[str, ...]


class CallerFile(Record):
    """A caller's or a panel's file that was read.

    Attributes:
        caller: Name of the format in the registry.
        title: Name of the program for people.
        version: Which of its layouts the file has.
        why: Why it was taken for that.
        seen_on_real_file: The module was tried on a file that the program really wrote.
        sha256: Digest of the file's bytes, hexadecimal.
        rows: Rows (records) in the file, those of other genes included.
        nutm1_rows: Rows that touch NUTM1.
        panel_rows: Rows that touch a gene of the panel, NUTM1 included.
        assembly: Of its positions; ``None`` when unknown.
        assembly_source: The file states it, its coordinates show it, the user said so, or the
            format has no positions.
        reports_nutm1: Whether NUTM1 would be in this file if it were fused: false when the file is
            limited to a list of genes without it; ``None`` when that depends on the assay.
        notes: What is to be known about its silence, as ``code(key=value)``.
    """

    caller: str
    title: str
    version: str
    why: str
    seen_on_real_file: bool
    sha256: str
    rows: int
    nutm1_rows: int
    panel_rows: int
    assembly: Assembly | None
    assembly_source: Literal["file", "coordinates", "user", "none"]
    reports_nutm1: bool | None
    notes: tuple[str, ...]


class CallerEvidence(Record):
    """Everything that other programs' files say about one sample.

    Attributes:
        files: In the order given.
        reported: Rows that touch NUTM1 or a panel gene, in the order of the files.
    """

    files: tuple[CallerFile, ...] = ()
    reported: tuple[ReportedFusion, ...] = ()

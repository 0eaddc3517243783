"""What a format's module hands on: the row's own words, without a judgement about them.

A module reads; ``normalise`` says which gene, which assembly and which side is 5'. So a module is
short, and what is hard about gene names and coordinates is solved once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypedDict

from nutfusion.model.terms import SourceSays

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Assembly, Kept, ReadingFrame

LONG_READ_NOISE: Final = 10
"""Bases by which a mean over long reads may miss the joint (chosen by us): in a cell line 43 of 43
rows of FusionSeeker and pbfusion lie within 10 bases of the splice sites of CTAT-LR-fusion."""

NO_POSITION: Final = "no_position_stated"
"""Problem of a side without a position."""


class RowError(Exception):
    """A row is not what the format's module documents: what was expected, what was found."""


@dataclass(frozen=True, slots=True)
class SideStatement:
    """One side of a row.

    Attributes:
        gene: The gene cell, as written; ``None`` when the format names no gene.
        gene_id: Ensembl gene id as written; ``None`` without one.
        contig: As written.
        position: 1-based residue after the format's own correction: the last base of the 5' part
            or the first of the 3' part; for DNA the last base that stays on this side.
        strand: ``+`` or ``-`` of the *transcript*; ``None`` when not stated.
        kept: Side of the position that stays in the fusion; ``None`` when not stated.
        sense: The transcript reads the gene in the gene's own sense (its strand is the gene's), or
            against it; ``None`` when not stated. For formats that state no strand.
        transcript: accession as written.
        transcript_position: 1-based base of ``transcript`` at the joint, for formats that place
            the joint on transcripts; ``None`` for others.
        exon: Exon label as written.
        position_range: 1-based inclusive (lowest, highest) residues that ``position`` may be, as
            the format bounds it; ``None`` when it does not.
    """

    gene: str | None = None
    gene_id: str | None = None
    contig: str | None = None
    position: int | None = None
    strand: str | None = None
    kept: Kept | None = None
    sense: bool | None = None
    transcript: str | None = None
    transcript_position: int | None = None
    exon: str | None = None
    position_range: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of a file.

    Attributes:
        line: 1-based line (number of the record where a format has no lines).
        first: 5' side when ``ordered``.
        second: 3' side when ``ordered``.
        ordered: The format states which side is 5', for this row.
        molecule: What was sequenced.
        precise: The positions are to the base.
        noise: Bases by which either position may be off, for means over the ends of noisy long
            reads; where both are exon edges they are taken to be the joint, as noise does not hit
            one on both sides.
        says: Seen; not seen for a target without reads.
        split_reads: Fragments with a read across the joint; ``None`` when not stated.
        discordant_pairs: Fragments with a mate on each side; ``None`` when not stated.
        reading_frame: ``None`` when not stated.
        read_through: ``None`` when not stated.
        fields: White list of further fields, (name, value); no free text.
        problems: What the module itself has to say, from ``model.remarks``.
        rows: Rows joined into this one; 0 for a further joint of a row that holds several.
        slide: (lowest, highest) number of bases that the joint may be moved towards higher
            coordinates of ``first`` without changing the fused sequence, for formats that place a
            homologous joint anywhere in its homology; ``None`` when not stated.
        placements: Further pairs of (5', 3') sides, for a row that places its joint on several
            pairs of transcripts; the panel's transcripts decide which of them can be used.
    """

    line: int
    first: SideStatement
    second: SideStatement
    ordered: bool
    molecule: Literal["rna", "dna"] = "rna"
    precise: bool = True
    noise: int = 0
    says: SourceSays = SourceSays.SEEN
    split_reads: int | None = None
    discordant_pairs: int | None = None
    reading_frame: ReadingFrame | None = None
    read_through: bool | None = None
    fields: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()
    rows: int = 1
    slide: tuple[int, int] | None = None
    placements: tuple[tuple[SideStatement, SideStatement], ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that could not be read.

    Attributes:
        line: 1-based line, or number of the record.
        text: The row, to see whether it names a panel gene; never shown.
        message: What was expected, what was found.
    """

    line: int
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class CallerReport:
    """A whole file.

    Attributes:
        rows: Rows in the file.
        statements: Rows that were read, in file order.
        unreadable: Rows that were not.
        assembly: As the file states it; ``None`` when silent.
        reports_nutm1: See ``model.reported.CallerFile``.
        notes: See ``model.reported.CallerFile``.
    """

    rows: int
    statements: tuple[Statement, ...]
    unreadable: tuple[Unreadable, ...] = ()
    assembly: Assembly | None = None
    reports_nutm1: bool | None = None
    notes: tuple[str, ...] = ()


class Said(TypedDict, total=False):
    """What a file says beside its rows; see ``CallerReport``."""

    assembly: Assembly | None
    reports_nutm1: bool | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """Why a file is taken for a format.

    Attributes:
        version: Which of the format's layouts, for instance ``2.x``.
        why: What in the file shows it, one phrase.
    """

    version: str
    why: str


@dataclass(frozen=True, slots=True)
class Tells:
    """What a format can say; what it cannot is ``null`` in everything made from it.

    Attributes:
        order: Which side is 5': ``always``, ``sometimes`` or ``never``.
        position: ``junction`` (exon bases of the transcript), ``genomic`` (where DNA broke),
            ``transcript`` (bases of a transcript), ``exon`` (labels only) or ``none``.
        strand: The transcript's strands.
        split_reads: Reads across the joint are counted apart.
        discordant_pairs: Pairs on both sides are counted apart.
        reading_frame: In frame or not.
        not_seen: Targets without reads are listed.
    """

    order: Literal["always", "sometimes", "never"]
    position: Literal["junction", "genomic", "transcript", "exon", "none"]
    strand: bool
    split_reads: bool
    discordant_pairs: bool
    reading_frame: bool
    not_seen: bool = False


@dataclass(frozen=True, slots=True)
class CallerFormat:
    """One format of one program.

    Attributes:
        name: Name on the command line and in dossiers: lower case, digits, underscores.
        title: Name for people.
        versions: Layouts that are read, as people know them.
        files: Names under which the program writes it, as glob patterns, best first.
        tells: What it can say.
        seen_on_real_file: The module was tried on a file that the program really wrote.
        expects: What makes a file this format, one phrase, for error messages.
        recognise: Takes the beginning of a file; ``None``: it is something else.
        read: Reads the whole file.
    """

    name: str
    title: str
    versions: str
    files: tuple[str, ...]
    tells: Tells
    seen_on_real_file: bool
    expects: str
    recognise: Callable[[Head], Recognised | None] = field(repr=False)
    read: Callable[[CallerText, Recognised], CallerReport] = field(repr=False)

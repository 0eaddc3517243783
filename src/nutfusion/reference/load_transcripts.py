"""Read the transcripts of a panel from its tables and its FASTA file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.panel import Block, Exon, Transcript
from nutfusion.model.terms import Strand
from nutfusion.reference import layout
from nutfusion.reference.digest import refget
from nutfusion.reference.panel_fasta import read_panel_fasta
from nutfusion.reference.tables import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nutfusion.model.panel import Gene
    from nutfusion.reference.panel_fasta import PanelRecord
    from nutfusion.reference.tables import Row


def read_transcripts(
    directory: Path, contents: Mapping[str, bytes], genes: Mapping[str, Gene]
) -> dict[str, Transcript]:
    """Read transcripts with their exons, blocks and sequences.

    Args:
        directory: Where the files come from, for messages.
        contents: File name to bytes.
        genes: Genes of the panel, by symbol.

    Returns:
        By accession.version, in the order of the genes, the MANE transcript first within a gene.

    Raises:
        ReferenceDataError: A table does not parse, or the tables contradict each other.
    """
    rows = {}
    for row in read_rows(
        layout.TRANSCRIPTS, directory / layout.TRANSCRIPTS, contents[layout.TRANSCRIPTS]
    ):
        accession = row.text("accession")
        if accession in rows:
            raise row.error(f"expected each transcript once, found {accession} again")
        rows[accession] = row
    exons = _exons(directory, contents, rows)
    blocks = _blocks(directory, contents, rows)
    sequences = _sequences(directory, contents, rows)
    transcripts = [
        _transcript(row, genes, exons[name], blocks[name], sequences.get(name))
        for name, row in rows.items()
    ]
    _check_one_mane(transcripts, rows)
    order = {symbol: rank for rank, symbol in enumerate(genes)}
    transcripts.sort(key=lambda t: (order[t.gene], not t.is_mane))
    return {transcript.accession: transcript for transcript in transcripts}


def _transcript(
    row: Row,
    genes: Mapping[str, Gene],
    exons: list[Exon],
    blocks: list[Block],
    sequence: PanelRecord | None,
) -> Transcript:
    gene = row.text("gene")
    if gene not in genes:
        raise row.error(f"expected a gene of {layout.GENES}, found {gene}")
    strand = row.optional("strand")
    if strand not in {None, "+", "-"}:
        raise row.error(f"expected + or - in column strand, found {strand!r}")
    transcript = Transcript(
        accession=row.text("accession"),
        gene=gene,
        is_mane=row.flag("mane"),
        synonyms=row.listed("synonyms"),
        contig=row.optional("contig"),
        strand=None if strand is None else Strand(strand),
        exons=tuple(exons),
        sequence=None if sequence is None else sequence.sequence,
        is_prefix=row.flag("is_prefix"),
        is_cds=row.flag("is_cds"),
        cds_start=row.optional_integer("cds_start"),
        cds_end=row.optional_integer("cds_end"),
        blocks=tuple(blocks),
        refget=row.optional("refget"),
        protein_length=row.optional_integer("protein_length"),
        cds_checked=row.flag("cds_checked"),
        sequence_of=row.optional("sequence_of"),
    )
    _check_transcript(row, transcript)
    return transcript


def _check_transcript(row: Row, transcript: Transcript) -> None:
    sequence = transcript.sequence
    length = None if sequence is None else len(sequence)
    if row.optional_integer("length") != length:
        raise row.error(
            f"expected {row.cells['length'] or 'no'} bases of {transcript.accession} in "
            f"{layout.TRANSCRIPT_SEQUENCES}, found {'none' if length is None else length}"
        )
    found = None if sequence is None else refget(sequence)
    if transcript.refget != found:
        raise row.error(
            f"{transcript.accession}: expected refget {transcript.refget}, found {found}"
        )
    if (transcript.exons or transcript.blocks) and (
        transcript.contig is None or transcript.strand is None
    ):
        raise row.error(f"{transcript.accession} is placed: expected a contig and a strand")
    for column in ("cds_start", "cds_end"):
        position = row.optional_integer(column)
        if position is not None and not 1 <= position <= (length or 0):
            raise row.error(f"expected {column} inside the sequence, found {position}")
    if transcript.blocks and transcript.blocks[-1].transcript_end > (length or 0):
        raise row.error(
            f"{transcript.accession}: expected blocks inside the sequence, found one that ends at "
            f"{transcript.blocks[-1].transcript_end} of {length or 0}"
        )


def _check_one_mane(transcripts: list[Transcript], rows: Mapping[str, Row]) -> None:
    mane: dict[str, str] = {}
    for transcript in transcripts:
        if transcript.is_mane and transcript.gene in mane:
            raise rows[transcript.accession].error(
                f"expected one MANE transcript of {transcript.gene}, found "
                f"{mane[transcript.gene]} and {transcript.accession}"
            )
        if transcript.is_mane:
            mane[transcript.gene] = transcript.accession


def _exons(
    directory: Path, contents: Mapping[str, bytes], rows: Mapping[str, Row]
) -> dict[str, list[Exon]]:
    exons: dict[str, list[Exon]] = {accession: [] for accession in rows}
    for row in read_rows(layout.EXONS, directory / layout.EXONS, contents[layout.EXONS]):
        accession = _known(row, rows)
        exon = Exon(
            number=row.integer("exon"),
            start=row.integer("start_grch38"),
            end=row.integer("end_grch38"),
            start_grch37=row.optional_integer("start_grch37"),
            end_grch37=row.optional_integer("end_grch37"),
            cds_start=row.optional_integer("cds_start_grch38"),
            cds_end=row.optional_integer("cds_end_grch38"),
            start_phase=row.optional_integer("start_phase"),
            end_phase=row.optional_integer("end_phase"),
            grch37_check=row.optional("grch37_check"),
        )
        if exon.number != len(exons[accession]) + 1:
            raise row.error(
                f"expected exon {len(exons[accession]) + 1} of {accession}, found {exon.number}"
            )
        if not 1 <= exon.start <= exon.end:
            raise row.error(f"expected start <= end, found {exon.start} and {exon.end}")
        if exon.cds_start is not None and not (
            exon.start <= exon.cds_start <= (exon.cds_end or 0) <= exon.end
        ):
            raise row.error(
                f"expected the coding part inside {exon.start}-{exon.end}, "
                f"found {exon.cds_start}-{exon.cds_end}"
            )
        strand = rows[accession].cells["strand"]
        if exons[accession] and not _follows(strand, exons[accession][-1], exon):
            raise row.error(
                f"expected exons in the sense of the transcript (strand {strand}), found "
                f"{exon.start}-{exon.end} after "
                f"{exons[accession][-1].start}-{exons[accession][-1].end}"
            )
        exons[accession].append(exon)
    return exons


def _blocks(
    directory: Path, contents: Mapping[str, bytes], rows: Mapping[str, Row]
) -> dict[str, list[Block]]:
    blocks: dict[str, list[Block]] = {accession: [] for accession in rows}
    for row in read_rows(layout.BLOCKS, directory / layout.BLOCKS, contents[layout.BLOCKS]):
        accession = _known(row, rows)
        block = Block(
            transcript_start=row.integer("transcript_start"),
            transcript_end=row.integer("transcript_end"),
            start=row.integer("start_grch38"),
            end=row.integer("end_grch38"),
        )
        bases = block.transcript_end - block.transcript_start
        if block.transcript_start < 1 or bases < 0 or bases != block.end - block.start:
            raise row.error(
                "expected a gapless block, found "
                f"{block.transcript_start}-{block.transcript_end} on {block.start}-{block.end}"
            )
        strand = rows[accession].cells["strand"]
        before = blocks[accession][-1] if blocks[accession] else None
        if before is not None and not (
            before.transcript_end < block.transcript_start and _follows(strand, before, block)
        ):
            raise row.error(f"expected blocks of {accession} in transcript order without overlap")
        blocks[accession].append(block)
    return blocks


def _follows(strand: str, before: Exon | Block, after: Exon | Block) -> bool:
    if strand == Strand.MINUS:
        return after.end < before.start
    return before.end < after.start


def _sequences(
    directory: Path, contents: Mapping[str, bytes], rows: Mapping[str, Row]
) -> dict[str, PanelRecord]:
    name = layout.TRANSCRIPT_SEQUENCES
    sequences = {}
    for record in read_panel_fasta(directory / name, contents[name]):
        if record.name not in rows:
            raise record.error(f"expected a transcript of {layout.TRANSCRIPTS}")
        sequences[record.name] = record
    return sequences


def _known(row: Row, rows: Mapping[str, Row]) -> str:
    accession = row.text("transcript")
    if accession not in rows:
        raise row.error(f"expected a transcript of {layout.TRANSCRIPTS}, found {accession}")
    return accession

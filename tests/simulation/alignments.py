"""Alignments of small samples: with real aligners on a made-up genome, put where the genome is.

The genome holds the loci of NUTM1 and BRD4 with the starter's exons and invented introns, so that
it needs no third-party sequence. Aligners see only the loci; ``placed`` then gives the records the
contigs and positions of a whole assembly.
"""

from __future__ import annotations

import itertools
import random
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pysam
from tests.builders import starter_panel

from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nutfusion.model.panel import Transcript
    from nutfusion.simulation.sample import Files

FLANK: Final = 2_000
LENGTHS: Final = {
    Assembly.GRCH38: {"chr15": 101_991_189, "chr19": 58_617_616},
    Assembly.GRCH37: {"chr15": 102_531_392, "chr19": 59_128_983},
}
_COMPLEMENT: Final = str.maketrans("ACGT", "TGCA")


@dataclass(frozen=True)
class Locus:
    """A piece of a chromosome.

    Attributes:
        gene: HGNC symbol.
        contig: ``chr`` spelling.
        starts: First base by assembly (0-based).
        bases: Plus strand.
    """

    gene: str
    contig: str
    starts: dict[Assembly, int]
    bases: str

    @property
    def name(self) -> str:
        return f"{self.gene}_locus"


def _mane(symbol: str) -> Transcript:
    found = starter_panel().mane(symbol)
    assert found is not None
    return found


def _locus(symbol: str) -> Locus:
    """Exons from the panel, introns of random bases with GT at their start and AG at their end."""
    transcript = _mane(symbol)
    blocks = sorted(transcript.blocks, key=lambda block: block.start)
    first, last = blocks[0].start - FLANK, blocks[-1].end + FLANK
    rng = random.Random(f"introns of {symbol}")
    bases = rng.choices("ACGT", k=last - first + 1)
    minus = transcript.strand is Strand.MINUS
    assert transcript.sequence is not None
    for block in blocks:
        exon = transcript.sequence[block.transcript_start - 1 : block.transcript_end]
        bases[block.start - first : block.end + 1 - first] = (
            exon[::-1].translate(_COMPLEMENT) if minus else exon
        )
    for before, after in itertools.pairwise(blocks):
        if after.start - before.end > 10:
            bases[before.end + 1 - first : before.end + 3 - first] = "CT" if minus else "GT"
            bases[after.start - 2 - first : after.start - first] = "AC" if minus else "AG"
    first_exon = transcript.exons[0]
    assert first_exon.start_grch37 is not None
    start, lift = first - 1, first_exon.start_grch37 - first_exon.start
    return Locus(
        symbol,
        transcript.contig or "",
        {Assembly.GRCH38: start, Assembly.GRCH37: start + lift},
        "".join(bases),
    )


@cache
def loci() -> tuple[Locus, ...]:
    """The loci of NUTM1 and BRD4."""
    return _locus("NUTM1"), _locus("BRD4")


def locus_of(name: str) -> tuple[str, dict[Assembly, int]]:
    """Contig and starts of a locus, by its name here or by one like ``chr1:1001-2000`` (GRCh38)."""
    for locus in loci():
        if locus.name == name:
            return locus.contig, locus.starts
    contig, _, span = name.partition(":")
    return contig, {Assembly.GRCH38: int(span.partition("-")[0]) - 1}


def write_genome(folder: Path) -> Path:
    """The loci as FASTA, with its index."""
    path = folder / "loci.fa"
    path.write_text("".join(f">{locus.name}\n{locus.bases}\n" for locus in loci()))
    pysam.faidx(str(path))
    return path


def program(name: str, lacking: Callable[[str], object]) -> str:
    """The path of an aligner; ``lacking`` skips or fails."""
    found = shutil.which(name)
    if found is None:
        lacking(f"no {name}; see scripts/system-packages.sh")
    return found or name


def _run(*command: str | Path, out: Path | None = None) -> None:
    if out is None:
        subprocess.run([str(c) for c in command], check=True, capture_output=True)
        return
    with out.open("wb") as handle:
        subprocess.run(
            [str(c) for c in command], check=True, stdout=handle, stderr=subprocess.DEVNULL
        )


def star(
    genome: Path, reads: Sequence[Path], folder: Path, *options: str, unmapped: str = "Within"
) -> Path:
    """STAR with chimeric alignments within the BAM; unsorted."""
    index = genome.parent / f"{genome.stem}_star"
    if not index.exists():
        index.mkdir()
        _run(
            "STAR", "--runMode", "genomeGenerate", "--genomeDir", index, "--genomeFastaFiles",
            genome, "--genomeSAindexNbases", "8", "--genomeChrBinNbits", "14",
            "--outFileNamePrefix", f"{index}/",
        )  # fmt: skip
    zipped = ["--readFilesCommand", "zcat"] if reads[0].suffix == ".gz" else []
    chimeric = options or (
        "--chimSegmentMin", "10", "--chimJunctionOverhangMin", "10",
        "--chimOutType", "WithinBAM", "SoftClip",
    )  # fmt: skip
    prefix = folder / "star_"
    _run(
        "STAR", "--genomeDir", index, "--readFilesIn", *reads, *zipped,
        "--outSAMtype", "BAM", "Unsorted", "--outSAMunmapped", unmapped, *chimeric,
        "--outFileNamePrefix", prefix,
    )  # fmt: skip
    return Path(f"{prefix}Aligned.out.bam")


def minimap2(genome: Path, reads: Sequence[Path], folder: Path, *options: str) -> Path:
    """minimap2, as SAM."""
    path = folder / "minimap2.sam"
    _run("minimap2", *(options or ("-ax", "sr")), genome, *reads, out=path)
    return path


def hisat2(genome: Path, reads: Sequence[Path], folder: Path) -> Path:
    """HISAT2, as SAM; it does not split reads between genes."""
    index, path = genome.with_suffix(".hisat2"), folder / "hisat2.sam"
    _run("hisat2-build", "-q", genome, index)
    _run("hisat2", "-x", index, "-1", reads[0], "-2", reads[1], out=path)
    return path


def bwa(genome: Path, reads: Sequence[Path], folder: Path) -> Path:
    """bwa mem, as SAM."""
    _run("bwa", "index", genome)
    path = folder / "bwa.sam"
    _run("bwa", "mem", genome, *reads, out=path)
    return path


def placed(
    alignment: Path,
    out: Path,
    assembly: Assembly = Assembly.GRCH38,
    *,
    prefix: str = "chr",
    index: bool = True,
    mode: str = "wb",
    change: Callable[[pysam.AlignedSegment], Iterable[pysam.AlignedSegment]] = lambda r: (r,),
) -> Path:
    """Alignments on the loci as alignments on a whole assembly, sorted.

    Args:
        alignment: What an aligner wrote.
        out: BAM (or CRAM without a reference, by ``mode``).
        assembly: Decides contig lengths and positions.
        prefix: Of contig names, ``chr`` or nothing.
        index: Make the index beside it.
        mode: Of pysam.
        change: Gets each record and gives those to write.
    """
    with pysam.AlignmentFile(str(alignment), check_sq=False) as source:
        names = {name: locus_of(name) for name in source.references}
        rows = [record.to_dict() for record in source]
    contigs = dict.fromkeys([contig for contig, _ in names.values()], 250_000_000)
    contigs |= LENGTHS[assembly]
    header = pysam.AlignmentHeader.from_dict(
        {
            "HD": {"VN": "1.6", "SO": "coordinate"},
            "SQ": [
                {"SN": prefix + name.removeprefix("chr"), "LN": length}
                for name, length in contigs.items()
            ],
        }
    )
    moves = {
        name: (prefix + contig.removeprefix("chr"), starts[assembly])
        for name, (contig, starts) in names.items()
    }
    records: list[pysam.AlignedSegment] = []
    for row in rows:
        records += change(pysam.AlignedSegment.from_dict(_moved(row, moves), header))
    records.sort(key=lambda r: (r.reference_id < 0, r.reference_id, r.reference_start))
    options = ["no_ref=1"] if mode == "wc" else None
    with pysam.AlignmentFile(str(out), mode, header=header, format_options=options) as target:
        for record in records:
            target.write(record)
    if index:
        pysam.index(str(out))
    return out


def _moved(row: dict[str, Any], moves: dict[str, tuple[str, int]]) -> dict[str, Any]:
    """The fields of a record with contigs and positions of the assembly."""

    def move(contig: str, position: str) -> tuple[str, str]:
        name, start = moves.get(contig, (contig, 0))
        return name, str(int(position) + start)

    def moved_part(part: str) -> str:
        contig, position, *rest = part.split(",")
        return ",".join([*move(contig, position), *rest])

    here, mate = row["ref_name"], row["next_ref_name"]
    row["next_ref_name"], row["next_ref_pos"] = move(
        here if mate == "=" else mate, row["next_ref_pos"]
    )
    row["ref_name"], row["ref_pos"] = move(here, row["ref_pos"])
    tags = []
    for tag in row["tags"]:
        if tag.startswith("SA:Z:"):
            parts = [moved_part(part) for part in tag[5:].split(";") if part]
            tags.append("SA:Z:" + "".join(f"{part};" for part in parts))
        elif not tag.startswith(("jI:", "jM:")):
            tags.append(tag)
    row["tags"] = tags
    return row


def unaligned(files: Sequence[Files], out: Path) -> Path:
    """Reads as an unaligned BAM."""
    header = pysam.AlignmentHeader.from_dict({"HD": {"VN": "1.6", "SO": "queryname"}})
    with pysam.AlignmentFile(str(out), "wb", header=header) as target:
        for lane in files:
            with pysam.FastxFile(str(lane.fastq_1)) as first:
                second = pysam.FastxFile(str(lane.fastq_2)) if lane.fastq_2 else None
                for read in first:
                    mates = [read] if second is None else [read, next(second)]
                    for number, mate in enumerate(mates):
                        record = pysam.AlignedSegment(header)
                        record.query_name = mate.name
                        record.flag = 4 if second is None else 77 + 64 * number
                        record.query_sequence = mate.sequence
                        record.query_qualities_str = mate.quality
                        target.write(record)
    return out

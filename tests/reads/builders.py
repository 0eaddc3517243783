"""Small samples made by hand: reads cut from the starter's transcripts, so that counts are visible.

A read is cut from a *template* (a fused transcript as text) at a stated offset, without errors
unless the test puts one in.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import numpy as np
from tests.builders import starter_panel

from nutfusion.model.lane import Lane
from nutfusion.model.terms import Strand
from nutfusion.reads import read_junctions
from nutfusion.reads.assign import Assigner
from nutfusion.reads.joints import Map
from nutfusion.reads.kept import CODES, KeptReads, Ragged, Texts
from nutfusion.reads.kernels import scan
from nutfusion.reads.placement import place_reads
from nutfusion.reads.source import FastqSource
from nutfusion.reads.strangers import Strangers
from nutfusion.reads.table import KmerTable, kmer_table
from nutfusion.reads.tally import Tally
from nutfusion.reads.targets import make_targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nutfusion.model.evidence import JunctionSupport, ReadQc
    from nutfusion.model.panel import Panel, Transcript

_COMPLEMENT: Final = str.maketrans("ACGTNacgtn.", "TGCANtgcan.")


def reverse_complement(sequence: str) -> str:
    """The other strand."""
    return sequence[::-1].translate(_COMPLEMENT)


def random_bases(length: int, seed: int) -> str:
    """Made-up sequence, always the same for a seed."""
    return "".join(random.Random(seed).choices("ACGT", k=length))


def mutated(sequence: str, share: float, seed: int = 1) -> str:
    """The sequence with a share of its bases replaced by other ones, evenly strewn."""
    rng = random.Random(seed)
    every = round(1 / share)
    return "".join(
        rng.choice([other for other in "ACGT" if other != base]) if at % every == 0 else base
        for at, base in enumerate(sequence, start=every // 2)
    )


def with_error(sequence: str, at: int) -> str:
    """The sequence with one other base at an index."""
    return sequence[:at] + reverse_complement(sequence[at]) + sequence[at + 1 :]


@cache
def mane(symbol: str) -> Transcript:
    """The MANE Select transcript of a gene of the starter."""
    found = starter_panel().mane(symbol)
    assert found is not None
    return found


@cache
def bases(symbol: str) -> str:
    """The sequence of a gene's MANE transcript."""
    sequence = mane(symbol).sequence
    assert sequence is not None
    return sequence


def _transcript_index(symbol: str, residue: int) -> int:
    """0-based index of a GRCh38 residue in a gene's MANE sequence."""
    found = mane(symbol).transcript_position(residue)
    assert found is not None
    return found - 1


@cache
def exon_start(symbol: str, number: int) -> int:
    """0-based index of an exon's first base in the MANE sequence."""
    exon = mane(symbol).exons[number - 1]
    plus = mane(symbol).strand is Strand.PLUS
    return _transcript_index(symbol, exon.start if plus else exon.end)


@cache
def exon_end(symbol: str, number: int) -> int:
    """0-based index after an exon's last base in the MANE sequence."""
    exon = mane(symbol).exons[number - 1]
    plus = mane(symbol).strand is Strand.PLUS
    return _transcript_index(symbol, exon.end if plus else exon.start) + 1


def up_to(symbol: str, exon: int) -> str:
    """A transcript from its first base to an exon's end."""
    return bases(symbol)[: exon_end(symbol, exon)]


def starting_at(symbol: str, exon: int) -> str:
    """A transcript from an exon's first base to its end."""
    return bases(symbol)[exon_start(symbol, exon) :]


def residues(five: tuple[str, int], three: tuple[str, int]) -> tuple[int, int]:
    """GRCh38 residues of an exon's last base and of another exon's first base."""
    before = mane(five[0]).genomic_position(exon_end(*five))
    after = mane(three[0]).genomic_position(exon_start(*three) + 1)
    assert before is not None
    assert after is not None
    return before, after


def misfit(donor_gene: str, donor: int, length: int, acceptor: int = 3) -> str:
    """Bases that fit neither what follows the donor exon nor what precedes the NUTM1 exon."""
    after, before = exon_end(donor_gene, donor), exon_start("NUTM1", acceptor) - length
    pairs = zip(
        bases(donor_gene)[after : after + length],
        bases("NUTM1")[before : before + length],
        strict=True,
    )
    return "".join(next(base for base in "CATG" if base not in pair) for pair in pairs)


@dataclass(frozen=True)
class Template:
    """Two sequences joined, with bases between them if any."""

    five: str
    three: str
    linker: str = ""

    @property
    def text(self) -> str:
        """All bases, in the sense of the transcript."""
        return self.five + self.linker + self.three

    @property
    def joint(self) -> int:
        """Bases before the joint (and before the linker)."""
        return len(self.five)


def fusion(five: tuple[str, int] = ("BRD4", 11), three: tuple[str, int] = ("NUTM1", 3)) -> Template:
    """An exon's end joined to an exon's start; by default the canonical BRD4::NUTM1."""
    return Template(up_to(*five), starting_at(*three))


@dataclass(frozen=True)
class Fragment:
    """One sequenced molecule, as the sequencer wrote its mates down."""

    name: str
    mate_1: str
    mate_2: str | None = None
    umi: str | None = None


def single(name: str, template: Template, before: int, length: int = 60) -> Fragment:
    """A single read with ``before`` bases left of the joint."""
    start = template.joint - before
    return Fragment(name, template.text[start : start + length])


def pair(
    name: str,
    template: Template,
    start: int,
    insert: int,
    length: int = 60,
    *,
    flipped: bool = False,
) -> Fragment:
    """A pair whose insert begins ``start`` bases from the joint (negative: left of it).

    Mate 1 is in the sense of the transcript, or mate 2 when ``flipped``.
    """
    low = template.joint + start
    whole = template.text[low : low + insert]
    left, right = whole[:length], reverse_complement(whole[-length:])
    return Fragment(name, right, left) if flipped else Fragment(name, left, right)


def tiled(template: Template, count: int = 8, length: int = 60, label: str = "t") -> list[Fragment]:
    """Single reads across the joint, three bases apart, both sides at least 15."""
    return [single(f"{label}{i}", template, 18 + 3 * i, length) for i in range(count)]


def fastq(reads: Iterable[tuple[str, str]]) -> str:
    """FASTQ text with one good quality for every base."""
    return "".join(f"@{name}\n{read}\n+\n{'I' * len(read)}\n" for name, read in reads)


def write_lane(folder: Path, fragments: Sequence[Fragment], label: str = "a") -> Lane:
    """Write fragments as one lane: pairs if the first one is a pair, with a UMI file if it has."""
    mate_1 = folder / f"{label}_1.fq"
    mate_1.write_text(fastq((f.name, f.mate_1) for f in fragments))
    mate_2 = umi = None
    if fragments and fragments[0].mate_2 is not None:
        mate_2 = folder / f"{label}_2.fq"
        mate_2.write_text(fastq((f.name, f.mate_2 or "") for f in fragments))
    if fragments and fragments[0].umi is not None:
        umi = folder / f"{label}_umi.fq"
        umi.write_text(fastq((f.name, f.umi or "") for f in fragments))
    return Lane(mate_1, mate_2, umi)


def look(
    fragments: Sequence[Fragment], panel: Panel | None = None
) -> tuple[tuple[JunctionSupport, ...], ReadQc]:
    """Junctions and quality figures of a sample: a lane of pairs and a lane of single reads."""
    paired = [f for f in fragments if f.mate_2 is not None]
    alone = [f for f in fragments if f.mate_2 is None]
    with TemporaryDirectory() as folder:
        lanes = [
            write_lane(Path(folder), group, label)
            for label, group in (("pairs", paired), ("alone", alone))
            if group or not fragments
        ]
        junctions, qc, _ = read_junctions(lanes, panel or starter_panel())
    return junctions, qc


def only(fragments: Sequence[Fragment], panel: Panel | None = None) -> JunctionSupport:
    """The one junction of a sample."""
    junctions, qc = look(fragments, panel)
    assert len(junctions) == 1, (junctions, qc.unassigned)
    return junctions[0]


def sides(found: JunctionSupport) -> tuple[int | None, int | None]:
    """GRCh38 residues of both sides of a junction."""
    five, three = found.junction.five_prime, found.junction.three_prime
    return (five.position if five else None, three.position if three else None)


def names(found: JunctionSupport) -> tuple[str | None, str | None]:
    """Symbols of both genes."""
    five, three = found.five_prime_gene, found.three_prime_gene
    return (five.symbol if five else None, three.symbol if three else None)


def count(found: JunctionSupport) -> tuple[int, int]:
    """Distinct split fragments and distinct pairs."""
    return found.split_reads, found.discordant_pairs


def codes(sequence: str) -> np.ndarray:
    """Bases as the engine's codes."""
    return CODES[np.frombuffer(sequence.encode("ascii"), np.uint8)]


def _ragged(strings: Sequence[bytes]) -> Ragged:
    offsets = np.zeros(len(strings) + 1, np.int64)
    np.cumsum([len(s) for s in strings], out=offsets[1:])
    return Ragged(np.frombuffer(b"".join(strings), np.uint8).copy(), offsets)


def kept(fragments: Sequence[Fragment]) -> KeptReads:
    """Fragments as if the sieve had kept them all."""
    return KeptReads(
        _ragged([f.name.encode() for f in fragments]),
        _ragged([codes(f.mate_1).tobytes() for f in fragments]),
        _ragged([codes(f.mate_2 or "").tobytes() for f in fragments]),
        _ragged([(f.umi or "").encode() for f in fragments]),
    )


@cache
def starter_map() -> Map:
    """Look-ups of the starter panel."""
    return Map(make_targets(starter_panel()))


@cache
def starter_table() -> KmerTable:
    """The sieve of the starter panel."""
    return kmer_table(starter_panel())


def assigner(fragments: Sequence[Fragment], umis: Sequence[str] = ()) -> Assigner:
    """Fragments placed on the starter panel."""
    placements = place_reads(kept(fragments), starter_map().targets)
    tally = Tally(starter_panel(), starter_map().targets)
    tally.add(placements)
    umis = list(umis) or [""] * len(fragments)
    names = Texts(kept(fragments).names)
    return Assigner(placements, starter_map(), names, umis, tally, Strangers(starter_map()))


def with_sequence(symbol: str, sequence: str, accession: str = "ENST00000000001.1") -> Panel:
    """The starter with a made-up transcript (no exons) of a gene that has no sequence in it."""
    panel = starter_panel()
    extra = replace(
        mane("BRD4"),
        accession=accession,
        gene=symbol,
        is_mane=False,
        synonyms=(),
        exons=(),
        sequence=sequence,
        blocks=(),
        cds_start=None,
        cds_end=None,
    )
    return replace(panel, transcripts={**panel.transcripts, accession: extra})


Record = tuple[str, str, str]
"""Name (with whatever follows it in its line), bases, qualities."""


def read_back(path: Path) -> tuple[list[tuple[str, str]], dict[str, int]]:
    """Records (header line, bases) of a file and its statistics, as the engine sees them."""
    source = FastqSource(path, starter_table())
    found = []
    for block in source.blocks():
        text = block.buffer.tobytes()
        for at, seq, length in zip(
            block.starts.tolist(),
            block.seq_starts.tolist(),
            block.seq_lengths.tolist(),
            strict=True,
        ):
            header = text[at + 1 : seq].split(b"\n")[0].rstrip(b"\r")
            found.append((header.decode(), text[seq : seq + length].decode()))
        source.give_back(block)
    source.close()
    assert source.records == len(found)
    slots = ("BASES", "SHORTEST", "LONGEST", "SAMPLED_BASES", "QUALITY_SUM", "N_COUNT")
    return found, {slot.lower(): int(source.stats[getattr(scan, slot)]) for slot in slots}

"""Reads for the benchmarks: millions of pairs, written once and kept in ``benchmarks/work``."""

from __future__ import annotations

import json
import queue
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from tests.simulation import real_data, transcripts

from nutfusion.reference import load_panel
from nutfusion.simulation import fastq
from nutfusion.simulation.fragments import FragmentLengths, concatenate, wild_type
from nutfusion.simulation.qualities import BINNED, FULL, QualityModel
from nutfusion.simulation.reads import ReadProfile, cut
from nutfusion.simulation.templates import Templates, random_sequences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORK: Final = Path(__file__).resolve().parents[1] / "work"
CHUNK: Final = 100_000
READ_LENGTH: Final = 100
ON_TARGET: Final = 0.002
FUSED_SHARE: Final = 0.75
QUALITY_MODELS: Final[dict[str, QualityModel]] = {"binned": BINNED, "full": FULL}
_FORMAT: Final = 2
"""Raised when the same arguments would give other files."""


@dataclass(frozen=True)
class Dataset:
    """A pair of FASTQ files.

    Attributes:
        fastq_1: gzip -6, one stream.
        fastq_2: gzip -6, one stream.
        pairs: Read pairs.
        background: What the background was cut from.
        qualities: Quality model.
        read_length: nt.
    """

    fastq_1: Path
    fastq_2: Path
    pairs: int
    background: str
    qualities: str
    read_length: int

    @property
    def megabytes(self) -> float:
        """Size of both files, in 10^6 bytes."""
        return (self.fastq_1.stat().st_size + self.fastq_2.stat().st_size) / 1e6


@dataclass(frozen=True)
class _Pool:
    """What fragments are cut from: background first, then the two targets."""

    templates: Templates
    weights: np.ndarray[tuple[int], np.dtype[np.float64]]
    description: str


def _pool(rng: np.random.Generator) -> _Pool:
    panel = load_panel()
    if real_data.is_available():
        nutm1 = transcripts.load("NUTM1", panel)
        brd4 = transcripts.load("BRD4", panel)
        wild, fused = nutm1.sequence, brd4.up_to_exon(11) + nutm1.from_exon(3)
        background = transcripts.background()
        description = f"{len(background):,} real transcripts"
    else:
        wild = _packaged("NUTM1")
        fused = _packaged("BRD4")[:2442] + wild[482:]
        background = random_sequences(5_000, rng)
        description = "5,000 random transcripts (the real-data folder is absent)"
    weights = rng.lognormal(0.0, 1.5, len(background))
    # Longer transcripts give more fragments.
    weights *= np.array([len(sequence) for sequence in background.values()])
    targets = np.array([FUSED_SHARE, 1.0 - FUSED_SHARE]) * ON_TARGET
    shares = np.concatenate([weights / weights.sum() * (1.0 - ON_TARGET), targets])
    return _Pool(Templates.of(background | {"fused": fused, "wild": wild}), shares, description)


def _packaged(gene: str) -> str:
    mane = load_panel().mane(gene)
    if mane is None or mane.sequence is None:
        raise LookupError(f"the packaged panel has no sequence of {gene}")
    return mane.sequence


def _chunks(
    pool: _Pool, pairs: int, read_length: int, model: QualityModel, rng: np.random.Generator
) -> Iterator[tuple[bytes, bytes]]:
    profile = ReadProfile(read_length, error_rate=0.003, qualities=model)
    lengths = FragmentLengths(220, 60)
    for first in range(0, pairs, CHUNK):
        count = min(CHUNK, pairs - first)
        drawn = rng.multinomial(count, pool.weights)
        numbers = {name: int(n) for name, n in zip(pool.templates.names, drawn, strict=True) if n}
        fragments = concatenate([wild_type(pool.templates, numbers, lengths, rng)])
        fragments = fragments.take(rng.permutation(len(fragments)))
        mate_1, mate_2 = cut(pool.templates, fragments, profile, rng)
        names = fastq.names(first, count)
        yield (
            fastq.format_records(names, mate_1, " 1:N:0:ACGTACGT"),
            fastq.format_records(names, mate_2, " 2:N:0:ACGTACGT"),
        )


def _drain(chunks: queue.Queue[bytes | None], target: Path) -> None:
    fastq.write(target, iter(chunks.get, None), "gz")


def _write_both(chunks: Iterator[tuple[bytes, bytes]], targets: tuple[Path, Path]) -> None:
    """Compress both mates at once; a queue of two chunks each keeps memory flat."""
    queues: tuple[queue.Queue[bytes | None], ...] = (queue.Queue(2), queue.Queue(2))
    with ThreadPoolExecutor(2) as writers:
        jobs = [writers.submit(_drain, *pair) for pair in zip(queues, targets, strict=True)]
        for texts in chunks:
            for mate, text in zip(queues, texts, strict=True):
                mate.put(text)
        for mate in queues:
            mate.put(None)
        for job in jobs:
            job.result()


def dataset(
    pairs: int,
    qualities: str = "binned",
    say: Callable[[str], None] = lambda _: None,
    read_length: int = READ_LENGTH,
) -> Dataset:
    """The reads, made when they are not there yet.

    Args:
        pairs: Read pairs.
        qualities: A key of ``QUALITY_MODELS``.
        read_length: nt.
        say: Told what is going on.
    """
    rng = np.random.default_rng([pairs, _FORMAT])
    source = "real" if real_data.is_available() else "random"
    length = "" if read_length == READ_LENGTH else f"_{read_length}nt"
    folder = WORK / f"{pairs}_{qualities}_{source}{length}_v{_FORMAT}"
    facts = folder / "facts.json"
    targets = (folder / "reads_R1.fastq.gz", folder / "reads_R2.fastq.gz")
    if not facts.exists():
        say(f"making {pairs:,} pairs in {folder.relative_to(WORK.parents[1])}")
        folder.mkdir(parents=True, exist_ok=True)
        pool = _pool(rng)
        chunks = _chunks(pool, pairs, read_length, QUALITY_MODELS[qualities], rng)
        _write_both(chunks, targets)
        facts.write_text(json.dumps({"background": pool.description}))
    background = str(json.loads(facts.read_text())["background"])
    return Dataset(*targets, pairs, background, qualities, read_length)

"""Other programs on the same reads, with their time and memory.

Only what is installed is run; what is not is *not measured*. All see the same samples, made from
the panel and the first few hundred background transcripts, on a made-up genome of just these
(``peer_genome``).
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from nutfusion.model.panel import NUTM1
from nutfusion.validation.document import PeerRow
from nutfusion.validation.peer_genome import (
    peer_genes,
    write_annotation,
    write_genome,
    write_transcripts,
)
from nutfusion.validation.peer_programs import (
    Arriba,
    Found,
    Nutfusion,
    Pizzly,
    Reference,
    Star,
)
from nutfusion.validation.peer_targeted import Fuzzion2, GeneFuse
from nutfusion.validation.samples import Maker
from nutfusion.validation.shares import share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.validation.materials import Materials
    from nutfusion.validation.measured import Run
    from nutfusion.validation.planned import Planned
    from nutfusion.validation.run import Bench

BACKGROUND: Final = 300
"""Background transcripts that the samples and the genome have."""
POSITIVES: Final = 16
NEGATIVES: Final = 16
PROGRAMS: Final[tuple[type[Nutfusion | Star | Arriba | Pizzly | Fuzzion2 | GeneFuse], ...]] = (
    Nutfusion,
    Star,
    Arriba,
    Pizzly,
    Fuzzion2,
    GeneFuse,
)
"""In the order of the report."""
_LENGTH: Final = 100
_NEGATIVE_STRATA: Final = ("wild_type", "testis", "paralogue")


@dataclass(frozen=True)
class PeerSample:
    """A sample for all programs.

    Attributes:
        planned: What is in it.
        reads: R1 and R2.
    """

    planned: Planned
    reads: tuple[Path, Path]


@dataclass
class _Tally:
    """What one program did over all samples."""

    runs: list[Run] = field(default_factory=list)
    right: int = 0
    named: int = 0
    positives: int = 0
    wrong: int = 0
    negatives: int = 0


class Peer(Protocol):
    """A program that finds fusions."""

    name: ClassVar[str]
    """As it stands in the report."""
    needs: ClassVar[tuple[str, ...]]
    """Commands that it is made of."""
    settings: ClassVar[tuple[str, ...]]
    """Environment variables without which it cannot run."""

    def version(self) -> str | None:
        """As it says itself; ``None`` when it does not."""

    def prepare(self) -> None:
        """Make its index; not part of its time."""

    def find(self, sample: PeerSample, folder: Path) -> tuple[list[Run], list[Found]]:
        """What it finds in a sample, and what that cost."""


def chosen(bench: Bench) -> list[Planned]:
    """Samples for the programs: catalogued joints with 5 fragments or more, and negatives.

    All of fresh libraries and of 100 nt, UMIs in no file of their own.
    """
    plan = [one for one in bench.plan() if one.umi != "file"]
    positives = [
        one
        for one in plan
        if one.stratum == "catalogued" and one.read_length == _LENGTH and (one.fragments or 0) >= 5
    ]
    step = max(1, len(positives) // POSITIVES)
    negatives = [
        one
        for stratum in _NEGATIVE_STRATA
        for one in [p for p in plan if p.stratum == stratum][: NEGATIVES // 3 + 1]
    ]
    picked = [*positives[::step][:POSITIVES], *negatives[:NEGATIVES]]
    return [
        one.model_copy(update={"library": "fresh", "read_length": _LENGTH, "umi": "none"})
        for one in picked
    ]


def compare_peers(bench: Bench) -> tuple[PeerRow, ...]:
    """Run nutfusion and every other program that is installed on the same reads."""
    few = dict(itertools.islice(sorted(bench.materials.background.items()), BACKGROUND))
    materials = dataclasses.replace(bench.materials, background=few)
    maker = Maker(materials, bench.design.fraction_wild_type)
    with tempfile.TemporaryDirectory(prefix="nutfusion-peers-") as name:
        folder = Path(name)
        samples = [_sample(maker, planned, folder) for planned in chosen(bench)]
        reference = _reference(materials, bench, folder)
        rows = []
        for program in PROGRAMS:
            why = _why_not(program)
            if why is not None:
                rows.append(PeerRow(program=program.name, version=None, measured=False, why=why))
                continue
            work = folder / program.name.partition(" ")[0]
            work.mkdir()
            rows.append(_measured(program(reference, work), samples))
    return tuple(rows)


def _why_not(program: type[Peer]) -> str | None:
    """Why a program cannot be run here; ``None`` when it can."""
    lacking = [needed for needed in program.needs if shutil.which(needed) is None]
    if lacking:
        return f"{', '.join(lacking)} not installed"
    unset = [name for name in program.settings if not os.environ.get(name)]
    return f"{', '.join(unset)} not set; see docs/validation.md" if unset else None


def _sample(maker: Maker, planned: Planned, folder: Path) -> PeerSample:
    made = maker.sample(planned)
    (files,) = made.reads.write(folder / "reads" / planned.id, container="plain")
    if files.fastq_2 is None:
        raise ValueError(f"{planned.id} has no second reads")
    return PeerSample(planned, (files.fastq_1, files.fastq_2))


def _reference(materials: Materials, bench: Bench, folder: Path) -> Reference:
    genes = peer_genes(materials)
    return Reference(
        genes=genes,
        genome=write_genome(genes, folder / "genome.fa"),
        transcripts=write_transcripts(genes, folder / "transcripts.fa"),
        annotation=write_annotation(genes, folder / "genes.gtf"),
        panel=bench.options.panel,
        assay=bench.options.assay,
        python=sys.executable,
        joints=_joints(materials),
    )


def _joints(materials: Materials) -> tuple[Found, ...]:
    """The catalogued joints that samples can be made of."""
    cuts, _ = materials.catalogued
    acceptor = materials.acceptor
    return tuple(Found(cut.gene, cut.at, NUTM1, acceptor.at) for cut in cuts)


def _measured(peer: Peer, samples: Sequence[PeerSample]) -> PeerRow:
    tally = _Tally()
    try:
        peer.prepare()
        for sample in samples:
            with tempfile.TemporaryDirectory(prefix="nutfusion-peer-") as folder:
                runs, found = peer.find(sample, Path(folder))
            tally.runs += runs
            _count(tally, sample.planned, found)
    except (RuntimeError, OSError, ValueError) as error:
        return PeerRow(
            program=peer.name, version=peer.version(), measured=False, why=str(error)[:200]
        )
    return PeerRow(
        program=peer.name,
        version=peer.version(),
        measured=True,
        why=None,
        found=share(tally.right, tally.positives),
        named=share(tally.named, tally.positives),
        false_positives=share(tally.wrong, tally.negatives),
        wall=round(sum(one.wall for one in tally.runs), 1),
        cpu=round(sum(one.cpu for one in tally.runs), 1),
        peak=round(max((one.peak for one in tally.runs), default=0.0), 0),
    )


def _count(tally: _Tally, planned: Planned, found: Sequence[Found]) -> None:
    if not planned.is_positive:
        tally.negatives += 1
        tally.wrong += any(NUTM1 in (one.five, one.three) for one in found)
        return
    tally.positives += 1
    named = [one for one in found if (one.five, one.three) == (planned.gene, NUTM1)]
    tally.named += bool(named)
    tally.right += any(
        (one.five_at, one.three_at) == (planned.five_at, planned.three_at) for one in named
    )

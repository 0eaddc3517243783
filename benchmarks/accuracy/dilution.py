"""Negatives, and fusions diluted to the limit that the negative states.

A negative is wild-type BRD4 alone, as many fragments as chance gives. Its limit is stated; a fusion
of just that fraction is put into a library of the same depth, as many fragments as chance gives
beside wild-type ones as before, and the whole line says whether the profile confirms it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.annotation import annotate
from nutfusion.calls import consolidate
from nutfusion.evidence import Lane, read_sample
from nutfusion.model.terms import MolecularState, Strand
from nutfusion.reference import load_panel
from nutfusion.scoring import load_assay, score
from nutfusion.simulation.fragments import FragmentLengths
from nutfusion.simulation.fusions import FusionSpec, expected_molecules
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import SampleSpec, simulate

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel, Transcript
    from nutfusion.model.scored import SampleScored

ACCEPTOR: Final = 3
WILD_TYPE: Final = "BRD4"
_CONFIRMED: Final = MolecularState.CONFIRMED_BET


@dataclass(frozen=True)
class Library:
    """How a sample is sequenced.

    Attributes:
        name: For the table.
        length: Of a read (nt).
        insert: Mean fragment (nt).
        spread: Standard deviation of it (nt).
        errors: Share of substituted bases.
        single: Only mate 1.
        copies: Of each molecule.
    """

    name: str
    length: int
    insert: float
    spread: float = 50.0
    errors: float = 0.003
    single: bool = False
    copies: int = 1


@dataclass(frozen=True)
class Trial:
    """One negative and one fusion.

    Attributes:
        fragments: Wild-type fragments across the exon's end in the negative.
        limit: What the negative states; ``None``: nothing.
        is_confirmed: The fusion of that fraction reached the profile; ``None`` without a limit.
    """

    fragments: int
    limit: float | None
    is_confirmed: bool | None


@cache
def panel() -> Panel:
    """The packaged panel, read once."""
    return load_panel()


def edge(transcript: Transcript, exon: int, *, end: bool) -> int:
    """Bases of a transcript up to the end of an exon, or before its start."""
    found = transcript.exons[exon - 1]
    residue = found.end if end == (transcript.strand is Strand.PLUS) else found.start
    position = transcript.transcript_position(residue)
    if position is None:
        raise LookupError(f"{transcript.accession} has no exon {exon} in its sequence")
    return position if end else position - 1


@cache
def parts(exon: int) -> tuple[str, str, str]:
    """Wild-type BRD4, its part up to an exon's end, NUTM1 from the catalogued acceptor on."""
    brd4, nutm1 = panel().mane("BRD4"), panel().mane("NUTM1")
    if brd4 is None or nutm1 is None or brd4.sequence is None or nutm1.sequence is None:
        raise LookupError("the packaged panel has no sequence of BRD4 or NUTM1")
    return (
        brd4.sequence,
        brd4.sequence[: edge(brd4, exon, end=True)],
        nutm1.sequence[edge(nutm1, ACCEPTOR, end=False) :],
    )


def scored(spec: SampleSpec, sequences: dict[str, str]) -> SampleScored:
    """The verdict on a simulated sample."""
    sample = simulate(spec, sequences)
    with tempfile.TemporaryDirectory() as folder:
        files = sample.write(Path(folder), container="plain")
        lanes = [Lane(lane.fastq_1, lane.fastq_2, lane.umi) for lane in files]
        evidence = read_sample("S1", lanes, panel())
    return score(annotate(consolidate(evidence, panel()), panel()), load_assay(), panel())


def _spec(library: Library, seed: int, **what: object) -> SampleSpec:
    values: dict[str, object] = {
        "seed": seed,
        "profile": ReadProfile(library.length, error_rate=library.errors),
        "fragment_lengths": FragmentLengths(library.insert, library.spread),
        "single_end": library.single,
        "duplicate_rate": 0.5 if library.copies > 1 else 0.0,
    }
    return SampleSpec(**(values | what))  # type: ignore[arg-type]


def trial(library: Library, exon: int, pairs: float, seed: int) -> Trial:
    """Make a negative of about as many wild-type fragments, and the fusion that it should show.

    Args:
        library: Of both.
        exon: Of BRD4 (MANE): the last one that the fusion has.
        pairs: Mean number of wild-type BRD4 fragments.
        seed: Of everything random.
    """
    rng = np.random.default_rng(seed)
    whole, _, _ = parts(exon)
    negative = _spec(library, seed, background={WILD_TYPE: int(rng.poisson(pairs))})
    found = scored(negative, {WILD_TYPE: whole})
    row = next(end for end in found.detectability[0].exon_ends if end.exon == exon)
    fragments = (row.split_reads or 0) + (row.discordant_pairs or 0)
    limit = row.detection_limit
    if limit is None:
        return Trial(fragments, None, None)
    return Trial(fragments, limit, is_confirmed(library, exon, pairs, limit, seed + 1))


def is_confirmed(library: Library, exon: int, pairs: float, fraction: float, seed: int) -> bool:
    """Whether a fusion of some fraction is confirmed in a library of some depth.

    Args:
        library: How it is sequenced.
        exon: Of BRD4 (MANE): the last one that the fusion has.
        pairs: Mean number of wild-type BRD4 fragments, which are in the library too.
        fraction: Fused among all transcripts of BRD4.
        seed: Of everything random.
    """
    return diluted(library, exon, pairs, fraction, seed).molecular_state is _CONFIRMED


def diluted(library: Library, exon: int, pairs: float, fraction: float, seed: int) -> SampleScored:
    """The verdict on such a library."""
    whole, five, three = parts(exon)
    expected = expected_molecules(
        fraction, pairs, len(whole), len(five + three), FragmentLengths(library.insert)
    )
    fusion = FusionSpec("fusion", five, three, expected=expected, copies=library.copies)
    wild_type = {WILD_TYPE: int(np.random.default_rng(seed).poisson(pairs))}
    spec = _spec(library, seed, background=wild_type, fusions=(fusion,))
    return scored(spec, {WILD_TYPE: whole})

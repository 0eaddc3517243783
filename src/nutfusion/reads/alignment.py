"""From BAM, CRAM and SAM files to junctions and quality figures.

Reads are taken out of their alignments, turned back to what the sequencer wrote, and go the same
way as reads from FASTQ. The aligner's opinion decides which reads an indexed file is asked for,
and nothing else.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.errors import AlignmentFileError
from nutfusion.model.evidence import AlignmentQc, InputFile
from nutfusion.reads.across import Across
from nutfusion.reads.alignment_across import PartnerReads
from nutfusion.reads.alignment_file import opened
from nutfusion.reads.alignment_found import Found, new_look
from nutfusion.reads.alignment_loci import look_at_loci
from nutfusion.reads.alignment_look import look_at_all
from nutfusion.reads.alignment_records import NO_QUALITY, Fragment, molecule, molecule_tag
from nutfusion.reads.alignment_words import splice_words
from nutfusion.reads.dna.look import look_for_breaks
from nutfusion.reads.dna.sample import DnaFragments
from nutfusion.reads.engine import look
from nutfusion.reads.kept import KeptReadsBuilder
from nutfusion.reads.kernels import scan as k
from nutfusion.reads.sieve import Sieved
from nutfusion.reads.table import kmer_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nutfusion.model.alignment_file import AlignmentFile
    from nutfusion.model.evidence import JunctionSupport, ReadQc, UmiSource
    from nutfusion.model.panel import Panel
    from nutfusion.model.terms import Assembly
    from nutfusion.reads.alignment_file import Opened
    from nutfusion.reads.alignment_records import Tag
    from nutfusion.reads.dna.sample import DnaBreaks
    from nutfusion.reads.kept import KeptReads
    from nutfusion.reads.sieve import Progress, Take

CONTROL: Final = "BRD4"
"""Gene whose fragments tell RNA from DNA: it is expressed everywhere and has many exons."""

_SOURCES: Final[dict[Tag, UmiSource]] = {"RX": "rx_tag", "MI": "mi_tag"}


def _digest(path: Path) -> str:
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _look(
    file: Opened, found: Found, panel: Panel, progress: Progress | None, share: tuple[float, float]
) -> list[InputFile]:
    """Look at one file; what went in, with digests."""
    if file.index is not None:
        look_at_loci(file, found, panel)
        return [
            InputFile(role=file.kind, sha256=None, records=None),
            InputFile(role="index", sha256=_digest(file.index), records=None),
        ]

    def seen(done: float, fragments: int) -> None:
        if progress:
            progress(share[0] + share[1] * done, fragments)

    with ThreadPoolExecutor(1) as pool:
        digest = pool.submit(_digest, file.file.path)
        look_at_all(file, found, seen)
        return [InputFile(role=file.kind, sha256=digest.result(), records=found.records)]


def _kept(found: Found) -> tuple[KeptReads, UmiSource | None]:
    """Fragments ordered by name, pairs first: the order of the file does not show."""
    builder = KeptReadsBuilder()
    ordered = sorted(found.fragments.items())
    tag = molecule_tag([fragment.tags for _, fragment in ordered])
    for wanted in (2, 1):
        group = [(name, f) for name, f in ordered if sum(map(bool, f.mates)) == wanted]
        if group:
            _add(builder, found, group, tag, paired=wanted == 2)
    return builder.done(), _SOURCES[tag] if tag else None


def _add(
    builder: KeptReadsBuilder,
    found: Found,
    group: Sequence[tuple[str, Fragment]],
    tag: Tag | None,
    *,
    paired: bool,
) -> None:
    """Hand fragments with as many mates each to the builder, as blocks of FASTQ."""
    reads = [[(name, *mate) for mate in fragment.mates if mate] for name, fragment in group]
    blocks = [
        found.words.block([_with_quality(*fragment[mate]) for fragment in reads])
        for mate in range(2 if paired else 1)
    ]
    at = np.arange(len(group), dtype=np.int32)
    umi = None
    if tag is not None:
        tags = [(name, molecule(fragment.tags, tag)) for name, fragment in group]
        umi = found.words.block([_with_quality(name, value, "") for name, value in tags])
    builder.add(blocks[0], at, blocks[1] if paired else None, at, umi, at)


def _with_quality(name: str, bases: str, quality: str) -> tuple[str, str, str]:
    return name, bases, quality or NO_QUALITY * len(bases)


def sieve_alignments(
    files: Sequence[AlignmentFile],
    panel: Panel,
    *,
    take: Take,
    dna: DnaFragments,
    threads: int = 1,
    progress: Progress | None = None,
) -> Sieved:
    """Find the fragments of a sample that share sequence with NUTM1.

    Args:
        files: Of one sample, each read once.
        panel: Says what to look for, and where it lies in an indexed file.
        take: Given the kept fragments.
        dna: Given the fragments that may show a break of DNA.
        threads: For decompression; the result does not depend on it.
        progress: Called with the share of the input read and the fragments so far.

    Raises:
        AlignmentFileError: A file cannot be used, or is given twice.
    """
    table = kmer_table(panel)
    across = Across(panel, table)
    splices = splice_words(panel, CONTROL)
    inputs: list[InputFile] = []
    assemblies: set[Assembly | None] = set()
    looks: set[str] = set()
    found = new_look(table, CONTROL, splices)
    origin: dict[str, Path] = {}
    for i, file in enumerate(files):
        here = new_look(table, CONTROL, splices, lambda words: PartnerReads(across, words))
        with opened(file, threads=threads) as one:
            inputs += _look(one, here, panel, progress, (i / len(files), 1 / len(files)))
            assemblies.add(one.assembly)
            looks.add("all_reads" if one.index is None else "loci")
            if here.partners:
                here.partners.done(has_twins=here.has_twins)
            dna.take(look_for_breaks(one, here, panel), file)
        for name in here.fragments:
            if origin.setdefault(name, file.path) is not file.path or name in found.fragments:
                raise AlignmentFileError(
                    f"expected every read once, found {name!r} in {origin[name]} as well; give"
                    " each lane once, and not both an alignment and what it was made from",
                    path=file.path,
                )
        found.take(here)
    kept, umi_source = _kept(found)
    take(kept)
    control = found.control_names() if found.control and splices else None
    whole = looks <= {"all_reads"}
    stats = found.words.stats.copy()
    stats[k.SAMPLED_BASES], stats[k.QUALITY_SUM], stats[k.N_COUNT] = found.measured()
    return Sieved(
        kept=KeptReadsBuilder().done(),
        fragments_kept=len(kept),
        fragments=found.examined if whole and not found.has_twins else None,
        reads=found.words.reads,
        stats=stats,
        counts=found.counts(table),
        exon_ends=None if dna.molecule == "dna" else across.done(),
        inputs=tuple(inputs),
        umi_source=umi_source,
        alignment=AlignmentQc(
            look="all_reads" if whole else "loci",
            fragments_examined=found.examined,
            unmapped_reads=found.unmapped,
            assembly=assemblies.pop() if len(assemblies) == 1 else None,
            control_fragments=None if control is None else len(control),
            control_spliced=(
                None if control is None else sum(name in found.spliced for name in control)
            ),
            molecule=dna.molecule,
        ),
    )


def read_alignments(
    files: Sequence[AlignmentFile],
    panel: Panel,
    *,
    threads: int = 1,
    progress: Progress | None = None,
) -> tuple[tuple[JunctionSupport, ...], ReadQc, tuple[InputFile, ...], DnaBreaks]:
    """Look for NUTM1 joined to anything, in alignment files; otherwise as ``read_junctions``.

    Returns:
        As ``read_junctions``, and breaks of DNA.

    Raises:
        AlignmentFileError: A file cannot be used, is given twice, or one is of DNA and another of
            RNA.
    """
    dna = DnaFragments()
    junctions, qc, inputs = look(
        lambda take: sieve_alignments(
            files, panel, take=take, dna=dna, threads=threads, progress=progress
        ),
        panel,
    )
    breaks = dna.breaks()
    if qc.molecule == "dna":
        # every exon goes on in an intron, which a look at transcripts takes for something unknown
        of_dna = {"single_fragment_chimeras": breaks.too_few, "unassigned": ()}
        qc = qc.model_copy(update=of_dna)
    return junctions, qc, inputs, breaks

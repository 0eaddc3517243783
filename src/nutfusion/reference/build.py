"""Make a panel from what a user has: a genome with its annotation, or transcript sequences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nutfusion import __version__
from nutfusion.errors import InputError
from nutfusion.reference.decoys import read_decoys
from nutfusion.reference.from_genome import harvest_genome
from nutfusion.reference.from_records import Attacher
from nutfusion.reference.harvest import Harvest
from nutfusion.reference.opening import input_digest
from nutfusion.reference.records import RecordReader
from nutfusion.reference.shipped import Shipped
from nutfusion.reference.write import check_target, render_panel, write_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nutfusion.model.panel import Panel, Transcript
    from nutfusion.reference.name_map import Declarations


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Where a built panel goes and what it keeps.

    Attributes:
        out: Panel directory to be made.
        name: The panel's name; ``None`` for the directory's.
        with_starter: Keep starter sequences that the input does not provide. The starter's genes,
            exons and domains are always kept.
        force: Replace a panel that is there.
        decoys: FASTA files whose records become decoys.
    """

    out: Path
    name: str | None = None
    with_starter: bool = True
    force: bool = False
    decoys: tuple[Path, ...] = ()


def build_from_genome(genome: Path, annotation: Path, options: BuildOptions) -> Panel:
    """Make a panel from a genome and its annotation.

    Args:
        genome: FASTA of GRCh38 or GRCh37, or of a part; plain, gzip or bgzip.
        annotation: GTF of Ensembl or GENCODE on the same assembly.
        options: Where it goes and what it keeps.

    Returns:
        The panel that was written.

    Raises:
        InputError: A file cannot be read or is not what it should be; the target exists.
        ReferenceDataError: The files contradict the shipped coordinates, or each other.
    """
    check_target(options.out, force=options.force)
    shipped = Shipped.load()
    harvest, records = harvest_genome(genome, annotation, shipped)
    Attacher(shipped, harvest).add_all(records)
    inputs = [("genome", genome), ("annotation", annotation)]
    return write_harvest(harvest, shipped, options, "build", _inputs(inputs))


def build_from_transcripts(
    transcripts: Sequence[Path], declared: Declarations, options: BuildOptions
) -> Panel:
    """Make a panel from transcript sequences.

    Args:
        transcripts: FASTA files; plain, gzip or bgzip.
        declared: What the user says about records.
        options: Where it goes and what it keeps.

    Returns:
        The panel that was written.

    Raises:
        InputError: A file cannot be read or holds no transcript of the panel; the target exists.
        ReferenceDataError: A record of a shipped transcript is not that transcript.
    """
    check_target(options.out, force=options.force)
    shipped = Shipped.load()
    harvest = Harvest()
    records = RecordReader(shipped, declared, harvest.notes).read(transcripts)
    if not records:
        raise InputError(
            "expected transcripts of panel genes by accession.version, found none"
            + (f" ({harvest.notes[0]})" if harvest.notes else ""),
            path=transcripts[0] if transcripts else None,
        )
    Attacher(shipped, harvest).add_all(records)
    return write_harvest(
        harvest, shipped, options, "build", _inputs([("transcripts", p) for p in transcripts])
    )


def write_harvest(
    harvest: Harvest,
    shipped: Shipped,
    options: BuildOptions,
    command: str,
    inputs: Sequence[dict[str, str]],
) -> Panel:
    """Join a harvest with the starter and write the panel.

    Args:
        harvest: Checked transcripts and decoys.
        shipped: The starter.
        options: Where it goes and what it keeps.
        command: ``build`` or ``fetch``, for the manifest.
        inputs: What the sequences come from, for the manifest.

    Returns:
        The panel as read back from the new directory.

    Raises:
        InputError: The target cannot be written, or a file of decoys cannot be read.
    """
    for decoy in read_decoys(options.decoys):
        harvest.decoys[decoy.name] = decoy
    source = {
        "made_by": f"nutfusion reference {command}",
        "nutfusion": __version__,
        "inputs": [*inputs, *_inputs([("decoys", path) for path in options.decoys])],
        "starter": {
            "digest": shipped.panel.digest,
            "sequences_kept": options.with_starter,
        },
        **harvest.facts,
        "warnings": harvest.warnings,
        "notes": harvest.notes,
    }
    files = render_panel(
        name=options.name or options.out.name,
        source=source,
        genes=shipped.panel.genes.values(),
        transcripts=_joined(harvest, shipped, with_starter=options.with_starter),
        decoys=list(harvest.decoys.values()),
        domains=shipped.panel.domains,
    )
    return write_files(files, options.out, force=options.force)


def _joined(harvest: Harvest, shipped: Shipped, *, with_starter: bool) -> list[Transcript]:
    """Panel order of genes; MANE first, then shipped ones, then the others by accession."""
    joined: list[Transcript] = []
    for symbol in shipped.panel.genes:
        own = {a: t for a, t in harvest.transcripts.items() if t.gene == symbol}
        of_gene: list[Transcript] = []
        for transcript in shipped.panel.of_gene(symbol):
            if transcript.accession in own:
                of_gene.append(own.pop(transcript.accession))
            elif with_starter or transcript.sequence is None:
                of_gene.append(transcript)
            elif transcript.is_mane:
                of_gene.append(_without_sequence(transcript))
        of_gene.extend(own[accession] for accession in sorted(own))
        joined.extend(sorted(of_gene, key=lambda transcript: not transcript.is_mane))
    return joined


def _without_sequence(transcript: Transcript) -> Transcript:
    return replace(
        transcript,
        sequence=None,
        refget=None,
        cds_start=None,
        cds_end=None,
        blocks=(),
        is_prefix=False,
        is_cds=False,
        sequence_of=None,
    )


def _inputs(paths: Sequence[tuple[str, Path]]) -> list[dict[str, str]]:
    return [{"role": role, "name": path.name, "sha256": input_digest(path)} for role, path in paths]

"""Make a panel from a public sequence service: a few hundred kilobytes, checked like a build."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError, ReferenceDataError
from nutfusion.model.panel import NUTM1
from nutfusion.reference.build import write_harvest
from nutfusion.reference.decoys import intron_decoys
from nutfusion.reference.digest import refget
from nutfusion.reference.ensembl import Fetched
from nutfusion.reference.exons import introns
from nutfusion.reference.from_records import Attacher
from nutfusion.reference.genome import Genome
from nutfusion.reference.harvest import Harvest
from nutfusion.reference.records import SequenceRecord
from nutfusion.reference.shipped import Shipped
from nutfusion.reference.verify import USUAL_SPLICE_SITES, splice_sites
from nutfusion.reference.write import check_target

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutfusion.model.panel import Panel, Transcript
    from nutfusion.reference.build import BuildOptions
    from nutfusion.reference.ensembl import SequenceService

ISOFORMS: Final = {
    "ENST00000333756.5": NUTM1,  # legacy NM_175741, 1132 residues
    "ENST00000438749.7": NUTM1,
    "ENST00000263377.6": "BRD4",  # NM_058243
    "ENST00000371835.8": "BRD4",  # short isoform, 722 residues
    "ENST00000360016.9": "BRD4",
    "ENST00000316985.7": "NSD3",  # short isoform, from memory: kept only when it matches NSD3
}
"""Coding transcripts besides MANE Select, by accession; the service may serve a later version."""

_LOCUS_MARGIN: Final = 100
"""Bases around NUTM1, so that isoforms with longer ends are inside (chosen by us)."""


@dataclass(frozen=True, slots=True)
class PartialStore:
    """Sequences that have arrived, kept beside the target until the panel is written.

    Attributes:
        directory: Made when the first sequence arrives.
    """

    directory: Path

    def get(self, query: str) -> Fetched | None:
        """Return what was kept for a query; ``None`` when nothing whole was."""
        try:
            kept = json.loads(self._path(query).read_bytes())
            fetched = Fetched(name=kept["name"], sequence=kept["sequence"], url=kept["url"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return fetched if kept.get("refget") == refget(fetched.sequence) else None

    def put(self, query: str, fetched: Fetched) -> None:
        """Keep a sequence.

        Raises:
            InputError: The place cannot be written.
        """
        content = {
            "name": fetched.name,
            "sequence": fetched.sequence,
            "url": fetched.url,
            "refget": refget(fetched.sequence),
        }
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self.directory)
            with os.fdopen(descriptor, "w", encoding="ascii") as handle:
                json.dump(content, handle)
            Path(name).replace(self._path(query))
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", path=self.directory) from error

    def remove(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.directory, ignore_errors=True)

    def _path(self, query: str) -> Path:
        return self.directory / f"{query.replace(':', '_')}.json"


def fetch_panel(
    service: SequenceService, options: BuildOptions, progress: Callable[[str], None]
) -> Panel:
    """Make a panel from the sequences of a service.

    Args:
        service: Where sequences come from.
        options: Where the panel goes and what it keeps.
        progress: Called with ``7/50 ENST…`` before each sequence.

    Returns:
        The panel that was written. Sequences that the starter has in the version asked for are
        not asked for again.

    Raises:
        ServiceError: The service cannot be reached or keeps failing; what arrived is kept in
            ``<out>.partial`` and not asked for again by the next call.
        ReferenceDataError: A sequence contradicts the shipped coordinates; what arrived is thrown
            away.
        InputError: The target exists, cannot be written, or the service has none of the sequences.
    """
    check_target(options.out, force=options.force)
    shipped = Shipped.load()
    store = PartialStore(options.out.with_name(f"{options.out.name}.partial"))
    harvest = Harvest()
    wanted = _wanted(shipped)
    records = []
    for number, (accession, gene) in enumerate(wanted.items(), start=1):
        progress(f"{number}/{len(wanted) + 1} {accession}")
        fetched = _kept_or_asked(store, accession, partial(service.transcript, accession))
        if fetched is None:
            harvest.notes.append(f"{accession} ({gene}): the service does not have it")
        else:
            records.append(_record(fetched, gene))
    progress(f"{len(wanted) + 1}/{len(wanted) + 1} {NUTM1} locus")
    if not records:
        raise InputError("the service has none of the panel's transcripts; check --base-url")
    try:
        _add_locus(service, store, shipped, harvest)
        Attacher(shipped, harvest).add_all(records)
        _leave_out_strangers(harvest)
    except ReferenceDataError:
        store.remove()
        raise
    inputs = [
        {
            "role": "transcript",
            "name": r.accession,
            "url": str(r.path),
            "refget": refget(r.sequence),
        }
        for r in records
    ]
    panel = write_harvest(harvest, shipped, options, "fetch", inputs)
    store.remove()
    return panel


def _wanted(shipped: Shipped) -> dict[str, str]:
    """Accession.version to gene: MANE transcripts in panel order, then other isoforms."""
    mane = {t.accession: t.gene for t in shipped.panel.transcripts.values() if t.is_mane}
    return {
        accession: gene
        for accession, gene in {**mane, **ISOFORMS}.items()
        if not _has_sequence(shipped.panel.transcripts.get(accession))
    }


def _has_sequence(transcript: Transcript | None) -> bool:
    return transcript is not None and transcript.sequence is not None


def _kept_or_asked(
    store: PartialStore, query: str, ask: Callable[[], Fetched | None]
) -> Fetched | None:
    kept = store.get(query)
    if kept is not None:
        return kept
    fetched = ask()
    if fetched is not None:
        store.put(query, fetched)
    return fetched


def _record(fetched: Fetched, gene: str) -> SequenceRecord:
    return SequenceRecord(
        name=fetched.name,
        accession=fetched.name,
        gene=gene,
        sequence=fetched.sequence,
        cds=None,
        is_prefix=False,
        is_cds=False,
        path=fetched.url,
        line=None,
    )


def _leave_out_strangers(harvest: Harvest) -> None:
    """Drop isoforms that match nothing of their gene: their accession may be wrong."""
    for accession, transcript in list(harvest.transcripts.items()):
        if not transcript.is_mane and not transcript.blocks:
            del harvest.transcripts[accession]
            harvest.notes.append(f"{accession} ({transcript.gene}): left out, it has no position")


def _add_locus(
    service: SequenceService, store: PartialStore, shipped: Shipped, harvest: Harvest
) -> None:
    """Make intron decoys from NUTM1's genomic sequence, when its exons and introns are right."""
    mane = shipped.panel.mane(NUTM1)
    if mane is None or mane.contig is None or mane.strand is None or mane.sequence is None:
        return
    contig = mane.contig
    start, end = mane.exons[0].start - _LOCUS_MARGIN, mane.exons[-1].end + _LOCUS_MARGIN
    fetched = _kept_or_asked(
        store, f"{contig}:{start}-{end}", partial(service.region, contig, start, end)
    )
    if fetched is None:
        harvest.notes.append(f"{contig}:{start}-{end} ({NUTM1}): the service does not have it")
        return
    genome = Genome(Path(fetched.name), pieces={contig: [(start, fetched.sequence)]})
    for exon, block in zip(mane.exons, mane.blocks, strict=True):
        if (
            genome.bases(contig, exon.start, exon.end)
            != (mane.sequence[block.transcript_start - 1 : block.transcript_end])
        ):
            raise ReferenceDataError(
                f"{NUTM1} {mane.accession} exon {exon.number}: expected its bases at "
                f"{contig}:{exon.start}-{exon.end} on GRCh38, found others; is the service on "
                "another assembly?",
                path=fetched.url,
            )
    for number, site in enumerate(
        splice_sites(genome, contig, mane.strand, introns(mane.exons)), start=1
    ):
        if site not in USUAL_SPLICE_SITES:
            raise ReferenceDataError(
                f"{NUTM1} {mane.accession} intron {number}: expected one of "
                f"{', '.join(USUAL_SPLICE_SITES)} at its ends, found {site}",
                path=fetched.url,
            )
    exons = [(e.start, e.end) for t in shipped.panel.of_gene(NUTM1) for e in t.exons]
    for decoy in intron_decoys(genome, contig, exons):
        harvest.decoys[decoy.name] = decoy

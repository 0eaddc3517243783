"""What a panel holds, what it lacks, and what that means for a sample."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from nutfusion.model.panel import NUTM1
from nutfusion.reference.shipped import DECOY_GENES

if TYPE_CHECKING:
    from nutfusion.model.panel import Domain, Panel, Transcript


@dataclass(frozen=True, slots=True)
class ShownSequence:
    """A sequence of a gene.

    Attributes:
        accession: accession.version.
        sequence_of: The accession.version that the sequence has in its source; ``None`` when it
            is ``accession``.
        refget: GA4GH refget digest.
        bases: Length.
        placed: Bases with a position on GRCh38.
        extent: ``whole``, ``prefix`` or ``coding prefix``.
    """

    accession: str
    sequence_of: str | None
    refget: str
    bases: int
    placed: int
    extent: str


@dataclass(frozen=True, slots=True)
class ShownGene:
    """A gene of a panel.

    Attributes:
        symbol: HGNC symbol.
        hgnc_id: ``HGNC:<n>``.
        mane: accession.version of the MANE Select transcript; ``None`` without exons.
        exons_grch38: Exons of the MANE transcript.
        exons_grch37: Those with a position on GRCh37.
        cds_checked: The coding part gives the published protein length.
        sequences: In panel order.
        decoys: Decoys made of this gene.
        domains_verified: Domain names with verified residues.
        domains_unverified: Domain names with residues that nobody verified.
        meaning: One sentence.
    """

    symbol: str
    hgnc_id: str
    mane: str | None
    exons_grch38: int
    exons_grch37: int
    cds_checked: bool
    sequences: tuple[ShownSequence, ...]
    decoys: int
    domains_verified: tuple[str, ...]
    domains_unverified: tuple[str, ...]
    meaning: str


def shown_genes(panel: Panel) -> tuple[ShownGene, ...]:
    """Describe every gene of a panel, in panel order."""
    return tuple(_gene(panel, symbol) for symbol in panel.genes)


def as_json(panel: Panel) -> dict[str, object]:
    """Describe a panel as JSON-able data: name, digest, manifest source, decoys, genes."""
    return {
        "name": panel.name,
        "digest": panel.digest,
        "source": panel.manifest.get("source"),
        "decoys": [
            {"name": decoy.name, "gene": decoy.gene, "bases": len(decoy.sequence)}
            for decoy in panel.decoys
        ],
        "genes": [asdict(gene) for gene in shown_genes(panel)],
    }


def as_text(panel: Panel) -> str:
    """Describe a panel for people: a paragraph per gene, then the decoys and the notes."""
    lines = [f"panel {panel.name}, digest {panel.digest}", headline(panel)]
    for gene in shown_genes(panel):
        lines += ["", f"{gene.symbol} ({gene.hgnc_id}): {gene.meaning}", *_details(gene)]
    lines += [f"warning: {warning}" for warning in warnings(panel)]
    notes = _source(panel).get("notes")
    if isinstance(notes, list) and notes:
        lines += ["", "noted when the panel was made:", *(f"  {note}" for note in notes)]
    return "\n".join(lines) + "\n"


def headline(panel: Panel) -> str:
    """Say in one line what a panel has, the assembly it was built from, and how many notes."""
    with_sequence = sum(panel.has_sequence(symbol) for symbol in panel.genes)
    parts = [
        f"{len(panel.genes)} genes, {with_sequence} of them with a sequence",
        f"{len(panel.decoys)} decoys",
    ]
    assembly = _source(panel).get("assembly")
    if isinstance(assembly, dict):
        parts.append(
            f"built from {assembly['name']} ({assembly['shipped_introns_found']} of "
            f"{assembly['shipped_introns']} shipped introns found)"
        )
    notes = _source(panel).get("notes")
    if isinstance(notes, list) and notes:
        parts.append(f'{len(notes)} notes, see "nutfusion reference show"')
    return "; ".join(parts)


def warnings(panel: Panel) -> list[str]:
    """Return the warnings of the panel's making, in its order."""
    found = _source(panel).get("warnings")
    return [str(warning) for warning in found] if isinstance(found, list) else []


def _source(panel: Panel) -> dict[str, object]:
    source = panel.manifest.get("source")
    return source if isinstance(source, dict) else {}


def _details(gene: ShownGene) -> list[str]:
    lines = []
    if gene.mane is None:
        lines.append("  exons: none")
    else:
        lift = f"{gene.exons_grch37} on GRCh37" if gene.exons_grch37 else "no lift to GRCh37"
        checked = "" if gene.cds_checked else "; coding part not checked against a publication"
        lines.append(f"  exons: {gene.exons_grch38} of {gene.mane} on GRCh38, {lift}{checked}")
    for sequence in gene.sequences:
        of = f" (the sequence of {sequence.sequence_of})" if sequence.sequence_of else ""
        lines.append(
            f"  sequence: {sequence.accession}{of}, {sequence.extent}, {sequence.bases} nt, "
            f"{sequence.placed} of them placed, {sequence.refget}"
        )
    if gene.decoys:
        lines.append(f"  decoys: {gene.decoys}")
    if gene.domains_verified:
        lines.append(f"  domains, verified: {', '.join(gene.domains_verified)}")
    if gene.domains_unverified:
        lines.append(f"  domains, unverified: {', '.join(gene.domains_unverified)}")
    return lines


def _gene(panel: Panel, symbol: str) -> ShownGene:
    mane = panel.mane(symbol)
    exons = () if mane is None else mane.exons
    domains = [domain for domain in panel.domains if domain.gene == symbol]
    sequences = tuple(shown for shown in map(_sequence, panel.of_gene(symbol)) if shown is not None)
    decoys = sum(decoy.gene == symbol for decoy in panel.decoys)
    return ShownGene(
        symbol=symbol,
        hgnc_id=panel.genes[symbol].hgnc_id,
        mane=None if mane is None else mane.accession,
        exons_grch38=len(exons),
        exons_grch37=sum(exon.start_grch37 is not None for exon in exons),
        cds_checked=mane is not None and mane.cds_checked,
        sequences=sequences,
        decoys=decoys,
        domains_verified=_names(domains, verified=True),
        domains_unverified=_names(domains, verified=False),
        meaning=_meaning(symbol, mane, sequences, decoys),
    )


def _sequence(transcript: Transcript) -> ShownSequence | None:
    if transcript.sequence is None or transcript.refget is None:
        return None
    if transcript.is_prefix:
        extent = "coding prefix" if transcript.is_cds else "prefix"
    else:
        extent = "whole"
    return ShownSequence(
        accession=transcript.accession,
        sequence_of=transcript.sequence_of,
        refget=transcript.refget,
        bases=len(transcript.sequence),
        placed=sum(block.end - block.start + 1 for block in transcript.blocks),
        extent=extent,
    )


def _names(domains: list[Domain], *, verified: bool) -> tuple[str, ...]:
    return tuple(
        f"{domain.name} {domain.aa_start}-{domain.aa_end}"
        for domain in domains
        if domain.verified is verified
    )


def _meaning(
    symbol: str, mane: Transcript | None, sequences: tuple[ShownSequence, ...], decoys: int
) -> str:
    how = 'fetch it with "nutfusion reference fetch", or build the panel from files'
    if symbol in DECOY_GENES:
        if decoys:
            return "decoy: its reads are told from NUTM1's and never make a call."
        return f"decoy without a sequence: the read rules alone keep its reads from NUTM1; {how}."
    if symbol == NUTM1 and not sequences:
        return f"no sequence: no read can be caught; {how}."
    if symbol == NUTM1:
        tail = "its introns are decoys" if decoys else "no intron decoys"
        return f"sequence: reads are caught by it; {tail}."
    if not sequences:
        way = '"nutfusion reference fetch"' if mane is not None else "a panel built from files"
        return (
            "no sequence: a fusion is found as partner unknown, its sequence shown; "
            f"name it with {way}."
        )
    if not any(sequence.placed for sequence in sequences):
        return "sequence without a position: a fusion is named, its junction has no coordinate."
    if all(sequence.extent != "whole" for sequence in sequences):
        return "part of a sequence: a fusion is named when its junction lies in that part."
    if mane is None or not mane.exons:
        return "sequence, no exon table: a fusion is named without exon numbers."
    return "sequence: a fusion is named with its exons."

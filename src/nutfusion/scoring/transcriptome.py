"""Genes of a whole transcriptome that hold the k-mers beside the joints: one pass, little memory.

Nothing is indexed: the few k-mers of a sample's joints are looked for while the file goes by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError
from nutfusion.reference.headers import parse_header
from nutfusion.reference.opening import input_digest, opened
from nutfusion.reference.sequence import reverse_complement
from nutfusion.scoring.mappability import K, KnownSequences, joint_kmers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import numpy as np

    from nutfusion.model.annotated import SampleAnnotated
    from nutfusion.model.panel import Panel

BATCH: Final = 1 << 21
"""Bases that are looked through at once: some 30 MiB of numbers, whatever the file's size."""

_FIRST: Final = 10
"""First bases of a k-mer by which nearly all places are let go at once."""

_HEADERS: Final = (
    "GENCODE (ENST…|ENSG…|…|NUTM1-203|NUTM1|…), Ensembl cDNA (gene_symbol:NUTM1 or gene:ENSG…) or"
    " RefSeq (… (NUTM1), mRNA)"
)


def look_up_joints(annotated: SampleAnnotated, panel: Panel, transcriptome: Path) -> KnownSequences:
    """Genes of a transcriptome that hold k-mers beside a sample's joints.

    Raises:
        InputError: As ``look_through``.
    """
    return look_through(transcriptome, joint_kmers(annotated.fusions), panel)


def look_through(path: Path, wanted: frozenset[str], panel: Panel) -> KnownSequences:
    """Look for k-mers in a transcriptome, on both strands.

    Args:
        path: FASTA of transcripts, plain, gzip or bgzip, whose headers name genes.
        wanted: Canonical k-mers (``mappability.joint_kmers``).
        panel: Knows genes by earlier names and accessions, so that they count as one.

    Raises:
        InputError: The file cannot be read, is not FASTA, or a header names no gene.
    """
    if not wanted:
        return KnownSequences({}, input_digest(path))
    look = _Look(wanted)
    names = _names(panel)
    found: dict[str, set[str]] = {}
    for line, header, kmer in _hits(path, look):
        found.setdefault(kmer, set()).add(_gene(path, line, header, names))
    genes = {kmer: frozenset(names) for kmer, names in found.items()}
    return KnownSequences(genes, input_digest(path))


def check_transcriptome(path: Path) -> None:
    """See that a file is a FASTA of transcripts whose first header names a gene.

    Raises:
        InputError: It is not, or cannot be read.
    """
    with opened(path) as handle:
        first = handle.readline()
    if not first.startswith(b">"):
        found = "an empty file" if not first else repr(first[:40].decode("utf-8", "replace"))
        raise InputError(
            f"expected FASTA, a file that starts with >, found {found}", path=path, line=1
        )
    _check_first(path, first[1:].decode("utf-8", errors="replace").strip())


class _Look:
    """K-mers to look for: places are let go by ten bases as a number, the rest compared."""

    def __init__(self, wanted: frozenset[str]) -> None:
        import numpy as np

        self.canonical = {
            turned: kmer for kmer in wanted for turned in (kmer, reverse_complement(kmer))
        }
        self.codes = np.zeros(256, dtype=np.uint32)
        for code, bases in enumerate(("Aa", "Cc", "Gg", "Tt")):
            for base in bases:
                self.codes[ord(base)] = code
        self.filter = np.zeros(4**_FIRST, dtype=bool)
        for kmer in self.canonical:
            self.filter[self._numbers(kmer[:_FIRST].encode())] = True

    def _numbers(self, bases: bytes) -> np.ndarray:
        """Ten bases from every place on, two bits each; unknown bases count as A."""
        import numpy as np

        one = self.codes[np.frombuffer(bases, dtype=np.uint8)]
        two = (one[:-1] << 2) | one[1:]
        four = (two[:-2] << 4) | two[2:]
        eight = (four[:-4] << 8) | four[4:]
        return (eight[:-2] << 4) | two[8:]

    def places(self, bases: bytes) -> list[tuple[int, str]]:
        """Where wanted k-mers begin (0-based), and which they are in their canonical spelling."""
        import numpy as np

        if len(bases) < K:
            return []
        found = []
        for place in np.flatnonzero(self.filter[self._numbers(bases)]).tolist():
            kmer = self.canonical.get(bases[place : place + K].decode("ascii", "replace").upper())
            if kmer is not None:
                found.append((place, kmer))
        return found


def _hits(path: Path, look: _Look) -> Iterator[tuple[int, str, str]]:
    """Line and text of the header of every record that holds a k-mer, and the k-mer."""
    for records, bases in _batches(path):
        current = 0
        for place, kmer in look.places(bases):
            while current + 1 < len(records) and records[current + 1][0] <= place:
                current += 1
            _, line, header = records[current]
            yield line, header, kmer


_Record = tuple[int, int, str]
"""Where a record's bases begin in a batch (0-based), line and text of its header."""


def _batches(path: Path) -> Iterator[tuple[list[_Record], bytes]]:
    """The file in pieces of ``BATCH`` bases; N divides records, so that no k-mer spans two."""
    records: list[_Record] = []
    parts: list[bytes] = []
    size = 0
    with opened(path) as handle:
        for number, line in enumerate(handle, start=1):
            if line.startswith(b">"):
                header = line[1:].decode("utf-8", errors="replace").strip()
                if number == 1:
                    _check_first(path, header)
                parts.append(b"N")
                size += 1
                records.append((size, number, header))
                continue
            bases = line.strip()
            if not records:
                if bases:
                    raise InputError(
                        "expected FASTA, a file that starts with >", path=path, line=number
                    )
                continue
            parts.append(bases)
            size += len(bases)
            if size >= BATCH:
                whole = b"".join(parts)
                yield records, whole
                # the record goes on: its last bases may begin a k-mer
                start, begun, text = records[-1]
                kept = whole[max(start, len(whole) - K + 1) :]
                records, parts, size = [(0, begun, text)], [kept], len(kept)
    if not records:
        raise InputError("expected FASTA, found an empty file", path=path)
    yield records, b"".join(parts)


def _check_first(path: Path, header: str) -> None:
    if parse_header(header).gene is None:
        _refuse(path, 1, header)


def _refuse(path: Path, line: int, header: str) -> None:
    raise InputError(
        f"expected the gene in the header of each transcript, as {_HEADERS} write it, found"
        f" {header[:80]!r}; give a transcriptome whose headers name genes",
        path=path,
        line=line,
    )


def _gene(path: Path, line: int, header: str, names: Mapping[str, str]) -> str:
    """A record's gene by the panel's own name."""
    said = parse_header(header)
    by_accession = names.get(said.name.split(".")[0])
    if by_accession is not None:
        return by_accession
    if said.gene is None:
        _refuse(path, line, header)
    gene = said.gene or ""
    return names.get(gene, gene)


def _names(panel: Panel) -> dict[str, str]:
    """Earlier names of genes, and accessions of transcripts without version, to symbols."""
    found = {}
    for gene in panel.genes.values():
        for name in (*gene.alias_symbols, *gene.previous_symbols, gene.symbol):
            found[name] = gene.symbol
    for transcript in panel.transcripts.values():
        for accession in (transcript.accession, *transcript.synonyms):
            found[accession.split(".")[0]] = transcript.gene
    return found

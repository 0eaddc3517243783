"""Transcript sequences of panel genes from FASTA files, before they are checked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError
from nutfusion.model.panel import NUTM1
from nutfusion.reference.fasta import fasta_records
from nutfusion.reference.headers import parse_header
from nutfusion.reference.opening import opened
from nutfusion.reference.sequence import clean
from nutfusion.reference.shipped import DECOY_GENES, base_of, is_unversioned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutfusion.reference.headers import Header
    from nutfusion.reference.name_map import Declarations
    from nutfusion.reference.shipped import Shipped

_PREDICTED: Final = ("XM_", "XR_")
"""RefSeq models that no curator has seen."""


@dataclass(frozen=True, slots=True)
class SequenceRecord:
    """A transcript's sequence as a user's file gives it.

    Attributes:
        name: As in the file.
        accession: accession.version.
        gene: Approved symbol.
        sequence: Upper-case A C G T N, in the sense of the transcript.
        cds: 1-based first and last coding base; ``None`` when the file does not say.
        is_prefix: Declared to end before the transcript does.
        is_cds: Declared to start at the first coding base.
        path: The file or address it came from, for messages.
        line: 1-based line of the header; ``None`` when it is not from a FASTA file.
    """

    name: str
    accession: str
    gene: str
    sequence: str
    cds: tuple[int, int] | None
    is_prefix: bool
    is_cds: bool
    path: Path | str
    line: int | None


@dataclass(slots=True)
class RecordReader:
    """Reads FASTA files and keeps the records of panel genes.

    Attributes:
        shipped: Knows the panel's genes and accessions.
        declared: What the user says about records.
        notes: Gets one sentence for each record of a panel gene that is left out.
        used: Record names and accessions of ``declared`` that were found.
    """

    shipped: Shipped
    declared: Declarations
    notes: list[str]
    used: set[str] = field(default_factory=set)

    def read(self, paths: Iterable[Path]) -> list[SequenceRecord]:
        """Read all files.

        Args:
            paths: FASTA files, plain, gzip or bgzip.

        Returns:
            Records of panel genes with an accession and a version, in the order of the files.

        Raises:
            InputError: A file is not FASTA, two records of one accession differ, or a declared
                name is in no file.
        """
        found: dict[str, SequenceRecord] = {}
        for path in paths:
            for record in self._file(path):
                first = found.setdefault(record.accession, record)
                if first.sequence != record.sequence:
                    raise InputError(
                        f"{record.accession}: expected the sequence of {Path(first.path).name}:"
                        f"{first.line}, found another one; give one of the two",
                        path=path,
                        line=record.line,
                    )
        declared = {
            *self.declared.names,
            *self.declared.prefixes,
            *self.declared.cds_prefixes,
        }
        missing = sorted(declared - self.used)
        if missing:
            raise InputError(
                f"declared by --name-map, --prefix or --cds-prefix but in no FASTA file: "
                f"{', '.join(missing)}"
            )
        return list(found.values())

    def _file(self, path: Path) -> Iterator[SequenceRecord]:
        with opened(path) as handle:
            for line, text, bases in fasta_records(handle, path):
                header = parse_header(text)
                record = self._record(header, path, line)
                if record is None:
                    continue
                sequence = clean(b"".join(bases).decode("ascii", errors="replace"))
                if not sequence:
                    raise InputError(
                        f"{header.name}: expected bases, found none", path=path, line=line
                    )
                yield replace(record, sequence=sequence)

    def _record(self, header: Header, path: Path, line: int) -> SequenceRecord | None:
        naming = self.declared.names.get(header.name)
        if naming is not None:
            self.used.add(header.name)
        accession = header.name if naming is None else naming.accession
        gene = self._gene(header, accession, None if naming is None else naming.gene)
        if gene is None:
            if naming is not None:
                raise InputError(
                    f"{header.name} ({accession}): expected a gene of the panel, found "
                    f"{naming.gene or header.gene or 'none'}; name it in the map's column gene",
                    path=path,
                    line=line,
                )
            return None
        why = self._why_not(header, accession, gene, mapped=naming is not None)
        if why is not None:
            self.notes.append(f"{header.name} ({gene}): left out, {why}")
            return None
        prefix = self._declared(accession, self.declared.prefixes)
        cds = self._declared(accession, self.declared.cds_prefixes)
        return SequenceRecord(
            name=header.name,
            accession=accession,
            gene=gene,
            sequence="",
            cds=header.cds,
            is_prefix=prefix or cds or (naming is not None and naming.is_prefix),
            is_cds=cds or (naming is not None and naming.is_cds),
            path=path,
            line=line,
        )

    def _gene(self, header: Header, accession: str, named: str | None) -> str | None:
        if named is not None:
            return self.shipped.gene(named)
        transcript = self.shipped.transcript(accession)
        if transcript is not None:
            return transcript.gene
        return self.shipped.gene(header.gene, header.hgnc_id)

    def _why_not(self, header: Header, accession: str, gene: str, *, mapped: bool) -> str | None:
        if is_unversioned(accession):
            return "no accession with a version; name it with --name-map"
        if mapped:
            return None
        if accession.startswith(_PREDICTED):
            return "a predicted RefSeq model"
        mane = self.shipped.panel.mane(gene)
        if mane is not None and header.contig not in {None, mane.contig}:
            return f"{gene} lies on {mane.contig}, this copy on {header.contig}"
        if header.biotype in {None, "protein_coding"} or gene in DECOY_GENES:
            return None
        if gene == NUTM1 and header.biotype != "retained_intron":
            return None
        return f"its biotype is {header.biotype}"

    def _declared(self, accession: str, names: frozenset[str]) -> bool:
        hits = names & {accession, base_of(accession)}
        self.used.update(hits)
        return bool(hits)

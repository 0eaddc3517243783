"""Read a panel directory, distrusting every byte of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError, ReferenceDataError
from nutfusion.model.panel import Decoy, Domain, Gene, Panel
from nutfusion.reference import layout
from nutfusion.reference.digest import file_digest, panel_digest, refget
from nutfusion.reference.load_transcripts import read_transcripts
from nutfusion.reference.panel_fasta import read_panel_fasta
from nutfusion.reference.tables import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

STARTER: Final = Path(__file__).parent / "starter"
"""The packaged panel: coordinates of every panel gene, sequences of NUTM1 and BRD4."""


def load_panel(path: Path | None = None) -> Panel:
    """Read and verify a reference panel.

    Args:
        path: A panel directory; ``None`` for the packaged starter.

    Returns:
        The panel. Genes are in the order of ``genes.tsv``; transcripts follow the genes, the
        MANE transcript first within a gene. Positions are 1-based GRCh38 residues.

    Raises:
        InputError: There is no such directory.
        ReferenceDataError: A file is missing, does not parse, contradicts another one, or is not
            the one that the manifest describes. The message names file and line.
    """
    directory = STARTER if path is None else path
    manifest = _read_manifest(directory)
    contents = {name: _read(directory / name) for name in layout.DATA_FILES}
    genes = _genes(directory, contents)
    transcripts = read_transcripts(directory, contents, genes)
    decoys = _decoys(directory, contents, genes)
    domains = _domains(directory, contents, genes)
    # NB: digests come last, so that a damaged line is named before the whole file is blamed.
    digests = {name: file_digest(content) for name, content in contents.items()}
    _check_digests(directory, manifest, digests)
    return Panel(
        name=str(manifest["name"]),
        digest=panel_digest(digests),
        genes=genes,
        transcripts=transcripts,
        decoys=decoys,
        domains=domains,
        manifest=manifest,
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReferenceDataError(
            f"cannot be read ({error.strerror}); the panel is not complete, make it again",
            path=path,
        ) from error


def _read_manifest(directory: Path) -> dict[str, object]:
    path = directory / layout.MANIFEST
    if not directory.exists() and directory != STARTER:
        raise InputError(
            "expected a panel directory, found no such folder; make one with "
            '"nutfusion reference build" or leave --panel out to use the packaged starter',
            path=directory,
        )
    if not path.is_file():
        raise ReferenceDataError(
            f"not a panel: there is no {layout.MANIFEST}; make one with "
            '"nutfusion reference build" or leave --panel out to use the packaged starter',
            path=directory,
        )
    try:
        manifest = json.loads(_read(path))
    except json.JSONDecodeError as error:
        raise ReferenceDataError(
            f"expected JSON: {error.msg}", path=path, line=error.lineno
        ) from error
    except UnicodeDecodeError as error:
        raise ReferenceDataError(f"expected UTF-8 text: {error}", path=path) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets
        raise ReferenceDataError("expected JSON of a panel, found something else", path=path) from (
            error
        )
    if not isinstance(manifest, dict) or manifest.get("tag") != layout.TAG:
        raise ReferenceDataError(f'expected "tag": "{layout.TAG}"', path=path)
    version = manifest.get("format_version")
    if not isinstance(version, list) or len(version) != 2 or version[0] != layout.FORMAT_VERSION[0]:
        raise ReferenceDataError(
            f"expected format version {layout.FORMAT_VERSION[0]}.x, found {version!r}; "
            "make the panel again with this nutfusion",
            path=path,
        )
    for key, kind in (("name", str), ("files", dict)):
        if not isinstance(manifest.get(key), kind):
            raise ReferenceDataError(f"expected a {kind.__name__} under {key!r}", path=path)
    return manifest


def _check_digests(
    directory: Path, manifest: Mapping[str, object], digests: Mapping[str, str]
) -> None:
    expected = manifest["files"]
    if not isinstance(expected, dict):  # _read_manifest has looked; this is for the types
        raise TypeError(expected)
    for name, digest in digests.items():
        if expected.get(name) != digest:
            raise ReferenceDataError(
                f"expected sha256 {expected.get(name)}, found {digest}: the file is not the one "
                f"{layout.MANIFEST} describes; make the panel again rather than editing it",
                path=directory / name,
            )


def _genes(directory: Path, contents: Mapping[str, bytes]) -> dict[str, Gene]:
    genes: dict[str, Gene] = {}
    for row in read_rows(layout.GENES, directory / layout.GENES, contents[layout.GENES]):
        symbol = row.text("symbol")
        if symbol in genes:
            raise row.error(f"expected each gene once, found {symbol} again")
        genes[symbol] = Gene(
            symbol=symbol,
            hgnc_id=row.text("hgnc_id"),
            name=row.text("name"),
            previous_symbols=row.listed("previous_symbols"),
            alias_symbols=row.listed("alias_symbols"),
        )
    return genes


def _decoys(
    directory: Path, contents: Mapping[str, bytes], genes: Mapping[str, Gene]
) -> tuple[Decoy, ...]:
    name = layout.DECOY_SEQUENCES
    decoys = []
    for record in read_panel_fasta(directory / name, contents[name]):
        gene = record.fields.get("gene")
        if gene is not None and gene not in genes:
            raise record.error(f"expected a gene of {layout.GENES}, found {gene}")
        if record.fields.get("refget") != refget(record.sequence):
            raise record.error(
                f"expected refget {record.fields.get('refget')}, found {refget(record.sequence)}"
            )
        decoys.append(Decoy(name=record.name, gene=gene, sequence=record.sequence))
    return tuple(decoys)


def _domains(
    directory: Path, contents: Mapping[str, bytes], genes: Mapping[str, Gene]
) -> tuple[Domain, ...]:
    domains = []
    for row in read_rows(layout.DOMAINS, directory / layout.DOMAINS, contents[layout.DOMAINS]):
        domain = Domain(
            gene=row.text("gene"),
            name=row.text("name"),
            aa_start=row.integer("aa_start"),
            aa_end=row.integer("aa_end"),
            verified=row.flag("verified"),
            source=row.text("source"),
        )
        if domain.gene not in genes:
            raise row.error(f"expected a gene of {layout.GENES}, found {domain.gene}")
        if not 1 <= domain.aa_start <= domain.aa_end:
            raise row.error(
                f"expected 1 <= aa_start <= aa_end, found {domain.aa_start} and {domain.aa_end}"
            )
        domains.append(domain)
    return tuple(domains)

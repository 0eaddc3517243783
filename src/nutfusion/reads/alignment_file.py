"""Opening BAM, CRAM and SAM files: what they are, what they lie on, and what is wrong with them."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import pysam

from nutfusion.errors import AlignmentFileError
from nutfusion.reads.alignment_contigs import assembly_of, expected_lengths
from nutfusion.reads.alignment_index import fits
from nutfusion.reads.cram_index import fits_cram

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nutfusion.model.alignment_file import AlignmentFile
    from nutfusion.model.terms import Assembly

Kind = Literal["bam", "cram", "sam"]

_INDEXES: Final[dict[Kind, tuple[str, ...]]] = {
    "bam": (".bai", ".csi"),
    "cram": (".crai",),
    "sam": (),
}
"""What the index of each kind is called, after the file's name or instead of its last suffix."""

LARGEST_HEADER: Final = 1 << 27
"""Bytes of a BAM's header (chosen by us); a genome of a million contigs has some 50 MB."""

_SORTED: Final = "coordinate"


@dataclass(frozen=True, slots=True)
class Opened:
    """An alignment file that can be read.

    Attributes:
        file: What was given.
        kind: Found from the file's content.
        index: The index that is used; ``None`` when all of the file has to be read.
        assembly: By the lengths of its contigs; ``None`` when they tell none that we know.
        handle: Open; at the first record.
        again: Opens it once more.
    """

    file: AlignmentFile
    kind: Kind
    index: Path | None
    assembly: Assembly | None
    handle: pysam.AlignmentFile
    again: Callable[[], pysam.AlignmentFile]

    def errors(self, error: Exception) -> AlignmentFileError:
        """What an exception of the library means to the user."""
        path = self.file.path
        if self.kind == "cram":
            return _cram_error(self.file, error)
        if self.index is not None:
            return _bad_index(self.file, self.index, error)
        return AlignmentFileError(
            f"expected whole {self.kind.upper()} records to its end, found '{error}'; the file is"
            f" cut short or damaged: copy it again ('samtools quickcheck -v {path}' checks it)",
            path=path,
        )


def _cram_error(file: AlignmentFile, error: Exception) -> AlignmentFileError:
    if file.reference is None:
        return AlignmentFileError(
            f"expected the FASTA file that this CRAM was written with, found none ('{error}'); name"
            " it with --reference-fasta FILE, or make a BAM where it is: 'samtools view -b -T"
            f" genome.fa -o reads.bam {file.path}'",
            path=file.path,
        )
    return AlignmentFileError(
        f"expected a whole CRAM written with {file.reference}, found '{error}'; the FASTA is"
        f" another one, or the file is cut short ('samtools view -H {file.path}' prints the MD5 of"
        " the contigs it needs, 'samtools quickcheck -v' whether its end is there)",
        path=file.path,
    )


def _index_beside(path: Path, kind: Kind) -> Path | None:
    for suffix in _INDEXES[kind]:
        for candidate in (Path(f"{path}{suffix}"), path.with_suffix(suffix)):
            if candidate.is_file():
                return candidate
    return None


def has_index(path: Path) -> bool:
    """Whether an index of any kind is beside a file."""
    return any(_index_beside(path, kind) for kind in _INDEXES)


def _wrong_format(file: AlignmentFile, found: str) -> AlignmentFileError:
    return AlignmentFileError(
        f"expected BAM, CRAM or SAM, found {found}; give FASTQ with --fastq R1 R2", path=file.path
    )


def _kind(file: AlignmentFile) -> Kind:
    """BAM, CRAM or SAM, by the first bytes.

    Raises:
        AlignmentFileError: It cannot be read, is a pipe, or is something else.
    """
    path = file.path
    try:
        if path.exists() and not path.is_file():
            raise AlignmentFileError(
                "expected a file, found a folder or a pipe; alignments are read twice, so save"
                " them to a file first",
                path=path,
            )
        with path.open("rb") as raw:
            head = raw.read(4)
        if head.startswith(b"\x1f\x8b"):
            with pysam.BGZFile(str(path), "rb", None) as blocks:  # plain gzip too
                inner = blocks.read(8)
            if inner[:4] == b"BAM\x01":
                _refuse_large_header(file, int.from_bytes(inner[4:], "little"))
                return "bam"
            raise _wrong_format(file, "gzip of something else")
    except AlignmentFileError:
        raise
    except OSError as error:
        what = error.strerror or str(error)
        raise AlignmentFileError(f"cannot be read: {what}", path=path) from error
    if head == b"CRAM":
        return "cram"
    if head[:1] == b"@" and head[3:4] == b"\t":
        return "sam"
    raise _wrong_format(file, "an empty file" if not head else repr(head.decode("latin-1")))


def _refuse_large_header(file: AlignmentFile, length: int) -> None:
    """Refuse a BAM whose header would fill the memory: text of zeros compresses a thousandfold."""
    if length > LARGEST_HEADER:
        raise AlignmentFileError(
            f"expected a header of at most {LARGEST_HEADER} bytes, found one of {length}; it is"
            " damaged: copy the file again",
            path=file.path,
        )


def _refuse_missing(file: AlignmentFile) -> None:
    for what, path in (("index", file.index), ("reference FASTA", file.reference)):
        if path is not None and not path.is_file():
            raise AlignmentFileError(f"the {what} {path} is not there", path=file.path)
    if file.reference is not None and not Path(f"{file.reference}.fai").is_file():
        raise AlignmentFileError(
            f"expected an index beside the reference FASTA {file.reference}, found none; make it"
            f" with 'samtools faidx {file.reference}'",
            path=file.path,
        )


@contextmanager
def opened(file: AlignmentFile, *, threads: int = 1) -> Iterator[Opened]:
    """Open an alignment file and find out what can be done with it.

    Args:
        file: What the user gave.
        threads: For decompression.

    Raises:
        AlignmentFileError: It is missing, no alignment file, cut short, or indexed on an assembly
            we have no coordinates on. Without an index coordinates are not needed, and any
            assembly will do.
    """
    kind = _kind(file)
    _refuse_missing(file)
    # NB: without this, htslib asks a public server for the reference of a CRAM.
    os.environ.setdefault("REF_PATH", os.devnull)
    pysam.set_verbosity(0)
    index = file.index or _index_beside(file.path, kind)
    again = partial(_open, file, kind, index, threads)
    try:
        handle = again()
    except (OSError, ValueError) as error:
        raise _not_opened(file, kind, index, error) from error
    try:
        if not handle.nreferences or _sort_order(handle) not in ("", _SORTED):
            index = None  # nothing to find by coordinate
        elif index is not None and not handle.has_index():
            raise _bad_index(file, index, "no entries")
        elif index is not None:
            is_its_own = _is_its_own(file, kind, index)
            if is_its_own is False:
                raise _bad_index(file, index, "damage, or places of other reads")
            index = index if is_its_own else None
        lengths = _contigs(file, handle)
        assembly = assembly_of(lengths)
        if index is not None and assembly is None:
            raise AlignmentFileError(
                f"expected an alignment on GRCh38 or GRCh37 ({expected_lengths()}), found"
                f" {_shown_contigs(lengths)}; the loci cannot be looked up. Give the reads instead:"
                f" 'samtools collate -Ou {file.path} | samtools fastq -1 R1.fq.gz -2 R2.fq.gz"
                " -s single.fq.gz -0 other.fq.gz -', then --fastq R1.fq.gz R2.fq.gz",
                path=file.path,
            )
        yield Opened(file, kind, index, assembly, handle, again)
    finally:
        with suppress(OSError):  # damaged data were reported where they were read
            handle.close()


def every_record(handle: pysam.AlignmentFile) -> Iterator[pysam.AlignedSegment]:
    """The records that follow, in the order of the file, also of a SAM or CRAM without contigs."""
    return handle.fetch(until_eof=True)


def _open(file: AlignmentFile, kind: Kind, index: Path | None, threads: int) -> pysam.AlignmentFile:
    return pysam.AlignmentFile(
        str(file.path),
        "r" if kind == "sam" else f"r{kind[0]}",
        check_sq=False,
        index_filename=str(index) if index else None,
        reference_filename=str(file.reference) if file.reference else None,
        threads=threads,
    )


def _is_its_own(file: AlignmentFile, kind: Kind, index: Path) -> bool | None:
    """Whether an index is whole and that of the file; ``None`` when nothing tells."""
    if kind == "cram":
        return fits_cram(index, file.path)
    once_more = _open(file, "bam", None, 1)
    try:
        return fits(index, once_more, file.path.stat().st_size)
    finally:
        with suppress(OSError):  # what was wrong with a place is said again at the end
            once_more.close()


def _bad_index(file: AlignmentFile, index: Path, found: object) -> AlignmentFileError:
    return AlignmentFileError(
        f"expected to find the loci with the index {index}, found '{found}'; make it again with"
        f" 'samtools index {file.path}'",
        path=file.path,
    )


def _not_opened(
    file: AlignmentFile, kind: Kind, index: Path | None, error: Exception
) -> AlignmentFileError:
    """Whether it is the index or the file that cannot be opened."""
    if index is not None:
        with suppress(OSError, ValueError), _open(file, kind, None, 1):
            return _bad_index(file, index, error)
    return AlignmentFileError(
        f"expected a whole {kind.upper()} file, found '{error}'; it is cut short or damaged: copy"
        f" it again ('samtools quickcheck -v {file.path}' checks it)",
        path=file.path,
    )


def _sort_order(handle: pysam.AlignmentFile) -> str:
    """What the header says; another word when it is no UTF-8, so that all of the file is read."""
    try:
        first, _, _ = str(handle.header).partition("\n")
    except UnicodeDecodeError:  # a comment in another encoding
        return "unreadable"
    fields = first.split("\t")
    return next((f[3:] for f in fields if fields[0] == "@HD" and f.startswith("SO:")), "")


def _contigs(file: AlignmentFile, handle: pysam.AlignmentFile) -> dict[str, int]:
    """Length of every contig by its name."""
    try:
        return dict(zip(handle.references, handle.lengths, strict=True))
    except UnicodeDecodeError as error:
        raise AlignmentFileError(
            "expected names of contigs in ASCII, found other bytes; the header is damaged: copy the"
            " file again",
            path=file.path,
        ) from error


def _shown_contigs(lengths: dict[str, int]) -> str:
    """The contig that NUTM1 should be on, or the first contigs."""
    from nutfusion.reads.alignment_contigs import NUTM1_CONTIG, OTHERS, plain_name

    for name, length in lengths.items():
        if plain_name(name) == NUTM1_CONTIG:
            known = OTHERS.get(length)
            return f"{name} of {length} bases" + (f" ({known})" if known else "")
    first = ", ".join(list(lengths)[:3])
    return f"no contig chr15 or 15 ({len(lengths)} contigs: {first}{', ...' * (len(lengths) > 3)})"

"""Addresses of a store: what a sheet may name instead of a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.model.base import Record

if TYPE_CHECKING:
    from collections.abc import Callable

    Asked = Callable[["Address"], bool]
    """Whether a store holds an object, or a folder of objects; raises ``StoreError``."""

ANY_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
"""How a cell begins that names no file of this machine."""

_BUCKET: Final = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
"""Amazon S3, "General purpose bucket naming rules". No ``@`` or ``:``: no password fits in."""
_PART: Final = r"(?!\.{1,2}(?:/|$))[^/?#{}]+"
"""A part of a key. Snakemake's plugin would follow ``..`` and ``//``, cut at ``?`` and ``#``, and
ask for another object than the one named; braces are Snakemake's wildcards."""
_S3: Final = re.compile(rf"s3://{_BUCKET}(?:/{_PART})+")

_INDEXES: Final = {
    ".bam": (".bam.bai", ".bai", ".bam.csi", ".csi"),
    ".cram": (".cram.crai", ".crai"),
    ".fa": (".fa.fai", ".fa.gzi"),
    ".fasta": (".fasta.fai", ".fasta.gzi"),
    ".fna": (".fna.fai", ".fna.gzi"),
    ".fa.gz": (".fa.gz.fai", ".fa.gz.gzi"),
    ".fasta.gz": (".fasta.gz.fai", ".fasta.gz.gzi"),
    ".fna.gz": (".fna.gz.fai", ".fna.gz.gzi"),
}
"""What may lie beside an object, in the place of the end of its name."""


class StoreError(Exception):
    """A store did not answer the question; the text says why, without any credential."""


class Address(Record):
    """An object in a store, or a folder of objects.

    Attributes:
        uri: ``s3://BUCKET/KEY``, as the sheet has it; no credential is in it.
    """

    uri: str

    def __str__(self) -> str:
        """Return the address."""
        return self.uri

    @property
    def indexes(self) -> tuple[Address, ...]:
        """What a reader of alignments would look for beside it; none beside other files."""
        for end, others in _INDEXES.items():
            if self.uri.endswith(end):
                stem = self.uri.removesuffix(end)
                return tuple(Address(uri=f"{stem}{other}") for other in others)
        return ()


def address_in(value: str) -> Address | None:
    """The address that a cell holds; ``None`` when it is none that can be fetched."""
    return Address(uri=value) if _S3.fullmatch(value) else None

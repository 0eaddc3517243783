"""Open plain, gzip and bgzip files alike, and say so when one ends early."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import zlib
from typing import IO, TYPE_CHECKING, Final

from nutfusion.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GZIP_MAGIC: Final = b"\x1f\x8b"


@contextlib.contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading bytes, decompressing it when it is gzip or bgzip.

    Raises:
        InputError: The file cannot be read, or its compressed data are damaged or end early;
            also when that shows only while the caller reads.
    """
    from isal import igzip
    from isal.igzip_lib import IsalError

    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP_MAGIC
            raw.seek(0)
            if not packed:
                yield raw
                return
            with igzip.open(raw, "rb") as unpacked:  # type: ignore[no-untyped-call]
                yield unpacked
    except EOFError as error:
        raise InputError(
            "the compressed data end early: the file is truncated; copy or download it again",
            path=path,
        ) from error
    except (gzip.BadGzipFile, IsalError, zlib.error) as error:  # type: ignore[misc]
        raise InputError(
            f"the compressed data are damaged ({error}); copy or download it again", path=path
        ) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=path) from error


def input_digest(path: Path) -> str:
    """Return the sha256 of a file as it is on disk, hexadecimal.

    Raises:
        InputError: The file cannot be read.
    """
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error

"""Compiled code is kept with a checksum, and one that cannot be kept or read is compiled again.

numba keeps what it compiled as it is. A file that a power failure left empty or a disk gave back
wrong would stop every later sample, or would be run; a full disk would stop this one. Here such a
file is none, and a sample of whose code nothing can be kept goes on.
"""

from __future__ import annotations

import pickle
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numba
from numba.core import caching

from nutfusion.reads.kernels.stamp import is_stamped

_CHECKSUM: Final = 4
"""Bytes of the CRC-32 at the beginning of a file."""
_VERSION: Final = zlib.crc32(numba.__version__.encode())


class CheckedFile(caching.IndexDataCacheFile):
    """The file of a function's signatures (``.nbi``), and one of code for each (``.nbc``)."""

    def save(self, key: Any, data: Any) -> None:
        """Keep compiled code; without a place for it nothing is kept."""
        with suppress(OSError):
            super().save(key, data)  # type: ignore[no-untyped-call]

    def _load_index(self) -> dict[Any, str]:
        found = self._read(self._index_path)
        if found is None:
            return {}
        version, stamp, overloads = found
        is_fresh = (version, stamp) == (self._version, self._source_stamp)
        return overloads if is_fresh else {}

    def _save_index(self, overloads: dict[Any, str]) -> None:
        self._write(self._index_path, (self._version, self._source_stamp, overloads))

    def _load_data(self, name: str) -> Any:
        return self._read(self._data_path(name))  # type: ignore[no-untyped-call]

    def _save_data(self, name: str, data: Any) -> None:
        self._write(self._data_path(name), data)  # type: ignore[no-untyped-call]

    def _read(self, path: str) -> Any:
        """What was kept in a file; ``None`` when it is not there or not as it was written."""
        try:
            content = Path(path).read_bytes()
        except OSError:
            return None
        if content[:_CHECKSUM] != _checksum(content[_CHECKSUM:]):
            return None
        try:
            return pickle.loads(content[_CHECKSUM:])  # noqa: S301 - of the user's own folder
        except (ImportError, AttributeError, pickle.UnpicklingError):
            return None  # another package that it names has changed

    def _write(self, path: str, kept: Any) -> None:
        content = self._dump(kept)  # type: ignore[no-untyped-call]
        with self._open_for_write(path) as file:
            file.write(_checksum(content) + content)


def _checksum(content: bytes) -> bytes:
    """Of what another numba has written it is another: that may hold what this one cannot read."""
    return zlib.crc32(content, _VERSION).to_bytes(_CHECKSUM, "little")


def keep_with_checksums() -> None:
    """Let numba keep the code of this package in checked files; that of others stays as it is.

    NB: this reaches into numba, which promises nothing about it; a numba whose files have other
    parts keeps them in its own way.
    """
    plain = caching.IndexDataCacheFile
    if not all(hasattr(plain, name) for name in ("_load_index", "_load_data", "_open_for_write")):
        return

    def file(cache_path: str, filename_base: str, source_stamp: Any) -> Any:
        kind: Any = CheckedFile if is_stamped(source_stamp) else plain
        return kind(cache_path, filename_base, source_stamp)

    caching.IndexDataCacheFile = file  # type: ignore[misc,assignment]

"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Give a temporary name beside ``target`` that becomes ``target`` when the block ends well.

    The temporary file is empty when the block starts, keeps the target's suffix, is synced to
    disk before it is renamed, and is removed when the block raises. A device such as
    ``/dev/null`` is written to directly.

    Args:
        target: The file to make or replace; missing folders are made.

    Raises:
        IsADirectoryError: ``target`` is a folder.
        OSError: The folder cannot be written to, or the disk is full.
    """
    if target.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(target))
    if target.exists() and not target.is_file():
        yield target
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".part-{secrets.token_hex(6)}-{target.name}")
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        yield temporary
        _sync(temporary)
        temporary.replace(target)
        _sync(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_atomically(target: Path, content: str | bytes) -> None:
    """Write a whole file; text goes out as UTF-8 with the line ends it has.

    Raises:
        OSError: See ``atomic_path``.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with atomic_path(target) as temporary:
        temporary.write_bytes(data)


def _sync(path: Path) -> None:
    """Wait until the file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Folders that are there whole or not at all."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from nutfusion.model.atomic import hold, sync

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_PART: Final = re.compile(r"\.part-[0-9a-f]{12}-(?P<target>.*)", re.DOTALL)
"""Name of a folder that is being made."""


@contextmanager
def atomic_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder beside ``target`` that takes its place when the block ends well.

    Every file in it is on the disk before. When the block raises, the folder is removed and the old
    one is as it was; between two renames there is a moment in which only ``old_name(target)`` is
    there, see ``recover``. What killed runs left of this folder is removed.

    Raises:
        OSError: The place cannot be written to, or the disk is full.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(target)
    fresh = target.with_name(f".part-{secrets.token_hex(6)}-{target.name}")
    fresh.mkdir()
    handle = os.open(fresh, os.O_RDONLY)
    try:
        hold(handle)
        yield fresh
        for path in (*fresh.rglob("*"), fresh):
            sync(path)
        _take_the_place(fresh, target)
        sync(target.parent)
    finally:
        os.close(handle)
        shutil.rmtree(fresh, ignore_errors=True)


def write_into(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that is being made; paths below it, with folders."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def old_name(target: Path) -> Path:
    """Where a folder is while the new one takes its place."""
    return target.with_name(f".old-{target.name}")


def recover(target: Path) -> None:
    """After a run that was killed between two renames: put the old folder back."""
    if not target.exists() and old_name(target).is_dir():
        old_name(target).rename(target)


def _take_the_place(fresh: Path, target: Path) -> None:
    """Rename the new folder to the old one's name; the old one goes last."""
    old = old_name(target)
    if not target.exists():
        fresh.rename(target)
    else:
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            old.rename(target)
            raise
    shutil.rmtree(old, ignore_errors=True)


def _remove_leftovers(target: Path) -> None:
    """Remove what killed processes left: a folder that nobody holds."""
    for entry in target.parent.iterdir():
        match = _PART.fullmatch(entry.name)
        if match is None or match["target"] != target.name or not entry.is_dir():
            continue
        with suppress(OSError):  # gone meanwhile, or in another process's hands
            handle = os.open(entry, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(entry)
            finally:
                os.close(handle)

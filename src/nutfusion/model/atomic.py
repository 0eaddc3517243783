"""Files that are there whole or not at all."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_PART: Final = re.compile(r"\.part-[0-9a-f]{12}-(?P<target>.*)", re.DOTALL)
"""Name of a temporary file; a dot first, so that nobody takes it for a result."""


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Give a temporary name beside ``target`` that becomes ``target`` when the block ends well.

    See ``atomic_paths``.
    """
    with atomic_paths((target,)) as (temporary,):
        yield temporary


@contextmanager
def atomic_paths(
    targets: Sequence[Path], check: Callable[[], None] | None = None, *, mode: int = 0o666
) -> Iterator[tuple[Path, ...]]:
    """Give temporary names beside files of one folder that become them when the block ends well.

    The temporary files are empty when the block starts and keep their target's suffix. At the end
    all are synced to disk, then renamed one right after the other in the order given, while no
    other process renames here: of two runs that end at once, the files are those of one. When the
    block raises they are removed. What a killed process left of these files is removed first. A
    device such as ``/dev/null`` is written to directly.

    Args:
        targets: Files to make or replace; their folder is made when it is missing.
        check: Called right before the renaming, while no other process renames here; what it
            raises leaves everything as it was.
        mode: Permissions from the first byte on; the umask takes some away.

    Raises:
        IsADirectoryError: One of them is a folder.
        OSError: The folder cannot be written to, or the disk is full.
    """
    for target in targets:
        if target.is_dir():
            raise IsADirectoryError(21, os.strerror(21), str(target))
    folder = targets[0].parent
    with ExitStack() as stack:
        temporaries = [
            target
            if target.exists() and not target.is_file()
            else stack.enter_context(_temporary(target, mode))
            for target in targets
        ]
        made = [pair for pair in zip(temporaries, targets, strict=True) if pair[0] != pair[1]]
        with _named_as_the_user_knows_them(made):
            yield tuple(temporaries)
            for temporary, _ in made:
                sync(temporary)
        if made:
            with _alone(folder):
                if check is not None:
                    check()
                for temporary, target in made:
                    temporary.replace(target)
                sync(folder)


def write_atomically(target: Path, content: str | bytes) -> None:
    """Write a whole file; text goes out as UTF-8 with the line ends it has.

    Raises:
        OSError: See ``atomic_paths``.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with atomic_path(target) as temporary:
        temporary.write_bytes(data)


@contextmanager
def _named_as_the_user_knows_them(made: Sequence[tuple[Path, Path]]) -> Iterator[None]:
    """Let an error name the file that was to be made, not the temporary one.

    A disk that is full says no name: it is then that of the file, or of the folder of several.
    """
    try:
        yield
    except OSError as error:
        names = {str(temporary): str(target) for temporary, target in made}
        if isinstance(error.filename, str | bytes):
            name = os.fsdecode(error.filename)
            error.filename = names.get(name, name)
        elif error.filename is None and made and error.errno is not None:
            target = made[0][1]
            error.filename = str(target if len(made) == 1 else target.parent)
            error.strerror = os.strerror(error.errno)  # pyarrow has a sentence of its own
        raise


@contextmanager
def _temporary(target: Path, mode: int) -> Iterator[Path]:
    """A new file beside ``target``, held as long as the block lasts, then removed if it is there.

    The kernel lets go of a killed process's files: one that nobody holds is a leftover.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(target)
    while True:
        temporary = target.with_name(f".part-{secrets.token_hex(6)}-{target.name}")
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        hold(handle)
        if os.fstat(handle).st_nlink:
            break
        os.close(handle)  # another process removed it before it was held: once more
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
        os.close(handle)


def _remove_leftovers(target: Path) -> None:
    """Remove what killed processes left of one file."""
    for entry in target.parent.iterdir():
        match = _PART.fullmatch(entry.name)
        if match is None or match["target"] != target.name:
            continue
        with suppress(OSError):  # gone meanwhile, or in another process's hands
            handle = os.open(entry, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                entry.unlink()
            finally:
                os.close(handle)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process renames files in the folder, then keep others waiting."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        hold(handle)
        yield
    finally:
        os.close(handle)


def hold(handle: int) -> None:
    """Lock an open file or folder; file systems without locks are used without."""
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX)


def sync(path: Path) -> None:
    """Wait until the file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

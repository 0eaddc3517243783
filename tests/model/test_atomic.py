"""A file is there whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from nutfusion.model.atomic import atomic_path, atomic_paths, write_atomically


def test_text_and_bytes_are_written_and_folders_made(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a" / "b.txt", "é\n")
    write_atomically(tmp_path / "a" / "c.bin", b"\x00")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"\xc3\xa9\n"
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == ["b.txt", "c.bin"]


def test_a_failure_keeps_the_old_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "calls.parquet"
    write_atomically(target, "old")

    def fail() -> None:
        with atomic_path(target) as temporary:
            temporary.write_text("half")
            assert temporary.suffix == target.suffix
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert [p.name for p in tmp_path.iterdir()] == ["calls.parquet"]
    assert target.read_text() == "old"


def test_the_umask_decides_who_may_read(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "f", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o640


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_atomically(tmp_path, "x")


def test_a_device_is_written_to_and_stays_a_device() -> None:
    write_atomically(Path("/dev/null"), "x")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("names", [("a.json",), ("a.json", "b.json")])
def test_a_full_disk_says_where(names: tuple[str, ...], tmp_path: Path) -> None:
    """The system names no file when a write fails, and pyarrow has a sentence of its own."""

    def write() -> None:
        with atomic_paths([tmp_path / name for name in names]):
            raise OSError(errno.ENOSPC, "Error writing bytes to file. Detail: [errno 28]")

    with pytest.raises(OSError, match="No space left on device") as raised:
        write()
    assert raised.value.filename == str(tmp_path / "a.json" if len(names) == 1 else tmp_path)
    assert raised.value.errno == errno.ENOSPC

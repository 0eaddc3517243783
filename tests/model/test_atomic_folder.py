"""A folder is there whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from nutfusion.model.atomic_folder import atomic_folder, old_name, recover, write_into

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_takes_the_old_ones_place_whole(tmp_path: Path) -> None:
    target = tmp_path / "m"
    for files in ({"a": b"1", "b/c": b"2"}, {"b/c": b"3"}):
        with atomic_folder(target) as fresh:
            write_into(fresh, files)
    assert [p.name for p in target.rglob("*")] == ["b", "c"]
    assert (target / "b" / "c").read_bytes() == b"3"
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


def test_a_failure_keeps_the_old_folder_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "m"
    with atomic_folder(target) as fresh:
        write_into(fresh, {"a": b"old"})

    def fail() -> None:
        with atomic_folder(target) as fresh:
            write_into(fresh, {"a": b"new"})
            raise OSError(28, os.strerror(28))

    with pytest.raises(OSError, match="No space left"):
        fail()
    assert [p.name for p in tmp_path.iterdir()] == ["m"]
    assert (target / "a").read_bytes() == b"old"


def test_what_a_killed_run_left_goes_and_what_another_run_holds_stays(tmp_path: Path) -> None:
    left = tmp_path / ".part-0123456789ab-m"
    left.mkdir()
    with atomic_folder(tmp_path / "m") as fresh:
        with atomic_folder(tmp_path / "m") as other:
            assert fresh.is_dir()
            write_into(other, {"a": b"other"})
        write_into(fresh, {"a": b"fresh"})
    assert [p.name for p in tmp_path.iterdir()] == ["m"]
    assert (tmp_path / "m" / "a").read_bytes() == b"fresh"


def test_a_run_killed_between_two_renames_is_put_right(tmp_path: Path) -> None:
    with atomic_folder(tmp_path / "m") as fresh:
        write_into(fresh, {"a": b"x"})
    (tmp_path / "m").rename(old_name(tmp_path / "m"))
    recover(tmp_path / "m")
    assert (tmp_path / "m" / "a").read_bytes() == b"x"
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


def test_the_umask_decides_who_may_look(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with atomic_folder(tmp_path / "m"):
            pass
    finally:
        os.umask(before)
    assert (tmp_path / "m").stat().st_mode & 0o777 == 0o750

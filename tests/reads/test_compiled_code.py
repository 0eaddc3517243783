"""Compiled loops never outlive the numbers that they were compiled with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from nutfusion.reads import kernels
from nutfusion.reads.kernels import keeping
from nutfusion.reads.kernels.keeping import CheckedFile

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = "WIDTH = {width}\n"
USER = """
from numba import njit
from nutfusion.reads.kernels.numbers import WIDTH

@njit(cache=True)
def width():
    return WIDTH

"""
ASK = """
from nutfusion.reads.kernels.user import width
print(width(), sum(width.stats.cache_hits.values()))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """An installation of the kernels' own guard, with two kernels of which one uses the other."""
    folder = tmp_path / "src" / "nutfusion" / "reads" / "kernels"
    folder.mkdir(parents=True)
    for above in (folder.parents[1], folder.parents[0]):
        (above / "__init__.py").write_text("")
    for name in ("__init__.py", "keeping.py", "loading.py", "stamp.py"):
        shutil.copy(Path(kernels.__file__).parent / name, folder)
    (folder / "numbers.py").write_text(NUMBERS.format(width=1))
    (folder / "user.py").write_text(USER)
    return folder


def environment(package: Path, folder: Path) -> dict[str, str]:
    """A user's who has these kernels installed, and a cache in a folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    return env | {
        "PYTHONPATH": str(package.parents[2]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": str(folder / "own"),
    }


def asked(env: dict[str, str]) -> list[int]:
    """What a kernel answers, and whether it was kept from an earlier time."""
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=env, check=True, capture_output=True, text=True
    )
    return [int(word) for word in done.stdout.split()]


@pytest.mark.parametrize("fault", ["others may write", "a link", "a file"])
def test_a_cache_that_another_user_could_fill_is_not_used(fault: str, tmp_path: Path) -> None:
    # compiled code is run as it is read
    usual = tmp_path / f"nutfusion-cache-{os.getuid()}"
    assert kernels._shared_place(tmp_path) == usual
    assert kernels._shared_place(tmp_path) == usual
    assert usual.stat().st_mode & 0o777 == 0o700
    usual.rmdir()
    match fault:
        case "others may write":
            usual.mkdir()
            usual.chmod(0o777)
        case "a link":
            (tmp_path / "elsewhere").mkdir(mode=0o700)
            usual.symlink_to(tmp_path / "elsewhere")
        case _:
            usual.write_text("")
    found = kernels._shared_place(tmp_path)
    assert found != usual
    assert found.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("place", ["beside the modules", "own cache", "given folder"])
def test_a_number_changed_in_one_kernel_is_changed_in_all(
    package: Path, place: str, tmp_path: Path
) -> None:
    env = environment(package, tmp_path)
    if place == "own cache":
        (package / "__pycache__").write_text("no folder can be made here\n")
    if place == "given folder":
        env["NUMBA_CACHE_DIR"] = str(tmp_path / "given")

    assert asked(env) == [1, 0]
    assert asked(env) == [1, 1]  # the second time from the cache
    (package / "numbers.py").write_text(NUMBERS.format(width=2))
    assert asked(env) == [2, 0]
    folder = {"own cache": tmp_path / "own", "given folder": tmp_path / "given"}
    assert list(folder.get(place, package).rglob("*.nbc"))


@pytest.mark.parametrize(
    ("ending", "damage"),
    [
        ("nbi", lambda _: b""),  # the server lost power
        ("nbc", lambda content: content[: len(content) // 2]),  # a copy of the cache stopped
        ("nbc", lambda content: content[:-9] + bytes([content[-9] ^ 4]) + content[-8:]),
    ],
)
def test_kept_code_that_is_damaged_is_compiled_again(
    package: Path, ending: str, damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """It used to stop every sample with a traceback, or to be run as it was."""
    env = environment(package, tmp_path)
    assert asked(env) == [1, 0]
    (kept,) = package.rglob(f"*.{ending}")
    kept.write_bytes(damage(kept.read_bytes()))
    assert asked(env) == [1, 0]
    assert asked(env) == [1, 1]


@pytest.mark.parametrize("other", ["numba", "package"])
def test_what_others_than_today_s_packages_kept_is_compiled_again(
    other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may name what they do not have any more."""
    gone = ModuleType("gone")
    exec("class Gone:\n    pass\n", gone.__dict__)
    monkeypatch.setitem(sys.modules, "gone", gone)
    kept = CheckedFile(str(tmp_path), "kernel", "stamp")  # type: ignore[no-untyped-call]
    kept._save_index({"signature": "kernel.1.nbc"})
    assert kept._load_index() == {"signature": "kernel.1.nbc"}
    if other == "numba":
        monkeypatch.setattr(keeping, "_VERSION", 1)
    else:
        kept._save_index({gone.Gone(): "kernel.1.nbc"})
        monkeypatch.delitem(sys.modules, "gone")
    assert kept._load_index() == {}


def test_code_of_which_nothing_can_be_kept_runs(package: Path, tmp_path: Path) -> None:
    """As on a full disk: the folder is there, and no file in it may grow."""
    env = environment(package, tmp_path) | {"NUMBA_CACHE_DIR": str(tmp_path / "given")}
    limited = f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (8, 8))\n{ASK}"
    done = subprocess.run(
        [sys.executable, "-c", limited], env=env, check=False, capture_output=True, text=True
    )
    assert done.stdout.split() == ["1", "0"], done.stderr
    assert not [path for path in (tmp_path / "given").rglob("*") if path.is_file()]

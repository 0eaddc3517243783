"""Faults that come from outside the program: kills, disks, other runs, clocks, names of files."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.conftest import lacking
from tests.faults.place import CALLER, Place, run

from nutfusion.validation import measured

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

KILLER: Final = """
import os, signal, sys
from pathlib import Path
what, number = sys.argv[1], int(sys.argv[2])
seen = 0
def kill_at(real):
    def called(*arguments):
        global seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments)
    return called
if what == "fsync":
    os.fsync = kill_at(os.fsync)
else:
    Path.replace = kill_at(Path.replace)
sys.argv[1:] = sys.argv[3:]
from nutfusion.cli import main
main(prog_name="nutfusion")
"""
"""Calls ``nutfusion`` and kills it at the n-th sync or rename."""


def command(arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", "nutfusion", *arguments]


def other_reads(place: Place) -> list[str]:
    """The command for other reads of the sample."""
    return place.assess(
        "--fastq-single", place.file("other.fastq", place.text(1).replace(b"A", b"C"))
    )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The dossier of the good reads."""
    made = Place(tmp_path_factory.mktemp("good"))
    assert run(made.good())[0] == 0
    return made.snapshot()


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The dossier of other reads of the sample."""
    made = Place(tmp_path_factory.mktemp("earlier"))
    assert run(other_reads(made))[0] == 0
    return made.snapshot()


def put(files: dict[str, bytes], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def each_is_whole(place: Place, *sets: dict[str, bytes]) -> None:
    """Every file that is there under its name is one of the whole ones."""
    for name, content in place.snapshot().items():
        assert name.startswith(".part-") or content in [files[name] for files in sets]


@pytest.mark.parametrize(
    ("what", "number"),
    [("fsync", 1), ("fsync", 5), ("rename", 1), ("rename", 2), ("rename", 5), ("fsync", 6)],
)
def test_kill_while_the_dossier_is_written(
    what: str, number: int, place: Place, good: dict[str, bytes], earlier: dict[str, bytes]
) -> None:
    put(earlier, place.out)
    arguments = place.good()
    killed = subprocess.run(
        [sys.executable, "-c", KILLER, what, str(number), *arguments], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    each_is_whole(place, earlier, good)
    assert run(arguments)[0] == 0
    assert place.snapshot() == good


def test_kill_at_any_moment(
    place: Place, good: dict[str, bytes], earlier: dict[str, bytes]
) -> None:
    put(earlier, place.out)
    arguments = place.good()
    started = time.monotonic()
    subprocess.run(command(arguments), check=True)
    whole = time.monotonic() - started
    assert place.snapshot() == good
    put(earlier, place.out)
    for share in (0.05, 0.3, 0.6, 0.75, 0.9, 0.97):
        running = subprocess.Popen(command(arguments))
        time.sleep(share * whole)
        running.kill()
        running.wait()
        each_is_whole(place, earlier, good)
    assert run(arguments)[0] == 0
    assert place.snapshot() == good


@pytest.mark.parametrize("size", [0, 200, 5_000, 30_000])
def test_no_file_may_grow_beyond_a_size(
    size: int, place: Place, earlier: dict[str, bytes], tmp_path: Path
) -> None:
    # as a quota does; the supporting reads, the page and the JSON end at different sizes
    put(earlier, place.out)
    done = subprocess.run(
        command(place.good()),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("nutfusion: error: ")
    assert done.stderr.count("\n") == 1
    assert place.snapshot() == earlier


@contextmanager
def disk(folder: Path, options: str) -> Iterator[None]:
    """A small disk of its own at a folder; it takes the right to mount one."""
    folder.mkdir(exist_ok=True)
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        lacking(f"no right to mount a disk (mount -t tmpfs, as root), at {folder}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("left", [0, 8, 40, 120])
def test_a_full_disk(left: int, place: Place, earlier: dict[str, bytes]) -> None:
    arguments = place.good()
    with disk(place.out, "size=2m"):
        put(earlier, place.out)
        filler = place.out / "filler"
        with filler.open("wb") as file:
            try:
                while True:
                    os.write(file.fileno(), bytes(4096))
            except OSError:
                pass
            os.ftruncate(file.fileno(), max(0, filler.stat().st_size - left * 1024))
        code, said = run(arguments)
        assert code == 2, said
        # the small files say which disk; where there is some room, the first of the reads does
        assert "no space left on device" in said
        assert str(place.out) in said
        assert "make room there" in said
        filler.unlink()
        assert place.snapshot() == earlier
        assert run(arguments)[0] == 0


def test_a_read_only_disk(place: Place, earlier: dict[str, bytes]) -> None:
    arguments = place.good()
    with disk(place.out, "size=2m"):
        put(earlier, place.out)
        subprocess.run(["mount", "-o", "remount,ro", str(place.out)], check=True)
        code, said = run(arguments)
        assert code == 2
        assert "give another --outdir" in said or "read-only" in said
        assert place.snapshot() == earlier


def test_standard_error_may_be_full(place: Place) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command(place.assess(place.root / "nowhere")), stderr=full, check=False
        )
    assert done.returncode == 2


def both(first: list[str], second: list[str]) -> list[int]:
    """Exit codes of two commands that run at once."""
    running = [subprocess.Popen(command(arguments)) for arguments in (first, second)]
    return [one.wait() for one in running]


def test_two_runs_of_a_sample_in_one_folder(
    place: Place, good: dict[str, bytes], earlier: dict[str, bytes]
) -> None:
    assert both(place.good(), other_reads(place)) == [0, 0]
    assert place.snapshot() in (good, earlier)


def test_two_samples_in_one_folder(place: Place) -> None:
    table = place.file("fusions.tsv", CALLER)
    codes = both(place.assess(table), place.assess(table, sample="S2"))
    assert sorted(codes) == [0, 2]
    kept = b'"id": "S1"' if codes[0] == 0 else b'"id": "S2"'
    assert kept in place.snapshot()["dossier.json"]


NAMES: Final = {
    "no UTF-8": os.fsdecode(b"d\xe9p\xf4t"),
    "blanks": "two  words ",
    "line end": "a\nb",
    "quotes": 'l\'"x"',
    "a command": "$(touch pwned);`touch pwned`&|",
    "a wildcard": "*?[a]{b,c}",
    "an option": "--threads",
    "markup": "<b>&amp;",
    "right to left": "\u202egz.1R",
    "long": "x" * 200,
}
"""Names of folders that a program may stumble over."""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["fastq", "bam", "caller"])
def test_any_name_of_a_folder(
    name: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, odd = Place(tmp_path / "plain"), Place(tmp_path / NAMES[name])
    found = []
    for place in (plain, odd):
        place.root.mkdir()
        monkeypatch.chdir(place.root)
        match kind:
            case "fastq":
                arguments = place.good()
            case "bam":
                arguments = place.assess("--bam", place.bam(index=name != "no UTF-8"))
            case _:
                arguments = place.assess(place.file("fusions.tsv", CALLER))
        code, said = run(arguments)
        assert code == 0, said
        found.append(place.snapshot())
    assert found[0] == found[1]
    assert not list(tmp_path.rglob("pwned"))
    # and in a message, which stays one line that a terminal can show
    code, said = run(odd.assess(odd.root / "nowhere"))
    assert code == 2
    assert said.removesuffix("\n").isprintable()


@pytest.mark.parametrize("year", [0, 4_102_444_800])
def test_the_clock_changes_nothing(year: int, place: Place, good: dict[str, bytes]) -> None:
    # files of 1970 and of 2100: a clock was set back, a disk came from another machine
    arguments = place.good()
    assert run(arguments)[0] == 0
    for path in [*place.root.iterdir(), *place.out.iterdir()]:
        os.utime(path, (year, year))
    assert run(arguments)[0] == 0
    assert place.snapshot() == good


def test_an_empty_sample_is_no_negative(place: Place) -> None:
    # an empty pair is what a failed lane gives: a dossier, which says that nothing can be said
    first, second = place.file("R1.fastq", b""), place.file("R2.fastq", b"")
    assert run(place.assess("--fastq", first, second))[0] == 0
    assert b'"molecular_state": "not_assessable"' in place.snapshot()["dossier.json"]


def test_reads_through_a_pipe(place: Place) -> None:
    first, second = place.reads()
    assert run(place.assess("--fastq", first, second))[0] == 0
    expected = place.snapshot()
    pipes = [place.root / "p1", place.root / "p2"]
    feeding = []
    for pipe, file in zip(pipes, (first, second), strict=True):
        os.mkfifo(pipe)
        feeding.append(subprocess.Popen(["/bin/sh", "-c", 'cat "$0" > "$1"', file, pipe]))
    assert run(place.assess("--fastq", *pipes))[0] == 0
    assert [one.wait() for one in feeding] == [0, 0]
    assert place.snapshot() == expected


def test_a_sheet_of_ten_thousand_samples(tmp_path: Path) -> None:
    reads = tmp_path / "reads"
    reads.mkdir()
    rows = ["sample,fastq_1,fastq_2,run"]
    for i in range(10_000):
        names = [f"reads/P{i:05}_R{mate}.fastq.gz" for mate in (1, 2)]
        for file in names:
            (tmp_path / file).touch()
        rows.append(f"P{i:05},{','.join(names)},RUN{i // 24}")
    (tmp_path / "samples.csv").write_text("\n".join(rows) + "\n")
    checking = command(["sheet", "check", str(tmp_path / "samples.csv")])
    done = subprocess.run(
        checking,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (60, 60)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stderr.count("\n") == 10_000
    # NB: started by a small process; a child that this one forks has this one's memory at first
    assert measured.run(checking).peak < 512  # MiB; 90 where this was written
    # the same name in the last row again, with another patient's facts
    with (tmp_path / "samples.csv").open("a") as sheet:
        sheet.write("P00000,samples.csv,,RUN417\n")
    code, said = run(["sheet", "check", str(tmp_path / "samples.csv")])
    assert code == 2
    assert "rows of sample 'P00000' contradict each other" in said or "paired" in said

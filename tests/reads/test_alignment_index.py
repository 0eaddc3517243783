"""Whether an index is that of its file."""

from __future__ import annotations

import gzip
import os
import random
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pysam
import pytest
from tests.reads.alignments import NUTM1_AT, record, write
from tests.reads.builders import random_bases

from nutfusion.reads.alignment_index import Bins, fits, index_places
from nutfusion.reads.cram_index import fits_cram

if TYPE_CHECKING:
    from collections.abc import Sequence

Place = tuple[str, int] | None

FILES: dict[str, Sequence[Place]] = {
    "empty": (),
    "one contig": (NUTM1_AT,),
    "two contigs": (("chr1", 500), NUTM1_AT),
    "another first contig": (("chr1", 500), ("chr19", 700)),
    "unplaced reads": (None,),
    "placed and unplaced reads": (NUTM1_AT, None),
}


def made(folder: Path, name: str, kind: str, reads: int = 200) -> tuple[Path, Path]:
    """A BAM with reads at places, and its index."""
    records = [
        record(f"r{i}", random_bases(100, i), place=place)
        for place in FILES[name]
        for i in range(reads)
    ]
    path = write(folder / f"{name}.bam", records)
    index = Path(f"{path}.{kind}")
    pysam.index(*(["-c"] if kind == "csi" else []), str(path), str(index))
    return path, index


@pytest.mark.parametrize("kind", ["bai", "csi"])
def test_an_index_fits_its_own_file_alone(kind: str, tmp_path: Path) -> None:
    files = {name: made(tmp_path, name, kind) for name in FILES}
    for name, (path, _) in files.items():
        for other, (_, index) in files.items():
            handle = pysam.AlignmentFile(str(path))
            found = fits(index, handle, path.stat().st_size)
            with suppress(OSError):  # what was wrong with a place is said again
                handle.close()
            assert found is (name == other), (name, other)


def test_places_of_an_index(tmp_path: Path) -> None:
    _, index = made(tmp_path, "placed and unplaced reads", "bai")
    places = index_places(index)
    assert places is not None
    assert [contig.contig for contig in places.found] == [1]
    assert places.unplaced == 200
    index.write_bytes(index.read_bytes()[:30])
    assert index_places(index) is None
    assert index_places(Path(os.devnull)) is None


def test_bins_are_those_of_the_specification() -> None:
    """Its text: 0 is 512 Mb, 1 to 8 64 Mb, 9 to 72 8 Mb, ... 4681 to 37448 16 kb."""
    assert Bins().interval(0) == (0, 1 << 29)
    assert Bins().interval(8) == (7 << 26, 8 << 26)
    assert Bins().interval(9) == (0, 1 << 23)
    assert Bins().interval(4681) == (0, 1 << 14)
    assert Bins().interval(37448) == (32767 << 14, 1 << 29)
    assert Bins().pseudo == 37450


def _named(path: Path, index: Path) -> list[str | None] | None:
    """Reads that an index finds on chr15, and nowhere; ``None``: it ends with an error."""
    try:
        with pysam.AlignmentFile(str(path), index_filename=str(index)) as file:
            here = [*file.fetch("chr15", 34_340_000, 34_360_000), *file.fetch("*")]
            return [read.query_name for read in here]
    except (OSError, ValueError):
        return None


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A bit flipped, or some bytes zeroed, or lost."""
    at, kind = chance.randrange(len(content)), chance.randrange(4)
    behind = min(len(content), at + chance.randrange(1, 40))
    if kind < 2:
        flipped = bytes([content[at] ^ 1 << chance.randrange(8)])
        return content[:at] + flipped + content[at + 1 :]
    return content[:at] + bytes(behind - at if kind == 2 else 0) + content[behind:]


@pytest.mark.parametrize("kind", ["bai", "csi"])
def test_no_damage_of_an_index_hides_a_read(kind: str, tmp_path: Path) -> None:
    """BAI has no checksum: what is not noticed must find the same reads."""
    records = [
        record(f"r{place}{i}", random_bases(100, 7 * i), place=(contig, place + 5 * i))
        for contig, place in (("chr1", 500), ("chr15", 34_344_000), ("chr15", 34_350_000))
        for i in range(700)
    ]
    path = write(tmp_path / "a.bam", [*records, record("u", random_bases(100, 1))])
    index = tmp_path / f"x.{kind}"
    pysam.index(*(["-c"] if kind == "csi" else []), str(path), str(index))
    whole, expected = index.read_bytes(), _named(path, index)
    assert expected is not None
    assert len(expected) > 1000
    chance = random.Random(20261126)
    noticed = 0
    for _ in range(300):
        changed = damaged(whole, chance)
        index.write_bytes(changed)
        handle = pysam.AlignmentFile(str(path))
        if fits(index, handle, path.stat().st_size):
            assert _named(path, index) in (expected, None), changed.hex()
        else:
            noticed += 1
        with suppress(OSError):
            handle.close()
    assert noticed > 100


def cram(folder: Path, name: str, places: Sequence[Place]) -> tuple[Path, Path]:
    """A CRAM of slices of 100 reads without a reference, and its index."""
    path = folder / name
    options = ["no_ref=1", "seqs_per_slice=100", "slices_per_container=2"]
    head = record("x", "A").header
    with pysam.AlignmentFile(str(path), "wc", header=head, format_options=options) as out:
        for at in places:
            for i in range(500):
                place = at and (at[0], at[1] + i)
                out.write(record(f"r{i}", random_bases(100, i), place=place))
    pysam.index(str(path))
    return path, Path(f"{path}.crai")


def test_the_index_of_a_cram_names_all_of_its_slices(tmp_path: Path) -> None:
    path, index = cram(tmp_path, "a.cram", (("chr1", 500), NUTM1_AT, None))
    assert fits_cram(index, path)
    packed = index.read_bytes()
    lines = gzip.decompress(packed).splitlines(keepends=True)
    assert len(lines) == 15
    index.write_bytes(b"".join(lines))
    assert fits_cram(index, path)  # plain text, which htslib takes too
    for i, line in enumerate(lines):
        index.write_bytes(gzip.compress(b"".join([*lines[:i], *lines[i + 1 :]])))
        assert not fits_cram(index, path)
        moved = line.replace(b"\t", b"1\t", 1).replace(b"\t", b"\t1", 1)
        index.write_bytes(gzip.compress(b"".join([*lines[:i], moved, *lines[i + 1 :]])))
        assert not fits_cram(index, path)
    chance = random.Random(20261126)
    for damage in (b"", packed[:-9], *(damaged(packed, chance) for _ in range(100))):
        index.write_bytes(damage)
        if fits_cram(index, path):
            assert gzip.decompress(damage) == b"".join(lines)  # a time, or the name of a system
    for places in ((), (NUTM1_AT,), (("chr1", 500), NUTM1_AT), (("chr1", 500), ("chr1", 900_000))):
        _, other = cram(tmp_path, "b.cram", places)
        assert not fits_cram(other, path)
    index.write_bytes(packed)
    path.write_bytes(path.read_bytes()[:-900])
    assert not fits_cram(index, path)

"""Whether an index is that of its file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pysam
import pytest
from tests.reads.alignments import NUTM1_AT, record, write
from tests.reads.builders import random_bases

from nutfusion.reads.alignment_index import fits, index_places

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
    assert [contig for contig, _, _ in places.spans] == [1]
    assert places.unplaced == 200
    index.write_bytes(index.read_bytes()[:30])
    assert index_places(index) is None
    assert index_places(Path(os.devnull)) is None

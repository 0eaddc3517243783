"""The supporting reads open in any genome browser, and are the same bytes each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pysam
import pytest
from tests.reads.builders import Fragment, fusion, only, pair, random_bases, with_error

from nutfusion.evidence import write_supporting_reads
from nutfusion.model.evidence import SupportingRead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CONSENSUS = random_bases(100, 1)
DUPLICATE = 0x400


def read(**changes: Any) -> SupportingRead:
    """A single read, whole on the consensus."""
    values: dict[str, Any] = {
        "name": "r",
        "mate": 0,
        "kind": "split",
        "sequence": CONSENSUS[20:80],
        "offset": 20,
        "five_prime_anchor": 30,
        "three_prime_anchor": 30,
        "mismatches": 0,
        "duplicate": False,
    }
    return SupportingRead(**(values | changes))


def _write(fusions: Sequence[tuple[str, str | None, list[SupportingRead]]], path: Path) -> None:
    """The BAM, its index beside it, and the consensus sequences."""
    write_supporting_reads(
        fusions,
        bam=path,
        index=path.with_name(path.name + ".bai"),
        fasta=path.with_suffix(".fa"),
    )


def written(
    tmp_path: Path, *fusions: tuple[str, str | None, list[SupportingRead]]
) -> list[pysam.AlignedSegment]:
    path = tmp_path / "supporting_reads.bam"
    _write(fusions, path)
    with pysam.AlignmentFile(str(path), check_sq=False) as bam:
        return list(bam.fetch(until_eof=True))


def one(tmp_path: Path, **changes: Any) -> pysam.AlignedSegment:
    (segment,) = written(tmp_path, ("nf1.a", CONSENSUS, [read(**changes)]))
    return segment


@pytest.mark.parametrize(
    ("sequence", "offset", "start", "cigar"),
    [
        pytest.param(CONSENSUS[20:80], 20, 20, "60M", id="inside"),
        pytest.param(CONSENSUS, 0, 0, "100M", id="all of it"),
        pytest.param("ACGTA" + CONSENSUS[:40], -5, 0, "5S40M", id="sticks out on the left"),
        pytest.param(CONSENSUS[70:] + "ACGTAC", 70, 70, "30M6S", id="sticks out on the right"),
        pytest.param("AC" + CONSENSUS + "GTT", -2, 0, "2S100M3S", id="sticks out on both sides"),
    ],
)
def test_a_read_is_laid_without_gaps_and_clipped_at_the_ends(
    sequence: str, offset: int, start: int, cigar: str, tmp_path: Path
) -> None:
    segment = one(tmp_path, sequence=sequence, offset=offset)
    assert (segment.reference_start, segment.cigarstring) == (start, cigar)
    assert segment.query_sequence == sequence
    assert segment.reference_name == "nf1.a"
    assert segment.mapping_quality == 255


@pytest.mark.parametrize(("mate", "flag"), [(0, 0), (1, 0x1 | 0x40), (2, 0x1 | 0x80)])
@pytest.mark.parametrize("duplicate", [False, True])
def test_flags_tell_the_mate_and_the_duplicate(
    mate: int, flag: int, duplicate: bool, tmp_path: Path
) -> None:
    segment = one(tmp_path, mate=mate, duplicate=duplicate)
    assert segment.flag == flag | (DUPLICATE if duplicate else 0)


@pytest.mark.parametrize("mismatches", [0, 3])
def test_nm_counts_the_differences_to_the_consensus(mismatches: int, tmp_path: Path) -> None:
    assert one(tmp_path, mismatches=mismatches).get_tag("NM") == mismatches


@pytest.mark.parametrize("kind", ["split", "discordant"])
def test_the_kind_of_support_is_a_tag(kind: str, tmp_path: Path) -> None:
    assert one(tmp_path, kind=kind).get_tag("jk") == kind


@pytest.mark.parametrize(
    "offset",
    [
        pytest.param(None, id="not placed"),
        pytest.param(100, id="behind the consensus"),
        pytest.param(-60, id="before the consensus"),
    ],
)
def test_a_read_off_the_consensus_is_written_unmapped(offset: int | None, tmp_path: Path) -> None:
    segment = one(tmp_path, offset=offset, mismatches=None)
    assert segment.is_unmapped
    assert segment.reference_id == -1
    assert segment.query_sequence == CONSENSUS[20:80]
    assert not segment.has_tag("NM")


def test_reads_of_a_bounded_joint_are_written_unmapped(tmp_path: Path) -> None:
    segments = written(
        tmp_path,
        ("nf1.bounded", None, [read(offset=None, mismatches=None, kind="discordant")]),
        ("nf1.exact", CONSENSUS, [read()]),
    )
    assert [(s.is_unmapped, s.reference_name) for s in segments] == [
        (False, "nf1.exact"),
        (True, None),
    ]


def test_reads_are_sorted_and_indexed(tmp_path: Path) -> None:
    reads = [
        read(name=f"r{i}", offset=o, sequence=CONSENSUS[o : o + 40])
        for i, o in enumerate((50, 3, 20, 20, 0))
    ]
    path = tmp_path / "supporting_reads.bam"
    _write([("nf1.b", CONSENSUS, reads), ("nf1.a", CONSENSUS, reads[:2])], path)
    with pysam.AlignmentFile(str(path)) as bam:
        assert bam.header.to_dict()["HD"] == {"VN": "1.6", "SO": "coordinate"}
        assert bam.references == ("nf1.b", "nf1.a")  # the order of the fusions
        assert bam.has_index()
        assert [s.query_name for s in bam.fetch("nf1.b")] == ["r4", "r1", "r2", "r3", "r0"]
        assert [s.query_name for s in bam.fetch("nf1.a", 45, 60)] == ["r0"]
        assert bam.count("nf1.a") == 2


def test_consensus_sequences_go_beside_as_the_reference(tmp_path: Path) -> None:
    written(tmp_path, ("nf1.a", CONSENSUS, [read()]), ("nf1.b", None, []))
    assert (tmp_path / "supporting_reads.fa").read_text() == f">nf1.a\n{CONSENSUS}\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "supporting_reads.bam",
        "supporting_reads.bam.bai",
        "supporting_reads.fa",
    ]


def test_the_same_reads_give_the_same_bytes(tmp_path: Path) -> None:
    reads = [
        read(name=f"r{i % 3}", mate=1 + i % 2, offset=i, sequence=CONSENSUS[i:90]) for i in range(9)
    ]
    files = []
    for folder, order in (("one", reads), ("two", reads), ("three", reads[::-1])):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder, ("nf1.a", CONSENSUS, order))
        files.append([p.read_bytes() for p in sorted((tmp_path / folder).iterdir())])
    assert files[0] == files[1] == files[2]


def test_a_sample_without_fusions_gets_an_empty_file(tmp_path: Path) -> None:
    assert written(tmp_path) == []
    assert (tmp_path / "supporting_reads.fa").read_text() == ""
    assert (tmp_path / "supporting_reads.bam.bai").exists()


def test_reads_of_a_sample_lie_on_its_consensus_without_differences(tmp_path: Path) -> None:
    fragments = [pair(f"p{i}", fusion(), -30 - 4 * i, 160) for i in range(8)]
    wrong = fragments[3]
    fragments[3] = Fragment(wrong.name, with_error(wrong.mate_1, 20), wrong.mate_2)
    found = only([*fragments, Fragment("copy", fragments[0].mate_1, fragments[0].mate_2)])
    segments = written(tmp_path, ("nf1.a", found.consensus_sequence, list(found.reads)))
    assert len(segments) == found.reads_total == 18
    for segment in segments:
        assert found.consensus_sequence is not None
        if segment.is_unmapped:
            continue
        start, stop = segment.query_alignment_start, segment.query_alignment_end
        low = segment.reference_start
        pairs = zip(
            (segment.query_sequence or "")[start:stop],
            found.consensus_sequence[low : low + stop - start],
            strict=True,
        )
        assert segment.get_tag("NM") == sum(a != b for a, b in pairs)
    assert sum(int(s.get_tag("NM")) for s in segments if s.has_tag("NM")) == 1
    assert {s.query_name for s in segments if s.flag & DUPLICATE} == {"p0"}

"""What the sieve keeps, what it counts, and what it refuses."""

from __future__ import annotations

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from tests.reads.builders import (
    Fragment,
    bases,
    exon_end,
    exon_start,
    fastq,
    fusion,
    pair,
    random_bases,
    reverse_complement,
    starter_table,
    starting_at,
    tiled,
    up_to,
    with_error,
    with_sequence,
    write_lane,
)

from nutfusion.errors import FastqError, InputError
from nutfusion.model.lane import Lane
from nutfusion.reads import source as source_module
from nutfusion.reads.kept import CODES
from nutfusion.reads.kernels.edges import DOUBTED, ONE_DIFFERENCE, SHORTEST, TWO_DIFFERENCES
from nutfusion.reads.sieve import Sieved, sieve
from nutfusion.reads.table import COUNTED, kmer_table, packed_kmers

if TYPE_CHECKING:
    from collections.abc import Sequence


def sieved(fragments: Sequence[Fragment], threads: int = 1) -> Sieved:
    with TemporaryDirectory() as folder:
        lane = write_lane(Path(folder), fragments)
        return sieve([lane], starter_table(), threads=threads)


def kept_names(result: Sieved) -> list[str]:
    return [result.kept.names.text(i) for i in range(len(result.kept))]


# A stretch of NUTM1 exon 3 in a read of 75 whose other bases are nobody's. The bases next to the
# stretch differ from NUTM1's, so that the count of NUTM1 bases is exact.
AT = exon_start("NUTM1", 3) + 300


def flanked(nutm1: int, left: int, right: int, seed: int) -> str:
    piece = bases("NUTM1")[AT : AT + nutm1]
    before = random_bases(left, seed)
    after = random_bases(right, seed + 1000)
    if left:
        before = before[:-1] + reverse_complement(bases("NUTM1")[AT - 1])
    if right:
        after = reverse_complement(bases("NUTM1")[AT + nutm1]) + after[1:]
    return before + piece + after


@pytest.mark.parametrize("end", ["first", "last"])
@pytest.mark.parametrize("nutm1", [15, 16, 17, 20, 23, 30])
@pytest.mark.parametrize("sense", [True, False])
def test_sixteen_bases_at_an_end_of_a_read_are_kept_in_any_phase(
    end: str, nutm1: int, sense: bool
) -> None:
    fragments = []
    for i, length in enumerate(range(60, 76)):  # every phase of the probes, twice
        other = length - nutm1
        read = flanked(nutm1, 0, other, i) if end == "first" else flanked(nutm1, other, 0, i)
        fragments.append(Fragment(f"r{i}", read if sense else reverse_complement(read)))
    names = kept_names(sieved(fragments))
    assert names == ([f.name for f in fragments] if nutm1 >= 16 else [])


def test_twenty_three_bases_anywhere_in_a_read_are_kept() -> None:
    fragments = [Fragment(f"r{left}", flanked(23, left, 60, left)) for left in range(1, 40)]
    assert kept_names(sieved(fragments)) == [f.name for f in fragments]


@pytest.mark.parametrize("nutm1", range(7, 16))
@pytest.mark.parametrize("exon", [2, 3, 5, 8])
def test_eight_bases_of_an_exon_s_edge_are_kept_whatever_is_joined_to_it(
    nutm1: int, exon: int
) -> None:
    start, end = exon_start("NUTM1", exon), exon_end("NUTM1", exon - 1)
    reads = [
        random_bases(60, 7) + bases("NUTM1")[start : start + nutm1],
        bases("NUTM1")[end - nutm1 : end] + random_bases(60, 7),
    ]
    reads += [reverse_complement(read) for read in reads]
    names = kept_names(sieved([Fragment(f"r{i}", read) for i, read in enumerate(reads)]))
    # The reciprocal's first exon end is kept as others are.
    assert names == (["r0", "r1", "r2", "r3"] if nutm1 >= SHORTEST else [])


def with_errors(nutm1: int, errors: int, exon: int = 5) -> tuple[str, str]:
    """A read that ends so many bases after an exon's start, errors among them; its qualities."""
    start = exon_start("NUTM1", exon)
    read = random_bases(40, 7) + bases("NUTM1")[start : start + nutm1]
    places = [40 + nutm1 - 3, 40 + nutm1 - 6][:errors]
    for at in places:
        read = with_error(read, at)
    return read, "".join("#" if at in places else "I" for at in range(len(read)))


def is_kept(folder: Path, read: str, qualities: str) -> bool:
    """Whether the sieve keeps a read, and its reverse complement alike."""
    answers = set()
    for name, text, quality in (
        ("plain", read, qualities),
        ("turned", reverse_complement(read), qualities[::-1]),
    ):
        path = folder / f"{name}.fq"
        path.write_text(f"@r\n{text}\n+\n{quality}\n")
        answers.add(len(sieve([Lane(path)], starter_table()).kept) == 1)
    (answer,) = answers
    return answer


@pytest.mark.parametrize(
    ("nutm1", "errors", "kept"),
    [
        pytest.param(ONE_DIFFERENCE - 1, 1, False, id="too short for an error"),
        pytest.param(ONE_DIFFERENCE, 1, True, id="long enough for one"),
        pytest.param(15, 2, False, id="too short for two"),
        pytest.param(TWO_DIFFERENCES + 4, 1, True, id="long"),
    ],
)
def test_an_error_hides_a_short_piece_of_nutm1_and_no_longer_one(
    nutm1: int, errors: int, kept: bool, tmp_path: Path
) -> None:
    read, _ = with_errors(nutm1, errors)
    assert is_kept(tmp_path, read, "I" * len(read)) is kept


@pytest.mark.parametrize(
    ("quality", "kept"),
    [
        pytest.param(DOUBTED, True, id="doubted by the sequencer"),
        pytest.param(DOUBTED + 1, False, id="not doubted"),
    ],
)
@pytest.mark.parametrize("nutm1", range(SHORTEST, ONE_DIFFERENCE))
def test_an_error_of_poor_quality_hides_nothing(
    nutm1: int, quality: int, kept: bool, tmp_path: Path
) -> None:
    read, marked = with_errors(nutm1, 1)
    assert is_kept(tmp_path, read, marked.replace("#", chr(33 + quality))) is kept


def test_two_errors_of_poor_quality_hide_a_short_piece(tmp_path: Path) -> None:
    assert not is_kept(tmp_path, *with_errors(ONE_DIFFERENCE - 1, 2))


@pytest.mark.parametrize("exon", [3, 8, 11, 14, 15])
@pytest.mark.parametrize("nutm1", [1, 8, 15])
def test_fewer_bases_are_kept_at_a_catalogued_joint(exon: int, nutm1: int) -> None:
    # BRD4's own bases would not keep the read; the joint's 16-mer does.
    five = up_to("BRD4", exon)
    fragments = [
        Fragment("joint", (five + starting_at("NUTM1", 3))[len(five) - 45 : len(five) + nutm1]),
        Fragment("wild type", bases("BRD4")[len(five) - 60 : len(five)]),
    ]
    assert kept_names(sieved(fragments)) == ["joint"]


@pytest.mark.parametrize("mate", [1, 2])
def test_a_pair_is_kept_whole_when_either_mate_is_nutm1(mate: int) -> None:
    nutm1, other = bases("NUTM1")[600:675], random_bases(75, 5)
    mates = (nutm1, other) if mate == 1 else (other, nutm1)
    result = sieved([Fragment("p", *mates), Fragment("q", random_bases(75, 6), other)])
    assert kept_names(result) == ["p"]
    assert [bytes(m.data) for m in (result.kept.mate_1, result.kept.mate_2)] == [
        CODES[list(m.encode())].tobytes() for m in mates
    ]
    assert (result.fragments, result.reads) == (2, 4)


def test_lower_case_reads_are_kept_alike() -> None:
    read = bases("NUTM1")[600:675]
    upper, lower = sieved([Fragment("r", read)]), sieved([Fragment("r", read.lower())])
    assert kept_names(upper) == kept_names(lower) == ["r"]
    assert bytes(upper.kept.mate_1.data) == bytes(lower.kept.mate_1.data)


def test_a_tail_of_the_worst_quality_is_cut() -> None:
    # '#' is Phred 2: the machine says that it does not know.
    read = bases("NUTM1")[600:660]
    with TemporaryDirectory() as folder:
        path = Path(folder, "r.fq")
        path.write_text(f"@r\n{read}\n+\n{'I' * 40}{'#' * 20}\n@s\n{read}\n+\n{'#' * 60}\n")
        result = sieve([Lane(path)], starter_table())
    assert result.kept.mate_1.offsets.tolist() == [0, 40, 40 + 16]
    assert result.reads == 2


def test_partner_genes_are_counted_once_per_fragment() -> None:
    brd4 = bases("BRD4")
    fragments = [
        Fragment("both mates", brd4[3000:3075], reverse_complement(brd4[3100:3175])),
        Fragment("one mate", random_bases(75, 1), brd4[5000:5075]),
        Fragment("none", random_bases(75, 2), random_bases(75, 3)),
        Fragment("fusion", brd4[3000:3075], bases("NUTM1")[600:675]),
    ]
    result = sieved(fragments)
    assert result.counts["BRD4"] == 3
    assert kept_names(result) == ["fusion"]


def test_a_gene_without_a_sequence_is_not_counted_as_zero() -> None:
    assert set(sieved([Fragment("r", "ACGT" * 20)]).counts) == {"BRD4"}
    panel = with_sequence("BRD3", random_bases(2000, 9))
    assert kmer_table(panel).counted == ("BRD4", "BRD3")
    assert all(symbol in COUNTED for symbol in kmer_table(panel).counted)


def test_a_word_that_two_genes_share_counts_for_neither() -> None:
    brd4 = bases("BRD4")
    panel = with_sequence("BRD3", random_bases(500, 9) + brd4[3000:3200] + random_bases(500, 8))
    with TemporaryDirectory() as folder:
        reads = [Fragment("shared", brd4[3050:3125]), Fragment("own", brd4[4000:4075])]
        lane = write_lane(Path(folder), reads)
        assert sieve([lane], kmer_table(panel)).counts == {"BRD4": 1, "BRD3": 0}


@pytest.mark.parametrize("repeat", ["A", "C", "AC", "GT", "AT"])
def test_simple_repeats_keep_nothing(repeat: str) -> None:
    # poly-A tails and microsatellites are in every transcript
    assert kept_names(sieved([Fragment("r", (repeat * 100)[:100])])) == []


def test_words_with_unread_bases_are_left_out_of_the_table() -> None:
    assert len(packed_kmers("N" * 40)) == 0
    assert len(packed_kmers("ACGTTGCAAGCTTACG")) == 2  # both strands
    assert len(packed_kmers("ACGTTGCAAGCTTAC")) == 0


def pairs(count: int = 40, label: str = "f") -> list[Fragment]:
    """Fusion pairs among wild-type and foreign ones."""
    template = fusion()
    out = []
    for i in range(count):
        out.append(pair(f"{label}{i}", template, -60 - i, 150, flipped=i % 2 == 0))
        out.append(Fragment(f"x{i}", random_bases(60 + i, i), random_bases(50, 100 + i)))
    return out


def content(result: Sieved) -> tuple[object, ...]:
    kept = result.kept
    return (
        kept_names(result),
        kept.mate_1.data.tobytes(),
        kept.mate_2.data.tobytes(),
        kept.mate_1.offsets.tolist(),
        kept.mate_2.offsets.tolist(),
        [kept.umis.text(i) for i in range(len(kept))],
        result.counts,
        result.stats.tolist(),
        result.fragments,
        result.reads,
    )


@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize("block", [128, 1000, 1 << 20])
def test_threads_and_blocks_do_not_matter(
    threads: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = content(sieved(pairs()))
    monkeypatch.setattr(source_module, "BLOCK", block)
    assert content(sieved(pairs(), threads)) == expected


def test_lanes_add_up(tmp_path: Path) -> None:
    whole = sieved(pairs())
    fragments = pairs()
    lanes = [
        write_lane(tmp_path, fragments[:16], "a"),  # statistics take every 16th record of a file
        write_lane(tmp_path, fragments[16:48], "b"),
        write_lane(tmp_path, fragments[48:], "c"),
    ]
    assert content(sieve(lanes, starter_table())) == content(whole)


def test_files_are_listed_in_the_order_given_with_their_records(tmp_path: Path) -> None:
    fragments = [Fragment(f.name, f.mate_1, f.mate_2, "ACGT") for f in pairs(3)]
    paired = write_lane(tmp_path, fragments, "a")
    alone = write_lane(tmp_path, tiled(fusion(), 5), "b")
    result = sieve([paired, alone], starter_table(), threads=2)
    assert [(file.role, file.records) for file in result.inputs] == [
        ("fastq_1", 6),
        ("fastq_2", 6),
        ("fastq_umi", 6),
        ("fastq_single", 5),
    ]
    assert (result.fragments, result.reads) == (11, 17)
    assert result.umi_source == "umi_file"


@pytest.mark.parametrize("block", [100, 1 << 20])
def test_the_umi_file_goes_in_step(
    block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "BLOCK", block)
    fragments = [
        Fragment(f.name, f.mate_1, f.mate_2, random_bases(8, i)) for i, f in enumerate(pairs())
    ]
    result = sieve([write_lane(tmp_path, fragments)], starter_table())
    umis = {f.name: f.umi for f in fragments}
    assert len(result.kept) == 40
    for i, name in enumerate(kept_names(result)):
        assert result.kept.umis.text(i) == umis[name]


def test_a_umi_file_does_not_enter_the_statistics(tmp_path: Path) -> None:
    fragments = [Fragment("r", random_bases(50, 1), umi="ACGTACGT")]
    result = sieve([write_lane(tmp_path, fragments)], starter_table())
    assert (result.reads, result.stats.tolist()[:3]) == (1, [50, 50, 50])


NAMES = [
    pytest.param("r{} 1:N:0:ACGT", "r{} 2:N:0:ACGT", id="Illumina since CASAVA 1.8"),
    pytest.param("r{}/1", "r{}/2", id="Illumina before"),
    pytest.param("r{}", "r{}", id="bare"),
    pytest.param("SRR1.{}.1 c length=60", "SRR1.{}.2 c length=60", id="SRA with the mate"),
    pytest.param("SRR1.{}", "SRR1.{}", id="SRA without"),
    pytest.param("r{}/1 comment", "r{}/2 other", id="suffix and comment"),
    pytest.param("r{}\t1", "r{}\t2", id="tabulator"),
]


@pytest.mark.parametrize(("first", "second"), NAMES)
def test_mates_are_recognised_however_their_names_are_written(
    first: str, second: str, tmp_path: Path
) -> None:
    for mate, name in ((1, first), (2, second)):
        reads = [(name.format(i), bases("NUTM1")[600 + i : 660 + i]) for i in range(30)]
        (tmp_path / f"{mate}.fq").write_text(fastq(reads) + (mate - 1) * "\n")
    result = sieve([Lane(tmp_path / "1.fq", tmp_path / "2.fq")], starter_table())
    assert len(result.kept) == 30
    assert " " not in "".join(kept_names(result))


def two_files(tmp_path: Path, first: list[str], second: list[str]) -> Lane:
    for mate, reads in ((1, first), (2, second)):
        text = fastq((name, bases("NUTM1")[600:660] + mate * "A") for name in reads)
        (tmp_path / f"{mate}.fq").write_text(text)
    return Lane(tmp_path / "1.fq", tmp_path / "2.fq")


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("block", [200, 1 << 20])
def test_mates_out_of_order_are_refused_with_the_whole_story(
    threads: int, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "BLOCK", block)
    lane = two_files(tmp_path, ["a", "b", "c", "d", "e"], ["a", "b", "d", "c", "e"])
    with pytest.raises(FastqError) as caught:
        sieve([lane], starter_table(), threads=threads)
    assert str(caught.value) == (
        f"{tmp_path}/2.fq:9: mates out of order: expected record 3 to be 'c' as in"
        f" {tmp_path}/1.fq, found 'd'; sort both files alike"
    )


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("longer", [1, 2])
@pytest.mark.parametrize("block", [200, 1 << 20])
def test_unequal_numbers_of_mates_are_refused_with_the_whole_story(
    threads: int, longer: int, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "BLOCK", block)
    counts = (["a", "b", "c"], ["a", "b"]) if longer == 1 else (["a", "b"], ["a", "b", "c"])
    lane = two_files(tmp_path, *counts)
    with pytest.raises(FastqError) as caught:
        sieve([lane], starter_table(), threads=threads)
    assert str(caught.value) == (
        f"{tmp_path}/{longer}.fq:9: mates of unequal number: {tmp_path}/{3 - longer}.fq ends after"
        " 2 records, found record 3 'c' here; use the two files of one lane, untrimmed or trimmed"
        " together"
    )


def test_a_umi_file_of_other_fragments_is_refused(tmp_path: Path) -> None:
    lane = two_files(tmp_path, ["a", "b"], ["a", "b"])
    umi = tmp_path / "u.fq"
    umi.write_text(fastq([("a", "ACGT"), ("x", "ACGT")]))
    with pytest.raises(FastqError, match="expected record 2 to be 'b'"):
        sieve([Lane(lane.fastq_1, lane.fastq_2, umi)], starter_table())


@pytest.mark.parametrize("threads", [1, 2])
def test_an_error_in_a_reader_thread_arrives_whole(threads: int, tmp_path: Path) -> None:
    lane = two_files(tmp_path, ["a"], ["a"])
    assert lane.fastq_2 is not None
    lane.fastq_2.write_text(lane.fastq_2.read_text() + "not FASTQ\n")
    with pytest.raises(FastqError) as caught:
        sieve([lane], starter_table(), threads=threads)
    assert (caught.value.path, caught.value.line) == (str(lane.fastq_2), 5)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_first_error_leaves_no_reader_waiting(
    threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    # Mate 2 is wrong at once; mate 1 has hundreds of blocks that nobody will take.
    monkeypatch.setattr(source_module, "BLOCK", 200)
    names = [f"r{i}" for i in range(500)]
    lane = two_files(tmp_path, names, ["x", *names[1:]])
    with pytest.raises(FastqError, match="mates out of order"):
        sieve([lane], starter_table(), threads=threads)
    assert not [t for t in threading.enumerate() if t.name.startswith("read-")]


def test_a_file_given_twice_is_refused_under_any_name(tmp_path: Path) -> None:
    lane = write_lane(tmp_path, tiled(fusion()), "a")
    copy = tmp_path / "copy.fq"
    copy.write_bytes(lane.fastq_1.read_bytes())
    with pytest.raises(InputError) as caught:
        sieve([lane, Lane(copy)], starter_table())
    assert str(caught.value) == (
        f"{copy}: expected every read once, found that {lane.fastq_1} begins with the same read"
        " 't0'; give each lane once, and mates as pairs (--fastq R1 R2)"
    )


def test_the_same_reads_in_another_container_are_refused(tmp_path: Path) -> None:
    # A merged file beside its lanes would count every fragment twice.
    lane = write_lane(tmp_path, tiled(fusion()), "a")
    packed = tmp_path / "a.fq.gz"
    packed.write_bytes(gzip.compress(lane.fastq_1.read_bytes(), mtime=0))
    with pytest.raises(InputError, match="begins with the same read"):
        sieve([lane, Lane(packed)], starter_table())


def test_mates_given_as_single_reads_are_refused(tmp_path: Path) -> None:
    # Two files of mates, or both mates in one file: each fragment would count as two.
    lane = write_lane(tmp_path, pairs(4), "a")
    assert lane.fastq_2 is not None
    with pytest.raises(InputError, match="mates as pairs"):
        sieve([Lane(lane.fastq_1), Lane(lane.fastq_2)], starter_table())
    first, second = (p.read_text().splitlines() for p in (lane.fastq_1, lane.fastq_2))
    both = tmp_path / "interleaved.fq"
    records = [
        "\n".join(lines[i : i + 4]) for i in range(0, len(first), 4) for lines in (first, second)
    ]
    both.write_text("\n".join(records) + "\n")
    with pytest.raises(FastqError, match="both mates of 'f0'") as caught:
        sieve([Lane(both)], starter_table())
    assert caught.value.line == 1


def test_empty_files_may_be_given_twice(tmp_path: Path) -> None:
    # a lane in which the sample got nothing
    for name in ("1.fq.gz", "2.fq.gz"):
        (tmp_path / name).write_bytes(gzip.compress(b"", mtime=0))
    result = sieve([Lane(tmp_path / "1.fq.gz", tmp_path / "2.fq.gz")], starter_table())
    assert (result.fragments, len(result.kept), result.stats.tolist()[1]) == (0, 0, -1)


def test_progress_goes_from_nothing_to_everything(tmp_path: Path) -> None:
    seen: list[tuple[float, int]] = []
    lanes = [write_lane(tmp_path, pairs(5), "a"), write_lane(tmp_path, pairs(6, "g"), "b")]
    sieve(lanes, starter_table(), progress=lambda share, n: seen.append((share, n)))
    assert seen == sorted(seen)
    assert seen[-1] == (1.0, 22)


def test_exon_ends_of_the_builders_are_those_of_the_panel() -> None:
    # Guards the arithmetic that every other test of this folder stands on.
    assert up_to("BRD4", 11)[-3:] == "CAG"
    assert bases("NUTM1")[: exon_end("NUTM1", 2)][-3:] == "GAG"
    assert exon_start("NUTM1", 3) == exon_end("NUTM1", 2) == 482

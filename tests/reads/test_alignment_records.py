"""Reads come out of alignment records as the sequencer wrote them, each once."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reads.alignments import (
    ELSEWHERE,
    NUTM1_AT,
    header,
    look,
    only,
    record,
    records_of,
    write,
)
from tests.reads.builders import (
    Fragment,
    bases,
    count,
    fusion,
    pair,
    random_bases,
    sides,
    single,
    tiled,
)
from tests.reads.builders import only as only_from_fastq

if TYPE_CHECKING:
    from pathlib import Path

    import pysam

FUSION = fusion()
SPAN = 2000
PAIRS = [pair(f"p{i}", FUSION, -40 - 5 * i, 150) for i in range(6)]


def copies(fragment: Fragment, number: int, **changes: str) -> list[Fragment]:
    """The same molecule sequenced again."""
    return [
        Fragment(f"{fragment.name}c{i}", fragment.mate_1, fragment.mate_2, **changes)
        for i in range(number)
    ]


def test_reverse_alignments_are_turned_back(tmp_path: Path) -> None:
    """Bases and qualities: the bad tail of a read is its end, not its alignment's."""
    reads = []
    for made in records_of(tiled(FUSION)):
        text = made.query_sequence or ""
        turned = record(made.query_name or "", text, place=NUTM1_AT, reverse=True)
        turned.query_qualities_str = ("I" * (len(text) - 2) + "##")[::-1]
        reads.append(turned)
    trimmed = [Fragment(f.name, f.mate_1[:-2]) for f in tiled(FUSION)]
    assert only(write(tmp_path / "a.bam", reads)) == only_from_fastq(trimmed)


def test_supplementary_and_secondary_records_add_nothing(tmp_path: Path) -> None:
    """STAR repeats a chimeric read in full, bwa a clipped part of it."""
    reads = records_of(PAIRS, NUTM1_AT)
    again = [
        record(p.name, p.mate_1, mate=1, place=ELSEWHERE, mate_place=NUTM1_AT, flag=0x800)
        for p in PAIRS
    ]
    clipped = [
        record(p.name, p.mate_1[:30], mate=1, place=NUTM1_AT, flag=0x800, cigar="30M30H")
        for p in PAIRS
    ]
    path = write(tmp_path / "a.bam", [*again, *clipped, *reads])
    assert only(path) == only_from_fastq(PAIRS)
    indexed = write(tmp_path / "b.bam", [*again, *clipped, *reads], index=True)
    assert only(indexed) == only_from_fastq(PAIRS)


def test_read_whose_part_lies_on_nutm1_is_found_where_it_lies_whole(tmp_path: Path) -> None:
    """Its own alignment is on another gene; a hard-clipped part on NUTM1 says where that is."""
    contig, start = ELSEWHERE
    reads: list[pysam.AlignedSegment] = []
    for number, fragment in enumerate(tiled(FUSION)):
        at = contig, start + 40_000 * number
        part = f"{NUTM1_AT[0]},{NUTM1_AT[1] + 1},+,30M30S,60,0;"
        whole = f"{at[0]},{at[1] + 1},+,30S30M,60,0;"
        name, text = fragment.name, fragment.mate_1
        reads.append(record(name, text, place=at, cigar="30S30M", tags=[("SA", part)]))
        reads.append(
            record(
                name, text[:30], place=NUTM1_AT, flag=0x800, cigar="30M30H", tags=[("SA", whole)]
            )
        )
    path = write(tmp_path / "a.bam", reads, index=True)
    assert only(path) == only_from_fastq(tiled(FUSION))


def test_mates_far_away_and_unmapped_mates_are_fetched(tmp_path: Path) -> None:
    """Mates on a gene that the panel lacks, and mates that the aligner placed nowhere."""
    reads = []
    for number, fragment in enumerate(PAIRS):
        assert fragment.mate_2 is not None
        far = (ELSEWHERE[0], ELSEWHERE[1] + 900_000 * number) if number % 2 else None
        reads.append(record(fragment.name, fragment.mate_1, mate=1, place=far, mate_place=NUTM1_AT))
        reads.append(
            record(
                fragment.name, fragment.mate_2, mate=2, place=NUTM1_AT, mate_place=far, reverse=True
            )
        )
    found = only(write(tmp_path / "a.bam", reads, index=True))
    assert found == only_from_fastq(PAIRS)


def test_indexed_look_asks_the_unplaced_reads(tmp_path: Path) -> None:
    """An aligner that does not split reads leaves those across a joint unmapped."""
    filler = [record(f"n{i}", random_bases(60, i), place=ELSEWHERE) for i in range(50)]
    path = write(tmp_path / "a.bam", [*filler, *records_of(PAIRS)], index=True)
    assert only(path) == only_from_fastq(PAIRS)
    found = look(path)
    assert found.qc is not None
    assert found.qc.alignment is not None
    # 50 reads elsewhere were not read; nobody knows how many there are
    assert (found.qc.fragments, found.qc.alignment.fragments_examined) == (None, len(PAIRS))
    assert [(file.role, file.records) for file in found.inputs] == [("bam", None), ("index", None)]
    assert found.inputs[0].sha256 is None


def test_indexed_look_does_not_see_a_clip_elsewhere(tmp_path: Path) -> None:
    """What docs/reads.md says: the aligner neither split the read nor has the panel its gene."""
    reads = [record(f.name, f.mate_1, place=ELSEWHERE, cigar="40M20S") for f in tiled(FUSION)]
    path = write(tmp_path / "a.bam", reads, index=True)
    assert look(path).junctions == ()
    (tmp_path / "a.bam.bai").unlink()
    assert only(path) == only_from_fastq(tiled(FUSION))


@pytest.mark.parametrize("names", [("r{}/1", "r{}/2"), ("r{}", "r{}"), ("SRR9.{}.1", "SRR9.{}.2")])
def test_mates_without_flags_are_mates_by_name(names: tuple[str, str], tmp_path: Path) -> None:
    reads = []
    for number, fragment in enumerate(PAIRS):
        for name, text in zip(names, (fragment.mate_1, fragment.mate_2), strict=True):
            reads.append(record(name.format(number), text or "", place=NUTM1_AT))
    found = look(write(tmp_path / "a.bam", reads))
    assert count(found.junctions[0]) == count(only_from_fastq(PAIRS))
    assert found.junctions[0].distinct_starts == only_from_fastq(PAIRS).distinct_starts
    assert found.qc is not None
    assert found.qc.fragments == (None if names[0] == names[1] else len(PAIRS))


def test_spots_of_single_reads_are_not_mates(tmp_path: Path) -> None:
    """Run and spot only: spots 1 and 2 are two fragments."""
    reads = [
        record(f"SRR9.{i}", f.mate_1, place=NUTM1_AT) for i, f in enumerate(tiled(FUSION), start=1)
    ]
    assert only(write(tmp_path / "a.bam", reads)).split_reads == 8


def test_read_listed_under_several_best_places_counts_once(tmp_path: Path) -> None:
    """STAR's AllBestScore: several primary records of one read."""
    reads = records_of(PAIRS, NUTM1_AT)
    path = write(tmp_path / "a.bam", [*reads, *records_of(PAIRS, ELSEWHERE)])
    assert only(path) == only_from_fastq(PAIRS)


def test_reads_without_qualities_are_read(tmp_path: Path) -> None:
    """Their quality is unknown, not zero."""
    reads = records_of(tiled(FUSION), NUTM1_AT)
    for made in reads:
        made.query_qualities_str = None
    found = look(write(tmp_path / "a.bam", reads))
    assert found.junctions[0].split_reads == 8
    assert found.qc is not None
    assert found.qc.mean_base_quality is None


def test_file_without_reads(tmp_path: Path) -> None:
    found = look(write(tmp_path / "a.bam", []))
    assert found.junctions == ()
    assert found.qc is not None
    assert (found.qc.fragments, found.qc.read_length_mean) == (0, None)
    assert look(write(tmp_path / "b.bam", [], index=True)).junctions == ()


def test_umi_tags_tell_molecules_apart(tmp_path: Path) -> None:
    """Three molecules with equal ends, each sequenced three times."""
    one = pair("m", FUSION, -35, 150)
    umis = ("ACGTACGT", "TTGACCAA", "GGATCCTT")
    fragments = [
        Fragment(f"{umi}{i}", one.mate_1, one.mate_2, umi) for umi in umis for i in range(3)
    ]
    found = look(write(tmp_path / "a.bam", records_of(fragments, NUTM1_AT)))
    support = found.junctions[0]
    assert (support.split_reads, support.split_reads_raw) == (3, 9)
    assert found.qc is not None
    assert found.qc.umi == "rx_tag"
    assert count(support) == count(only_from_fastq(fragments))


def test_molecule_identifiers_tell_molecules_apart(tmp_path: Path) -> None:
    """MI numbers may differ in one digit; both strands of a duplex are one molecule."""
    one = pair("m", FUSION, -35, 150)
    reads = []
    for number, identifier in enumerate(("12/A", "12/B", "13/A", "13/B", "14/A")):
        copy = Fragment(f"m{number}", one.mate_1, one.mate_2)
        reads += records_of([copy], NUTM1_AT, tags=[("MI", identifier)])
    found = look(write(tmp_path / "a.bam", reads))
    assert (found.junctions[0].split_reads, found.junctions[0].split_reads_raw) == (3, 5)
    assert found.qc is not None
    assert found.qc.umi == "mi_tag"


def test_tag_that_some_fragments_lack_is_not_used(tmp_path: Path) -> None:
    one = pair("m", FUSION, -35, 150)
    tagged = records_of(copies(one, 3, umi="ACGTACGT"), NUTM1_AT)
    found = look(write(tmp_path / "a.bam", [*tagged, *records_of([one], NUTM1_AT)]))
    assert found.junctions[0].split_reads == 1
    assert found.qc is not None
    assert found.qc.umi == "none"


def test_marked_duplicates_are_read_like_others(tmp_path: Path) -> None:
    """A program marked all but one of six molecules, by another rule than ours."""
    reads = records_of(PAIRS, NUTM1_AT)
    for made in reads[2:]:
        made.is_duplicate = True
    assert only(write(tmp_path / "a.bam", reads)) == only_from_fastq(PAIRS)


def test_one_fixed_end_leaves_the_other_to_tell_molecules_apart(tmp_path: Path) -> None:
    """Anchored multiplex PCR: the primer fixes one end, the ligated adapter's end is random."""
    fragments = [pair(f"a{i}", FUSION, -35, 130 + 4 * i) for i in range(7)]
    fragments += copies(fragments[0], 5)
    found = only(write(tmp_path / "a.bam", records_of(fragments, NUTM1_AT)))
    assert (found.split_reads, found.split_reads_raw) == (7, 12)


def test_two_fixed_ends_without_umi_are_one_fragment(tmp_path: Path) -> None:
    """An amplicon: copies of one molecule and many molecules look the same."""
    fragments = copies(pair("a", FUSION, -35, 140), 40)
    found = only(write(tmp_path / "a.bam", records_of(fragments, NUTM1_AT)))
    assert (found.split_reads, found.split_reads_raw, found.distinct_starts) == (1, 40, 1)


@st.composite
def aligned(draw: st.DrawFn) -> tuple[list[Fragment], list[pysam.AlignedSegment]]:
    """Pairs of a fusion and of nothing, with records as odd as aligners write them."""
    rng = random.Random(draw(st.integers(0, 10_000)))
    fragments = [
        pair(f"f{i}", FUSION, -rng.randint(20, 90), rng.randint(100, 200), flipped=i % 2 == 1)
        for i in range(draw(st.integers(2, 9)))
    ]
    fragments += [
        Fragment(f"x{i}", random_bases(60, i), random_bases(60, 100 + i)) for i in range(3)
    ]
    out = []
    for fragment in fragments:
        places = [rng.choice((NUTM1_AT, ("chr19", 15_250_000), None)) for _ in range(2)]
        for mate in (1, 2):
            text = (fragment.mate_1, fragment.mate_2 or "")[mate - 1]
            here, there = places[mate - 1], places[2 - mate]
            turned = here is not None and rng.random() < 0.5
            flags = rng.choice((0, 0x2, 0x400, 0x200))
            out.append(
                record(
                    fragment.name, text, mate=mate, place=here, mate_place=there, reverse=turned,
                    flag=flags,
                )
            )  # fmt: skip
            if here is not None and rng.random() < 0.3:
                out.append(
                    record(
                        fragment.name, text, mate=mate, place=ELSEWHERE, mate_place=there,
                        flag=rng.choice((0x100, 0x800)),
                    )
                )  # fmt: skip
    rng.shuffle(out)
    return fragments, out


@given(aligned(), st.booleans())
@settings(max_examples=25, deadline=None, derandomize=True)
def test_fragments_are_the_same_from_whatever_records(
    tmp_path_factory: pytest.TempPathFactory,
    made: tuple[list[Fragment], list[pysam.AlignedSegment]],
    index: bool,
) -> None:
    from tests.reads.builders import look as look_at_fastq

    fragments, records = made
    path = write(tmp_path_factory.mktemp("odd") / "a.bam", records, index=index)
    junctions, qc = look_at_fastq(fragments)
    found = look(path)
    assert [(count(j), sides(j)) for j in found.junctions] == [
        (count(j), sides(j)) for j in junctions
    ]
    assert found.qc is not None
    assert found.qc.fragments_kept == qc.fragments_kept
    assert found.qc.nutm1_fragments == qc.nutm1_fragments


def test_partner_fragments_are_counted_as_from_fastq(tmp_path: Path) -> None:
    """BRD4 reads at the BRD4 locus: by words, both mates together."""
    template = bases("BRD4")
    fragments = []
    for i in range(40):
        start = 100 * i + 37
        left = template[start : start + 50]
        fragments.append(Fragment(f"b{i}", left, template[start + 60 : start + 80]))
    from tests.reads.builders import look as look_at_fastq

    _, qc = look_at_fastq(fragments)
    path = write(tmp_path / "a.bam", records_of(fragments, ("chr19", 15_250_000)), index=True)
    found = look(path)
    assert found.qc is not None
    assert found.qc.partner_fragments == qc.partner_fragments
    assert found.qc.partner_fragments[0].fragments == 40


def test_contigs_are_known_in_several_spellings(tmp_path: Path) -> None:
    """UCSC, Ensembl, RefSeq."""
    for number, name in enumerate(("chr15", "15", "NC_000015.10")):
        into = header({name: 101_991_189})
        reads = [
            record(f.name, f.mate_1, place=(name, NUTM1_AT[1]), into=into) for f in tiled(FUSION)
        ]
        path = write(tmp_path / f"{number}.bam", reads, index=True, into=into)
        assert only(path) == only_from_fastq(tiled(FUSION))


def test_loci_are_those_of_the_files_assembly(tmp_path: Path) -> None:
    """NUTM1 lies 292,201 bases further on GRCh37, where GRCh38 has no gene of the panel."""
    into = header({"15": 102_531_392})
    reads = [
        record(f.name, f.mate_1, place=("15", NUTM1_AT[1] + 292_201), into=into)
        for f in tiled(FUSION)
    ]
    path = write(tmp_path / "a.bam", reads, index=True, into=into)
    assert only(path) == only_from_fastq(tiled(FUSION))


def test_single_read_of_a_pair_is_read_alone(tmp_path: Path) -> None:
    """A filtered file that holds one mate of each pair."""
    alone = [single(f"s{i}", FUSION, 20 + 3 * i) for i in range(5)]
    reads = [record(f.name, f.mate_1, mate=1, place=NUTM1_AT, mate_place=NUTM1_AT) for f in alone]
    for index in (False, True):
        path = write(tmp_path / f"{index}.bam", reads, index=index)
        assert count(only(path)) == (5, 0)

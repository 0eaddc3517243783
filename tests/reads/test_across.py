"""Wild-type fragments across exons' ends: those that a fusion's joint would have replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reads import alignments
from tests.reads.builders import (
    Fragment,
    Template,
    bases,
    exon_end,
    fusion,
    look,
    only,
    pair,
    random_bases,
    single,
    tiled,
    up_to,
    with_error,
)
from tests.reads.long_reads import long_reads

from nutfusion.reads import assign, placement
from nutfusion.reads import long_reads as long_
from nutfusion.reads.across import Across, distinct, umi_number
from nutfusion.reads.kernels import across as kernel
from nutfusion.reads.tally import Inserts

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.evidence import ExonEndFragments, ReadQc

WILD_TYPE = Template(up_to("BRD4", 11), bases("BRD4")[exon_end("BRD4", 11) :])


def end_of(qc: ReadQc, exon: int = 11) -> ExonEndFragments:
    """What was counted at the end of a BRD4 exon."""
    assert qc.exon_ends is not None
    return next(end for end in qc.exon_ends if (end.gene.symbol, end.exon) == ("BRD4", exon))


def counted(fragments: list[Fragment], exon: int = 11) -> tuple[int, int]:
    """Split fragments and pairs at the end of a BRD4 exon."""
    end = end_of(look(fragments)[1], exon)
    return end.split, end.pairs


def test_exons_in_phase_with_the_usual_acceptor_are_counted() -> None:
    ends = look([single("a", WILD_TYPE, 30)])[1].exon_ends
    assert ends is not None
    found = [(end.gene.symbol, end.exon, end.position, end.acceptor) for end in ends]
    # the starter has no other partner's sequence; exon 11 is the catalogued joint's
    assert ("BRD4", 11, 15254152, 3) in found
    assert {(gene, exon) for gene, exon, *_ in found} == {
        ("BRD4", exon) for exon in (4, 10, 11, 13, 14, 16)
    }


@pytest.mark.parametrize("before", [2, 4, 5, 6, 7, 8, 20, 50, 52, 53, 54, 55, 56, 58])
def test_a_read_counts_where_the_fusion_s_would(before: int) -> None:
    template = fusion()
    others = tiled(template)
    expected = only([*others, single("a", template, before)]).split_reads - len(others)
    assert counted([single("a", WILD_TYPE, before)]) == (expected, 0)


@pytest.mark.parametrize("flipped", [False, True])
def test_a_fragment_whose_mates_both_cross_counts_once(flipped: bool) -> None:
    assert counted([pair("a", WILD_TYPE, -40, 80, flipped=flipped)]) == (1, 0)


@pytest.mark.parametrize("flipped", [False, True])
def test_mates_on_either_side_are_a_pair(flipped: bool) -> None:
    assert counted([pair("a", WILD_TYPE, -90, 180, flipped=flipped)]) == (0, 1)


def test_a_fragment_beside_the_end_does_not_count() -> None:
    assert counted([pair("a", WILD_TYPE, -200, 180), pair("b", WILD_TYPE, 5, 180)]) == (0, 0)


def test_fragments_of_the_fusion_are_not_wild_type() -> None:
    template = fusion()
    fragments = [pair(f"s{i}", template, -30 - i, 150) for i in range(9)]
    fragments += [pair(f"p{i}", template, -80 - i, 180) for i in range(9)]
    junctions, qc = look(fragments)
    assert junctions[0].split_reads + junctions[0].discordant_pairs == 18
    assert (end_of(qc).split, end_of(qc).pairs) == (0, 0)


def test_reads_that_go_on_in_the_intron_are_not_wild_type() -> None:
    intron = Template(up_to("BRD4", 11), "GTAAGT" + random_bases(600, 5))
    fragments = [pair(f"a{i}", intron, -30 - i, 150) for i in range(9)]
    fragments += [pair(f"b{i}", intron, -90 - i, 200) for i in range(9)]
    assert counted(fragments) == (0, 0)


def test_copies_count_once_and_starts_are_counted() -> None:
    fragments = [pair(f"a{i}", WILD_TYPE, -30, 150) for i in range(20)]
    fragments += [pair(f"b{i}", WILD_TYPE, -30, 160) for i in range(20)]
    end = end_of(look(fragments)[1])
    assert (end.split, end.starts) == (2, 1)


def test_umis_tell_copies_from_molecules() -> None:
    # the third UMI differs from the second in one base: a sequencing error
    fragments = [
        pair(f"m:1:f:1:1:{i}:1:{umi}", WILD_TYPE, -30, 150)
        for i, umi in enumerate(["ACGTACGT", "TTGGAACC", "TTGGAACA", "ACGTACGT"])
    ]
    assert counted(fragments) == (2, 0)


def test_a_short_anchor_with_an_error_does_not_count_and_a_long_one_does() -> None:
    # as a joint: under ten bases none may differ, a tenth of longer anchors may
    short = single("a", WILD_TYPE, 8)
    long = single("b", WILD_TYPE, 30)
    spoiled = [
        Fragment("a", with_error(short.mate_1, 4)),
        Fragment("b", with_error(long.mate_1, 38)),
    ]
    assert counted([short, long]) == (2, 0)
    assert counted(spoiled) == (1, 0)


def test_anchors_are_counted_by_their_shorter_side() -> None:
    end = end_of(look([single("a", WILD_TYPE, 20), single("b", WILD_TYPE, 50)])[1])
    assert {length: n for length, n in enumerate(end.split_by_anchor, start=4) if n} == {
        20: 1,
        10: 1,
    }


def test_adapters_are_no_part_of_a_fragment() -> None:
    # an insert of 50 in reads of 75: what follows is adapter
    whole = pair("a", WILD_TYPE, -25, 50, 50)
    adapter = "AGATCGGAAGAGCACACGTCTGAAC"
    assert whole.mate_2 is not None
    read_through = Fragment("a", whole.mate_1 + adapter, whole.mate_2 + adapter)
    assert counted([read_through]) == (1, 0)
    assert counted([Fragment("a", whole.mate_1 + adapter)]) == (1, 0)


def test_isoforms_that_share_the_exon_count_too() -> None:
    # whichever of the panel's transcripts goes on after exon 4
    template = Template(up_to("BRD4", 4), bases("BRD4")[exon_end("BRD4", 4) :])
    assert counted([pair("a", template, -30, 150)], exon=4) == (1, 0)


BRD4_AT = ("chr19", 15_250_000)
"""Contig and start (0-based) of a place within BRD4."""


@pytest.mark.parametrize("index", [False, True])
def test_alignments_give_what_fastq_gives(index: bool, tmp_path: Path) -> None:
    fragments = [pair(f"s{i}", WILD_TYPE, -20 - 3 * i, 150 + i) for i in range(9)]
    fragments += [pair(f"p{i}", WILD_TYPE, -90 - i, 190) for i in range(5)]
    fragments += [pair(f"q{i}", WILD_TYPE, -90, 190) for i in range(3)]
    records = alignments.records_of(fragments, BRD4_AT)
    path = alignments.write(tmp_path / "a.bam", records, index=index)
    qc = alignments.look(path).qc
    assert qc is not None
    assert qc.exon_ends == look(fragments)[1].exon_ends
    assert (end_of(qc).split, end_of(qc).pairs) == (9, 5)


@pytest.mark.parametrize(("tag", "split"), [("RX", 2), ("MI", 3)])
def test_tags_of_alignments_tell_copies_from_molecules(
    tag: str, split: int, tmp_path: Path
) -> None:
    # one base apart: one UMI with an error, but two identifiers
    records = [
        made
        for i, value in enumerate(["ACGTA", "ACGTC", "TTTTT"])
        for made in alignments.records_of(
            [pair(f"s{i}", WILD_TYPE, -20, 150)], BRD4_AT, tags=[(tag, value)]
        )
    ]
    if tag == "MI":
        for number, made in enumerate(records):
            made.set_tag("MI", str(11 + number // 2))
    qc = alignments.look(alignments.write(tmp_path / "a.bam", records)).qc
    assert qc is not None
    assert end_of(qc).split == split


def test_long_reads_across_the_end_are_counted() -> None:
    over = exon_end("BRD4", 11)
    reads = long_reads(bases("BRD4"), 40, 0.05, over=over)
    split, pairs = counted(reads)
    assert 36 <= split <= 40
    assert pairs == 0


def test_long_reads_of_the_fusion_are_not_wild_type() -> None:
    template = fusion()
    assert counted(long_reads(template.text, 20, 0.03, over=template.joint)) == (0, 0)


def test_one_key_a_molecule() -> None:
    # outer ends 5 and 6; anchors 1, 9, 3 of one molecule without UMIs
    keys = np.array(sorted([5 << 6 | 1, 5 << 6 | 9, 6 << 6 | 3]), np.int64)
    assert distinct(keys, np.zeros(3, np.int64)).tolist() == [5 << 6 | 9, 6 << 6 | 3]


def test_identifiers_of_molecules_differ_in_more_than_one_base() -> None:
    apart = umi_number("12|12") ^ umi_number("13|13")
    assert (apart | apart >> 1) & 0x5555555555555555 not in {4**i for i in range(32)}
    assert umi_number("ACGT+ACGT") == umi_number("ACGTACGT")


umis_few = st.text("ACGT", min_size=6, max_size=6).map(lambda text: text.replace("T", "A"))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 2), st.integers(0, 3), umis_few), max_size=25))
def test_molecules_are_those_that_comparing_each_umi_with_each_finds(
    fragments: list[tuple[int, int, str]],
) -> None:
    rows = sorted((ends << 6 | anchor, umi_number(umi), umi) for ends, anchor, umi in fragments)
    keys, umis = (np.array([row[i] for row in rows], np.int64) for i in (0, 1))
    molecules: list[tuple[int, str]] = []
    for key, _, umi in reversed(rows):
        copies = (
            sum(a != b for a, b in zip(umi, other, strict=True)) <= 1
            for ends, other in molecules
            if ends == key >> 6
        )
        if not any(copies):
            molecules.append((key >> 6, umi))
    found = distinct(keys, umis)
    assert sorted((found >> 6).tolist()) == sorted(ends for ends, _ in molecules)


def test_copies_that_come_in_many_batches_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fragments = tiled(WILD_TYPE, 8) * 5
    named = [Fragment(f"r{i}", f.mate_1, f.mate_2) for i, f in enumerate(fragments)]
    whole = end_of(look(named)[1])
    merges: list[int] = []
    merged = Across._merged

    def counted_merge(self: Across) -> tuple[np.ndarray, np.ndarray]:
        keys, umis = merged(self)
        merges.append(len(keys))
        return keys, umis

    monkeypatch.setattr("nutfusion.reads.across.COMPACTED", 2)
    monkeypatch.setattr(Across, "_merged", counted_merge)
    assert end_of(look(named)[1]) == whole
    assert len(merges) > 1


def test_what_the_kernel_takes_from_other_places_is_what_stands_there() -> None:
    assert kernel.MATE_SCORE == assign.MATE_SCORE
    assert Inserts(np.eye(1, 4096, 100, np.int64)[0] * 50).largest == kernel.LARGEST_INSERT
    assert kernel.LONGEST_SHORT == long_.LONGEST_SHORT
    assert kernel.LONGEST_GAP == long_.LONGEST_GAP
    assert kernel.SHORTEST_INSERT == placement.SHORTEST_FRAGMENT

"""What counts as one molecule."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reads.builders import (
    Fragment,
    Template,
    assigner,
    bases,
    count,
    fusion,
    look,
    only,
    pair,
    random_bases,
    reverse_complement,
    single,
    starting_at,
    tiled,
    with_error,
)

from nutfusion.reads.assign import PlacedRead, Supporter
from nutfusion.reads.known import known_joints
from nutfusion.reads.molecules import mark_duplicates
from nutfusion.reads.tally import INSERT_WITHOUT_MEASURE, PAIRS_TO_MEASURE, insert_sizes


def pcr(fragment: Fragment, copies: int, *, errors: bool = False) -> list[Fragment]:
    """Copies of a fragment; with errors, each copy has one of its own in mate 1."""
    return [
        Fragment(
            f"{fragment.name}.c{i}",
            with_error(fragment.mate_1, 5 + i) if errors else fragment.mate_1,
            fragment.mate_2,
            fragment.umi,
        )
        for i in range(copies)
    ]


@pytest.mark.parametrize("errors", [False, True])
def test_forty_copies_of_two_fragments_are_two(errors: bool) -> None:
    template = fusion()
    fragments = pcr(pair("a", template, -31, 150), 20, errors=errors)
    fragments += pcr(pair("b", template, -25, 170), 20, errors=errors)
    found = only(fragments)
    assert count(found) == (2, 0)
    assert found.split_reads_raw == 40
    assert found.distinct_starts == 2


def test_copies_of_pairs_are_one_pair() -> None:
    template = fusion()
    fragments = [pair(f"s{i}", template, -30 - i, 180) for i in range(3)]
    fragments += pcr(pair("d", template, -75, 150), 9)
    found = only(fragments)
    assert count(found) == (3, 1)
    assert found.discordant_pairs_raw == 9


def test_single_reads_are_told_apart_by_their_start() -> None:
    template = fusion()
    found = only([single("a", template, 30), single("b", template, 30), single("c", template, 31)])
    assert (found.split_reads, found.split_reads_raw) == (2, 3)


def test_one_outer_end_in_common_is_not_enough() -> None:
    # Inserts of different length from one priming site are different molecules.
    template = fusion()
    found = only([pair(f"a{i}", template, -30, 150 + i) for i in range(5)])
    assert count(found) == (5, 0)
    assert found.distinct_starts == 1  # all begin at one base of the partner


def test_both_orientations_of_one_insert_are_one_molecule() -> None:
    template = fusion()
    found = only([pair(f"a{i}", template, -30, 150, flipped=i % 2 == 0) for i in range(4)])
    assert (found.split_reads, found.split_reads_raw) == (1, 4)


def test_trimmed_copies_are_still_copies() -> None:
    # The outer end is a read's first base: a 3' trim does not move it.
    template = fusion()
    whole = pair("a", template, -40, 150, 75)
    assert whole.mate_2 is not None
    trimmed = Fragment("b", whole.mate_1[:60], whole.mate_2[:50])
    other = pair("c", template, -33, 150, 75)
    assert count(only([whole, trimmed, other])) == (2, 0)


def with_umis(umis: list[str], where: str) -> list[Fragment]:
    """Fragments with the same ends and a UMI each."""
    template = fusion()
    name = {"file": "r{0}", "colon": "M:1:F:1:1:{0}:2:{1}", "underscore": "r{0}_{1}"}[where]
    out = []
    for i, umi in enumerate(umis):
        one = pair(name.format(i, umi), template, -30, 150)
        out.append(Fragment(one.name, one.mate_1, one.mate_2, umi if where == "file" else None))
    return out


@pytest.mark.parametrize("where", ["file", "colon", "underscore"])
def test_umis_tell_molecules_with_equal_ends_apart(where: str) -> None:
    umis = ["AAAACCCC", "GGGGTTTT", "ACACACAC", "AAAACCCC", "GGGGTTTT"]
    junctions, qc = look(with_umis(umis, where))
    assert [count(found) for found in junctions] == [(3, 0)]
    assert junctions[0].split_reads_raw == 5
    assert qc.umi == ("umi_file" if where == "file" else "read_name")


def test_a_sequencing_error_in_a_umi_makes_no_molecule() -> None:
    umis = ["AAAACCCC", "AAAACCCG", "GGGGTTTT", "AGGGTTTT", "GGGGTTTT"]
    assert count(only(with_umis(umis, "file"))) == (2, 0)


def test_two_bases_of_difference_in_a_umi_are_two_molecules() -> None:
    assert count(only(with_umis(["AAAACCCC", "AAAACCGG"], "file"))) == (2, 0)


def test_equal_umis_at_other_ends_are_other_molecules() -> None:
    template = fusion()
    found = only(
        [
            Fragment(f.name, f.mate_1, f.mate_2, "ACGTACGT")
            for f in (pair(f"r{i}", template, -30 - i, 150) for i in range(4))
        ]
    )
    assert count(found) == (4, 0)


def supporter(number: int, left: int | bytes | None, right: int | bytes | None = 100) -> Supporter:
    read = PlacedRead(0, False, -30, 60, 30, 30)
    return Supporter(number, "split", (read,), left, right, "")


def test_the_fragment_that_stays_does_not_depend_on_the_order_of_the_files() -> None:
    names = ["z", "a", "m"]
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        supporters = [supporter(i, -30) for i in order]
        mark_duplicates(supporters, names)
        assert [s.fragment for s in supporters if not s.duplicate] == [1]


def test_split_fragments_stay_before_pairs() -> None:
    pair_ = Supporter(0, "discordant", (PlacedRead(0, False, -90, 60, 60, 0),), -30, 100, "")
    supporters = [pair_, supporter(1, -30)]
    mark_duplicates(supporters, ["a", "z"])
    assert [s.fragment for s in supporters if not s.duplicate] == [1]


def test_an_unplaced_mate_is_known_by_its_first_bases() -> None:
    one, other = bytes([0, 1, 2, 3] * 6), bytes([3, 2, 1, 0] * 6)
    near = bytes([1, 1, 2, 3] * 1 + [0, 1, 2, 3] * 5)  # one sequencing error
    supporters = [supporter(0, one), supporter(1, near), supporter(2, other), supporter(3, -30)]
    mark_duplicates(supporters, ["a", "b", "c", "d"])
    assert [s.fragment for s in supporters if not s.duplicate] == [0, 2, 3]


def few_differences(alphabet: str, length: int) -> st.SearchStrategy[bytes]:
    """Bases of one of two places, with up to four errors: near each other, and not."""
    places = [bytes(map(ord, (alphabet * length)[i : i + length])) for i in (0, 1)]

    def with_errors(place: bytes, at: list[int]) -> bytes:
        return bytes(ord("T") if i in at else base for i, base in enumerate(place))

    errors = st.lists(st.integers(0, length - 1), max_size=4)
    return st.builds(with_errors, st.sampled_from(places), errors)


ends = st.one_of(
    st.integers(-31, -30),
    st.none(),
    few_differences("ACG", 24),
    few_differences("ACG", 20),  # the unplaced mate was trimmed
)
umis = st.one_of(
    st.just(""),
    st.text("AC", min_size=1, max_size=1),
    st.sampled_from(["AACC", "AACG", "TACC", "GGTT", "TACG"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(ends, st.one_of(st.just(100), ends), umis), max_size=12))
def test_copies_are_those_that_comparing_each_with_each_finds(
    fragments: list[tuple[int | bytes | None, int | bytes | None, str]],
) -> None:
    def same(a: int | bytes | None, b: int | bytes | None) -> bool:
        if isinstance(a, bytes) and isinstance(b, bytes):
            return sum(x != y for x, y in zip(a, b, strict=False)) <= 2
        return a == b

    def same_umi(a: str, b: str) -> bool:
        return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) <= 1

    supporters = [
        replace(supporter(i, left, right), umi=umi)
        for i, (left, right, umi) in enumerate(fragments)
    ]
    mark_duplicates(supporters, [f"r{i:02}" for i in range(len(fragments))])
    molecules: list[tuple[int | bytes | None, int | bytes | None, str]] = []
    for found, (left, right, umi) in zip(supporters, fragments, strict=True):
        copy = any(same(left, a) and same(right, b) and same_umi(umi, u) for a, b, u in molecules)
        assert found.duplicate is copy
        if not copy:
            molecules.append((left, right, umi))


def test_pairs_with_a_foreign_mate_are_counted_by_its_bases() -> None:
    # The partner is unknown: its mates lie nowhere, and still tell molecules apart.
    partner = random_bases(500, 7)
    template = Template(partner, starting_at("NUTM1", 3))
    fragments = [pair(f"r{i}", template, -150 - 40 * i, 230 + 40 * i, 75) for i in range(3)]
    copies = [Fragment(f"{f.name}c", f.mate_1, f.mate_2) for f in fragments]
    found = only([*fragments, *copies, *tiled(template, 4)])
    assert count(found) == (4, 3)
    assert (found.split_reads_raw, found.discordant_pairs_raw) == (4, 6)


def nutm1_pairs(inserts: list[int]) -> list[Fragment]:
    nutm1 = bases("NUTM1")
    out = []
    for i, insert in enumerate(inserts):
        whole = nutm1[500 + i : 500 + i + insert]
        out.append(Fragment(f"r{i}", whole[:60], reverse_complement(whole[-60:])))
    return out


def test_insert_sizes_are_outer_distances_of_facing_mates() -> None:
    fragments = nutm1_pairs([150, 200, 900])
    away = [
        Fragment("away", reverse_complement(f.mate_1), reverse_complement(f.mate_2 or ""))
        for f in fragments[:1]
    ]
    made = assigner(fragments + away)
    assert insert_sizes(made.placements).tolist() == [150, 200, 900]


def test_the_largest_insert_needs_twenty_pairs_to_be_measured() -> None:
    few = assigner(nutm1_pairs([200] * (PAIRS_TO_MEASURE - 1)))
    assert few.largest_insert == INSERT_WITHOUT_MEASURE
    enough = assigner(nutm1_pairs([200] * PAIRS_TO_MEASURE))
    assert enough.largest_insert == 600
    long = assigner(nutm1_pairs([800] * PAIRS_TO_MEASURE))
    assert long.largest_insert == 1200


def test_copies_share_what_is_equal_of_them() -> None:
    # A deep amplicon holds a hundred thousand of them.
    made = assigner([pair(f"p{i}", fusion(), -40, 100, 60) for i in range(3)])
    (found,) = known_joints(made).found
    assert len(found.supporters) == 3
    for one, other in pairwise(found.supporters):
        assert all(a is b for a, b in zip(one.reads, other.reads, strict=True))

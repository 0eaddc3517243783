"""Where a joint stands, and which of several like ones is printed."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from tests.reads.builders import (
    Template,
    assigner,
    bases,
    codes,
    exon_end,
    exon_start,
    fusion,
    mane,
    misfit,
    residues,
    single,
    starter_map,
    starting_at,
    tiled,
    up_to,
    with_error,
)

from nutfusion.reads.joints import (
    MERGE_WITHIN,
    MOST_SLIDE,
    Joint,
    exon_joints,
    homology,
    is_boundary,
    merged,
    seeds,
    settle,
    slides,
)


def at(symbol: str, index: int) -> int:
    """Global position of a 0-based index of a MANE sequence."""
    t = starter_map().targets
    return int(t.starts[t.names.index(mane(symbol).accession)]) + index


def slid_by_hand(five: str, three: str) -> tuple[int, int]:
    """Bases by which a joint may move left and right, from the two whole transcripts."""
    brd4, nutm1 = bases("BRD4"), bases("NUTM1")
    i, j = len(five), len(nutm1) - len(three)
    left = right = 0
    while brd4[i - 1 - left] == nutm1[j - 1 - left]:
        left += 1
    while brd4[i + right] == nutm1[j + right]:
        right += 1
    return left, right


@pytest.mark.parametrize("acceptor", range(2, 9))
def test_slides_are_what_the_bases_say(acceptor: int) -> None:
    for donor in range(1, 20):
        five = at("BRD4", exon_end("BRD4", donor) - 1)
        three = at("NUTM1", exon_start("NUTM1", acceptor))
        expected = slid_by_hand(up_to("BRD4", donor), starting_at("NUTM1", acceptor))
        assert slides(starter_map().targets, five, three) == expected


@pytest.mark.parametrize("acceptor", range(2, 9))
@pytest.mark.parametrize("donor", [3, 8, 10, 11, 14, 15, 19])
def test_exon_boundary_wins_wherever_the_split_came_from(donor: int, acceptor: int) -> None:
    five = at("BRD4", exon_end("BRD4", donor) - 1)
    three = at("NUTM1", exon_start("NUTM1", acceptor))
    left, right = slides(starter_map().targets, five, three)
    expected = residues(("BRD4", donor), ("NUTM1", acceptor))
    for shift in range(-left, right + 1):
        joint = settle(starter_map(), five + shift, three + shift, b"")
        assert (joint.five, joint.three) == expected
        assert homology(starter_map(), joint) == left + right
        assert is_boundary(starter_map(), joint)


def test_the_canonical_joint_has_two_bases_of_homology() -> None:
    # BRD4 exon 11 ends CAG, NUTM1 exon 2 ends GAG
    five = at("BRD4", exon_end("BRD4", 11) - 1)
    joint = settle(starter_map(), five, at("NUTM1", 482), b"")
    assert (joint.five, joint.three) == (15254152, 34347969)
    assert homology(starter_map(), joint) == 2


def test_leftmost_wins_inside_exons() -> None:
    t = starter_map().targets
    done = 0
    for five in range(at("BRD4", 2350), at("BRD4", 2430)):
        three = five - at("BRD4", 2350) + at("NUTM1", 600)
        left, right = slides(t, five, three)
        if left + right == 0:
            continue
        done += 1
        for shift in range(-left, right + 1):
            joint = settle(starter_map(), five + shift, three + shift, b"")
            assert joint.five == t.genome[five - left]
            assert joint.three == t.genome[three - left]
            assert homology(starter_map(), joint) == left + right
    assert done > 10


def test_one_boundary_beats_none_and_two_beat_one() -> None:
    # A 5' side at its exon's end, a 3' side inside an exon, with bases that fit both.
    nutm1, brd4 = bases("NUTM1"), bases("BRD4")
    end = exon_end("BRD4", 11)
    inside = next(
        i
        for i in range(600, 1100)
        if nutm1[i - 1] == brd4[end - 1] and nutm1[i - 2] == brd4[end - 2]
    )
    joint = settle(starter_map(), at("BRD4", end - 3), at("NUTM1", inside - 2), b"")
    assert joint.five == 15254152
    assert not is_boundary(starter_map(), joint)


def test_a_linker_keeps_a_joint_where_it_is() -> None:
    five, three = at("BRD4", exon_end("BRD4", 11) - 2), at("NUTM1", 481)
    joint = settle(starter_map(), five, three, b"\x00")
    assert joint.five == starter_map().targets.genome[five]
    assert homology(starter_map(), joint) == 0
    assert not is_boundary(starter_map(), joint)


def test_slides_end_at_the_ends_of_a_transcript() -> None:
    t = starter_map().targets
    first, last = int(t.starts[0]), int(t.ends[0]) - 1
    assert slides(t, first + 2, first + 3) == (3, MOST_SLIDE)  # itself: as far as there is any
    assert slides(t, last - 2, last - 1) == (MOST_SLIDE, 2)


def seeds_of(reads: Template, count: int = 6) -> Counter[Joint]:
    made = assigner(tiled(reads, count, 80))
    return seeds(made.placements, starter_map())


@pytest.mark.parametrize("donor", [3, 8, 10, 11, 14, 15, 19])
@pytest.mark.parametrize("acceptor", range(2, 9))
def test_all_reads_of_a_joint_seed_one_joint(donor: int, acceptor: int) -> None:
    found = seeds_of(fusion(("BRD4", donor), ("NUTM1", acceptor)))
    assert [(j.five, j.three) for j in found] == [residues(("BRD4", donor), ("NUTM1", acceptor))]
    assert list(found.values()) == [6]


@pytest.mark.parametrize("length", [1, 2, 3, 5, 12])
def test_untemplated_bases_between_exon_edges_are_a_linker(length: int) -> None:
    linker = misfit("BRD4", 11, length)
    template = Template(up_to("BRD4", 11), starting_at("NUTM1", 3), linker)
    found = seeds_of(template)
    (joint,) = found
    assert (joint.five, joint.three) == (15254152, 34347969)
    assert np.frombuffer(joint.linker, np.uint8).tolist() == codes(linker).tolist()


def test_an_error_at_the_joint_makes_no_linker_of_its_own() -> None:
    template = fusion()
    wrong = with_error(template.text, template.joint)
    made = assigner([*tiled(template), single("wrong", Template(wrong[:2442], wrong[2442:]), 30)])
    found = merged(seeds(made.placements, starter_map()), starter_map())
    assert [(j.five, j.three, j.linker) for j in found] == [(15254152, 34347969, b"")]


@pytest.mark.parametrize("away", [1, 4, MERGE_WITHIN, MERGE_WITHIN + 1, 30])
def test_lighter_seeds_close_by_are_merged(away: int) -> None:
    map_ = starter_map()
    five, three = residues(("BRD4", 11), ("NUTM1", 3))
    true = Joint(1, five, 0, three, b"")
    # BRD4 lies on the minus strand: a higher residue is more to the left.
    beside = Joint(1, five + away, 0, three, b"")
    found = merged(Counter({true: 5, beside: 14}), map_)
    # Exon to exon counts three times: 15 against 14.
    assert found[0] == true
    assert (beside in found) == (away > MERGE_WITHIN)


def test_seeds_of_other_genes_or_of_the_other_order_are_never_merged() -> None:
    map_ = starter_map()
    five, three = residues(("BRD4", 11), ("NUTM1", 3))
    one = Joint(1, five, 0, three, b"")
    reciprocal = Joint(0, three, 1, five, b"")
    assert set(merged(Counter({one: 5, reciprocal: 1}), map_)) == {one, reciprocal}


def test_every_exon_end_meets_every_exon_start() -> None:
    joints = exon_joints([(1, 0)], starter_map())
    assert len(joints) == 19 * 7
    assert len(set(joints)) == len(joints)
    assert all(is_boundary(starter_map(), joint) for joint in joints)

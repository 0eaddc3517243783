"""NUTM1 joined to sequence outside the panel: found, shown, and kept apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reads.builders import (
    Fragment,
    Template,
    assigner,
    bases,
    count,
    exon_end,
    exon_start,
    fusion,
    look,
    mane,
    mutated,
    names,
    only,
    pair,
    random_bases,
    reverse_complement,
    sides,
    single,
    starting_at,
    tiled,
    up_to,
    with_error,
    with_sequence,
)

from nutfusion.reads.clipped import LEAST_FRAGMENTS, NUTM1_PIECE, SEED_CLIP, SHORTEST_CLIP
from nutfusion.reads.contig import LONGEST
from nutfusion.reads.doubt import LEAST_PAIRS, PIECE_WITH_PAIRS
from nutfusion.reads.known import known_joints
from nutfusion.reads.unknown import unknown_partners


def ending(seed: int, length: int = 400) -> str:
    """A made-up partner whose end looks like an exon's and not like an intron's."""
    return random_bases(length - 6, seed) + "GACTTG"


def beginning(seed: int, length: int = 400) -> str:
    """A made-up partner that does not begin as an intron does."""
    return "CCAGAA" + random_bases(length - 6, seed)


def stranger(seed: int = 1, acceptor: int = 3) -> Template:
    return Template(ending(seed), starting_at("NUTM1", acceptor))


def residue(acceptor: int) -> int | None:
    return mane("NUTM1").genomic_position(exon_start("NUTM1", acceptor) + 1)


@pytest.mark.parametrize("acceptor", range(3, 9))
@pytest.mark.parametrize("seed", [1, 2])
def test_an_unknown_partner_is_found_at_every_exon(acceptor: int, seed: int) -> None:
    template = stranger(seed, acceptor)
    found = only(tiled(template, 8, 75))
    assert names(found) == (None, "NUTM1")
    assert sides(found) == (None, residue(acceptor))
    assert count(found) == (8, 0)
    assert not found.junction.exact
    assert found.partner_identity is None
    assert found.partner_hint is None
    offset = found.consensus_junction_offset
    assert found.consensus_sequence is not None
    assert offset is not None
    assert offset == 18 + 3 * 7  # as far as the reads reach
    assert template.five.endswith(found.consensus_sequence[:offset])
    assert template.three.startswith(found.consensus_sequence[offset:])


def test_mates_make_the_unknown_sequence_longer() -> None:
    template = stranger()
    fragments = [pair(f"p{i}", template, -20 - 11 * i, 290, 75) for i in range(18)]
    found = only(fragments)
    assert sides(found) == (None, 34347969)
    offset = found.consensus_junction_offset
    assert offset is not None
    assert found.consensus_sequence is not None
    assert offset > 150
    assert template.five.endswith(found.consensus_sequence[:offset])
    assert found.split_reads + found.discordant_pairs == 18


def test_the_unknown_sequence_has_a_greatest_length() -> None:
    template = Template(ending(3, 2000), starting_at("NUTM1", 3))
    fragments = [pair(f"p{i}", template, -20 - 9 * i, 40 + 9 * i + 60, 75) for i in range(90)]
    found = only(fragments)
    assert found.consensus_junction_offset is not None
    assert 300 < found.consensus_junction_offset <= LONGEST


@pytest.mark.parametrize("flipped", [True, False])
def test_either_library_strand_shows_the_partner(flipped: bool) -> None:
    fragments = [pair(f"p{i}", stranger(), -30 - 5 * i, 180, flipped=flipped) for i in range(8)]
    found = only(fragments)
    assert (names(found), sides(found)) == ((None, "NUTM1"), (None, 34347969))
    assert found.split_reads + found.discordant_pairs == 8


def test_two_unknown_partners_at_one_exon_stay_two() -> None:
    one, two = stranger(1), stranger(2)
    junctions, _ = look(tiled(one, 8, 75, "a") + tiled(two, 5, 75, "b"))
    assert [count(found) for found in junctions] == [(8, 0), (5, 0)]
    for found, template in zip(junctions, (one, two), strict=True):
        offset = found.consensus_junction_offset
        assert found.consensus_sequence is not None
        assert template.five.endswith(found.consensus_sequence[:offset])
        assert {r.name[0] for r in found.reads} == {"a" if template is one else "b"}


def test_a_known_and_an_unknown_partner_at_one_exon_stay_two() -> None:
    junctions, _ = look(tiled(fusion(), 8, 75, "a") + tiled(stranger(), 6, 75, "b"))
    assert [names(found) for found in junctions] == [("BRD4", "NUTM1"), (None, "NUTM1")]
    assert [count(found) for found in junctions] == [(8, 0), (6, 0)]


def test_one_partner_at_two_exons_is_two_joints() -> None:
    fragments = tiled(stranger(1, 3), 8, 75, "a") + tiled(stranger(1, 5), 5, 75, "b")
    junctions, _ = look(fragments)
    assert [sides(found)[1] for found in junctions] == [residue(3), residue(5)]


def test_errors_do_not_enter_the_shown_sequence() -> None:
    template = stranger()
    fragments = tiled(template, 9, 75)
    wrong = [Fragment(f.name, with_error(f.mate_1, 3 + 5 * i)) for i, f in enumerate(fragments[:3])]
    found = only(wrong + fragments[3:])
    assert found.split_reads == 9
    assert found.consensus_sequence is not None
    assert template.five.endswith(found.consensus_sequence[: found.consensus_junction_offset])


@pytest.mark.parametrize("donor", range(2, 8))
def test_nutm1_as_the_five_prime_part_of_something_unknown(donor: int) -> None:
    template = Template(up_to("NUTM1", donor), beginning(4))
    found = only([single(f"r{i}", template, 57 - 3 * i, 75) for i in range(8)])
    assert names(found) == ("NUTM1", None)
    assert sides(found) == (mane("NUTM1").genomic_position(exon_end("NUTM1", donor)), None)
    assert count(found) == (8, 0)
    offset = found.consensus_junction_offset
    assert found.consensus_sequence is not None
    assert offset is not None
    assert template.five.endswith(found.consensus_sequence[:offset])
    assert template.three.startswith(found.consensus_sequence[offset:])


@pytest.mark.parametrize("fitting", [1, 2, 3])
def test_partner_bases_that_fit_nutm1_do_not_move_the_joint(fitting: int) -> None:
    # The partner's last bases are those before exon 3: reads seem to leave NUTM1 further left.
    before = bases("NUTM1")[482 - fitting : 482]
    template = Template(ending(5)[:-fitting] + before, starting_at("NUTM1", 3))
    assert sides(only(tiled(template, 8, 75))) == (None, 34347969)


@pytest.mark.parametrize("number", [1, LEAST_FRAGMENTS, 5])
def test_one_fragment_makes_no_unknown_partner(number: int) -> None:
    junctions, _ = look(tiled(stranger(), number, 75))
    assert len(junctions) == (number >= LEAST_FRAGMENTS)


def test_copies_of_one_fragment_make_no_unknown_partner() -> None:
    junctions, _ = look([single(f"r{i}", stranger(), 35, 75) for i in range(12)])
    assert junctions == ()


@pytest.mark.parametrize("clip", [SEED_CLIP - 1, SEED_CLIP])
def test_one_read_must_show_sixteen_unknown_bases(clip: int) -> None:
    template = stranger()
    fragments = [single(f"r{i}", template, clip - i, 75) for i in range(4)]
    junctions, _ = look(fragments)
    assert len(junctions) == (clip >= SEED_CLIP)


@pytest.mark.parametrize("piece", [NUTM1_PIECE - 1, NUTM1_PIECE])
def test_one_read_must_show_more_of_nutm1_than_chance_does(piece: int) -> None:
    template = stranger()
    fragments = [single(f"r{i}", template, 75 - piece + i, 75) for i in range(4)]
    junctions, qc = look(fragments)
    assert len(junctions) == (piece >= NUTM1_PIECE)
    assert qc.unassigned == ()


def test_a_mate_on_nutm1_makes_up_for_a_short_piece() -> None:
    fragments = [pair(f"p{i}", stranger(), -52 - i, 180, 75) for i in range(4)]
    found = only(fragments)
    assert sides(found) == (None, 34347969)
    assert found.longest_three_prime_anchor == 23


@pytest.mark.parametrize("piece", [8, 9])
def test_eight_bases_of_nutm1_join_the_fragments_of_their_partner(piece: int) -> None:
    # Neither mate lies on NUTM1: only what the other fragment goes on with says what it is.
    template = stranger()
    fragments = [pair("long", template, -20, 200, 50)]
    fragments += [pair("short", template, piece - 200, 200, 50)]
    assert count(only(fragments))[0] == LEAST_FRAGMENTS


@pytest.mark.parametrize(
    ("piece", "pairs", "reported"),
    [
        pytest.param(PIECE_WITH_PAIRS - 1, LEAST_PAIRS, False, id="as a stranger has"),
        pytest.param(PIECE_WITH_PAIRS, LEAST_PAIRS - 1, False, id="too few pairs"),
        pytest.param(PIECE_WITH_PAIRS, LEAST_PAIRS, True, id="more than strangers have"),
    ],
)
def test_an_expressed_gene_that_holds_an_exon_s_first_bases_is_no_partner(
    piece: int, pairs: int, reported: bool
) -> None:
    # Its reads end with those bases as a partner's would; the pairs' other mates lie elsewhere.
    template, other = stranger(), stranger(9)
    fragments = [pair(f"s{i}", template, piece - 210 - i, 210, 50) for i in range(3)]
    fragments += [pair(f"d{i}", other, -120 - i, 200, 50) for i in range(pairs)]
    junctions, _ = look(fragments)
    assert len(junctions) == int(reported)


def with_nutm1(same: int, beyond: int) -> Template:
    """A stranger's transcript that holds so many bases of an exon's start, then hardly any more."""
    start = starting_at("NUTM1", 7)
    return Template(ending(3), start[:same] + reverse_complement(start[same : same + beyond])[::-1])


@pytest.mark.parametrize(
    ("same", "reported"),
    [
        pytest.param(17, False, id="PALB2 and NUTM1 exon 7"),
        pytest.param(NUTM1_PIECE - 1, False, id="the most a stranger has"),
        pytest.param(NUTM1_PIECE, True, id="more than a stranger has"),
    ],
)
def test_bases_beyond_a_shared_piece_are_none_of_nutm1_s(same: int, reported: bool) -> None:
    # Reads that end up to four bases beyond it lie on NUTM1 as well as those that end with it.
    template = with_nutm1(same, 4)
    fragments = [single(f"s{i}", template, 50 - same - i, 50) for i in range(5)]
    assert len(look(fragments)[0]) == int(reported)


def test_chance_after_an_exon_makes_no_intron_of_a_partner_before_the_next() -> None:
    # An expressed gene holds the last 8 bases of exon 4 and goes on with GT as an intron would; the
    # partner of exon 5 ends with AG, as many exons do and every intron.
    template = Template(random_bases(398, 2) + "AG", starting_at("NUTM1", 5))
    by_chance = up_to("NUTM1", 4)[-8:] + "GT" + random_bases(80, 21)
    strangers = [Fragment(f"g{i}", reverse_complement(by_chance[: 50 + i])) for i in range(30)]
    found = only([*tiled(template, 4), *strangers])
    assert names(found) == (None, "NUTM1")
    assert count(found) == (4, 0)


@pytest.mark.parametrize(("errors", "reported"), [(0, True), (1, False)])
def test_a_piece_with_a_difference_counts_as_a_shorter_one(errors: int, reported: bool) -> None:
    # 22 bases: with a difference as common in strangers as 19 without.
    template = stranger()
    fragments = [single(f"s{i}", template, 28 + i, 50) for i in range(3)]
    fragments = [
        Fragment(f.name, with_error(f.mate_1, 28 + i + 6)) if errors else f
        for i, f in enumerate(fragments)
    ]
    assert len(look(fragments)[0]) == int(reported)


def with_errors(read: str, places: tuple[int, ...]) -> str:
    for at in places:
        read = with_error(read, at)
    return read


@pytest.mark.parametrize(
    "errors",
    [
        pytest.param((0,), id="in the exon's first base"),
        pytest.param((3,), id="in its fourth: three bases gain what one error costs"),
        pytest.param((0, 4), id="in two"),
        pytest.param((3, 4), id="in two side by side"),
        pytest.param((2, 7), id="in two, as far from the edge as they cut a placement short"),
    ],
)
def test_errors_beside_the_edge_do_not_part_a_read_from_its_partner_s(
    errors: tuple[int, ...],
) -> None:
    # BRD3 exon 10 to NUTM1 exon 4 under a panel without BRD3, 50 nt, two reads across the joint.
    template = stranger(1, 4)
    clean = pair("clean", template, -33, 200, 50)
    read = single("errors", template, 26, 50)
    wrong = replace(read, mate_1=with_errors(read.mate_1, tuple(26 + at for at in errors)))
    found = only([clean, wrong])
    assert sides(found) == (None, residue(4))
    assert count(found) == (2, 0)


def test_an_unread_base_that_lets_the_partner_fit_nutm1_further_parts_no_reads() -> None:
    # The partner ends with the five bases that precede exon 5 in NUTM1, as BRD3 exon 11 does; with
    # an N before them the placement goes on to the next bases that fit.
    before = up_to("NUTM1", 4)
    misfit_5 = reverse_complement(before[-6])
    template = Template(
        ending(6)[:-7] + before[-7] + misfit_5 + before[-5:], starting_at("NUTM1", 5)
    )
    read = single("n", template, 15, 50)
    unread = replace(read, mate_1=read.mate_1[:9] + "N" + read.mate_1[10:])
    assert count(only([pair("clean", template, -17, 210, 50), unread])) == (2, 0)


def test_errors_close_to_a_read_s_end_do_not_hide_that_it_reaches_it() -> None:
    # 14 bases of the partner, 36 of NUTM1 with two errors from the eighth base before the end.
    template = stranger(1, 3)
    read = single("errors", template, 14, 50)
    wrong = replace(read, mate_1=with_errors(read.mate_1, (42, 44)))
    assert count(only([pair("clean", template, -18, 210, 50), wrong])) == (2, 0)


def test_errors_beside_the_edge_do_not_part_reads_where_nutm1_is_the_five_prime_part() -> None:
    template = Template(up_to("NUTM1", 5), beginning(4))
    fragments = [single(f"r{i}", template, 40 - 3 * i, 75) for i in range(2)]
    wrong = single("errors", template, 38, 75)
    found = only([*fragments, replace(wrong, mate_1=with_errors(wrong.mate_1, (34, 37 - 5)))])
    assert count(found) == (3, 0)


def test_reads_that_leave_nutm1_inside_an_exon_do_not_move_to_its_edge() -> None:
    # Five bases of the exon, three of them by chance as NUTM1's: another joint than the partner's.
    start = starting_at("NUTM1", 4)
    inside = Template(random_bases(300, 30) + with_errors(start[:5], (1, 4)), start[5:])
    fragments = tiled(stranger(1, 4), 4, 75) + tiled(inside, 5, 75, "inside")
    junctions, qc = look(fragments)
    assert [count(found) for found in junctions] == [(4, 0)]
    assert [listed.reason for listed in qc.unassigned] == ["not_at_exon_edge"]


def test_two_short_reads_with_errors_still_show_one_partner() -> None:
    # Four differences in the 25 bases that both hold.
    template = stranger(1, 5)
    one, other = pair("one", template, -25, 200, 50), pair("other", template, -29, 210, 50)
    one = replace(one, mate_1=with_errors(one.mate_1, (3,)))
    other = replace(other, mate_1=with_errors(other.mate_1, (10, 16, 27)))
    assert count(only([one, other])) == (2, 0)


def unknown_of(fragments: list[Fragment]) -> list[tuple[int, int]]:
    """Split fragments and pairs of what is reported, if the sieve had kept every fragment."""
    kept = assigner(fragments)
    return [
        (len(found.distinct("split")), len(found.distinct("discordant")))
        for found in unknown_partners(kept, known_joints(kept))
        if found.reason is None
    ]


@pytest.mark.parametrize(
    ("nutm1", "unread", "joined"),
    [
        pytest.param(8, (2,), True, id="eight, one of them doubted"),
        pytest.param(8, (2, 4), False, id="six that are read"),
        pytest.param(12, (1,), True, id="eleven, and an error"),
        pytest.param(11, (1,), False, id="ten, and an error"),
    ],
)
def test_an_unread_base_makes_a_piece_shorter_and_not_different(
    nutm1: int, unread: tuple[int, ...], joined: bool
) -> None:
    template = stranger(1, 4)
    read = single("n", template, 50 - nutm1, 50).mate_1
    for at in unread:
        read = read[: 50 - nutm1 + at] + "N" + read[50 - nutm1 + at + 1 :]
    if nutm1 > 10:
        read = with_error(read, 50 - nutm1 + 3)
    found = unknown_of([single("long", template, 14, 50), Fragment("n", read)])
    assert found == ([(2, 0)] if joined else [])


def test_one_read_and_the_mate_of_another_show_a_partner() -> None:
    # 40 bases of the partner and 10 of NUTM1; the other read holds 14 of NUTM1, two of them wrong,
    # and is known by its mate on NUTM1.
    template = stranger(1, 5)
    known_by_mate = pair("mate", template, -36, 220, 50)
    wrong = with_errors(known_by_mate.mate_1, (36 + 7, 36 + 9))
    fragments = [pair("across", template, -196, 206, 50), replace(known_by_mate, mate_1=wrong)]
    assert count(only(fragments)) == (2, 0)


def test_a_partner_s_own_bases_name_no_exon() -> None:
    # 50 bases before its joint with exon 5 the partner holds the first ten of exon 4; a read of a
    # pair across the joint ends with them, and the mates of three others lie on its sequence.
    held = starting_at("NUTM1", 4)[:10]
    template = Template(random_bases(300, 40) + held + ending(41, 50), starting_at("NUTM1", 5))
    fragments = [pair("chance", template, -100, 240, 50)]
    fragments += [pair(f"d{i}", template, -120 - 5 * i, 250, 50) for i in range(3)]
    assert look(fragments)[0] == ()


def test_a_mate_on_nutm1_may_begin_with_the_partner_s_last_bases() -> None:
    # The partner ends with the five bases that precede exon 5 in NUTM1, as BRD3 exon 11 does. Reads
    # hold eight bases of NUTM1; only the mate says that these are no chance.
    template = Template(ending(5)[:-5] + up_to("NUTM1", 4)[-5:], starting_at("NUTM1", 5))
    fragments = [pair(f"p{i}", template, -42, 83 + i, 50) for i in range(2)]
    assert count(only(fragments)) == (2, 0)


def test_a_read_without_its_last_base_before_the_joint_ends_no_run() -> None:
    # An N in the only read across the joint, and mates that make the sequence longer.
    template = stranger()
    across = pair("n", template, -30, 200, 50)
    across = replace(across, mate_1=across.mate_1[:29] + "N" + across.mate_1[30:])
    mates = [pair(f"d{i}", template, -60 - i, 160 + i, 50) for i in range(3)]
    found = only([across, *mates])
    assert count(found) == (1, 3)
    assert found.consensus_sequence is not None
    assert found.consensus_junction_offset is not None
    assert found.consensus_sequence[found.consensus_junction_offset - 1] == "N"


@pytest.mark.parametrize("pairs", [LEAST_PAIRS - 1, LEAST_PAIRS])
def test_pairs_make_up_for_a_short_other_part(pairs: int) -> None:
    template = stranger()
    fragments = [pair(f"s{i}", template, -SHORTEST_CLIP - i, 200, 50) for i in range(2)]
    fragments += [pair(f"d{i}", template, -80 - i, 160, 50) for i in range(pairs)]
    junctions, _ = look(fragments)
    assert [count(found) for found in junctions] == ([(2, pairs)] if pairs >= LEAST_PAIRS else [])


def test_mates_that_half_resemble_a_known_gene_are_pairs_of_the_unknown_one() -> None:
    # BRD3 under a panel that has BRD4: one base in twelve differs in the exons that are most alike.
    like_brd4 = mutated(up_to("BRD4", 10)[-160:-60], 1 / 12)
    template = Template(random_bases(300, 8) + like_brd4 + ending(4, 60), starting_at("NUTM1", 4))
    fragments = [pair(f"s{i}", template, -25 - i, 200, 50) for i in range(2)]
    fragments += [pair(f"d{i}", template, -130 - 5 * i, 260, 50) for i in range(3)]
    found = only(fragments)
    assert names(found) == (None, "NUTM1")
    assert count(found) == (2, 3)


def test_a_read_known_by_its_mate_votes_on_the_unknown_sequence() -> None:
    # Two reads across the joint disagree; a third holds too little of NUTM1 to be one by itself.
    template = stranger()
    at = template.five.rindex("T", 0, -8) - template.joint
    wrong = pair("wrong", template, -30, 200, 50)
    fragments = [
        replace(wrong, mate_1=with_error(wrong.mate_1, 30 + at)),
        pair("right", template, -28, 200, 50),
        pair("by its mate", template, -27, 190, 32),
    ]
    found = only(fragments)
    assert count(found) == (3, 0)
    assert found.consensus_sequence is not None
    assert found.consensus_sequence in template.text


def test_a_named_partner_s_worst_reads_make_no_second_fusion() -> None:
    # Three errors in 29 bases, one in nine: the joint does not own such reads, and they agree.
    template = fusion(("BRD4", 14), ("NUTM1", 5))
    long, short = single("long", template, 29, 50).mate_1, single("short", template, 9, 50).mate_1
    for at in (5, 13, 14, 29):
        long = with_error(long, at)
    bad = [Fragment("long", long), Fragment("short", with_error(short, 0))]
    found = only([*tiled(template, 4), *bad])
    assert names(found) == ("BRD4", "NUTM1")
    assert count(found) == (4, 0)


def test_an_unknown_partner_gets_its_name_from_a_larger_panel() -> None:
    template = stranger()
    fragments = tiled(template, 8, 75)
    panel = with_sequence("NSD3", template.five + random_bases(300, 99))
    unnamed, named = only(fragments), only(fragments, panel)
    assert (names(unnamed), names(named)) == ((None, "NUTM1"), ("NSD3", "NUTM1"))
    assert unnamed.split_reads == named.split_reads == 8
    assert sides(unnamed)[1] == sides(named)[1]


def test_more_than_two_hundred_reads_are_counted_and_not_all_listed() -> None:
    template = Template(ending(6, 900), starting_at("NUTM1", 3))
    fragments = [
        pair(f"p{i:03}", template, -16 - i % 40, 120 + i // 40 + i % 40, 75) for i in range(220)
    ]
    found = only(fragments)
    assert found.split_reads == 220
    assert len(found.reads) == 200
    assert found.reads_total > 200

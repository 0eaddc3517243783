"""Which joints between genes of the panel are reported, and with which fragments."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.builders import starter_panel
from tests.reads.builders import (
    Fragment,
    Template,
    bases,
    count,
    exon_end,
    exon_start,
    fusion,
    look,
    misfit,
    mutated,
    names,
    only,
    pair,
    random_bases,
    residues,
    reverse_complement,
    sides,
    single,
    starting_at,
    tiled,
    up_to,
    with_error,
    with_sequence,
)

from nutfusion.reads.candidates import LEAST_BOUNDED

CANONICAL = (15254152, 34347969)


@pytest.mark.parametrize(
    ("donor", "acceptor"),
    [
        pytest.param(11, 3, id="most patients"),
        pytest.param(10, 3, id="exon 10"),
        pytest.param(15, 3, id="exon 15"),
        pytest.param(14, 3, id="exon 14"),
        pytest.param(11, 2, id="exon 2, out of the ordinary"),
        pytest.param(11, 5, id="exon 5"),
        pytest.param(8, 4, id="neither usual"),
        pytest.param(19, 8, id="last exons"),
    ],
)
def test_an_exon_joint_is_found_and_counted(donor: int, acceptor: int) -> None:
    template = fusion(("BRD4", donor), ("NUTM1", acceptor))
    found = only(tiled(template, 8))
    assert sides(found) == residues(("BRD4", donor), ("NUTM1", acceptor))
    assert names(found) == ("BRD4", "NUTM1")
    assert found.junction.exact
    assert count(found) == (8, 0)
    assert found.partner_identity == 1.0


def test_the_record_of_the_canonical_joint_is_what_was_put_in() -> None:
    template = fusion()
    fragments = [single(f"r{i}", template, 20 + 4 * i, 60) for i in range(5)]
    found = only(fragments)
    assert (found.split_reads, found.split_reads_raw, found.distinct_starts) == (5, 5, 5)
    assert (found.longest_five_prime_anchor, found.longest_three_prime_anchor) == (36, 40)
    assert found.junction.homology == 2
    assert found.junction.linker_sequence == ""
    offset = found.consensus_junction_offset
    assert offset is not None
    assert found.consensus_sequence == template.text[template.joint - 36 : template.joint + 40]
    assert offset == 36
    assert found.reads_total == 5
    for read, fragment in zip(found.reads, fragments, strict=True):
        assert (read.name, read.mate, read.kind) == (fragment.name, 0, "split")
        assert read.sequence == fragment.mate_1
        assert read.offset == offset - read.five_prime_anchor
        assert read.mismatches == 0


@pytest.mark.parametrize("length", [1, 3, 8, 15])
def test_linker_bases_are_shown_between_the_exons(length: int) -> None:
    linker = misfit("BRD4", 11, length)
    template = Template(up_to("BRD4", 11), starting_at("NUTM1", 3), linker)
    found = only(tiled(template, 8, 80))
    assert sides(found) == CANONICAL
    assert found.junction.linker_sequence == linker
    assert found.junction.homology == 0
    assert found.consensus_sequence is not None
    assert found.consensus_junction_offset is not None
    after = found.consensus_sequence[found.consensus_junction_offset :]
    assert after.startswith(linker + starting_at("NUTM1", 3)[:10])


@pytest.mark.parametrize("beside", range(-6, 6))
def test_errors_next_to_a_joint_make_no_second_joint(beside: int) -> None:
    template = fusion()
    wrong_text = with_error(template.text, template.joint + beside)
    wrong = Template(wrong_text[: template.joint], wrong_text[template.joint :])
    fragments = tiled(template, 8) + [single(f"w{i}", wrong, 22 + 5 * i) for i in range(3)]
    found = only(fragments)
    assert sides(found) == CANONICAL
    assert 8 <= found.split_reads <= 11


def test_a_fragment_whose_mates_both_cross_counts_once_as_split() -> None:
    # An insert hardly longer than a read, as in degraded RNA.
    template = fusion()
    found = only([pair(f"p{i}", template, -40 - i, 72, 60) for i in range(5)])
    assert count(found) == (5, 0)
    assert found.split_reads_raw == 5
    assert found.reads_total == 10


def test_split_fragments_and_pairs_are_disjoint() -> None:
    template = fusion()
    fragments = [pair(f"s{i}", template, -30 - i, 180) for i in range(4)]
    fragments += [pair(f"d{i}", template, -75 - i, 150) for i in range(3)]
    found = only(fragments)
    assert count(found) == (4, 3)
    assert {r.name for r in found.reads if r.kind == "split"} == {f"s{i}" for i in range(4)}


@pytest.mark.parametrize("flipped", [True, False])
def test_pairs_of_either_library_strand_support_a_joint(flipped: bool) -> None:
    template = fusion()
    fragments = tiled(template, 0)
    fragments = [pair(f"s{i}", template, -30 - i, 180, flipped=flipped) for i in range(3)]
    fragments += [pair(f"d{i}", template, -75 - i, 150, flipped=not flipped) for i in range(3)]
    assert count(only(fragments)) == (3, 3)


def test_the_mates_of_a_pair_must_face_each_other() -> None:
    template = fusion()
    split = [pair(f"s{i}", template, -30 - i, 180) for i in range(3)]
    facing = [pair(f"d{i}", template, -75 - i, 150) for i in range(2)]
    away = [
        Fragment(f"a{i}", f.mate_1, reverse_complement(f.mate_2 or ""))
        for i, f in enumerate(facing)
    ]
    turned = [
        Fragment(f"t{i}", reverse_complement(f.mate_1), reverse_complement(f.mate_2 or ""))
        for i, f in enumerate(facing)
    ]
    assert count(only(split + facing)) == (3, 2)
    assert count(only(split + away)) == (3, 0)
    assert count(only(split + turned)) == (3, 0)


@pytest.mark.parametrize(
    ("insert", "fits"),
    [
        pytest.param(400, True, id="usual"),
        pytest.param(900, True, id="long"),
        pytest.param(1100, False, id="longer than any library"),
    ],
)
def test_pairs_further_apart_than_an_insert_are_not_support(insert: int, fits: bool) -> None:
    template = fusion()
    split = [pair(f"s{i}", template, -30 - i, 180) for i in range(3)]
    far = [pair(f"d{i}", template, -insert // 2 - i, insert) for i in range(2)]
    assert count(only(split + far)) == (3, 2 if fits else 0)


def test_the_believable_insert_follows_the_library() -> None:
    template = fusion()
    nutm1 = Template(bases("NUTM1")[:1000], bases("NUTM1")[1000:])
    library = [pair(f"w{i}", nutm1, -100 - 7 * i, 200) for i in range(40)]
    split = [pair(f"s{i}", template, -30 - i, 180) for i in range(3)]
    far = [pair(f"d{i}", template, -350 - i, 700) for i in range(2)]
    assert count(only(split + far)) == (3, 2)
    junctions, qc = look(library + split + far)
    assert qc.insert_size_median == 200
    assert [count(found) for found in junctions] == [(3, 0)]


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_pairs_alone_need_three_and_give_a_bounded_joint(number: int) -> None:
    template = fusion()
    fragments = [pair(f"d{i}", template, -100 - 3 * i, 210) for i in range(number)]
    junctions, qc = look(fragments)
    if number < LEAST_BOUNDED:
        assert junctions == ()
        assert qc.single_fragment_chimeras == number
        return
    (found,) = junctions
    assert count(found) == (0, number)
    assert not found.junction.exact
    assert found.consensus_sequence is None
    for side, residue in zip(
        (found.junction.five_prime, found.junction.three_prime), CANONICAL, strict=True
    ):
        assert side is not None
        assert side.position is None
        assert side.position_range is not None
        assert side.position_range[0] <= residue <= side.position_range[1]


def test_a_mate_reaches_beyond_a_joint_as_far_as_both_genes_are_alike() -> None:
    # BRD4 exon 13 and NUTM1 exon 5 end with the same four bases: a mate that begins with them lies
    # on NUTM1 from there on, and crosses the joint all the same.
    joint = (("BRD4", 13), ("NUTM1", 6))
    template = fusion(*joint)
    fragments = [pair(f"d{i}", template, -150 - 3 * i, 196 + 3 * i, 50) for i in range(3)]
    found = only(fragments)
    assert count(found) == (0, 3)
    three = found.junction.three_prime
    assert three is not None
    assert three.position_range is not None
    assert three.position_range[0] <= residues(*joint)[1] <= three.position_range[1]


def test_copies_of_one_pair_are_not_three() -> None:
    junctions, _ = look([pair(f"d{i}", fusion(), -100, 210) for i in range(6)])
    assert junctions == ()


@pytest.mark.parametrize("anchor", [4, 5, 8, 11])
@pytest.mark.parametrize("side", ["five", "three"])
def test_short_anchors_count_once_the_joint_is_known(anchor: int, side: str) -> None:
    template = fusion(("BRD4", 16))
    before = anchor if side == "five" else 60 - anchor
    fragments = [*tiled(template, 4), single("short", template, before)]
    found = only(fragments)
    # Four bases gain no more than a sequencing error costs: never.
    assert count(found) == (5 if anchor >= 5 else 4, 0)


@pytest.mark.parametrize("side", ["five", "three"])
def test_short_anchors_with_an_error_do_not_count(side: str) -> None:
    template = fusion(("BRD4", 16))
    before = 8 if side == "five" else 52
    short = single("short", template, before)
    wrong = Fragment("short", with_error(short.mate_1, 4 if side == "five" else 55))
    assert count(only([*tiled(template, 4), wrong])) == (4, 0)


@pytest.mark.parametrize("side", ["five", "three"])
def test_a_base_that_is_not_read_is_no_error(side: str) -> None:
    template = fusion(("BRD4", 16))
    short = pair("short", template, -8 if side == "five" else -52, 200)
    at = 4 if side == "five" else 55
    unread = replace(short, mate_1=short.mate_1[:at] + "N" + short.mate_1[at + 1 :])
    fragments = [pair(f"p{i}", template, -30 - i, 200) for i in range(3)]
    assert count(only([*fragments, unread])) == (4, 0)


def test_wild_type_reads_near_a_joint_are_never_rescued() -> None:
    template = fusion()
    nutm1, brd4 = bases("NUTM1"), bases("BRD4")
    at, end = exon_start("NUTM1", 3), exon_end("BRD4", 11)
    wild = [Fragment(f"n{i}", nutm1[at - i : at - i + 60]) for i in range(1, 60, 2)]
    wild += [Fragment(f"b{i}", brd4[end - i : end - i + 60]) for i in range(1, 60, 2)]
    wild += [Fragment(f"{f.name}e", with_error(f.mate_1, 30)) for f in wild]
    assert count(only(tiled(template, 4) + wild)) == (4, 0)


def test_short_anchors_on_exon_joints_add_up() -> None:
    # No read shows two anchors of 12, as at the ends of amplicons.
    template = fusion()
    fragments = [pair(f"r{i}", template, -8 - i % 3, 150 + 4 * i) for i in range(3)]
    fragments += [pair(f"d{i}", template, -75 - i, 150) for i in range(2)]
    found = only(fragments)
    assert sides(found) == CANONICAL
    assert count(found) == (3, 2)


@pytest.mark.parametrize(
    ("anchor", "unread", "mate_beyond", "pairs", "exact"),
    [
        pytest.param(8, 0, False, 3, True, id="pairs show the genes, the read the exons"),
        pytest.param(7, 0, False, 3, False, id="too few bases"),
        pytest.param(8, 1, False, 3, False, id="too few that are read"),
        pytest.param(7, 0, True, 3, True, id="enough where the mate lies beyond"),
        pytest.param(8, 1, True, 3, True, id="as many, and an N among them"),
        pytest.param(6, 0, True, 3, False, id="too few even so"),
        pytest.param(8, 0, False, 2, True, id="three fragments show the genes, one of them exons"),
        pytest.param(8, 0, True, 2, True, id="as many, the mate beyond"),
        pytest.param(7, 0, False, 2, None, id="too few bases beside two pairs"),
        pytest.param(8, 0, True, 1, None, id="too few pairs"),
    ],
)
def test_pairs_let_eight_bases_of_one_read_name_the_exons(
    anchor: int, unread: int, mate_beyond: bool, pairs: int, exact: bool | None
) -> None:
    # 50 nt reads of a few fragments: all that crosses the joint is the end of one read. Its mate
    # lies on NUTM1 beyond, or on BRD4 before.
    template = fusion(("BRD4", 14), ("NUTM1", 6))
    start, insert = (anchor - 50, 300) if mate_beyond else (anchor - 200, 200)
    across = pair("s", template, start, insert, 50, flipped=not mate_beyond)
    read = across.mate_1[: 50 - 3] + "N" * unread + across.mate_1[50 - 3 + unread :]
    if not mate_beyond:
        read = reverse_complement(across.mate_1)[: 50 - 3] + "N" * unread
        read = reverse_complement(read + reverse_complement(across.mate_1)[50 - 3 + unread :])
    fragments = [replace(across, mate_1=read)]
    fragments += [pair(f"d{i}", template, -100 - 3 * i, 210, 50) for i in range(pairs)]
    junctions, _ = look(fragments)
    assert [found.junction.exact for found in junctions] == ([] if exact is None else [exact])


@pytest.mark.parametrize(
    ("before", "reported"),
    [pytest.param(30, True, id="long anchors"), pytest.param(14, False, id="a short one")],
)
def test_one_fragment_from_exon_to_exon_needs_long_anchors(before: int, reported: bool) -> None:
    junctions, _ = look([single("one", fusion(("BRD4", 16)), before)])
    assert len(junctions) == int(reported)


def test_one_fragment_off_exon_edges_is_a_chimera_and_no_joint() -> None:
    # Template switching joins anything to anything, once.
    template = Template(bases("BRD4")[:2400], bases("NUTM1")[700:])
    junctions, qc = look([single("one", template, 30)])
    assert junctions == ()
    assert qc.single_fragment_chimeras == 1
    found = only([single("one", template, 30), single("two", template, 27)])
    assert count(found) == (2, 0)


def test_every_template_switch_is_counted_and_none_is_reported() -> None:
    fragments = [
        single(
            f"s{i}", Template(bases("BRD4")[: 2000 + 37 * i], bases("NUTM1")[600 + 53 * i :]), 30
        )
        for i in range(12)
    ]
    junctions, qc = look(fragments)
    assert junctions == ()
    assert qc.single_fragment_chimeras == 12


def test_the_reciprocal_joint_keeps_its_order() -> None:
    found = only(tiled(fusion(("NUTM1", 2), ("BRD4", 12)), 6))
    assert names(found) == ("NUTM1", "BRD4")
    assert sides(found) == residues(("NUTM1", 2), ("BRD4", 12))
    assert count(found) == (6, 0)


def test_both_products_of_a_translocation_are_told_apart() -> None:
    fragments = tiled(fusion(), 6, label="a")
    fragments += tiled(fusion(("NUTM1", 2), ("BRD4", 12)), 4, label="b")
    junctions, _ = look(fragments)
    assert [names(found) for found in junctions] == [("BRD4", "NUTM1"), ("NUTM1", "BRD4")]
    assert [count(found) for found in junctions] == [(6, 0), (4, 0)]


def test_two_splice_forms_of_one_fusion_are_two_joints() -> None:
    fragments = tiled(fusion(), 6, label="a") + tiled(fusion(("BRD4", 10)), 4, label="b")
    junctions, _ = look(fragments)
    assert [sides(found) for found in junctions] == [
        CANONICAL,
        residues(("BRD4", 10), ("NUTM1", 3)),
    ]
    assert [count(found) for found in junctions] == [(6, 0), (4, 0)]


def test_a_nutm1_part_in_the_wrong_sense_is_no_joint() -> None:
    # An inversion that reads NUTM1 backwards makes no fusion transcript.
    template = Template(up_to("BRD4", 11), reverse_complement(bases("NUTM1")[483:1100]))
    junctions, _ = look(tiled(template, 6))
    assert [names(found) for found in junctions if found.five_prime_gene] == []


@pytest.mark.parametrize("share", [0.1, 0.2])
@pytest.mark.parametrize("donor", [10, 11])
def test_a_paralogue_of_brd4_is_not_named_brd4(donor: int, share: float) -> None:
    # BRD3 is alike to BRD4 and has no sequence in the starter.
    template = Template(mutated(up_to("BRD4", donor), share), starting_at("NUTM1", 3))
    fragments = tiled(template, 12, 75)
    fragments += [pair(f"p{i}", template, -30 - 2 * i, 190, 75) for i in range(6)]
    junctions, _ = look(fragments)
    assert junctions
    for found in junctions:
        assert names(found) == (None, "NUTM1")
        assert sides(found) == (None, CANONICAL[1])


def test_a_panel_with_the_paralogue_names_it() -> None:
    paralogue = mutated(bases("BRD4")[:3000], 0.1)
    panel = with_sequence("BRD3", paralogue)
    template = Template(paralogue[: exon_end("BRD4", 11)], starting_at("NUTM1", 3))
    found = only(tiled(template, 8, 75), panel)
    assert names(found) == ("BRD3", "NUTM1")
    assert found.split_reads == 8
    assert found.partner_identity == 1.0


def test_a_partner_without_genome_positions_is_named_and_not_placed() -> None:
    partner = random_bases(900, 4)
    panel = with_sequence("NSD3", partner)
    template = Template(partner[:500], starting_at("NUTM1", 3))
    found = only(tiled(template, 6), panel)
    assert names(found) == ("NSD3", "NUTM1")
    assert not found.junction.exact
    assert found.junction.five_prime is not None
    assert found.junction.five_prime.position is None
    assert sides(found)[1] == CANONICAL[1]


def test_the_starter_and_a_larger_panel_agree_on_the_genes_they_share() -> None:
    template = fusion()
    fragments = [pair(f"p{i}", template, -40 - 5 * i, 160) for i in range(12)]
    larger = with_sequence("BRD3", mutated(bases("BRD4")[:4000], 0.15))
    small, large = only(fragments, starter_panel()), only(fragments, larger)
    assert small == large


def test_silence_is_an_empty_answer() -> None:
    junctions, qc = look([Fragment(f"r{i}", random_bases(75, i)) for i in range(50)])
    assert junctions == ()
    assert (qc.fragments, qc.fragments_kept, qc.nutm1_fragments) == (50, 0, 0)
    assert qc.insert_size_median is None
    empty = look([])
    assert empty[0] == ()
    assert empty[1].read_length_min is None


def test_wild_type_nutm1_is_counted_before_and_after_exon_3() -> None:
    nutm1 = bases("NUTM1")
    fragments = [Fragment(f"u{i}", nutm1[100 + i : 175 + i]) for i in range(4)]
    fragments += [Fragment(f"d{i}", nutm1[900 + i : 975 + i]) for i in range(7)]
    fragments += [Fragment(f"x{i}", nutm1[440 + i : 515 + i]) for i in range(2)]
    junctions, qc = look(fragments)
    assert junctions == ()
    assert qc.nutm1_fragments == 13
    assert (qc.nutm1_upstream_fragments, qc.nutm1_downstream_fragments) == (6, 9)


def test_fusion_fragments_count_for_the_exons_after_the_joint_only() -> None:
    _, qc = look(tiled(fusion(), 6))
    assert (qc.nutm1_upstream_fragments, qc.nutm1_downstream_fragments) == (0, 6)


def test_copies_of_one_foreign_molecule_do_not_unname_a_partner() -> None:
    # One true fragment across the joint with two pairs; the other reads at the same NUTM1 exon are
    # four copies of a single molecule of something else.
    brd4 = [single("s0", fusion(), 30, 75)]
    brd4 += [pair(f"d{i}", fusion(), -80 - 5 * i, 170, 75) for i in range(2)]
    other = Template(random_bases(400, 1) + "GACTTG", starting_at("NUTM1", 3))
    found, _ = look(brd4 + [single(f"u{copy}", other, 35, 75) for copy in range(4)])
    assert [gene.symbol for j in found if (gene := j.five_prime_gene)] == ["BRD4"]


def test_a_partner_that_differs_in_a_tenth_is_not_named() -> None:
    # A paralogue of BRD4, with its differences where chance put them; one read alone can be free of
    # them, all reads together cannot.
    chance = random.Random(10)
    five = "".join(
        chance.choice([o for o in "ACGT" if o != base]) if chance.random() < 0.1 else base
        for base in up_to("BRD4", 10)
    )
    template = Template(five, starting_at("NUTM1", 3))
    reads = tiled(template, 12, 75)
    reads += [pair(f"p{i}", template, -30 - 2 * i, 190, 75) for i in range(6)]
    reads += [pair(f"q{i}", template, -90 - 2 * i, 190, 75) for i in range(4)]
    found, _ = look(reads)
    assert all(j.five_prime_gene is None for j in found)

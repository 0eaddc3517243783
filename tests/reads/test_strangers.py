"""Fragments that matter only beside others are set aside, and called back when others show up."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from tests.reads.builders import (
    Fragment,
    Template,
    codes,
    exon_end,
    fusion,
    look,
    only,
    random_bases,
    reverse_complement,
    single,
    starter_map,
    starting_at,
    tiled,
    with_error,
)
from tests.reads.test_retain import retained

from nutfusion.reads.beside import those_beside
from nutfusion.reads.contig import differences_allowed, has_word_of, words_of
from nutfusion.reads.joints import Joint
from nutfusion.reads.kernels import beside as b
from nutfusion.reads.kernels.cluster import agrees
from nutfusion.reads.strangers import PACK, Strangers

if TYPE_CHECKING:
    import pytest

PARTNER = Template(random_bases(400, 21), starting_at("NUTM1", 3))
OTHER = Template(random_bases(400, 23), starting_at("NUTM1", 3))
EDGE = 34347969
"""Residue at which NUTM1's exon 3 begins."""


def short(piece: int, name: str | None = None, template: Template = PARTNER) -> Fragment:
    """A read that ends with so many bases of NUTM1."""
    return single(name or f"s{piece}", template, 75 - piece, 75)


def strangers(fragments: list[Fragment]) -> Strangers:
    """What is set aside of fragments, none of which matters by itself."""
    found = retained(fragments)
    assert not len(found.names)
    return found.strangers


def taken(found: Strangers, part: str = "", mate: str = "") -> list[str]:
    """Names of those called back by a read's other part (before NUTM1), or by a mate there."""
    parts = {(True, residue): {codes(part)[::-1].tobytes()} for _, residue in found.spots if part}
    out = those_beside(found, parts, {True: words_of([codes(mate)])[0], False: words_of([])[0]})
    return [out.names.text(i) for i in range(len(out))]


def test_a_stranger_takes_a_hundred_bytes() -> None:
    # Two reads of 75 nt and a name of 20 letters; placed, and with its placements, it took 300.
    edge = starting_at("NUTM1", 3)
    fragments = [
        Fragment(f"LANE:1101:{i:010d}", random_bases(66, i) + edge[:9], random_bases(75, -1 - i))
        for i in range(2 * PACK)
    ]
    found = retained(fragments).strangers
    assert len(found) >= 0.99 * len(fragments)
    assert sum(len(pickle.dumps(pack)) for pack in found.packs()) < 100 * len(found)


def test_it_counts_where_it_goes_on_like_a_longer_read() -> None:
    longer = tiled(PARTNER, 3, 75)
    pieces = [short(piece) for piece in range(8, 14)]
    assert len(strangers(pieces)) == len(pieces)
    assert only(longer).split_reads == 3
    assert only(longer + pieces).split_reads == 9


def test_it_counts_on_the_other_strand_and_after_nutm1() -> None:
    ending = Template(starting_at("NUTM1", 1)[: exon_end("NUTM1", 4)], random_bases(400, 22))
    for template, reads in (
        (PARTNER, [short(9), short(11)]),
        (ending, [single("a", ending, 9, 75), single("b", ending, 11, 75)]),
    ):
        turned = [replace(f, mate_1=reverse_complement(f.mate_1)) for f in reads]
        assert len(strangers(turned)) == 2
        assert only(tiled(template, 4, 75) + turned).split_reads == 6


def test_it_counts_where_two_genes_are_joined() -> None:
    # 15 bases of BRD4 are no placement; on the joint that others show they are.
    across = single("s", fusion(), 15, 24)
    assert len(strangers([across])) == 1
    longer = tiled(fusion(), 3, 60)
    assert [only(longer).split_reads, only([*longer, across]).split_reads] == [3, 4]


def test_only_joints_of_the_genes_that_it_resembles_call_it_back() -> None:
    map_ = starter_map()
    found = strangers([single("s", fusion(), 15, 24)])
    brd4 = map_.targets.genes.index("BRD4")
    shown = only(tiled(fusion())).junction.five_prime
    assert shown is not None
    assert shown.position is not None
    elsewhere = [Joint(brd4, residue, 0, EDGE, b"") for residue in map_.donors[brd4][:3]]
    assert shown.position not in map_.donors[brd4][:3]
    assert not len(found.across(elsewhere, 75))
    called = found.across([*elsewhere, Joint(brd4, shown.position, 0, EDGE, b"")], 75)
    assert called.names.text(0) == "s"
    assert not len(found)


def test_what_goes_on_otherwise_stays_aside() -> None:
    found = strangers([short(9, "like"), short(9, "other", OTHER), short(10, "also")])
    before = found.pieces()[True, EDGE]
    assert taken(found, PARTNER.text[340:400]) == ["like", "also"]
    assert found.pieces()[True, EDGE] == before - 2
    assert taken(found, PARTNER.text[340:400]) == []


def test_a_word_of_a_mate_beyond_the_joint_calls_it_back_and_those_like_it() -> None:
    far = replace(short(8, "far"), mate_1=PARTNER.text[360:408])
    found = strangers([short(9, "near"), far, short(9, "not", Template("A" * 9, PARTNER.text))])
    assert taken(found, mate=PARTNER.text[335:350]) == ["near", "far"]


def test_packs_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    fragments = tiled(PARTNER, 3, 75) + [short(8 + i % 6, f"s{i}") for i in range(12)]
    expected = look(fragments)
    monkeypatch.setattr("nutfusion.reads.strangers.PACK", 2)
    assert look(fragments) == expected


def test_umis_of_its_name_come_with_it() -> None:
    longer = [replace(f, name=f"{f.name}_ACGTACGT") for f in tiled(PARTNER, 3, 75)]
    pieces = [short(9, "a_ACGTACGT"), short(9, "b_ACGTAGCT"), short(9, "c_ACGTACGT")]
    found = only(longer + pieces)
    assert (found.split_reads, found.split_reads_raw) == (5, 6)


def test_the_mates_of_a_pair_are_asked_one_by_one() -> None:
    mate = reverse_complement(random_bases(75, 77))
    for f in (short(9), short(12)):
        for both in (replace(f, mate_2=mate), Fragment(f.name, mate, f.mate_1)):
            assert only([*tiled(PARTNER, 3, 75), both]).split_reads == 4


def test_the_kernels_say_what_the_search_says() -> None:
    rng = np.random.default_rng(3)
    spoken = codes(PARTNER.text[330:400])[::-1]  # outwards
    mate = codes(PARTNER.text[300:345])
    words, _ = words_of([mate])
    answers = []
    for i in range(300):
        piece = int(rng.integers(8, 14))
        bases = PARTNER.text[400 - int(rng.integers(1, 60)) : 400 + piece]
        for _ in range(int(rng.integers(0, 5))):
            bases = with_error(bases, int(rng.integers(len(bases))))
        if i % 7 == 0:
            bases = bases[:3] + "N" + bases[4:]
        reverse = bool(i % 2)
        read = codes(reverse_complement(bases) if reverse else bases)
        row = np.array([[0, 0, not reverse, reverse, 0, piece]], np.int32)
        reads = read, np.array([0, len(read)]), np.array([len(read)], np.int32)
        out = np.empty(1, bool)
        b.share_words(*reads, row, words, b.marks_of(words), out)
        assert out[0] == has_word_of(codes(bases), words)
        answers.append(bool(out[0]))
        allowed = np.array([differences_allowed(n) for n in range(len(spoken) + 1)])
        table = np.array([0, 1]), spoken[None, :].copy(), np.array([len(spoken)])
        b.agree(*reads, row, *table, allowed, out)
        own = codes(bases)[: len(bases) - piece][::-1].copy()
        assert out[0] == agrees(own, len(own), spoken.copy(), len(spoken), allowed)
        answers.append(bool(out[0]))
    assert 100 < sum(answers) < 500


def test_one_batch_may_be_as_large_as_it_likes() -> None:
    # The number of a fragment must not run over: BAM files hand on many at once.
    plain = Fragment("w", reverse_complement(PARTNER.text[500:575]))
    found = retained([plain] * 33_000 + [short(9)], batch=40_000).strangers
    assert taken(found, PARTNER.text[340:400]) == ["s9"]

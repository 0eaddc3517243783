"""Reads that are set aside speak for an exon's edge as others do, with errors and N as well."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.reads.builders import (
    Fragment,
    Template,
    count,
    exon_end,
    exon_start,
    fusion,
    look,
    only,
    pair,
    random_bases,
    reverse_complement,
    single,
    starting_at,
    up_to,
    with_error,
)
from tests.reads.test_retain import retained, wild_type, without_letting_go

from nutfusion.reads import speaking

BEFORE = Template(random_bases(400, 31), starting_at("NUTM1", 4))
AFTER = Template(starting_at("NUTM1", 1)[: exon_end("NUTM1", 4)], random_bases(400, 32))


def near(template: Template, nutm1: int, *, upstream: bool, errors: tuple[int, ...]) -> str:
    """A read of 60 nt with so many bases of NUTM1; ``errors``: so far from the joint in them."""
    before = 60 - nutm1 if upstream else nutm1
    read = single("r", template, before).mate_1
    for at in errors:
        read = with_error(read, before + at if upstream else before - 1 - at)
    return read


@pytest.mark.parametrize("upstream", [True, False])
def test_what_is_set_aside_says_that_a_read_belongs_to_the_edge(upstream: bool) -> None:
    # The placements of the long reads end inside the exon, and no other read shows its edge.
    template = BEFORE if upstream else AFTER
    aside = [
        Fragment(f"s{n}", near(template, n, upstream=upstream, errors=())) for n in range(9, 13)
    ]
    assert len(retained(aside).strangers) == len(aside)
    errors = [(2, 4), (2, 4)]
    long_reads = [
        Fragment(f"l{i}", near(template, 30 + i, upstream=upstream, errors=wrong))
        for i, wrong in enumerate(errors)
    ]
    assert look(long_reads)[0] == ()
    assert count(only([*long_reads, *aside])) == (len(aside) + len(errors), 0)


@pytest.mark.parametrize("at", [4, 6])
def test_an_unread_base_in_a_piece_that_is_set_aside_is_no_difference(at: int) -> None:
    read = near(BEFORE, 9, upstream=True, errors=())
    unread = Fragment("n", read[: 51 + at] + "N" + read[52 + at :])
    assert len(retained([unread]).strangers) == 1
    longer = [single(f"l{i}", BEFORE, 20 + 3 * i) for i in range(2)]
    assert count(only([*longer, unread])) == (3, 0)


def test_no_edge_is_named_by_a_read_whose_shift_would_leave_too_little_of_the_partner() -> None:
    # Seven bases beyond the edge agree with nearly anything; they call nothing back.
    aside = [Fragment("s", near(BEFORE, 9, upstream=True, errors=()))]
    short = Fragment("l", near(BEFORE, 53, upstream=True, errors=(3,)))
    assert look([short, *aside])[0] == ()


def spoiled(rng: random.Random, read: str, joint: int) -> str:
    """A read with errors and unread bases, most of them close to the joint."""
    places = [joint + rng.randint(-12, 12) for _ in range(rng.choice([0, 1, 1, 2, 3]))]
    places += [rng.randrange(len(read)) for _ in range(rng.choice([0, 0, 1, 2]))]
    for at in places:
        if 0 <= at < len(read):
            read = read[:at] + rng.choice("ACGTN") + read[at + 1 :]
    return read


def template_of(rng: random.Random, seed: int, exon: int) -> Template:
    """A joint with NUTM1, the unknown ones with some bases that both sides share, or none."""
    start = exon_start("NUTM1", exon)
    shared = up_to("NUTM1", exon)[start - rng.choice([0, 0, 2, 4, 9]) : start]
    return rng.choice(
        [
            fusion(("BRD4", rng.choice([10, 11, 14])), ("NUTM1", exon)),
            Template(up_to("NUTM1", exon), random_bases(400, seed)),
            *[Template(random_bases(400, seed) + shared, starting_at("NUTM1", exon))] * 3,
        ]
    )


def faint(seed: int) -> list[Fragment]:
    """Reads that hold little of NUTM1, with errors near the joint, and strangers like them."""
    rng = random.Random(seed)
    exon, length = rng.choice([3, 4, 5, 6]), rng.choice([36, 50, 50, 75])
    template = template_of(rng, seed, exon)
    turned = template.three != starting_at("NUTM1", exon)
    out = []
    for i in range(rng.randint(2, 8)):
        piece = rng.choice([rng.randint(6, 14), rng.randint(6, 14), rng.randint(14, 40)])
        before = min(piece if turned else length - piece, length - 4)
        read = spoiled(rng, single("", template, before, length).mate_1, before)
        mates = [read if rng.random() < 0.5 else reverse_complement(read)]
        if rng.random() < 0.3:
            mates.insert(rng.randint(0, 1), random_bases(length, 31 * seed + i))
        out.append(Fragment(f"r{i}", *mates))
    for i in range(rng.choice([0, 0, 1, 2, 4])):
        insert = rng.randint(length + 10, 240)
        made = pair(f"p{i}", template, -rng.randint(5, insert - 5), insert, length)
        out.append(replace(made, mate_1=spoiled(rng, made.mate_1, length // 2)))
    for i in range(rng.randint(0, 16)):
        piece, like = rng.randint(8, 13), rng.choice([0, 0, rng.randint(6, 16)])
        other = random_bases(length - piece - like, 101 * seed + i)
        other += template.five[len(template.five) - like :]
        out.append(Fragment(f"s{i}", other + starting_at("NUTM1", exon)[:piece]))
    out += wild_type(rng.choice([0, 0, 30]), errors=True)
    rng.shuffle(out)
    return out


@pytest.mark.parametrize("seed", range(60))
def test_setting_aside_changes_no_answer_at_an_edge(seed: int) -> None:
    fragments = faint(seed)
    found = look(fragments)
    with pytest.MonkeyPatch.context() as patch:
        without_letting_go(patch)
        assert look(fragments) == found


def test_those_samples_hold_reads_that_what_is_set_aside_moves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What the test above compares is neither emptiness nor the same without a stranger's say.
    samples = [faint(seed) for seed in range(60)]
    answers = [look(fragments) for fragments in samples]
    assert sum(len(junctions) for junctions, _ in answers) >= 25
    monkeypatch.setattr(speaking, "shows_enough", lambda *_read, **_way: False)
    assert [look(fragments) for fragments in samples] != answers

"""Most kept fragments are counted and let go; what is let go would have changed nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from tests.builders import starter_panel
from tests.reads.builders import (
    Fragment,
    Template,
    bases,
    exon_start,
    fusion,
    kept,
    look,
    mutated,
    names,
    pair,
    random_bases,
    reverse_complement,
    single,
    starter_map,
    starting_at,
    tiled,
    up_to,
    with_error,
)
from tests.reads.test_same_answer import FEW, samples

from nutfusion.reads import sieve as sieve_module
from nutfusion.reads.retain import Retained, Retainer
from nutfusion.reads.strangers import SPEAKS
from nutfusion.reads.tally import MOST_MEASURED, Inserts

if TYPE_CHECKING:
    from nutfusion.reads.placement import Placements


def retained(fragments: list[Fragment], batch: int = 100) -> Retained:
    retainer = Retainer(starter_panel(), starter_map())
    for start in range(0, len(fragments), batch):
        retainer.take(kept(fragments[start : start + batch]))
    return retainer.done()


def wild_type(count: int, label: str = "w", *, errors: bool = False) -> list[Fragment]:
    """Pairs of 75 nt inside NUTM1 and BRD4, each of another place."""
    out = []
    for i in range(count):
        whole = bases(("NUTM1", "BRD4")[i % 2])
        start = 31 * i % (len(whole) - 200)
        mates = whole[start : start + 75], reverse_complement(whole[start + 125 : start + 200])
        first = with_error(mates[0], i % 75) if errors else mates[0]
        out.append(Fragment(f"{label}{i}", *(mates if i % 3 else mates[::-1])))
        if errors:
            out[-1] = Fragment(f"{label}{i}", first, mates[1])
    return out


def held(found: Retained) -> int:
    """Fragments that were not let go: kept on, or set aside."""
    return len(found.names) + len(found.strangers)


def size(found: Retained) -> int:
    """Bytes of everything that grows with the fragments."""
    placements = found.placements
    arrays = [*placements.rows, *(reads.data for reads in placements.reads)]
    return sum(array.nbytes for array in arrays) + sum(len(name) for name in found.names)


@pytest.mark.parametrize("errors", [False, True])
def test_four_times_the_wild_type_reads_take_no_more_memory(errors: bool) -> None:
    # Among them a few that cross a joint: only those are kept on.
    matter = [pair(f"f{i}", fusion(), -70 - i, 160, 75) for i in range(5)]
    once = retained([*matter, *wild_type(300, errors=errors)])
    often = retained([*matter, *wild_type(1200, errors=errors)])
    assert list(once.names) == list(often.names) == [f.name for f in matter]
    assert len(once.strangers) == len(often.strangers) == 0
    assert size(once) == size(often)
    assert often.tally.on > 2 * once.tally.on
    assert once.tally.inserts.counts.sum() + 900 == often.tally.inserts.counts.sum()


def test_most_strangers_are_let_go() -> None:
    # Reads that the sieve kept for their last ten bases, and that go on with something else. What
    # is kept of them fits its chance placement up to an end of the read.
    edge = starting_at("NUTM1", 3)[14:24]
    strangers = [
        Fragment(f"s{i}", random_bases(65, i) + edge, random_bases(75, 9000 + i))
        for i in range(400)
    ]
    assert held(retained(strangers)) < len(strangers) // 2


PLAIN = bases("NUTM1")[700:775]
MATTERS = [
    pytest.param(single("r", fusion(), 40, 75), id="long anchors"),
    pytest.param(single("r", fusion(), 70, 75), id="five bases of NUTM1"),
    pytest.param(single("r", fusion(), 9, 75), id="nine bases of BRD4"),
    pytest.param(Fragment("r", up_to("BRD4", 11)[-75:], PLAIN), id="mates on two genes"),
    pytest.param(Fragment("r", PLAIN, random_bases(75, 1)), id="a mate on nothing known"),
    pytest.param(Fragment("r", random_bases(75, 1), PLAIN), id="the other mate on nothing known"),
    pytest.param(Fragment("r", PLAIN, PLAIN), id="mates that do not face each other"),
    pytest.param(
        Fragment("r", random_bases(40, 3) + starting_at("NUTM1", 3)[:35]), id="an unknown 5' part"
    ),
    pytest.param(
        Fragment("r", random_bases(61, 3) + starting_at("NUTM1", 3)[:14]),
        id="an unknown 5' part and fourteen bases of NUTM1",
    ),
    pytest.param(
        Fragment("r", reverse_complement(random_bases(61, 3) + starting_at("NUTM1", 3)[:14])),
        id="the same on the other strand",
    ),
    pytest.param(
        Fragment("r", bases("NUTM1")[: exon_start("NUTM1", 5)][-14:] + random_bases(61, 3)),
        id="fourteen bases of NUTM1 and an unknown 3' part",
    ),
    pytest.param(
        Fragment("r", with_error(with_error(PLAIN, 3), 9)), id="two differences close to an end"
    ),
    pytest.param(
        Fragment("r", PLAIN, reverse_complement(mutated(bases("BRD4")[900:975], 1 / 12))),
        id="a mate that half resembles BRD4",
    ),
    pytest.param(single("r", fusion(), 42, 50), id="eight bases of NUTM1 after BRD4"),
    pytest.param(single("r", fusion(), 8, 50), id="eight bases of BRD4 before NUTM1"),
]


def short_piece(bases_of_nutm1: int, errors: tuple[int, ...], *, start: bool) -> str:
    """Nobody's bases, and beside an exon's edge some of NUTM1; ``errors``: so far from the end."""
    piece = (starting_at("NUTM1", 5) if start else up_to("NUTM1", 5)[::-1])[:bases_of_nutm1]
    for at in errors:
        piece = with_error(piece, bases_of_nutm1 - 1 - at)
    return random_bases(60, 3) + piece if start else piece[::-1] + random_bases(60, 3)


@pytest.mark.parametrize("start", [True, False])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("nutm1", "errors"),
    [
        pytest.param(8, (), id="eight bases"),
        # The sieve knows which base is doubted, and the search lets any one be.
        pytest.param(8, (2,), id="eight bases and a doubted one"),
        pytest.param(9, (), id="nine"),
        pytest.param(10, (0,), id="ten, the last one doubted"),
        pytest.param(11, (4,), id="eleven with a difference"),
        pytest.param(15, (9,), id="fifteen with a difference"),
        pytest.param(18, (2, 7), id="eighteen with two differences"),
        pytest.param(24, (12, 17), id="twenty-four with two"),
    ],
)
def test_no_piece_that_the_search_takes_is_let_go(
    nutm1: int, errors: tuple[int, ...], turned: bool, start: bool
) -> None:
    read = short_piece(nutm1, errors, start=start)
    read = reverse_complement(read) if turned else read
    mate = random_bases(75, 11)
    for fragment in (Fragment("r", read), Fragment("r", read, mate), Fragment("r", mate, read)):
        found = retained([fragment])
        assert len(found.names) == (nutm1 >= SPEAKS)
        assert sum(found.strangers.pieces().values()) == len(found.strangers) == (nutm1 < SPEAKS)


def test_seven_bases_say_nothing() -> None:
    strangers = [
        Fragment(f"s{i}", random_bases(60, i) + starting_at("NUTM1", 3)[:7]) for i in range(200)
    ]
    assert held(retained(strangers)) < len(strangers) // 2


@pytest.mark.parametrize("fragment", MATTERS)
def test_what_can_matter_is_kept_on_whole(fragment: Fragment) -> None:
    found = retained([fragment])
    assert list(found.names) == ["r"]
    assert [len(reads.data) for reads in found.placements.reads] == [
        len(fragment.mate_1),
        len(fragment.mate_2 or ""),
    ]


def without_letting_go(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_matter(_self: Retainer, placements: Placements) -> np.ndarray:
        return np.ones(len(placements), bool)

    monkeypatch.setattr(Retainer, "_matters", all_matter)


@FEW
@given(fragments=samples())
def test_letting_go_changes_no_answer(fragments: list[Fragment]) -> None:
    fragments = fragments + wild_type(80, errors=True) + wild_type(80, "v")
    found = look(fragments)
    with pytest.MonkeyPatch.context() as patch:
        without_letting_go(patch)
        assert look(fragments) == found


def faint(rng: random.Random) -> list[Fragment]:
    """A few reads of 50 nt of a fusion; nearly all that shows it are the ends of reads."""
    like_brd4 = mutated(up_to("BRD4", 10)[-260:], 1 / 12)  # BRD3 under a panel without it
    template = rng.choice(
        [
            fusion(("BRD4", 14), ("NUTM1", 6)),
            Template(random_bases(560, 5), starting_at("NUTM1", rng.choice([3, 4, 5]))),
            Template(random_bases(300, 8) + like_brd4, starting_at("NUTM1", 3)),
            Template(
                random_bases(300, 8) + like_brd4 + random_bases(60, 4), starting_at("NUTM1", 4)
            ),
        ]
    )
    out = [pair("long", template, -20, 200, 50)] * rng.randint(0, 1)
    for i, piece in enumerate(rng.choices(range(8, 25), k=rng.randint(0, 4))):
        start, insert = rng.choice([(piece - 200, 200), (-50 + piece, 180), (-piece, 180)])
        made = pair(f"s{i}", template, start, insert, 50, flipped=rng.random() < 0.5)
        for _ in range(rng.choice([0, 0, 1, 2])):
            first, second = (
                with_error(mate or "", rng.randrange(50)) for mate in (made.mate_1, made.mate_2)
            )
            made = replace(made, mate_1=first, mate_2=second)
        out.append(made)
    starts = [-70 - 7 * i - rng.randrange(60) for i in range(rng.randint(0, 5))]
    return out + [pair(f"d{i}", template, start, 200, 50) for i, start in enumerate(starts)]


@pytest.mark.parametrize("seed", range(40))
def test_letting_go_changes_no_faint_answer(seed: int) -> None:
    rng = random.Random(seed)
    edge = starting_at("NUTM1", 3)
    strangers = [
        Fragment(f"n{i}", random_bases(40, 70 * seed + i) + edge[: 8 + i % 3], random_bases(50, i))
        for i in range(12)
    ]
    fragments = faint(rng) + strangers + wild_type(rng.choice([0, 40]))
    rng.shuffle(fragments)
    found = look(fragments)
    with pytest.MonkeyPatch.context() as patch:
        without_letting_go(patch)
        assert look(fragments) == found


def test_faint_samples_hold_fusions_of_every_kind() -> None:
    # What the test above compares is not emptiness.
    shown = [found for seed in range(40) for found in look(faint(random.Random(seed)))[0]]
    kinds = {(names(found)[0], found.junction.exact) for found in shown}
    assert kinds >= {(None, False), ("BRD4", True)}
    assert len(shown) >= 15


@pytest.mark.parametrize("batch", [1, 7, 64])
def test_batches_do_not_matter(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = Template(random_bases(394, 1) + "GACTTG", starting_at("NUTM1", 5))
    fragments = [
        *wild_type(60),
        *(pair(f"p{i}", fusion(), -75 - 3 * i, 150, 75) for i in range(8)),
        *tiled(stranger, 8, 75),
    ]
    random.Random(batch).shuffle(fragments)
    expected = look(fragments)
    assert len(expected[0]) == 2
    monkeypatch.setattr(sieve_module, "BATCH", batch)
    assert look(fragments) == expected


def test_pairs_let_go_still_say_that_stray_mates_are_chance() -> None:
    # Ten pairs on NUTM1 exon 3 have a mate that lies nowhere. Beside two reads of an unknown
    # partner they are its pairs, unless wild-type NUTM1 is there too: its mates fail as well.
    stranger = Template(random_bases(394, 5) + "GACTTG", starting_at("NUTM1", 3))
    fragments: list[Fragment] = [*tiled(stranger, 3, 75)]
    for i in range(10):
        inner = reverse_complement(starting_at("NUTM1", 3)[i : 75 + i])
        fragments.append(Fragment(f"s{i}", random_bases(75, 50 + i), inner))
    at = exon_start("NUTM1", 3)
    wild = [
        Fragment(
            f"w{i}",
            bases("NUTM1")[at - 60 + i % 20 :][:75],
            reverse_complement(bases("NUTM1")[at + i % 20 :][:75]),
        )
        for i in range(60)
    ]
    assert list(retained(wild).names) == []
    assert look(fragments)[0][0].discordant_pairs == 10
    assert look(fragments + wild)[0][0].discordant_pairs == 0


def test_umis_in_names_are_believed_only_when_every_kept_name_has_one() -> None:
    # The fragment without one is let go; that it had none still counts.
    cross = [pair(f"f{i}_ACGTACG{'ACGT'[i % 4]}", fusion(), -75, 150, 75) for i in range(4)]
    wild = [Fragment(f"{f.name}_ACGTACGT", f.mate_1, f.mate_2) for f in wild_type(4)]
    found = retained(cross + wild)
    assert found.umi_source == "read_name"
    assert found.umis == ["ACGTACGA", "ACGTACGC", "ACGTACGG", "ACGTACGT"]
    assert retained(cross + wild_type(4)).umi_source == "none"


@pytest.mark.parametrize("seed", range(5))
def test_counted_inserts_give_the_figures_of_the_sizes_themselves(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, MOST_MEASURED, 20 + 13 * seed)
    inserts = Inserts()
    for part in np.array_split(sizes, 3):
        inserts.add(part)
    assert inserts.median == inserts.usual == np.median(sizes)
    assert inserts.largest == int(1.5 * np.quantile(sizes, 0.99, method="higher"))

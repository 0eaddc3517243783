"""The same molecules give the same junctions however the sequencer wrote them down."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reads.builders import (
    Fragment,
    Template,
    bases,
    fusion,
    look,
    pair,
    random_bases,
    reverse_complement,
    single,
    starting_at,
    with_error,
)

if TYPE_CHECKING:
    from nutfusion.model.evidence import JunctionSupport

FEW = settings(max_examples=6, deadline=None, derandomize=True)

TEMPLATES = (
    fusion(),
    fusion(("BRD4", 10)),
    fusion(("BRD4", 16), ("NUTM1", 5)),
    fusion(("NUTM1", 2), ("BRD4", 12)),
    Template(bases("BRD4")[:2400], bases("NUTM1")[700:]),
    Template(random_bases(400, 1) + "GACTTG", starting_at("NUTM1", 3)),
    Template(bases("NUTM1")[:482], bases("NUTM1")[482:]),
)


@st.composite
def samples(draw: st.DrawFn, errors: float = 0.3) -> list[Fragment]:
    """Fragments of one or two templates among foreign ones; ``errors``: share with one error."""
    seed = draw(st.integers(0, 10_000))
    rng = random.Random(seed)
    out = []
    for number, template in enumerate(draw(st.permutations(TEMPLATES))[: draw(st.integers(1, 2))]):
        for i in range(draw(st.integers(3, 12))):
            insert = rng.randint(90, 260)
            start = -rng.randint(20, insert - 20)
            name = f"f{number}.{i}"
            made = pair(name, template, start, insert, 75, flipped=rng.random() < 0.5)
            if rng.random() < errors:
                made = Fragment(name, with_error(made.mate_1, rng.randrange(75)), made.mate_2)
            if rng.random() < 0.2:
                out.append(Fragment(f"{name}c", made.mate_1, made.mate_2))
            out.append(made)
    out += [
        Fragment(f"x{i}", random_bases(75, 10 * seed + i), random_bases(75, 10 * seed + i + 5))
        for i in range(5)
    ]
    return out


def answer(fragments: list[Fragment]) -> list[JunctionSupport]:
    """The junctions without what names a mate."""
    junctions, _ = look(fragments)
    return [
        found.model_copy(
            update={
                "reads": tuple(
                    sorted(
                        (read.model_copy(update={"mate": 0}) for read in found.reads),
                        key=lambda read: (read.name, read.offset or 0, read.sequence),
                    )
                )
            }
        )
        for found in junctions
    ]


@FEW
@given(fragments=samples())
def test_swapped_mates_do_not_matter(fragments: list[Fragment]) -> None:
    swapped = [Fragment(f.name, f.mate_2 or "", f.mate_1) for f in fragments]
    assert answer(swapped) == answer(fragments)


@FEW
@given(fragments=samples())
def test_the_order_of_the_fragments_does_not_matter(fragments: list[Fragment]) -> None:
    shuffled = fragments.copy()
    random.Random(len(fragments)).shuffle(shuffled)
    assert look(shuffled) == look(fragments)


@FEW
@given(fragments=samples(errors=0.0))
def test_the_strand_of_single_reads_does_not_matter(fragments: list[Fragment]) -> None:
    reads = [
        Fragment(f"{f.name}.{mate}", read)
        for f in fragments
        for mate, read in enumerate((f.mate_1, f.mate_2 or ""))
    ]
    turned = [Fragment(f.name, reverse_complement(f.mate_1)) for f in reads]
    # Without errors: the sieve probes from a read's first base on, so that one error may cost a
    # read in one orientation and not in the other.
    expected = [(j.junction, j.consensus_sequence, j.split_reads_raw) for j in look(reads)[0]]
    found = [(j.junction, j.consensus_sequence, j.split_reads_raw) for j in look(turned)[0]]
    assert found == expected


@FEW
@given(fragments=samples())
def test_lower_case_does_not_matter(fragments: list[Fragment]) -> None:
    lower = [Fragment(f.name, f.mate_1.lower(), (f.mate_2 or "").lower()) for f in fragments]
    assert look(lower) == look(fragments)


@FEW
@given(fragments=samples())
def test_copies_add_nothing_that_counts(fragments: list[Fragment]) -> None:
    copies = [Fragment(f"{f.name}.again", f.mate_1, f.mate_2) for f in fragments]
    once, twice = look(fragments)[0], look(fragments + copies)[0]
    assert [(j.junction, j.split_reads, j.discordant_pairs, j.distinct_starts) for j in twice] == [
        (j.junction, j.split_reads, j.discordant_pairs, j.distinct_starts) for j in once
    ]
    assert [j.split_reads_raw for j in twice] == [2 * j.split_reads_raw for j in once]


@FEW
@given(fragments=samples())
def test_more_wild_type_reads_change_no_junction(fragments: list[Fragment]) -> None:
    # They tell the insert size, and so how far apart mates may be: both samples must know it.
    wild = []
    for i in range(40):
        for symbol in ("NUTM1", "BRD4"):
            at = 31 + 97 * i
            whole = bases(symbol)[at : at + 180]
            if len(whole) == 180:
                mates = whole[:75], reverse_complement(whole[-75:])
                wild.append(Fragment(f"w{symbol}{i}", *mates))
    assert look(fragments + wild)[0] == look(fragments + wild[::2])[0]


@FEW
@given(fragments=samples())
def test_no_fragment_supports_more_than_one_junction(fragments: list[Fragment]) -> None:
    junctions, qc = look(fragments)
    claimed = [name for found in junctions for name in {read.name for read in found.reads}]
    assert len(claimed) == len(set(claimed))
    for found in junctions:
        assert found.split_reads <= found.split_reads_raw
        assert found.discordant_pairs <= found.discordant_pairs_raw
        assert 1 <= found.distinct_starts <= found.split_reads + found.discordant_pairs
    assert qc.fragments == len(fragments)
    assert qc.fragments_kept <= len(fragments)


@FEW
@given(fragments=samples(), at=st.integers(18, 57))
def test_shown_reads_are_those_of_the_files_laid_on_the_consensus(
    fragments: list[Fragment], at: int
) -> None:
    fragments = [*fragments, single("alone", fusion(), at, 75)]
    read_of = {f.name: {f.mate_1, f.mate_2} for f in fragments}
    for found in look(fragments)[0]:
        consensus = found.consensus_sequence
        for read in found.reads:
            turned = {read.sequence, reverse_complement(read.sequence)}
            whole = [mate for mate in read_of[read.name] if mate]
            assert any(mate.startswith(t) for mate in whole for t in turned)
            if consensus is None or read.offset is None:
                assert read.mismatches is None
                continue
            start = max(0, -read.offset)
            below = consensus[max(0, read.offset) :]
            different = [a != b for a, b in zip(read.sequence[start:], below, strict=False)]
            assert read.mismatches == (sum(different) if different else None)

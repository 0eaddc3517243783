"""Sequences are placed by matching, and only where the match is beyond doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.builders import STRANGE, exon, mane

from nutfusion.model.panel import Block
from nutfusion.model.terms import Strand
from nutfusion.reference.lay import blocks_by_coding_start
from nutfusion.reference.place import place_by_sequence

BRD4 = mane("BRD4")
NUTM1 = mane("NUTM1")
assert BRD4.sequence is not None
assert NUTM1.sequence is not None


def pieces(transcript: str, numbers: list[int]) -> tuple[str, list[tuple[int, int]]]:
    """Some exons joined, with their genomic spans."""
    source = {"BRD4": BRD4, "NUTM1": NUTM1}[transcript]
    assert source.sequence is not None
    chosen = [source.blocks[number - 1] for number in numbers]
    bases = "".join(source.sequence[b.transcript_start - 1 : b.transcript_end] for b in chosen)
    return bases, [(b.start, b.end) for b in chosen]


def spans(blocks: tuple[Block, ...]) -> list[tuple[int, int]]:
    return [(block.start, block.end) for block in blocks]


def test_a_transcript_is_placed_on_itself() -> None:
    for transcript in (BRD4, NUTM1):
        assert transcript.sequence is not None
        assert place_by_sequence(transcript.sequence, [transcript]) == transcript.blocks


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(min_value=1, max_value=20), min_size=1))
def test_any_choice_of_brd4_exons_is_placed_exon_by_exon(numbers: set[int]) -> None:
    bases, expected = pieces("BRD4", sorted(numbers))
    assert spans(place_by_sequence(bases, [BRD4])) == expected


def test_a_strange_first_exon_stays_unplaced() -> None:
    bases, expected = pieces("BRD4", [2, 3, 4])
    blocks = place_by_sequence(STRANGE + bases, [BRD4])
    assert spans(blocks) == expected
    assert blocks[0].transcript_start == len(STRANGE) + 1


def test_a_strange_exon_in_the_middle_stays_unplaced() -> None:
    left, left_spans = pieces("BRD4", [2, 3])
    right, right_spans = pieces("BRD4", [5, 6])
    blocks = place_by_sequence(left + STRANGE + right, [BRD4])
    assert spans(blocks) == left_spans + right_spans


def test_a_substitution_does_not_cut_a_block() -> None:
    assert NUTM1.sequence is not None
    changed = "ACGT"[("ACGT".index(NUTM1.sequence[2500]) + 1) % 4]
    sequence = NUTM1.sequence[:2500] + changed + NUTM1.sequence[2501:]
    assert place_by_sequence(sequence, [NUTM1]) == NUTM1.blocks


def test_a_deletion_is_never_bridged() -> None:
    assert NUTM1.sequence is not None
    # 5 bases go in the 2,248-nt last exon: the shorter side stays unplaced
    sequence = NUTM1.sequence[:2500] + NUTM1.sequence[2505:]
    blocks = place_by_sequence(sequence, [NUTM1])
    for block in blocks:
        length = block.end - block.start
        assert block.transcript_end - block.transcript_start == length
    assert sum(b.end - b.start + 1 for b in blocks) <= len(sequence) - 600


def test_ends_may_be_shorter() -> None:
    assert NUTM1.sequence is not None
    blocks = place_by_sequence(NUTM1.sequence[100:-50], [NUTM1])
    assert blocks[0] == Block(1, 288, 34343415, 34343702)
    assert blocks[-1].end == NUTM1.exons[-1].end - 50


def test_a_first_exon_cut_to_less_than_a_seed_is_placed_by_its_neighbour() -> None:
    assert NUTM1.sequence is not None
    blocks = place_by_sequence(NUTM1.sequence[388 - 9 :], [NUTM1])
    assert blocks[0] == Block(1, 9, 34343694, 34343702)


def test_an_exon_too_short_for_a_seed_is_placed_between_its_neighbours() -> None:
    # a microexon of 9 nt, cut out of NUTM1 exon 4 for the purpose
    assert NUTM1.sequence is not None
    block = NUTM1.blocks[3]
    cut = [
        Block(block.transcript_start, block.transcript_start + 59, block.start, block.start + 59),
        Block(1252, 1260, 34350764, 34350772),
        Block(1261, block.transcript_end, 34350773, block.end),
    ]
    reference = replace(NUTM1, blocks=(*NUTM1.blocks[:3], *cut, *NUTM1.blocks[4:]))
    assert place_by_sequence(NUTM1.sequence, [reference]) == reference.blocks


def test_nothing_is_placed_on_nothing() -> None:
    assert place_by_sequence(STRANGE, [NUTM1]) == ()
    assert place_by_sequence("", [NUTM1]) == ()
    assert place_by_sequence(STRANGE, []) == ()
    assert place_by_sequence(STRANGE, [mane("BRD3")]) == ()


def test_the_best_of_several_references_is_taken() -> None:
    assert NUTM1.sequence is not None
    short = replace(NUTM1, blocks=NUTM1.blocks[:3])
    assert place_by_sequence(NUTM1.sequence, [short, NUTM1]) == NUTM1.blocks


# strand, first coding base in the sequence, bases, expected blocks
LAYINGS = [
    # exactly the exons
    (Strand.PLUS, 6, 30, [(1, 10, 101, 110), (11, 30, 201, 220)]),
    # three bases more in front: they lie in no block
    (Strand.PLUS, 9, 33, [(4, 13, 101, 110), (14, 33, 201, 220)]),
    # starts at the coding part and is cut
    (Strand.PLUS, 1, 10, [(1, 5, 106, 110), (6, 10, 201, 205)]),
    # minus strand: the second exon comes first
    (Strand.MINUS, 1, 10, [(1, 5, 201, 205), (6, 10, 106, 110)]),
]


@pytest.mark.parametrize(("strand", "cds_start", "length", "expected"), LAYINGS)
def test_exons_are_laid_from_the_first_coding_base(
    strand: Strand, cds_start: int, length: int, expected: list[tuple[int, int, int, int]]
) -> None:
    if strand is Strand.PLUS:
        exons = [
            replace(exon(1, 101, 110), cds_start=106, cds_end=110),
            replace(exon(2, 201, 220), cds_start=201, cds_end=210),
        ]
    else:
        exons = [
            replace(exon(1, 201, 210), cds_start=201, cds_end=205),
            replace(exon(2, 101, 110), cds_start=106, cds_end=110),
        ]
    blocks = blocks_by_coding_start(exons, strand, cds_start=cds_start, length=length)
    assert [(b.transcript_start, b.transcript_end, b.start, b.end) for b in blocks] == expected

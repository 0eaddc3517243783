"""Adapters are cut before a read is placed; UMIs are found in read names."""

from __future__ import annotations

import numpy as np
import pytest
from tests.reads.builders import (
    Fragment,
    bases,
    count,
    fusion,
    kept,
    only,
    random_bases,
    reverse_complement,
    sides,
    starter_map,
    with_error,
)

from nutfusion.reads.kernels import place as k
from nutfusion.reads.placement import ADAPTERS, SHORTEST_FRAGMENT, place_reads
from nutfusion.reads.umi import PATTERNS, cut, matching

TRUSEQ = "AGATCGGAAGAGCACACGTCTGAACTCCAGTCACATCACGATCTCGTATGCCGTCTTCTGCTTG"
TRUSEQ_2 = "AGATCGGAAGAGCGTCGTGTAGGGAAAGAGTGTAGATCTCGGTGGTCGCCGTATCATT"


def through(name: str, insert: str, length: int) -> Fragment:
    """A pair whose mates run through the insert into adapter."""
    return Fragment(
        name, (insert + TRUSEQ)[:length], (reverse_complement(insert) + TRUSEQ_2)[:length]
    )


def used(fragments: list[Fragment]) -> list[tuple[int, int]]:
    """Bases of mate 1 and of mate 2 that are used."""
    rows = place_reads(kept(fragments), starter_map().targets).rows
    return list(zip(rows[0][:, k.LENGTH].tolist(), rows[1][:, k.LENGTH].tolist(), strict=True))


@pytest.mark.parametrize("insert", [24, 30, 50, 74, 75, 76, 120])
def test_mates_that_run_through_the_insert_are_cut_at_its_end(insert: int) -> None:
    fragment = through("r", bases("NUTM1")[600 : 600 + insert], 75)
    assert used([fragment]) == [(min(insert, 75), min(insert, 75))]


def test_inserts_too_short_to_be_told_from_chance_are_left_alone() -> None:
    fragment = through("r", bases("NUTM1")[600 : 600 + SHORTEST_FRAGMENT - 1], 75)
    assert used([fragment]) == [(75, 75)]


@pytest.mark.parametrize(("errors", "cut"), [(0, True), (1, True), (4, True), (5, False)])
def test_one_difference_in_12_is_allowed(errors: int, cut: bool) -> None:
    fragment = through("r", bases("NUTM1")[600:650], 75)
    mate_1 = fragment.mate_1
    for at in (5, 14, 20, 35, 42)[:errors]:
        mate_1 = with_error(mate_1, at)
    assert used([Fragment("r", mate_1, fragment.mate_2)]) == [(50, 50) if cut else (75, 75)]


def test_unread_bases_are_no_differences() -> None:
    fragment = through("r", bases("NUTM1")[600:650], 75)
    mate_1 = "N" * 8 + fragment.mate_1[8:]
    assert used([Fragment("r", mate_1, fragment.mate_2)]) == [(50, 50)]


@pytest.mark.parametrize(("first", "second"), [(75, 60), (60, 75), (75, 40)])
def test_mates_of_different_length_are_cut_alike(first: int, second: int) -> None:
    fragment = through("r", bases("NUTM1")[600:635], 75)
    assert fragment.mate_2 is not None
    cut = Fragment("r", fragment.mate_1[:first], fragment.mate_2[:second])
    assert used([cut]) == [(35, 35)]


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("insert", [20, 40, 62])
def test_single_reads_are_cut_at_a_whole_adapter(adapter: str, insert: int) -> None:
    read = (bases("NUTM1")[600 : 600 + insert] + adapter + random_bases(80, 1))[:82]
    assert used([Fragment("r", read)]) == [(insert, 0)]


def test_a_read_of_nothing_but_adapter_is_left_with_nothing() -> None:
    assert used([Fragment("r", TRUSEQ)]) == [(0, 0)]


def test_an_adapter_is_not_looked_for_beyond_its_read() -> None:
    # Reads lie one after another in memory: an adapter over two of them is none.
    half = ADAPTERS[0][:6]
    read = bases("NUTM1")[600:660]
    assert used([Fragment("a", read + half), Fragment("b", ADAPTERS[0][6:] + read)]) == [
        (66, 0),
        (67, 0),
    ]


@pytest.mark.parametrize("paired", [True, False])
def test_adapter_makes_neither_a_linker_nor_an_unknown_partner(paired: bool) -> None:
    template = fusion()
    fragments = []
    for i in range(8):
        low = template.joint - 20 - 2 * i
        fragment = through(f"r{i}", template.text[low : low + 55 + i], 100)
        fragments.append(fragment if paired else Fragment(fragment.name, fragment.mate_1))
    found = only(fragments)
    assert sides(found) == (15254152, 34347969)
    assert count(found) == (8, 0)
    assert found.junction.linker_sequence == ""
    assert found.consensus_sequence is not None
    assert ADAPTERS[0] not in found.consensus_sequence


@pytest.mark.parametrize(
    ("names", "umis"),
    [
        pytest.param(
            ["A:1:F:1:1:1:1:ACGTACGT", "A:1:F:1:1:1:2:TTTTNNNN"],
            ["ACGTACGT", "TTTTNNNN"],
            id="BCL Convert",
        ),
        pytest.param(
            ["A:1:F:1:1:1:1:ACGT+TTGG", "A:1:F:1:1:1:2:CCCC+AAAA"],
            ["ACGT+TTGG", "CCCC+AAAA"],
            id="BCL Convert, both ends",
        ),
        pytest.param(["r1_ACGTAC", "r2_TTTTTT"], ["ACGTAC", "TTTTTT"], id="UMI-tools"),
        pytest.param(["r1_ACGT_TTGG", "r2_CCCC_AAAA"], ["ACGT_TTGG", "CCCC_AAAA"], id="fastp"),
        pytest.param(["A:1:F:1:1:1:1", "A:1:F:1:1:1:2"], None, id="without"),
        pytest.param(["SRR1548811.1", "SRR1548811.2"], None, id="SRA"),
        pytest.param(["r1_ACGTAC", "r2"], None, id="one of two"),
        pytest.param(["r1_ACG", "r2_TTT"], None, id="too short to be one"),
        pytest.param(["sample_A_1", "sample_A_2"], None, id="a sample's name"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_umis_are_taken_from_names_when_every_name_has_one(
    names: list[str], umis: list[str] | None
) -> None:
    patterns = PATTERNS
    for name in names:  # reads come in batches; what is left after each is asked of the next
        patterns = matching(patterns, [name])
    assert (cut(patterns[0], names) if names and patterns else None) == umis


def test_bases_beyond_the_cut_are_not_used() -> None:
    made = place_reads(kept([through("r", bases("NUTM1")[600:650], 75)]), starter_map().targets)
    expected = place_reads(kept([Fragment("r", bases("NUTM1")[600:650])]), starter_map().targets)
    assert np.array_equal(made.bases(0, 0), expected.bases(0, 0))
    assert np.array_equal(made.bases(1, 0), expected.bases(0, 0))
    assert len(made.sequenced_bases(1, 0)) == 50

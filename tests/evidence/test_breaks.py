"""Homology at a break of DNA: how far each side may be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import starter_panel

from nutfusion.evidence.breaks import dna_breaks
from nutfusion.model.evidence import ReadSupport
from nutfusion.model.terms import Assembly
from nutfusion.reads.dna.across import FoundBreak
from nutfusion.reads.dna.pieces import End
from nutfusion.reads.dna.sample import DnaBreaks

if TYPE_CHECKING:
    from nutfusion.callers.statement import Statement

NO_READS = ReadSupport(
    split_reads=5,
    discordant_pairs=0,
    split_reads_raw=5,
    discordant_pairs_raw=0,
    distinct_starts=5,
    longest_five_prime_anchor=40,
    longest_three_prime_anchor=40,
    consensus_sequence=None,
    consensus_junction_offset=None,
    reads=(),
    reads_total=0,
)


@pytest.mark.parametrize(
    ("nutm1_is_three", "five", "three", "expected"),
    [
        # BRD4 (minus strand) to NUTM1: the first three bases of exon 3 may be BRD4's, so that the
        # break may lie in the exon or just before it
        (
            True,
            End("chr19", 15_253_852, "higher"),
            End("chr15", 34_347_969, "higher"),
            ((15_253_849, 15_253_852), (34_347_969, 34_347_972)),
        ),
        # the reciprocal product: NUTM1's beginning gives its last bases away, downwards
        (
            False,
            End("chr15", 34_346_035, "lower"),
            End("chr19", 15_253_851, "lower"),
            ((34_346_032, 34_346_035), (15_253_851, 15_253_854)),
        ),
        # a partner on the plus strand: both sides move the same way
        (
            False,
            End("chr15", 34_346_035, "lower"),
            End("chr7", 1_000, "higher"),
            ((34_346_032, 34_346_035), (997, 1_000)),
        ),
    ],
)
def test_homologous_bases_are_given_away_by_nutm1(
    monkeypatch: pytest.MonkeyPatch,
    nutm1_is_three: bool,
    five: End,
    three: End,
    expected: tuple[tuple[int, int], tuple[int, int]],
) -> None:
    seen: list[Statement] = []

    def restated(statement: Statement, *_: object, **__: object) -> None:
        seen.append(statement)

    monkeypatch.setattr("nutfusion.evidence.breaks.restated", restated)
    found = FoundBreak(
        nutm1_is_three=nutm1_is_three,
        five=five,
        three=three,
        spans=((five.position, five.position), (three.position, three.position)),
        precise=True,
        homology=3,
        linker="",
        support=NO_READS,
    )
    assert dna_breaks(DnaBreaks(Assembly.GRCH38, (found,)), (), starter_panel()) == ()
    (statement,) = seen
    ranges = (statement.first.position_range, statement.second.position_range)
    assert ranges == expected

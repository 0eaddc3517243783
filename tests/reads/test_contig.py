"""Unknown sequence is put together from overlapping reads."""

from __future__ import annotations

import numpy as np
import pytest
from tests.reads.builders import codes, random_bases, with_error

from nutfusion.reads.contig import (
    EXACT_OVERLAP,
    LONGEST,
    OVERLAP,
    REACH,
    WORD,
    Template,
    differences_allowed,
    grow,
    majority,
    of_parts,
)
from nutfusion.reads.kernels.cluster import agrees
from nutfusion.reads.shown import letters

UNKNOWN = random_bases(1000, 1)
KNOWN = random_bases(300, 2)
WHOLE = UNKNOWN + KNOWN


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ACGTACGTAC", "ACGTACGTACGGG", True),
        ("ACGTACGTAC", "ACGTACGTAT", True),  # one difference is always allowed
        ("ACGTACGTAC", "ACGTACGATT", False),
        ("ACGTACGTACG", "TCGTACGTACC", False),
        ("ACGTACGTACGT", "TCGTACGTACGA", True),  # two reads with an error each
        ("ACGTA" * 8, "ACGTA" * 5 + "TCGTA" * 3, True),  # 3 in 40
        ("ACGTA" * 8, "TCGTT" * 8, False),
        ("", "ACGT", False),
    ],
)
def test_sequences_agree_when_hardly_anything_differs(one: str, other: str, same: bool) -> None:
    allowed = np.array([differences_allowed(n) for n in range(50)])
    a, b = codes(one), codes(other)
    assert agrees(a, len(a), b, len(b), allowed) == same
    assert agrees(b, len(b), a, len(a), allowed) == same


def test_the_majority_decides_each_column() -> None:
    rows = [(0, codes("ACGT")), (0, codes("ACCT")), (1, codes("CGTA"))]
    assert letters(majority(rows, 0, 6)) == "ACGTAN"


def test_unread_bases_do_not_vote() -> None:
    assert letters(majority([(0, codes("NN")), (0, codes("NN")), (0, codes("AN"))], 0, 2)) == "AN"


def test_equal_votes_go_to_the_expected_base_and_more_votes_do_not() -> None:
    rows = [(0, codes("AC")), (0, codes("TC"))]
    assert letters(majority(rows, 0, 2)) == "AC"
    assert letters(majority(rows, 0, 2, (0, codes("TG")))) == "TC"
    assert letters(majority(rows, 0, 2, (0, codes("GG")))) == "AC"
    assert letters(majority(rows, 0, 3, (0, codes("TGA")))) == "TCN"  # expected is no cover


def test_parts_of_different_length_start_at_the_joint() -> None:
    assert letters(of_parts([codes("ACGT"), codes("AC"), codes("ACGTTT")])) == "ACGTTT"
    assert len(of_parts([])) == 0


def template(unknown: int = 40) -> Template:
    return Template(codes(UNKNOWN[-unknown:]), codes(KNOWN))


@pytest.mark.parametrize("start", [-90, -60, -40, -25])
def test_a_read_is_laid_where_it_belongs(start: int) -> None:
    read = WHOLE[1000 + start :][:75]
    assert template().lay(codes(read)) == -start
    assert template().lay(codes(with_error(read, 37))) == -start


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(random_bases(75, 9), id="foreign"),
        pytest.param(KNOWN[20:95], id="the known side alone"),
        pytest.param(WHOLE[1000 - REACH + 1 :][:75], id="hardly beyond the joint"),
        pytest.param(UNKNOWN[-115:-25], id="too little in common"),
        pytest.param(WHOLE[975:1000][:WORD], id="too short"),
    ],
)
def test_reads_that_tell_nothing_are_not_laid(read: str) -> None:
    assert template().lay(codes(read)) is None


@pytest.mark.parametrize(
    ("overlap", "errors", "laid"),
    [
        pytest.param(EXACT_OVERLAP - 1, 0, False, id="may be chance"),
        pytest.param(EXACT_OVERLAP, 0, True, id="exact"),
        pytest.param(OVERLAP - 1, 1, False, id="too short for an error"),
        pytest.param(OVERLAP, 1, True, id="long enough for one"),
    ],
)
def test_a_short_overlap_must_be_exact(overlap: int, errors: int, laid: bool) -> None:
    read = UNKNOWN[-40 - 55 : -40 + overlap]
    read = with_error(read, len(read) - 2) if errors else read
    assert template().lay(codes(read)) == (95 if laid else None)


def test_reads_with_too_many_differences_are_not_laid() -> None:
    read = WHOLE[960:1035]
    for at in (10, 25, 33, 50, 58, 66):  # 6 of 75 is 8 %
        read = with_error(read, at)
    assert template().lay(codes(read)) == 40
    assert template().lay(codes(with_error(read, 70))) is None


def pool(step: int, longest: int) -> list[np.ndarray]:
    return [codes(WHOLE[1000 - at :][:75]) for at in range(20, longest, step)]


def test_overlapping_reads_extend_the_sequence() -> None:
    grown = letters(grow([codes(UNKNOWN[-30:][::-1])], codes(KNOWN), pool(10, 310)))
    assert len(grown) == 300
    assert UNKNOWN.endswith(grown)


def test_a_gap_in_the_cover_ends_the_sequence() -> None:
    reads = [
        read for read in pool(10, 310) if not UNKNOWN[-190:-110].startswith(letters(read)[:20])
    ]
    holed = [r for i, r in enumerate(reads) if not 9 <= i <= 17]
    grown = letters(grow([codes(UNKNOWN[-30:][::-1])], codes(KNOWN), holed))
    assert UNKNOWN.endswith(grown)
    assert len(grown) < 150


@pytest.mark.parametrize("at", [1, 2, 19])
def test_a_base_that_no_read_tells_is_no_gap(at: int) -> None:
    # An N in the one read across the joint, the last base before it or another; the mate that
    # makes the sequence longer ends 20 bases before the joint.
    n_there = UNKNOWN[:-at] + "N" + UNKNOWN[len(UNKNOWN) - at + 1 :]
    grown = letters(grow([codes(n_there[-40:][::-1])], codes(KNOWN), [codes(UNKNOWN[-90:-20])]))
    assert grown == n_there[-90:]


def test_foreign_reads_extend_nothing() -> None:
    foreign = [codes(random_bases(75, 20 + i)) for i in range(30)]
    assert letters(grow([codes(UNKNOWN[-30:][::-1])], codes(KNOWN), foreign)) == UNKNOWN[-30:]
    assert letters(grow([codes(UNKNOWN[-30:][::-1])], codes(KNOWN), [])) == UNKNOWN[-30:]


def test_the_sequence_ends_at_the_longest() -> None:
    grown = letters(grow([codes(UNKNOWN[-30:][::-1])], codes(KNOWN), pool(6, 1000)))
    assert len(grown) <= LONGEST
    assert UNKNOWN.endswith(grown)


def test_reads_with_errors_give_the_true_sequence() -> None:
    reads = [codes(with_error(letters(read), (i * 17) % 75)) for i, read in enumerate(pool(4, 220))]
    grown = letters(grow([codes(UNKNOWN[-30:][::-1])], codes(KNOWN), reads))
    assert len(grown) >= 200
    assert UNKNOWN.endswith(grown[8:])  # one read alone at the very end may be wrong

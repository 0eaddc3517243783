"""Pieces of split reads, and reads laid across a break of DNA."""

from __future__ import annotations

import pysam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutfusion.reads.dna.breaks import Joint, joint_of, precise_breaks
from nutfusion.reads.dna.pieces import Crossing, End, Piece, crossings, pieces_of
from nutfusion.reads.dna.records import DnaFragment, Place, may_show_break

HEADER = pysam.AlignmentHeader.from_dict(
    {"SQ": [{"SN": "chr15", "LN": 101_991_189}, {"SN": "chr19", "LN": 58_617_616}]}
)
LOCUS = Place("chr15", 34_333_315, 34_357_735)


def record(
    contig: str, position: int, cigar: str, flag: int = 0, sa: str = "", quality: int = 60
) -> pysam.AlignedSegment:
    """A mapped record with the bases that its CIGAR says it holds."""
    out = pysam.AlignedSegment(HEADER)
    out.query_name = "r"
    out.flag = flag
    out.reference_name = contig
    out.reference_start = position - 1
    out.mapping_quality = quality
    out.cigarstring = cigar
    out.query_sequence = "A" * (out.infer_query_length() or 0)
    if sa:
        out.set_tag("SA", sa)
    return out


@pytest.mark.parametrize(
    ("flag", "cigar", "sa", "before", "after"),
    [
        # BRD4 (minus strand) goes on in NUTM1: the read in the transcript's sense lies on the
        # other strand of chr19, and as it is on chr15
        (
            0, "40S60M", "chr19,15253852,-,60S40M,60,0;",
            End("chr19", 15_253_852, "higher"), End("chr15", 34_347_469, "higher"),
        ),
        # the same from the other strand: NUTM1 is read first
        (
            16, "40S60M", "chr19,15253852,+,60S40M,60,0;",
            End("chr15", 34_347_469, "higher"), End("chr19", 15_253_852, "higher"),
        ),
    ],
)  # fmt: skip
def test_a_read_goes_from_one_piece_to_the_next(
    flag: int, cigar: str, sa: str, before: End, after: End
) -> None:
    pieces, length = pieces_of(record("chr15", 34_347_469, cigar, flag, sa))
    assert length == 100
    assert crossings(pieces) == [Crossing(before, after, 0, 60)]
    joint = joint_of(crossings(pieces)[0], LOCUS)
    assert joint == Joint(
        End("chr15", 34_347_469, "higher"), End("chr19", 15_253_852, "higher"), 0, 0
    )


@pytest.mark.parametrize(
    ("sa", "homology", "inserted", "partner"),
    [
        # 45 + 60 bases of 100: five fit both sides, and are NUTM1's
        ("chr19,15253852,-,55S45M,60,0;", 5, 0, 15_253_857),
        # 33 + 60: seven fit neither
        ("chr19,15253852,-,67S33M,60,0;", 0, 7, 15_253_852),
    ],
)
def test_homology_and_inserted_bases(sa: str, homology: int, inserted: int, partner: int) -> None:
    pieces, _ = pieces_of(record("chr15", 34_347_469, "40S60M", 0, sa))
    joint = joint_of(crossings(pieces)[0], LOCUS)
    assert joint is not None
    assert (joint.homology, joint.inserted) == (homology, inserted)
    assert joint.partner == End("chr19", partner, "higher")


def test_pieces_are_where_deletions_and_hard_clips_leave_them() -> None:
    """A supplementary record holds its own bases only; its CIGAR still counts the others."""
    pieces, length = pieces_of(record("chr15", 1_001, "30H20M5D10M2I8M30H", flag=2048))
    assert length == 100
    assert pieces == [Piece(30, 70, "chr15", 1_001, 1_043, False, 60)]


def test_malformed_parts_of_the_tag_are_left_out() -> None:
    pieces, _ = pieces_of(record("chr15", 1_001, "40S60M", sa="chr19,x,-,40M60S,60,0;chr19,5;;"))
    assert len(pieces) == 1


@pytest.mark.parametrize(
    ("what", "partner", "expected"),
    [
        ("BRD4", End("chr19", 15_253_852, "higher"), True),
        # a deletion or an inversion within the locus, or close to it, joins nothing
        ("within NUTM1", End("chr15", 34_350_000, "higher"), False),
        ("5 kb beside it", End("chr15", 34_360_000, "lower"), False),
        # but 100 kb away is another gene
        ("100 kb beside it", End("chr15", 34_460_000, "lower"), True),
    ],
)
def test_what_counts_as_elsewhere(what: str, partner: End, expected: bool) -> None:
    crossing = Crossing(partner, End("chr15", 34_347_469, "higher"), 0, 60)
    assert (joint_of(crossing, LOCUS) is not None) is expected, what


@pytest.mark.parametrize(
    ("cigar", "expected"), [("100M", False), ("93M7S", False), ("92M8S", True), ("8H92M", True)]
)
def test_which_records_are_looked_at(cigar: str, expected: bool) -> None:
    """Seven bases beyond a piece say nothing."""
    assert may_show_break(record("chr15", 34_347_469, cigar), LOCUS) is expected


def test_an_uncertain_place_makes_no_break_of_its_own() -> None:
    """A piece in a repeat lies anywhere (mapping quality 0)."""
    fragments = {}
    for name, quality in (("a", 0), ("b", 60)):
        fragments[name] = DnaFragment()
        fragments[name].add(
            record("chr15", 34_347_469, "40S60M", sa=f"chr19,15253852,-,60S40M,{quality},0;")
        )
    (found,) = precise_breaks(fragments, LOCUS)
    assert found.fragments == ["b"]


def test_a_record_that_comes_twice_changes_nothing() -> None:
    fragment = DnaFragment()
    one = record("chr15", 34_347_469, "40S60M", sa="chr19,15253852,-,60S40M,60,0;")
    fragment.add(one)
    pieces = list(fragment.mates[0].pieces) if fragment.mates[0] else []
    fragment.add(one)
    # the record of the other piece, hard-clipped, tells the same
    fragment.add(record("chr19", 15_253_852, "60H40M", 2064, "chr15,34347469,+,40S60M,60,0;"))
    assert fragment.mates[0] is not None
    assert fragment.mates[0].pieces == pieces


@given(
    start=st.integers(0, 50),
    aligned=st.integers(1, 100),
    low=st.integers(1_000, 2_000),
    reverse=st.booleans(),
    beyond=st.integers(-200, 200),
    kept=st.sampled_from(["lower", "higher"]),
)
def test_cut_is_where_the_read_would_pass_the_break(
    start: int, aligned: int, low: int, reverse: bool, beyond: int, kept: str
) -> None:
    """Base ``cut`` of the read, and those after it, lie beyond the break or before it."""
    piece = Piece(start, start + aligned, "chr15", low, low + aligned - 1, reverse, 60)
    end = End("chr15", low + beyond, "lower" if kept == "lower" else "higher")
    cut = piece.cut(end)

    def residue(base: int) -> int:
        """Where a base of the read lies, the piece going on for ever."""
        step = base - piece.start
        return piece.high - step if reverse else piece.low + step

    last_before, first_after = residue(cut - 1), residue(cut)

    def stays(residue: int) -> bool:
        return residue <= end.position if kept == "lower" else residue >= end.position

    assert stays(last_before) is not stays(first_after)
    assert piece.faces(end) is stays(last_before)

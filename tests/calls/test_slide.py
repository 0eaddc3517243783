"""The one place of a joint is the same with strings here as in the read engine's arrays."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import end, gene, starter_panel

from nutfusion.calls.slide import settle
from nutfusion.model.terms import Strand
from nutfusion.reads.joints import Map
from nutfusion.reads.joints import homology as engine_homology
from nutfusion.reads.joints import settle as engine_settle
from nutfusion.reads.targets import make_targets


@cache
def engine_map() -> Map:
    return Map(make_targets(starter_panel()))


@settings(max_examples=200, deadline=None)
@given(st.integers(300, 4300), st.integers(30, 3900))
def test_any_joint_settles_where_the_read_engine_settles_it(a: int, b: int) -> None:
    panel = starter_panel()
    brd4, nutm1 = panel.mane("BRD4"), panel.mane("NUTM1")
    assert brd4 is not None
    assert nutm1 is not None
    five, three = brd4.genomic_position(a), nutm1.genomic_position(b)
    assert five is not None
    assert three is not None
    ours = settle(
        panel,
        gene("BRD4"),
        end("chr19", five, Strand.MINUS),
        gene("NUTM1"),
        end("chr15", three, Strand.PLUS),
    )
    map_ = engine_map()
    numbers = {symbol: i for i, symbol in enumerate(map_.targets.genes)}
    left = map_.first(numbers["BRD4"], five)
    right = map_.first(numbers["NUTM1"], three)
    joint = engine_settle(map_, left, right, b"")
    assert (ours.five, ours.three) == (joint.five, joint.three)
    assert ours.homology == engine_homology(map_, joint)

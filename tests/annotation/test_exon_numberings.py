"""The shipped numberings: true to the panel, tagged, and refused with a line when broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import mane_exon, starter_panel

from nutfusion.annotation.exon_numberings import (
    read_exon_names,
    read_joints,
    shipped_exon_names,
    shipped_joints,
)
from nutfusion.annotation.sides import Side
from nutfusion.errors import ConfigError
from nutfusion.model.exon_names import NumberingTag
from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_every_numbered_exon_shares_an_edge_with_a_mane_exon() -> None:
    for exon in shipped_exon_names():
        mane = starter_panel().mane(exon.gene)
        assert mane is not None
        assert any(e.start == exon.start or e.end == exon.end for e in mane.exons), exon


@pytest.mark.parametrize(
    ("accession", "shift"),
    [
        ("NM_175741.2", 1),  # lacks the first exon of MANE Select
        ("ENST00000333756.4", 1),
        ("ENST00000333756.5", 0),  # gained a first exon in a later annotation
        ("ENST00000438749.7", 1),  # skips MANE exon 2
    ],
)
def test_nutm1_transcripts_are_shifted_against_mane_as_published(
    accession: str, shift: int
) -> None:
    rows = [e for e in shipped_exon_names() if e.label.accession == accession and e.label.exon > 2]
    assert len(rows) >= 5
    for row in rows:
        assert row.start == mane_exon("NUTM1", row.label.exon + shift).start


def test_catalogued_edges_are_the_edges_of_the_mane_exon_they_name() -> None:
    for edge in shipped_joints():
        mane = starter_panel().mane(edge.gene)
        assert mane is not None
        exon = mane_exon(edge.gene, edge.label.exon)
        at_end = (edge.side is Side.FIVE_PRIME) is (mane.strand is Strand.PLUS)
        assert edge.position == (exon.end if at_end else exon.start)


def test_what_no_paper_states_is_not_called_verified() -> None:
    tags = {
        (e.gene, e.label.exon): e.label.tag
        for e in shipped_exon_names()
        if e.label.accession is None
    }
    assert tags == {
        ("BRD4", 15): NumberingTag.INFERRED,  # Perth group, concluded from the frame
        ("BRD4", 10): NumberingTag.UNVERIFIED,  # older papers, not told apart by the frame
        ("BRD3", 9): NumberingTag.INFERRED,  # PMID 17934517, concluded from the ET domain
    }


NAMES = "gene\tnumbering\taccession\texon\tstart_grch38\tend_grch38\ttag\tsource\n"
NAME_ROW = "NUTM1\tlegacy\tNM_175741.2\t2\t34347969\t34348677\tverified\tx\n"
JOINTS = "gene\tside\texon\tposition_grch38\ttag\tsource\n"
JOINT_ROW = "BRD4\tdonor\t11\t15254152\tverified\tx\n"


@pytest.mark.parametrize(
    ("reader", "text", "line", "message"),
    [
        (read_exon_names, "", 1, "expected the columns gene, numbering"),
        (read_exon_names, NAMES + "NUTM1\tlegacy\n", 2, "expected 8 tab-separated cells, found 2"),
        (
            read_exon_names,
            NAMES + NAME_ROW.replace("verified", "sure"),
            2,
            "expected tag as one of inferred, unverified, verified, found 'sure'",
        ),
        (
            read_exon_names,
            NAMES + NAME_ROW.replace("\t2\t", "\ttwo\t"),
            2,
            "expected exon as a whole number from 1 on, found 'two'",
        ),
        (
            read_exon_names,
            NAMES + NAME_ROW.replace("\t2\t", "\t0\t"),
            2,
            "expected exon as a whole",
        ),
        (
            read_exon_names,
            NAMES + NAME_ROW.replace("34348677", "1"),
            2,
            "expected end_grch38 from 34347969 on, found 1",
        ),
        (read_exon_names, NAMES + NAME_ROW.replace("\tx\n", "\t\n"), 2, "expected a source"),
        (read_exon_names, NAMES + NAME_ROW.replace("legacy", ""), 2, "expected a numbering"),
        (read_exon_names, NAMES + NAME_ROW.replace("NUTM1", ""), 2, "expected a gene"),
        (read_exon_names, NAMES + NAME_ROW * 2, 3, "this exon stands twice"),
        (read_joints, NAMES, 1, "expected the columns gene, side"),
        (
            read_joints,
            JOINTS + JOINT_ROW.replace("donor", "left"),
            2,
            "expected side as one of acceptor, donor, found 'left'",
        ),
        (read_joints, JOINTS + JOINT_ROW * 2, 3, "this edge stands twice"),
        (read_joints, JOINTS + JOINT_ROW.replace("15254152", "9" * 5000), 2, "position_grch38"),
    ],
)
def test_a_broken_list_is_refused_with_its_line(
    tmp_path: Path, reader: Callable[[Path], object], text: str, line: int, message: str
) -> None:
    path = tmp_path / "list.tsv"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        reader(path)
    assert (caught.value.path, caught.value.line) == (str(path), line)
    assert message in caught.value.message


def test_whole_lists_are_read(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text(NAMES + NAME_ROW)
    assert read_exon_names(path)[0].label.accession == "NM_175741.2"
    path.write_text(JOINTS + JOINT_ROW)
    assert read_joints(path)[0].position == 15254152

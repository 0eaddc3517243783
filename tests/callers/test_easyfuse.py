"""EasyFuse: a row per pair of transcripts, names turned around, semicolons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4_EXON_11, NUTM1_EXON_3
from tests.callers.given import one_given, positions, read_given, symbols

from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from pathlib import Path

BRD4_END, NUTM1_START = "19:15254152:-", "15:34347969:+"
DETECTED = "BPID;Fusion_Gene;Breakpoint1;Breakpoint2;Junction_Reads;Spanning_Reads;Sample;Tool"
FUSIONS = "Fusion_Gene;Breakpoint1;Breakpoint2;FTID;frame;ft_junc;ft_junc_cnt;ft_span_cnt"


def detected(genes: str, five: str, three: str, tool: str = "fusioncatcher") -> str:
    return f"{five}_{three};{genes};{five};{three};9;3;Jane Doe;{tool}"


def fusion_row(frame: str, counts: tuple[str, str] = ("9", "3"), transcript: str = "1") -> str:
    ftid = f"BRD4_{BRD4_END}_ENST0000000000{transcript}_NUTM1_{NUTM1_START}_ENST00000000009"
    return ";".join(["BRD4_NUTM1", BRD4_END, NUTM1_START, ftid, frame, "812.5", *counts])


@pytest.mark.parametrize(
    ("genes", "five", "three", "expected"),
    [
        ("BRD4_NUTM1", BRD4_END, NUTM1_START, ("BRD4", "NUTM1")),
        # FusionCatcher saw the reciprocal too: EasyFuse turns the names around, not the places
        ("NUTM1_BRD4", BRD4_END, NUTM1_START, ("BRD4", "NUTM1")),
        ("BRD4_NUTM1", "15:34346035:+", "19:15252000:-", ("NUTM1", "BRD4")),
        # a partner that the panel does not hold
        ("NUTM1_ABCD9", "7:5500000:+", NUTM1_START, ("ABCD9", "NUTM1")),
        # NUTM1 really is the 5' gene
        ("NUTM1_ARIH1", "15:34353872:+", "15:72518067:+", ("NUTM1", "ARIH1")),
        # capital letters throughout
        ("BRD4_C15ORF55", BRD4_END, NUTM1_START, ("BRD4", "NUTM1")),
    ],
)
def test_the_breakpoints_say_which_gene_is_five_prime(
    tmp_path: Path, genes: str, five: str, three: str, expected: tuple[str, str]
) -> None:
    fusion = one_given(tmp_path, "Detected_Fusions.csv", DETECTED, detected(genes, five, three))
    assert symbols(fusion) == expected
    turned = not genes.startswith(expected[0])
    assert ("gene_names_exchanged" in fusion.problems) is turned


def test_a_name_of_several_underscores_is_decided_by_the_positions(tmp_path: Path) -> None:
    row = detected("BRD4_NUTM1_AS1", BRD4_END, NUTM1_START)
    fusion = one_given(tmp_path, "Detected_Fusions.csv", DETECTED, row)
    assert symbols(fusion) == ("BRD4", "NUTM1")
    assert positions(fusion) == (BRD4_EXON_11, NUTM1_EXON_3)


def test_rows_of_one_pair_of_breakpoints_are_one_fusion(tmp_path: Path) -> None:
    # counts belong to a context sequence: the largest is what was seen of the joint
    rows = [
        fusion_row("in_frame", counts, str(i)) for i, counts in enumerate([("7", "3"), ("9", "2")])
    ]
    fusion = one_given(tmp_path, "fusions.csv", FUSIONS, *rows)
    assert (fusion.rows, fusion.split_reads, fusion.discordant_pairs) == (2, 9, 3)


def test_what_each_tool_found_stays_apart(tmp_path: Path) -> None:
    rows = [
        detected("BRD4_NUTM1", BRD4_END, NUTM1_START, tool) for tool in ("arriba", "starfusion")
    ]
    result = read_given(tmp_path, "Detected_Fusions.csv", DETECTED, *rows)
    assert [[f.value for f in fusion.fields] for fusion in result.fusions] == [
        ["arriba"],
        ["starfusion"],
    ]


@pytest.mark.parametrize(
    ("frames", "expected", "differ"),
    [
        (["in_frame", "in_frame"], ReadingFrame.IN_FRAME, False),
        # a transcript of BRD4 that is not coding there does not speak about the frame
        (["in_frame", "no_frame"], ReadingFrame.IN_FRAME, False),
        (["neo_frame"], None, False),
        (["in_frame", "out_frame"], None, True),
    ],
)
def test_the_frame_is_stated_when_coding_transcripts_agree(
    tmp_path: Path, frames: list[str], expected: ReadingFrame | None, differ: bool
) -> None:
    rows = [fusion_row(frame, transcript=str(i)) for i, frame in enumerate(frames)]
    fusion = one_given(tmp_path, "fusions.csv", FUSIONS, *rows)
    assert fusion.reading_frame is expected
    assert ("frames_differ_by_transcript" in fusion.problems) is differ


def test_a_rate_is_not_taken_for_a_count(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, "fusions.csv", FUSIONS, fusion_row("in_frame", ("NA", "NA")))
    assert (fusion.split_reads, fusion.discordant_pairs) == (None, None)


def test_the_sample_is_not_kept(tmp_path: Path) -> None:
    row = detected("BRD4_NUTM1", BRD4_END, NUTM1_START)
    assert "Doe" not in str(one_given(tmp_path, "Detected_Fusions.csv", DETECTED, row))


def test_the_quantification_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read_given(
            tmp_path, "quantification.tsv", "name\tpos\tjunc\tspan\tanch", "a_400_ft\t400\t9\t3\t20"
        )
    assert caught.value.code == "not_the_result"


@pytest.mark.parametrize(
    "row",
    [
        detected("BRD4_NUTM1", "19-15254152", NUTM1_START),
        detected("BRD4_NUTM1", BRD4_END, NUTM1_START, tool="Jane Doe"),
        detected("BRD4_NUTM1", "", NUTM1_START),
    ],
)
def test_an_unreadable_nutm1_row_is_a_finding(tmp_path: Path, row: str) -> None:
    fusion = one_given(tmp_path, "Detected_Fusions.csv", DETECTED, row)
    assert fusion.touches_nutm1
    assert not fusion.is_readable


def test_an_unreadable_row_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    rows = [detected("BRD4_NUTM1", BRD4_END, NUTM1_START), detected("EML4_ALK", "2:x:+", "2:9:-")]
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, "Detected_Fusions.csv", DETECTED, *rows)
    assert str(caught.value) == (
        f"{tmp_path}/Detected_Fusions.csv:3: not EasyFuse output: expected Breakpoint1 as a whole"
        " number of 0 or more, found 'x'"
    )

"""fusion-report: the words of nine tools in one file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_file, fields_of, nutm1_rows, places, result_of

from nutfusion.callers.formats.fusion_report_tools import TOOLS
from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.reported import ReportedFusion

JOINT = "19:15254152:-#15:34347969:+"
ARRIBA = {
    "position": "19:15254152#15:34347969",
    "reading-frame": "out-of-frame",
    "type": "deletion/read-through",
    "split_reads1": "4",
    "split_reads2": "5",
    "discordant_mates": "3",
    "confidence": "low",
}
JAFFA = {"position": JOINT, "spanning_pairs": 3, "spanning_reads": 8, "inframe": "TRUE"}
CATCHER = {"position": JOINT, "spanning_pairs": 5, "spanning_unique_reads": 9}
ERICSCRIPT = {"position": JOINT, "discordant_reads": 7, "junction_reads": 13}
SQUID = {"position": "19:15254151-15254264:-#15:34347968-34348134:-", "score": 9}


def written(folder: Path, tools: dict[str, object], name: str = "BRD4--NUTM1") -> Path:
    """fusions.json with one record."""
    target = folder / "fusions.json"
    record = {"Fusion": name, "Databases": [], "Score": 0.5, "Explained score": "0.5", **tools}
    target.write_text(json.dumps([record]))
    return target


def only(folder: Path, tool: str, details: object) -> ReportedFusion:
    """What one tool's details come to."""
    (fusion,) = nutm1_rows(written(folder, {tool: details}))
    return fusion


@pytest.mark.parametrize(
    ("tool", "details", "counts"),
    [
        ("arriba", ARRIBA, (9, 3)),
        ("starfusion", {"position": JOINT, "junction_reads": 6, "spanning_reads": 2}, (6, 2)),
        ("fusioncatcher", CATCHER, (9, 5)),
        # JAFFA's "spanning reads" cross the joint
        ("jaffa", {**JAFFA, "aligns": "TRUE"}, (8, 3)),
        # in assembly mode JAFFA has no pairs
        ("jaffa", {**JAFFA, "aligns": "TRUE", "spanning_pairs": "-"}, (8, None)),
        # fusion-report has already put EricScript's swapped words right
        ("ericscript", ERICSCRIPT, (13, 7)),
        ("pizzly", {"pair_count": 1, "split_count": 6}, (6, 1)),
        # a long read that crosses is a fragment; one shared out between fusions is not counted
        ("ctat_lr_fusion", {"position": JOINT, "num_LR": 6}, (6, None)),
        ("ctat_lr_fusion", {"position": JOINT, "num_LR": 2.5}, (None, None)),
        # a score is a count in some versions only
        ("dragen", {"position": JOINT, "score": 8}, (None, None)),
        ("squid", SQUID, (None, None)),
    ],
)
def test_counts_are_in_our_sense(
    tmp_path: Path, tool: str, details: object, counts: tuple[int | None, int | None]
) -> None:
    fusion = only(tmp_path, tool, details)
    assert (fusion.split_reads, fusion.discordant_pairs) == counts
    assert fields_of(fusion)["tool"] == tool


def test_every_tool_of_the_table_is_tried() -> None:
    assert set(TOOLS) == {
        "arriba",
        "starfusion",
        "fusioncatcher",
        "jaffa",
        "ericscript",
        "pizzly",
        "ctat_lr_fusion",
        "dragen",
        "squid",
    }


def test_arriba_s_frame_and_read_through_come_along(tmp_path: Path) -> None:
    fusion = only(tmp_path, "arriba", ARRIBA)
    assert fusion.reading_frame is ReadingFrame.OUT_OF_FRAME
    assert fusion.is_read_through is True


def test_squid_s_ranges_are_shown_and_not_used(tmp_path: Path) -> None:
    # fusion-report may have turned the ranges round, and says not which gene is which
    fusion = only(tmp_path, "squid", SQUID)
    assert fusion.junction is None
    assert fields_of(fusion)["position"] == SQUID["position"]


@pytest.mark.parametrize(
    ("aligns", "order", "exact"),
    [
        ("TRUE", FusionOrder.STATED, True),
        # off the exons' edges JAFFA knows the order from the frame at best
        ("FALSE", FusionOrder.FROM_EXON_EDGES, False),
    ],
)
def test_jaffa_is_sure_only_at_exon_edges(
    tmp_path: Path, aligns: str, order: FusionOrder, exact: bool
) -> None:
    fusion = only(tmp_path, "jaffa", {**JAFFA, "inframe": "NA", "aligns": aligns})
    assert fusion.order is order
    assert fusion.junction is not None
    assert fusion.junction.exact is exact


def test_ericscript_without_a_breakpoint_states_the_pair(tmp_path: Path) -> None:
    where = "19:Unable to predict breakpoint position:-#15:34347969:+"
    fusion = only(tmp_path, "ericscript", {**ERICSCRIPT, "position": where})
    assert fusion.is_readable
    assert places(fusion) == (("BRD4", None), ("NUTM1", None))


def test_a_tool_that_is_not_known_states_the_pair_and_nothing_else(tmp_path: Path) -> None:
    fusion = only(tmp_path, "starfusion9", {"position": JOINT, "junction_reads": 6})
    assert fusion.split_reads is None
    assert fusion.order is FusionOrder.UNKNOWN
    assert "tool_not_understood(tool=starfusion9)" in fusion.problems


def test_each_tool_is_a_statement_and_the_record_counts_once(tmp_path: Path) -> None:
    result = result_of(written(tmp_path, {"arriba": ARRIBA, "jaffa": JAFFA, "squid": SQUID}))
    assert [fields_of(fusion)["tool"] for fusion in result.fusions] == ["arriba", "jaffa", "squid"]
    assert (result.file.rows, result.file.nutm1_rows) == (1, 1)


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    details = {"position": "15:34353872:+#15:72518067:+", "junction_reads": 6, "spanning_reads": 2}
    (fusion,) = nutm1_rows(written(tmp_path, {"starfusion": details}, name="NUTM1--ARIH1"))
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))


def test_no_fusions_are_an_empty_list_of_that_name(tmp_path: Path) -> None:
    target = tmp_path / "fusions.json"
    target.write_text("[]\n")
    assert result_of(target).file.rows == 0


def test_the_summary_for_multiqc_is_refused_with_the_file_to_give(tmp_path: Path) -> None:
    target = tmp_path / "fusion_genes_mqc.json"
    target.write_text('{"id": "fusion_genes", "section_name": "Fusion genes", "data": {}}')
    with pytest.raises(CallerFormatError, match=r"give one of those files") as error:
        result_of(target)
    assert error.value.code == "helper"


def test_csv_details_are_split_at_keys_and_not_at_commas(tmp_path: Path) -> None:
    path = changed_file(
        tmp_path, "fusion_report.arriba.csv", ("type: translocation", "type: a,b/read-through")
    )
    (fusion,) = nutm1_rows(path)
    assert fusion.is_read_through is True
    assert fusion.split_reads == 9


@pytest.mark.parametrize(
    "details",
    [
        {**ARRIBA, "reading-frame": "in between"},
        {**ARRIBA, "position": "19:15254152"},
        {**ARRIBA, "split_reads1": "-3"},
        {**ARRIBA, "split_reads1": [1]},
    ],
)
def test_a_broken_nutm1_record_is_a_finding(tmp_path: Path, details: object) -> None:
    assert not only(tmp_path, "arriba", details).is_readable


def test_a_broken_record_of_other_genes_is_refused_with_its_number(tmp_path: Path) -> None:
    path = written(tmp_path, {"arriba": {**ARRIBA, "discordant_mates": "few"}}, name="A1BG--A2M")
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:1: not fusion-report output: expected discordant_mates as a whole number of 0 or"
        " more, found 'few'"
    )


@pytest.mark.parametrize(("name", "notes"), [("fusion_list_filtered.tsv", 1), ("x.tsv", 0)])
def test_the_filtered_list_says_that_it_is_not_all(tmp_path: Path, name: str, notes: int) -> None:
    target = tmp_path / name
    target.write_text("BRD4--NUTM1\nHLA-A--B2M\n")
    assert len(result_of(target).file.notes) == notes


def test_a_list_that_stops_being_one_is_refused_with_its_line(tmp_path: Path) -> None:
    target = tmp_path / "fusion_list.tsv"
    target.write_text("A1BG--A2M\n" * 20 + "A1BG and A2M\n")
    with pytest.raises(CallerFormatError) as error:
        result_of(target)
    assert str(error.value) == (
        f"{target}:21: not fusion-report (list of names) output: expected GENE--GENE,"
        " found 'A1BG and A2M'"
    )


def test_a_line_of_a_list_that_names_nutm1_otherwise_is_a_finding(tmp_path: Path) -> None:
    target = tmp_path / "fusion_list.tsv"
    target.write_text("A1BG--A2M\n" * 20 + "BRD4 NUTM1\n")
    (fusion,) = nutm1_rows(target)
    assert not fusion.is_readable

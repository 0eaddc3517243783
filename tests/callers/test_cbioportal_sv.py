"""cBioPortal data_sv: sites in no order, text that states one, columns that come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4, BRD4_EXON_11, NUTM1, NUTM1_EXON_3, gene, starter_panel

from nutfusion.callers import read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import FusionDetection, ReadingFrame

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.callers import CallerResult

BREAK = {
    "Sample_Id": "S1",
    "Site1_Hugo_Symbol": "NUTM1",
    "Site1_Chromosome": "15",
    "Site1_Position": "34639201",
    "Site2_Hugo_Symbol": "BRD4",
    "Site2_Chromosome": "19",
    "Site2_Position": "15359811",
    "NCBI_Build": "GRCh37",
    "Connection_Type": "5to5",
    "DNA_Support": "yes",
}
ARCHER = {
    "Sample_Id": "S1",
    "Site1_Hugo_Symbol": "NUTM1",
    "Site2_Hugo_Symbol": "ZNF770",
    "NCBI_Build": "GRCh37",
    "Event_Info": "ZNF770-NUTM1 fusion - Archer",
    "RNA_Support": "",
}


def read(folder: Path, *rows: dict[str, str]) -> CallerResult:
    path = folder / "data_sv.txt"
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = ["\t".join(columns), *("\t".join(r.get(c, "") for c in columns) for r in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = read_caller_file(path, starter_panel())
    assert result.file.caller == "cbioportal_sv"
    return result


@pytest.mark.parametrize(
    ("event", "order"),
    [
        ("Protein Fusion: in frame  {BRD4:NUTM1}", FusionOrder.STATED),
        ("Protein fusion: in frame (BRD4-NUTM1)", FusionOrder.STATED),
        ("Transcript Fusion {BRD4:NUTM1}", FusionOrder.STATED),
        # alphabet or habit, not the transcript: the break tells
        ("BRD4-NUTM1 Fusion", FusionOrder.FROM_STRANDS),
        ("NUTM1-BRD4 Fusion", FusionOrder.FROM_STRANDS),
        ("Fusion", FusionOrder.FROM_STRANDS),
        ("", FusionOrder.FROM_STRANDS),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_order_is_the_transcripts_whatever_site_comes_first(
    tmp_path: Path, event: str, order: FusionOrder, turned: bool
) -> None:
    row = BREAK | {"Event_Info": event}
    if turned:
        other = {"1": "2", "2": "1"}
        row = {
            (f"Site{other[k[4]]}{k[5:]}" if k.startswith("Site") else k): v for k, v in row.items()
        }
    (fusion,) = read(tmp_path, row).fusions
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)
    assert fusion.order is order
    assert fusion.fusion_detection is FusionDetection.INFERRED
    assert fusion.junction is not None
    assert fusion.junction.five_prime is not None
    assert fusion.junction.five_prime.position_range == (BRD4_EXON_11, BRD4_EXON_11)


@pytest.mark.parametrize(
    ("connection", "genes", "problem"),
    [
        # 5: the higher coordinates stay. BRD4 (minus) begins there, NUTM1 (plus) ends there
        ("5to5", (BRD4, NUTM1), None),
        ("3to3", (NUTM1, BRD4), None),
        # NUTM1 is Site1: its beginning and BRD4's; its end and BRD4's
        ("3to5", None, "both_parts_same_end(end=5')"),
        ("5to3", None, "both_parts_same_end(end=3')"),
        # as the documentation writes it
        ("5' to 5'", (BRD4, NUTM1), None),
    ],
)
def test_the_connection_says_what_stays_of_either_site(
    tmp_path: Path, connection: str, genes: tuple[object, object] | None, problem: str | None
) -> None:
    (fusion,) = read(tmp_path, BREAK | {"Connection_Type": connection}).fusions
    if genes is None:
        assert problem in fusion.problems
        assert fusion.junction is None
    else:
        assert (fusion.five_prime.gene, fusion.three_prime.gene) == genes


def test_a_stated_product_that_the_break_contradicts_is_antisense(tmp_path: Path) -> None:
    # {BRD4:NUTM1}, but lower coordinates of both stay: that is the reciprocal. Never confirmed
    row = BREAK | {"Connection_Type": "3to3", "Event_Info": "Transcript Fusion {BRD4:NUTM1}"}
    (fusion,) = read(tmp_path, row).fusions
    assert "antisense_to_gene(gene=BRD4)" in fusion.problems
    assert fusion.junction is None


def test_archer_rows_have_an_order_and_nothing_else(tmp_path: Path) -> None:
    # no positions, no class, no connection; RNA, by Archer
    (fusion,) = read(tmp_path, ARCHER).fusions
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (gene("ZNF770"), NUTM1)
    assert fusion.order is FusionOrder.STATED
    assert fusion.fusion_detection is FusionDetection.OBSERVED
    assert fusion.junction is None
    assert (fusion.split_reads, fusion.discordant_pairs) == (None, None)


@pytest.mark.parametrize(
    "event", ["Protein Fusion: in frame {ERG:TMPRSS2}", "ERG-BRD4 fusion - Archer"]
)
def test_an_event_of_other_genes_states_no_order(tmp_path: Path, event: str) -> None:
    (fusion,) = read(tmp_path, BREAK | {"Event_Info": event}).fusions
    assert "event_names_other_genes" in fusion.problems
    assert fusion.order is FusionOrder.FROM_STRANDS


def test_a_gene_that_only_the_description_names_is_not_missed(tmp_path: Path) -> None:
    # public files have rows whose symbol is another gene than the one the break lies in
    row = BREAK | {
        "Site1_Hugo_Symbol": "ABL1",
        "Site1_Description": "Intron of NUTM1(+):969bp before exon 3",
    }
    (fusion,) = read(tmp_path, row).fusions
    assert fusion.touches_nutm1
    assert fusion.three_prime.gene == NUTM1
    (fusion,) = read(tmp_path, row | {"Site1_Position": "", "Site2_Position": ""}).fusions
    assert fusion.touches_nutm1
    assert "several_genes_stated" in fusion.problems


def test_a_gene_beside_an_intergenic_break_is_not_the_site(tmp_path: Path) -> None:
    row = BREAK | {
        "Site2_Hugo_Symbol": "X1",
        "Site2_Position": "5",
        "Site2_Description": "IGR: 15Kb before BRD4(-)",
    }
    (fusion,) = read(tmp_path, row).fusions
    assert BRD4 not in (fusion.five_prime.gene, fusion.three_prime.gene)


@pytest.mark.parametrize(
    ("changes", "detection", "problem"),
    [
        ({"Connection_Type": "", "DNA_Support": "no", "RNA_Support": "yes"}, "observed", None),
        ({"Connection_Type": "", "DNA_Support": "yes", "RNA_Support": "yes"}, "inferred", None),
        (
            {"Connection_Type": "", "DNA_Support": "", "RNA_Support": "unknown"},
            "inferred",
            "molecule_not_stated",
        ),
    ],
)
def test_what_was_sequenced(
    tmp_path: Path, changes: dict[str, str], detection: str, problem: str | None
) -> None:
    (fusion,) = read(tmp_path, BREAK | changes).fusions
    assert fusion.fusion_detection == detection
    assert (problem in fusion.problems) is (problem is not None)


def test_rna_positions_are_the_joint(tmp_path: Path) -> None:
    row = BREAK | {
        "Connection_Type": "",
        "DNA_Support": "no",
        "RNA_Support": "yes",
        "Site1_Position": "34640170",
        "Site2_Position": "15364963",
    }
    (fusion,) = read(tmp_path, row).fusions
    assert fusion.order is FusionOrder.FROM_EXON_EDGES
    assert fusion.junction is not None
    assert fusion.junction.exact
    assert fusion.junction.five_prime is not None
    assert fusion.junction.three_prime is not None
    assert fusion.junction.five_prime.position == BRD4_EXON_11
    assert fusion.junction.three_prime.position == NUTM1_EXON_3


@pytest.mark.parametrize(
    ("cells", "frame"),
    [
        ({"Site2_Effect_On_Frame": "In_frame"}, ReadingFrame.IN_FRAME),
        ({"Site2_Effect_On_Frame": "Out-of-frame"}, ReadingFrame.OUT_OF_FRAME),
        ({"Site2_Effect_On_Frame": "Frame_Shift"}, ReadingFrame.OUT_OF_FRAME),
        ({"Event_Info": "Protein Fusion: out of frame  {BRD4:NUTM1}"}, ReadingFrame.OUT_OF_FRAME),
        ({"Event_Info": "Protein Fusion: mid-exon  {BRD4:NUTM1}"}, None),
        # of a deletion inside a gene, not of a fusion
        ({"Event_Info": "Deletion of 8 exons: in frame"}, None),
        # the cell is free text
        ({"Site2_Effect_On_Frame": "see comment"}, None),
    ],
)
def test_the_frame_is_of_the_cell_or_of_the_fusion(
    tmp_path: Path, cells: dict[str, str], frame: ReadingFrame | None
) -> None:
    assert read(tmp_path, BREAK | cells).fusions[0].reading_frame is frame


def test_both_names_of_the_counts_are_read(tmp_path: Path) -> None:
    split_first = {"Tumor_Split_Read_Count": "9", "Tumor_Paired_End_Read_Count": "14"}
    other = {"Split_Read_Support": "9", "Paired_End_Read_Support": "14"}
    for counts in (split_first, other):
        (fusion,) = read(tmp_path, BREAK | counts).fusions
        assert (fusion.split_reads, fusion.discordant_pairs) == (9, 14)


def test_a_file_of_many_samples_says_so_and_names_none(tmp_path: Path) -> None:
    result = read(tmp_path, BREAK, ARCHER | {"Sample_Id": "P-0000001"})
    assert result.file.notes == ("several_samples(samples=2)",)
    assert "P-0000001" not in result.fusions[1].model_dump_json()


def test_quotes_are_characters(tmp_path: Path) -> None:
    # one quote in free text must not swallow the rows after it
    quoted = ARCHER | {
        "Site1_Hugo_Symbol": "KMT2A",
        "Annotation": 'note: "the fusion',
        "Event_Info": "",
    }
    assert read(tmp_path, quoted, BREAK).file.rows == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Connection_Type": "5to6"}, "expected Connection_Type as 3to5 or the like, found '5to6'"),
        (
            {"DNA_Support": "maybe"},
            "expected DNA_Support as one of yes, no, unknown, found 'maybe'",
        ),
        (
            {"Site1_Position": "q22"},
            "expected Site1_Position as a whole number of 0 or more, found 'q22'",
        ),
        (
            {"Breakpoint_Type": "ABOUT"},
            "expected Breakpoint_Type as one of PRECISE, IMPRECISE, IMPPRECISE, found 'ABOUT'",
        ),
    ],
)
def test_an_undocumented_value_is_a_finding_or_an_error(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    (fusion,) = read(tmp_path, BREAK | change).fusions
    assert not fusion.is_readable
    assert fusion.touches_nutm1
    others = {"Site1_Hugo_Symbol": "ERG", "Site2_Hugo_Symbol": "TMPRSS2"}
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, BREAK | change | others)
    assert str(caught.value) == (
        f"{tmp_path}/data_sv.txt:2: not cBioPortal and GENIE data_sv output: {message}"
    )


def test_two_builds_in_one_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, BREAK, ARCHER | {"NCBI_Build": "GRCh38"})
    assert (caught.value.code, caught.value.line) == ("assembly", 3)

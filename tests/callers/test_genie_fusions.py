"""GENIE data_fusions: a fusion on two rows, names with hyphens, no order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import NUTM1, starter_panel

from nutfusion.callers import read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import FusionDetection

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.callers import CallerResult

COLUMNS = ("Hugo_Symbol", "Entrez_Gene_Id", "Center", "Tumor_Sample_Barcode", "Fusion")
HEADER = "\t".join((*COLUMNS, "DNA_support", "RNA_support", "Method", "Frame", "Comments"))


def row(
    gene: str,
    fusion: str,
    sample: str = "S1",
    dna: str = "yes",
    rna: str = "unknown",
    frame: str = "unknown",
) -> str:
    return f"{gene}\t\tC\t{sample}\t{fusion}\t{dna}\t{rna}\t\t{frame}\tnull"


def read(folder: Path, *rows: str) -> CallerResult:
    path = folder / "data_fusions.txt"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    result = read_caller_file(path, starter_panel())
    assert result.file.caller == "genie_fusions"
    return result


def pair(result: CallerResult) -> tuple[str | None, str | None]:
    (fusion,) = result.fusions
    return fusion.five_prime.written, fusion.three_prime.written


def test_two_rows_of_one_fusion_are_one_finding(tmp_path: Path) -> None:
    # the rows of a pair need not stand together
    result = read(
        tmp_path,
        row("NUTM1", "NSD3-NUTM1 fusion"),
        row("TP53", "TP53-intragenic"),
        row("NSD3", "NSD3-NUTM1 fusion"),
    )
    (fusion,) = result.fusions
    assert (fusion.rows, fusion.line, fusion.order) == (2, 2, FusionOrder.UNKNOWN)
    assert (result.file.rows, result.file.nutm1_rows) == (3, 2)
    assert pair(result) == ("NSD3", "NUTM1")


def test_the_same_fusion_of_two_samples_is_two_findings(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        row("NUTM1", "BRD4-NUTM1 fusion", "S1"),
        row("BRD4", "BRD4-NUTM1 fusion", "S1"),
        row("NUTM1", "BRD4-NUTM1 fusion", "S2"),
        row("BRD4", "BRD4-NUTM1 fusion", "S2"),
    )
    assert len(result.fusions) == 2
    assert result.file.notes == ("several_samples(samples=2)",)


@pytest.mark.parametrize(
    ("rows", "genes"),
    [
        # the partner's row is missing (a gene that is not profiled): the text names it
        ([("NUTM1", "BRD4-NUTM1 fusion")], ("BRD4", "NUTM1")),
        ([("BRD4", "BRD4-NUTM1 fusion")], ("BRD4", "NUTM1")),
        # symbols with hyphens
        (
            [("NKX2-1", "NKX2-1-NUTM1 fusion"), ("NUTM1", "NKX2-1-NUTM1 fusion")],
            ("NKX2-1", "NUTM1"),
        ),
        ([("NUTM1", "HLA-A-NUTM1 fusion")], ("HLA-A", "NUTM1")),
        # old and new name of one gene make three rows
        (
            [
                ("NUTM1", "NSD3-NUTM1 fusion"),
                ("NSD3", "NSD3-NUTM1 fusion"),
                ("WHSC1L1", "NSD3-NUTM1 fusion"),
            ],
            ("NSD3", "NUTM1"),
        ),
        # the text names something else than the rows
        ([("BRD4", "BRD4-nan fusion"), ("LOC1", "BRD4-nan fusion")], ("BRD4", "LOC1")),
        # the documentation's own example
        ([("NUTM1", "Fusion")], ("NUTM1", None)),
    ],
)
def test_the_pair_is_that_of_the_text_or_of_the_rows(
    tmp_path: Path, rows: list[tuple[str, str]], genes: tuple[str, str | None]
) -> None:
    result = read(tmp_path, *(row(*cells) for cells in rows))
    assert pair(result) == genes
    assert result.fusions[0].rows == len(rows)


def test_an_intragenic_event_is_no_fusion_of_two_genes(tmp_path: Path) -> None:
    (fusion,) = read(tmp_path, row("NUTM1", "NUTM1-intragenic")).fusions
    assert fusion.five_prime.gene == fusion.three_prime.gene == NUTM1
    assert "within_one_gene(gene=NUTM1)" in fusion.problems


@pytest.mark.parametrize(
    ("dna", "rna", "detection"),
    [("yes", "unknown", "inferred"), ("no", "yes", "observed"), ("yes", "yes", "inferred")],
)
def test_what_was_sequenced(tmp_path: Path, dna: str, rna: str, detection: str) -> None:
    (fusion,) = read(tmp_path, row("NUTM1", "A-NUTM1 fusion", dna=dna, rna=rna)).fusions
    assert fusion.fusion_detection is FusionDetection(detection)


def test_rows_that_contradict_each_other_give_no_frame(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        row("NUTM1", "BRD4-NUTM1 fusion", frame="in frame"),
        row("BRD4", "BRD4-NUTM1 fusion", frame="out of frame"),
    )
    assert result.fusions[0].reading_frame is None


def test_a_broken_row_is_a_finding_or_an_error(tmp_path: Path) -> None:
    (fusion,) = read(tmp_path, row("NUTM1", "BRD4-NUTM1 fusion", frame="maybe")).fusions
    assert not fusion.is_readable
    assert fusion.touches_nutm1
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, row("ERG", "ERG-TMPRSS2 fusion", dna="perhaps"))
    assert str(caught.value) == (
        f"{tmp_path}/data_fusions.txt:2: not GENIE and cBioPortal data_fusions output: expected"
        " DNA_support as one of yes, no, unknown, found 'perhaps'"
    )

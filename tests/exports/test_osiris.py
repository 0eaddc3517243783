"""OSIRIS pivot rows."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from tests.exports.shapes import candidate, nobody, positive, shapes, with_fusion

from nutfusion.exports.osiris import (
    ANNOTATION_HEADER,
    FUSION_HEADER,
    READ_THROUGH,
    TRANSLOCATION,
    osiris,
)
from nutfusion.model.junction import JunctionEnd
from nutfusion.model.terms import Assembly, MolecularState, ReadingFrame

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.dossier import Dossier


def rows(name: str, *dossiers: Dossier) -> list[dict[str, str]]:
    text = osiris(dossiers)[f"osiris/{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_the_canonical_fusion() -> None:
    (row,) = rows("OSIRIS_pivot_Fusion", positive())
    assert (row["Patient_Id"], row["Instance_Id"]) == ("EX-POS-01", "1")
    assert row["Fusion_Type"] == "", "RNA does not tell what DNA did"
    assert (row["Fusion_Chromosome5prime"], row["Fusion_Point5prime"]) == ("chr19", "15254152")
    assert (row["Fusion_Chromosome3prime"], row["Fusion_Point3prime"]) == ("chr15", "34347969")
    assert (row["Fusion_NbSpanningPair"], row["Fusion_NbSplitReads"]) == ("3", "8")
    assert row["Fusion_InFrame"] == "1"
    assert row["Validation_Status"] == row["AlterationOnSample_Pathogenicity"] == ""


def test_both_ends_have_their_gene() -> None:
    five, three = rows("OSIRIS_pivot_Annotation", positive())
    assert (five["GenomeEntity_Symbol"], five["Annotation_FusionPrimeEnd"]) == ("BRD4", "5prime")
    assert (three["GenomeEntity_Id"], three["Annotation_FusionPrimeEnd"]) == (
        "HGNC:29919",
        "3prime",
    )
    assert (five["Annotation_Strand"], three["Annotation_Strand"]) == ("-", "+")
    assert (five["Alteration_Ref"], five["Instance_Id"], three["Instance_Id"]) == ("1", "1", "2")
    assert (five["Annotation_ReferenceValue"], five["Annotation_DNARegionName"]) == (
        "ENST00000679869.1",
        "exon 11",
    )


@pytest.mark.parametrize(
    ("frame", "written"),
    [
        (ReadingFrame.IN_FRAME, "1"),
        (ReadingFrame.OUT_OF_FRAME, "0"),
        (ReadingFrame.STOP_CODON, ""),
        (ReadingFrame.NOT_PREDICTED, ""),
    ],
)
def test_a_frame_that_is_not_known_is_empty(frame: ReadingFrame, written: str) -> None:
    (row,) = rows("OSIRIS_pivot_Fusion", with_fusion(reading_frame=frame))
    assert row["Fusion_InFrame"] == written


def test_types_of_fusion() -> None:
    """DNA broken on two chromosomes is a translocation; RNA says nothing, unless read through."""
    broken = with_fusion(genomic_breakpoint=positive().fusions[0].junction)
    (dna,) = rows("OSIRIS_pivot_Fusion", broken)
    assert dna["Fusion_Type"] == TRANSLOCATION
    one_side = JunctionEnd(
        assembly=Assembly.GRCH38, contig=None, position=None, position_range=None, strand=None
    )
    joint = positive().fusions[0].junction.model_copy(update={"five_prime": one_side})
    (half,) = rows("OSIRIS_pivot_Fusion", with_fusion(genomic_breakpoint=joint))
    assert half["Fusion_Type"] == "", "NUTM1 broken is not yet a translocation"
    (through,) = rows("OSIRIS_pivot_Fusion", with_fusion(is_read_through=True))
    (neighbour,) = rows("OSIRIS_pivot_Fusion", shapes()["neighbour"])
    (unknown,) = rows("OSIRIS_pivot_Fusion", shapes()["unknown-partner"])
    assert (through["Fusion_Type"], neighbour["Fusion_Type"]) == (READ_THROUGH, "")
    assert (unknown["Fusion_Type"], unknown["Fusion_Chromosome5prime"]) == ("", "")


def test_what_the_table_has_no_place_for_is_named_beside_it() -> None:
    """An indeterminate fusion would be a fusion there; genes in no order have no 5' end."""
    doubtful = with_fusion(state=MolecularState.INDETERMINATE)
    assert rows("OSIRIS_pivot_Fusion", doubtful) == []
    assert rows("OSIRIS_pivot_Annotation", doubtful) == []
    (row,) = rows("not_expressed", doubtful)
    assert (row["name"], row["reason"]) == ("BRD4::NUTM1", "indeterminate")
    (row,) = rows("not_expressed", with_fusion(order_known=False))
    assert row["reason"] == "order_unknown"
    # FISH alone names a candidate, and nothing of it was read
    assert rows("OSIRIS_pivot_Fusion", candidate()) == []
    (row,) = rows("not_expressed", candidate())
    assert row["reason"] == "declared_only"


def test_every_fusion_is_in_one_of_the_files() -> None:
    dossiers = list(shapes().values())
    told = rows("OSIRIS_pivot_Fusion", *dossiers), rows("not_expressed", *dossiers)
    fusions = sum(len(d.fusions) for d in dossiers if d not in nobody().values())
    assert sum(map(len, told)) == fusions + len(nobody())
    keys = [(row["Patient_Id"], row["Instance_Id"]) for row in told[0]]
    assert len(keys) == len(set(keys))


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "header"), [("Fusion", FUSION_HEADER), ("Annotation", ANNOTATION_HEADER)]
)
def test_headers_are_those_of_the_published_files(
    name: str, header: tuple[str, ...], real_data_folder: Path
) -> None:
    path = real_data_folder / "exchange" / "osiris" / f"OSIRIS_pivot_{name}.csv"
    first, *examples = path.read_text("utf-8-sig").splitlines()
    assert tuple(first.split(",")) == header
    if name == "Fusion":
        example = dict(zip(header, examples[0].split(","), strict=True))
        broken = with_fusion(genomic_breakpoint=positive().fusions[0].junction)
        (mine,) = rows("OSIRIS_pivot_Fusion", broken)
        for column in ("AlterationOnSample_AlterationType", "Fusion_Type", "Fusion_InFrame"):
            assert mine[column] == example[column]

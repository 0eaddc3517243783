"""cBioPortal files, read by pandas as its importer reads them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from tests.exports.shapes import nobody, positive, renamed, shapes, with_fusion

from nutfusion.exports.cbioportal import NOT_KNOWN, STUDY, cbioportal
from nutfusion.model.terms import MolecularState

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier


def files(*dossiers: Dossier) -> dict[str, str]:
    found = cbioportal(dossiers)
    return {name.removeprefix("cbioportal/"): content.decode() for name, content in found.items()}


def rows(*dossiers: Dossier) -> list[dict[str, Any]]:
    text = files(*dossiers)["data_sv.txt"]
    table = pd.read_csv(io.StringIO(text), sep="\t", dtype=str, keep_default_na=False)
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def meta(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_the_canonical_fusion_is_a_row_with_the_five_prime_gene_first() -> None:
    (row,) = rows(positive())
    assert (row["Sample_Id"], row["SV_Status"]) == ("EX-POS-01", "SOMATIC")
    assert (row["Site1_Hugo_Symbol"], row["Site2_Hugo_Symbol"]) == ("BRD4", "NUTM1")
    assert (row["Site1_Chromosome"], row["Site1_Position"]) == ("19", "15254152")
    assert (row["Site2_Chromosome"], row["Site2_Position"]) == ("15", "34347969")
    assert (row["Site1_Region"], row["Site1_Region_Number"]) == ("Exon", "11")
    assert row["Site1_Ensembl_Transcript_Id"] == "ENST00000679869"
    assert (row["Site2_Effect_On_Frame"], row["NCBI_Build"]) == ("In_frame", "GRCh38")
    assert (row["RNA_Support"], row["DNA_Support"]) == ("Yes", NOT_KNOWN)
    assert (row["Tumor_Split_Read_Count"], row["Tumor_Paired_End_Read_Count"]) == ("8", "3")
    assert (row["Breakpoint_Type"], row["nutfusion.state"]) == ("PRECISE", "confirmed_bet")


def left_out(*dossiers: Dossier) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files(*dossiers)["not_expressed.csv"])))


def test_every_fusion_is_in_one_of_the_files_and_every_row_has_a_gene() -> None:
    """The importer wants the sample, the status and at least one symbol."""
    dossiers = list(shapes().values())
    found = rows(*dossiers)
    named = [row for row in left_out(*dossiers) if row["fusion_id"]]
    of_patients = [d for d in dossiers if d not in nobody().values()]
    assert len(found) + len(named) == sum(len(d.fusions) for d in of_patients)
    for row in found:
        assert row["Sample_Id"]
        assert row["SV_Status"] in ("SOMATIC", "GERMLINE")
        assert row["nutfusion.state"] != "indeterminate"
        assert {row["Site1_Hugo_Symbol"], row["Site2_Hugo_Symbol"]} != {NOT_KNOWN}
        assert all(value != "" for value in row.values())


def test_what_is_not_known_is_na_and_not_zero() -> None:
    bounded = shapes()["case bounded"].fusions[0]
    (row,) = rows(with_fusion(junction=bounded.junction))
    assert (row["Site1_Position"], row["Breakpoint_Type"]) == (NOT_KNOWN, "IMPRECISE")
    (unknown,) = rows(shapes()["unknown-partner"])
    assert (unknown["Site1_Hugo_Symbol"], unknown["Breakpoint_Type"]) == (NOT_KNOWN, NOT_KNOWN)
    inferred = shapes()["case inferred"].fusions[0]
    uncounted = with_fusion(fusion_detection=inferred.fusion_detection, support=inferred.support)
    (row,) = rows(uncounted)
    assert (row["RNA_Support"], row["Tumor_Split_Read_Count"]) == (NOT_KNOWN, NOT_KNOWN)


def test_a_sample_that_could_not_show_a_fusion_does_not_count_as_one_without() -> None:
    """Failed quality says nothing; a good negative does."""
    found = files(shapes()["failed"], shapes()["negative"], positive())
    listed = meta(found["case_lists/cases_sv.txt"])
    assert listed["case_list_ids"].split("\t") == ["EX-NEG-04", "EX-POS-01"]
    assert listed["stable_id"] == f"{STUDY}_sv"


@pytest.mark.parametrize(
    ("dossier", "reason"),
    [
        # a NUTM1 row that nobody could read, like a positive IHC alone, is a question left open
        (shapes()["unreadable"], "indeterminate"),
        # its only fusion is in doubt
        (shapes()["case out of frame"], "indeterminate"),
        # a dual-fusion FISH: rearranged, but the partner is a candidate in no known order
        (with_fusion(order_known=False), "order_unknown"),
        (shapes()["failed"], "not_assessable"),
    ],
    ids=["no fusion", "doubtful fusion", "no order", "failed"],
)
def test_a_sample_left_open_is_neither_altered_nor_wild_type(dossier: Dossier, reason: str) -> None:
    found = files(dossier)
    assert rows(dossier) == []
    assert meta(found["case_lists/cases_sv.txt"])["case_list_ids"] == ""
    assert found["data_gene_panel_matrix.txt"] == "SAMPLE_ID\tstructural_variants\n"
    (row,) = left_out(dossier)
    assert (row["Patient_Id"], row["reason"]) == (dossier.sample.id, reason)


def test_every_sample_is_profiled_or_named() -> None:
    dossiers = list(shapes().values())
    listed = meta(files(*dossiers)["case_lists/cases_sv.txt"])["case_list_ids"].split("\t")
    named = {row["Patient_Id"] for row in left_out(*dossiers)}
    assert set(listed) | named == {d.sample.id for d in dossiers}
    assert {row["Sample_Id"] for row in rows(*dossiers)} <= set(listed)


def test_a_panel_of_partners_is_a_gene_panel_in_the_matrix() -> None:
    """A sample that is not covered is not in it: NA there is a whole transcriptome."""
    assay = positive().assay
    listed = assay.interrogates.model_copy(update={"partners": ("BRD4", "BRD3")})
    assay = assay.model_copy(update={"id": "my panel/1", "interrogates": listed})
    panel = renamed(positive().model_copy(update={"assay": assay}), "PANEL-1")
    blind = renamed(
        panel.model_copy(update={"molecular_state": MolecularState.NOT_COVERED, "fusions": ()}),
        "PANEL-2",
    )
    found = files(positive(), panel, blind)
    assert found["data_gene_panel_matrix.txt"].splitlines() == [
        "SAMPLE_ID\tstructural_variants",
        "EX-POS-01\tNA",
        "PANEL-1\tmy_panel_1",
    ]
    assert meta(found["gene_panel_my_panel_1.txt"])["gene_list"] == "NUTM1\tBRD4\tBRD3"


@pytest.mark.parametrize("name", ["sv", "gene_panel_matrix"])
def test_meta_files_name_their_data(name: str) -> None:
    found = files(positive())
    described = meta(found[f"meta_{name}.txt"])
    assert described["data_filename"] in found
    assert described["cancer_study_identifier"] == STUDY


def test_hostile_words_stay_in_their_cells() -> None:
    hostile = with_fusion(shapes()["hostile"], synonyms=('="a"\tb\n',))
    (row,) = rows(hostile)
    assert row["Annotation"] == '\'="a" b'
    assert row["Site1_Hugo_Symbol"].startswith("'+cmd")

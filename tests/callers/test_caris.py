"""Caris: what a result says, and a build that its coordinates contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changes import changed, the_nutm1_row

from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import Assembly, SourceSays

if TYPE_CHECKING:
    from pathlib import Path

CARIS = "caris.report_GRCh38.json"


@pytest.mark.parametrize(
    ("result", "group", "says"),
    [
        ("Pathogenic Fusion", "Mutated", SourceSays.SEEN),
        ("Fusion of Uncertain Significance", "Mutated", SourceSays.SEEN),
        ("", "unclassifiedVD", SourceSays.SEEN),  # reported without a class
        ("Fusion Not Detected", "Normal", SourceSays.NOT_SEEN),
        ("Fusion Not Detected", "", SourceSays.NOT_SEEN),
        ("Indeterminate", "No Result", SourceSays.NOT_ASSESSED),
    ],
)
def test_what_a_caris_result_says(
    tmp_path: Path, result: str, group: str, says: SourceSays
) -> None:
    found = the_nutm1_row(
        changed(
            tmp_path,
            CARIS,
            ('"result": "Pathogenic Fusion"', f'"result": "{result}"'),
            ('"result_group": "Mutated"', f'"result_group": "{group}"'),
        )
    )
    assert found.says is says


def test_coordinates_decide_over_the_build_that_caris_states(tmp_path: Path) -> None:
    # "GRCh38/hg38" above positions of hg19 stands in published test files
    swap = ("chr19:15254152:-/chr15:34347969:+", "chr19:15364963:-/chr15:34640170:+")
    result = changed(tmp_path, CARIS, swap)
    assert result.file.assembly is Assembly.GRCH37
    assert result.file.assembly_source == "coordinates"
    assert {f.name: f.value for f in the_nutm1_row(result).fields}["genomeBuild"] == "GRCh38/hg38"


def test_nutm1_not_detected_has_no_partner(tmp_path: Path) -> None:
    result = changed(tmp_path, CARIS, ("NTRK1", "NUTM1"))
    assert [f.says for f in result.fusions] == [SourceSays.SEEN, SourceSays.NOT_SEEN]
    assert result.fusions[1].three_prime.gene is None


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        (
            CARIS,
            ('"gene": "NTRK1"', '"gene1": ["NTRK1"]'),
            (
                ":2: not Caris Life Sciences, XML or JSON report output: expected gene1 as"
                " text, found"
                " list"
            ),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value[0] != ":" else "",
)
def test_a_malformed_row_of_other_genes_refuses_the_file(
    tmp_path: Path, name: str, change: tuple[str, str], message: str
) -> None:
    with pytest.raises(CallerFormatError) as caught:
        changed(tmp_path, name, change)
    assert str(caught.value) == f"{tmp_path / name}{message}"

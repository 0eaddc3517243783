"""QIAseq RNAscan: one row per breakpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changes import changed, the_nutm1_row

from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import SourceSays

if TYPE_CHECKING:
    from pathlib import Path

QIASEQ = "qiaseq_rnascan.export.csv"


def test_two_rows_of_one_fusion_are_one_statement(tmp_path: Path) -> None:
    result = changed(tmp_path, QIASEQ)
    assert result.file.rows == 4
    assert the_nutm1_row(result).rows == 2
    assert result.file.nutm1_rows == 2


def test_a_filtered_qiaseq_fusion_is_seen(tmp_path: Path) -> None:
    found = the_nutm1_row(changed(tmp_path, QIASEQ, ("PASS", "Filtered before refinement")))
    assert found.says is SourceSays.SEEN
    assert found.fields[0].value == "Filtered before refinement"


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        (
            QIASEQ,
            ("GENEA-GENEB", "GENEA"),
            (
                ":4: not QIAGEN QIAseq RNAscan (CLC) output: expected Name as A-B, found"
                " something else"
                " (not shown: a report may name a patient)"
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

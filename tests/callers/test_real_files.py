"""Every real caller file is read, or refused, as the committed expectation says."""

from __future__ import annotations

import pytest
from tests.callers.real_files import Expectation, expectations, observed, real_files
from tests.simulation import real_data

pytestmark = pytest.mark.real

EXPECTATIONS = expectations()
SMALL_VARIANTS = {"tso500/31AP_DNA_CombinedVariantOutput.tsv"}
"""Files whose NUTM1 rows in the index are small variants in the gene, not fusions."""


def test_every_real_file_has_an_expectation() -> None:
    assert set(real_files()) == set(EXPECTATIONS)


@pytest.mark.parametrize("expected", EXPECTATIONS.values(), ids=lambda e: e.file)
def test_a_real_file_is_what_the_expectation_says(expected: Expectation) -> None:
    assert observed(expected.file) == expected


def test_every_format_that_claims_real_files_has_one() -> None:
    from nutfusion.callers import CALLERS

    read = {expectation.format for expectation in EXPECTATIONS.values()}
    claims = {fmt.name for fmt in CALLERS.values() if fmt.seen_on_real_file}
    assert claims == read - {""}


def test_the_index_names_no_nutm1_row_that_is_not_found() -> None:
    # the index counts rows of the untrimmed files; its NUTM1 rows are all in the trimmed ones
    index = real_data.path("callers", "INDEX.tsv").read_text(encoding="utf-8").splitlines()
    missing = []
    for line in index[1:]:
        cells = line.split("\t")
        expected = EXPECTATIONS.get(f"{cells[0]}/{cells[1]}")
        if expected is None or expected.refusal or not cells[9].isdigit():
            continue
        if expected.file in SMALL_VARIANTS:
            continue
        if int(expected.nutm1_rows) < int(cells[9]):
            missing.append((expected.file, expected.nutm1_rows, cells[9]))
    assert missing == []

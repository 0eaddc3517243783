"""Each real caller file with a NUTM1 row, alone, gives the state of the committed table."""

from __future__ import annotations

import pytest
from tests.builders import BRD4, NUTM1, junction
from tests.calls.real_states import expected, files, row, verdict

from nutfusion.calls import fusion_id
from nutfusion.model.terms import MolecularState

pytestmark = pytest.mark.real

TABLE = expected()
CONFIRMED = {state for state in MolecularState if state.value.startswith("confirmed")}


def test_every_file_with_a_nutm1_row_is_in_the_table() -> None:
    assert files() == list(TABLE)


@pytest.mark.parametrize("file", TABLE)
def test_a_real_file_alone(file: str) -> None:
    assert row(file) == TABLE[file]


@pytest.mark.parametrize("file", TABLE)
def test_only_the_right_order_is_ever_confirmed(file: str) -> None:
    # NUTM1::ARIH1 (simulated) and the LPCAT4 neighbour of KYSE-520 among them
    for fusion in verdict(file).fusions:
        if fusion.state in CONFIRMED:
            assert fusion.annotated.nutm1_is_three_prime
            assert fusion.annotated.call.order_known


def test_the_canonical_joint_is_one_identical_joint_from_every_file_that_has_it() -> None:
    canonical = fusion_id(junction(), BRD4, NUTM1)
    found = {
        file
        for file in TABLE
        for fusion in verdict(file).fusions
        if fusion.annotated.call.fusion_id == canonical
    }
    assert found == {file for file, cells in TABLE.items() if cells[1] == "confirmed_bet"} | {
        "squid/fusion-report_squid_annotated.txt",  # SQUID does not count split reads,
        "easyfuse/annotated_fusions.csv",  # nor does this table of EasyFuse
    }

"""Samples without a fusion never show one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.validation import background
from tests.validation.assessing import assess, describe

from nutfusion.model.terms import MolecularState
from nutfusion.validation.judge import BET_STATES

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.panel import Panel

pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.mark.parametrize("seed", [1, 4])  # 75 nt and 1 % errors among them
def test_wild_type_genes_and_template_switches_give_no_fusion(
    seed: int, tmp_path: Path, starter: Panel, full: Panel
) -> None:
    files = background.sample(seed).write(tmp_path, container="plain")
    for panel in (starter, full):
        scored = assess(files, panel)
        assert scored.fusions == (), describe(scored)
        assert scored.molecular_state is MolecularState.NOT_DETECTED


def test_frequent_template_switches_give_no_confirmed_fusion(
    tmp_path: Path, starter: Panel, full: Panel
) -> None:
    # A hundred times as many as in a good library; every chimera is a molecule of its own.
    files = background.sample(2, switch_rate=0.01).write(tmp_path, container="plain")
    for panel in (starter, full):
        scored = assess(files, panel)
        unlike = {
            MolecularState.CONFIRMED_OTHER_PARTNER,
            MolecularState.REARRANGED_PARTNER_UNKNOWN,
        }
        found = {fusion.state for fusion in scored.fusions}
        assert not found & (BET_STATES | unlike), describe(scored)


def test_background_holds_what_the_requirement_asks_for() -> None:
    spec = background.spec(1)
    assert sum(spec.background.values()) == 200_000
    for gene in ("NUTM1", "BRD4", "BRD3", "NUTM2F"):
        pairs = sum(n for name, n in spec.background.items() if name.startswith(f"{gene}|"))
        assert pairs >= 2_000
    assert len(spec.background) > 2_000

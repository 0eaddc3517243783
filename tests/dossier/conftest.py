"""Fixtures of the dossier's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.dossier.examples import example_dossiers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.model.dossier import Dossier


@pytest.fixture(scope="session")
def examples() -> Mapping[str, Dossier]:
    """The example dossiers by name."""
    return example_dossiers()

"""Panels and samples that several modules look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.validation import panels

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel


@pytest.fixture(scope="session")
def starter() -> Panel:
    return panels.load(None)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    return panels.load(panels.build("full", tmp_path_factory.mktemp("panels")))


@pytest.fixture(scope="session")
def minigenome(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    return panels.load(panels.build("minigenome", tmp_path_factory.mktemp("panels")))

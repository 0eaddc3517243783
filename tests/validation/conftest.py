"""Panels and samples that several modules look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.simulation import real_data
from tests.validation import panels

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs the real-data folder when there is none, before any fixture is made."""
    if item.get_closest_marker("real") and not real_data.is_available():
        pytest.skip("no real-data folder")


@pytest.fixture(scope="session")
def starter() -> Panel:
    return panels.load(None)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    return panels.load(panels.build("full", tmp_path_factory.mktemp("panels")))


@pytest.fixture(scope="session")
def minigenome(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    return panels.load(panels.build("minigenome", tmp_path_factory.mktemp("panels")))

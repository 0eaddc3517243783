"""Paths that tests share: the project, the real-data folder, system programs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest
from tests.simulation import real_data

ROOT = Path(__file__).resolve().parent.parent


def lacking(what: str) -> NoReturn:
    """Skip for lack of something; in CI nothing may be lacking."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}; in CI that is no reason to skip (see scripts/system-packages.sh)")
    pytest.skip(what)


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root."""
    return ROOT


def usable_real_data() -> Path:
    """The real-data folder: skips when there is none, fails when there is one and it is of no use.

    ``NUTFUSION_REAL_DATA`` names it; without it, ``../shared/real`` beside the project is tried.
    """
    folder = real_data.folder()
    if not real_data.is_available():
        pytest.skip(f"no real-data folder; {real_data.ENVIRONMENT_VARIABLE} may name one")
    for part in ("reads", "sequences"):
        if not any((folder / part).glob("*")):
            pytest.fail(f"the real-data folder {folder} is there, but has nothing in {part}/")
    return folder


@pytest.fixture(scope="session")
def real_data_folder() -> Path:
    """See ``usable_real_data``."""
    return usable_real_data()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Ask for the real-data folder before any fixture of a test marked ``real`` reads it."""
    if item.get_closest_marker("real"):
        usable_real_data()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or lacking("no Chromium; the Debian package is called chromium")

"""The pages of a meeting in a real browser: accessible, silent, offline, at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser import Watched, opened
from tests.rcp.builders import decided, incoming, meeting, withdrawn
from tests.review.builders import corrected, dossier_folder, signed

from nutfusion.rcp.cohort import cohort, cohort_html, read_meetings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

NAMES = ("none", "full", "corrected", "touched", "other_version", "cohort", "cohort_of_none")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with opened(chromium) as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    meeting(folder / "none")
    first, other = incoming(folder / "a", "S-1"), incoming(folder / "b", "S-2")
    third, wrong = incoming(folder / "c", "S-3", sign=False), incoming(folder / "d", "S-4")
    late = [incoming(folder / "e", "S-5", example="failed"), folder / "f"]
    (folder / "f").mkdir()
    (folder / "f" / "dossier.json").write_text("{")
    later = dossier_folder(folder / "g", **{'"tag"': '"from_2031": 1, "tag"', "EX-POS-01": "S-6"})
    root = folder / "m"
    meeting(root, first, other, third, week="2026-W47")
    signed(first, corrected(("state", "indeterminate", "cadre perdu")), comment="À revoir")
    path = other / "dossier.json"
    path.write_text(path.read_text("utf-8").replace("carcinome", "cancer"), "utf-8")
    early = [first, other, wrong, later]
    meeting(root, *early, closes_on="2026-11-25", last=root / "2026-W47")
    meeting(root, *late, date="2026-11-26")
    bundle = root / "2026-W48"
    manifest = decided(bundle, "S-1", "ACCES-A", comment="<b>ok</b>")
    withdrawn(bundle, "S-4")
    for name, meetings in (("cohort", root), ("cohort_of_none", folder / "none")):
        page = cohort_html(cohort(read_meetings(meetings)))
        (folder / f"{name}.html").write_text(page, "utf-8")
    folders = {one.sample: bundle / "dossiers" / one.folder for one in manifest.entries}
    return {
        "none": folder / "none" / "2026-W48" / "index.html",
        "full": bundle / "index.html",
        "cohort": folder / "cohort.html",
        "cohort_of_none": folder / "cohort_of_none.html",
        "other_version": folders["S-6"] / "dossier.html",
        "corrected": folders["S-1"] / "dossier.html",
        "touched": folders["S-2"] / "dossier.html",
    }


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_accessible_silent_and_offline(
    name: str, browser: Browser, pages: Mapping[str, Path]
) -> None:
    with Watched(browser, pages[name].as_uri()) as tab:
        assert tab.violations() == ""
        tab.choose("en")
        assert tab.violations() == ""
        tab.page.wait_for_timeout(50)
        assert [u for u in tab.requests if not u.startswith("data:")] == [pages[name].as_uri()]
        assert tab.complaints == []
        for width in (390, 1280):
            tab.page.set_viewport_size({"width": width, "height": 800})
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_index_leads_to_every_dossier_and_says_states_in_words(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with Watched(browser, pages["full"].as_uri()) as tab:
        text = tab.page.locator('[data-language="fr"]').inner_text()
        for word in ("Incomplet", "Modifié", "Nouveau", "Retiré", "en retard", "ACCES-A"):
            assert word in text
        glance = tab.page.locator('[data-language="fr"] .glance > div').all_inner_texts()
        said = [" ".join(one.split()) for one in glance]
        assert [one[: one.index(")") + 1] for one in said] == [
            "Incomplets, et ce qui manque (3)",
            "Nouveaux (3)",
            "Modifiés depuis la dernière réunion (2)",
            "À la dernière réunion, mais pas à celle-ci (1)",
            "Arrivés en retard (2)",
            "Retirés (1)",
        ]
        assert "<b>ok</b>" in text
        links = tab.page.locator('[data-language="fr"] table a').all()
        targets = [str(link.get_attribute("href")) for link in links]
        assert len(targets) == 5
        assert all((pages["full"].parent / target).is_file() for target in targets)


@pytest.mark.parametrize("name", NAMES)
def test_paper_shows_one_language(name: str, browser: Browser, pages: Mapping[str, Path]) -> None:
    with Watched(browser, pages[name].as_uri()) as tab:
        tab.page.emulate_media(media="print")
        assert not tab.page.locator(".switch").is_visible()
        assert not tab.page.locator('[data-language="en"]').is_visible()
        assert tab.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")

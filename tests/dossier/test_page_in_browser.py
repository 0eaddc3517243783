"""The page in a real browser: accessible, silent, offline, in the language chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser import Watched, opened
from tests.dossier import builders
from tests.dossier.cases import CASES
from tests.dossier.programs import PROGRAMS

from nutfusion.dossier.page import dossier_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

    from nutfusion.model.dossier import Dossier

pytestmark = pytest.mark.browser

PROGRAM_NAMES = ("programs alone", "disagreement", "dna pair", "blind", "unreadable")
NAMES = ("positive", "unknown-partner", "negative", "failed", "several", *PROGRAM_NAMES)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with opened(chromium) as found:
        yield found


@pytest.fixture(scope="module")
def pages(
    examples: Mapping[str, Dossier], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    shown = {
        **examples,
        **PROGRAMS,
        "several": builders.dossier(builders.call(), CASES["linker"], CASES["bounded"]),
    }
    written = {}
    for name in NAMES:
        written[name] = folder / f"{name.replace(' ', '-')}.html"
        written[name].write_text(dossier_html(shown[name], builders.panel()), encoding="utf-8")
    return written


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_page_has_no_accessibility_violation(
    name: str, language: str, browser: Browser, pages: Mapping[str, Path]
) -> None:
    with Watched(browser, pages[name].as_uri()) as tab:
        tab.choose(language)
        assert tab.violations() == ""


@pytest.mark.parametrize("name", NAMES)
def test_page_asks_for_nothing_and_complains_of_nothing(
    name: str, browser: Browser, pages: Mapping[str, Path]
) -> None:
    with Watched(browser, pages[name].as_uri()) as tab:
        tab.choose("en")
        tab.choose("fr")
        tab.page.wait_for_timeout(100)
        outside = [url for url in tab.requests if not url.startswith("data:")]
        assert outside == [pages[name].as_uri()]
        assert tab.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_language_can_be_chosen_with_and_without_script(
    browser: Browser, pages: Mapping[str, Path], *, script: bool
) -> None:
    with Watched(browser, pages["positive"].as_uri(), script=script) as tab:
        french = tab.page.locator('[data-language="fr"]')
        english = tab.page.locator('[data-language="en"]')
        assert french.is_visible()
        assert not english.is_visible()
        tab.choose("en")
        assert english.is_visible()
        assert not french.is_visible()


def test_document_language_and_title_follow_and_are_not_stored(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with Watched(browser, pages["positive"].as_uri()) as tab:
        assert tab.page.evaluate("document.documentElement.lang") == "fr"
        assert tab.page.title().startswith("Dossier moléculaire NUTM1")
        tab.choose("en")
        assert tab.page.evaluate("document.documentElement.lang") == "en"
        assert tab.page.title() == "NUTM1 molecular dossier, EX-POS-01"
        tab.page.reload()
        assert tab.page.evaluate("document.documentElement.lang") == "fr"
        assert tab.page.locator('[data-language="fr"]').is_visible()


def test_language_can_be_chosen_with_the_keyboard(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with Watched(browser, pages["negative"].as_uri()) as tab:
        tab.page.keyboard.press("Tab")
        assert tab.page.evaluate("document.activeElement.id") == "language-fr"
        tab.page.keyboard.press("ArrowRight")
        assert tab.page.locator('[data-language="en"]').is_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_page_never_scrolls_sideways_as_a_whole(
    name: str, width: int, browser: Browser, pages: Mapping[str, Path]
) -> None:
    with Watched(browser, pages[name].as_uri()) as tab:
        tab.page.set_viewport_size({"width": width, "height": 800})
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


def test_joint_of_the_reads_is_in_view(browser: Browser, pages: Mapping[str, Path]) -> None:
    with Watched(browser, pages["positive"].as_uri()) as tab:
        tab.page.set_viewport_size({"width": 1280, "height": 800})
        tab.page.reload()
        inside = tab.page.evaluate(
            """() => {
                const box = document.querySelector('[data-language="fr"] [data-joint]');
                const joint = box.querySelector('.consensus .three').getBoundingClientRect().left;
                const frame = box.getBoundingClientRect();
                return frame.left < joint && joint < frame.right;
            }"""
        )
        assert inside


def test_paper_shows_one_language_and_every_section(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with Watched(browser, pages["several"].as_uri()) as tab:
        tab.page.emulate_media(media="print")
        assert not tab.page.locator(".switch").is_visible()
        for summary in tab.page.locator('[data-language="fr"] .reads-more > summary').all():
            assert not summary.is_visible()
        assert not tab.page.locator('[data-language="en"]').is_visible()
        tab.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        closed = tab.page.locator('[data-language="fr"] details:not([open])')
        assert closed.count() == 0
        assert tab.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")

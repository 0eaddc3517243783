"""The page in a real browser: accessible, silent, offline, in the language chosen.

Every kind of page is opened in both languages, on a laptop, a projector and a phone, and printed;
what was seen is kept in ``build/screenshots`` for people to look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.browser import Watched, opened
from tests.dossier import builders
from tests.dossier.cases import CASES
from tests.dossier.hostile import hostile_dossier
from tests.dossier.kinds import long_names, of_state, several
from tests.dossier.programs import PROGRAMS

from nutfusion.dossier.conclusion import conclusion
from nutfusion.dossier.messages import Language, phrases
from nutfusion.dossier.page import dossier_html, language_view
from nutfusion.dossier.reads_stack import reads_stack
from nutfusion.model.terms import MolecularState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as BrowserPage

    from nutfusion.dossier.page import FusionView
    from nutfusion.model.dossier import Dossier

pytestmark = pytest.mark.browser

LAPTOP: Final = (1366, 768)
PROJECTOR: Final = (1024, 768)
PHONE: Final = (390, 844)

PROGRAM_NAMES = ("programs alone", "disagreement", "dna pair", "blind", "unreadable")
EXAMPLES = ("positive", "unknown-partner", "neighbour", "negative", "failed")
STATES = ("confirmed_bet_complex", "confirmed_other_partner", "indeterminate", "not_covered")
"""States that no example and no program's file has."""
NAMES = (*EXAMPLES, *STATES, *PROGRAM_NAMES, "several", "long names", "hostile", "control")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with opened(chromium) as found:
        yield found


@pytest.fixture(scope="module")
def shown(examples: Mapping[str, Dossier]) -> Mapping[str, Dossier]:
    """Every kind of dossier by its name."""
    negative = examples["negative"]
    control = negative.sample.model_copy(update={"control": "negative"})
    return {
        **examples,
        **PROGRAMS,
        "confirmed_bet_complex": builders.dossier(CASES["many exons"]),
        "confirmed_other_partner": builders.dossier(CASES["sarcoma"]),
        "indeterminate": builders.dossier(CASES["out of frame"]),
        "not_covered": of_state(negative, MolecularState.NOT_COVERED),
        "several": several(),
        "long names": long_names(),
        "hostile": hostile_dossier(),
        "control": negative.model_copy(update={"sample": control}),
    }


@pytest.fixture(scope="module")
def pages(
    shown: Mapping[str, Dossier], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    written = {}
    for name in NAMES:
        written[name] = folder / f"{name.replace(' ', '-')}.html"
        written[name].write_text(dossier_html(shown[name], builders.panel()), encoding="utf-8")
    return written


def views(dossier: Dossier, language: Language) -> tuple[FusionView, ...]:
    stacks = [reads_stack(fusion) for fusion in dossier.fusions]
    return language_view(dossier, builders.panel(), stacks, phrases(language)).fusions


@pytest.fixture(scope="module")
def pictures(project: Path) -> Path:
    folder = project / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_every_state_has_a_page_here(shown: Mapping[str, Dossier]) -> None:
    assert {shown[name].molecular_state for name in NAMES} == set(MolecularState)
    assert {len(shown[name].fusions) for name in NAMES} >= {0, 1, 3}


@pytest.mark.parametrize("name", NAMES)
def test_page_is_accessible_silent_and_says_its_answer(
    name: str,
    browser: Browser,
    pages: Mapping[str, Path],
    shown: Mapping[str, Dossier],
    pictures: Path,
) -> None:
    dossier = shown[name]
    with Watched(browser, pages[name].as_uri()) as tab:
        page = tab.page
        for language in (Language.EN, Language.FR):
            tab.choose(language.value)
            page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
            part = page.locator(f'[data-language="{language.value}"]')
            answer = part.locator(".answer")
            assert answer.inner_text().strip() == conclusion(dossier, phrases(language)).answer
            where = answer.bounding_box()
            assert where is not None
            if name not in ("long names", "hostile"):
                assert where["y"] + where["height"] < LAPTOP[1]  # read without scrolling
            assert part.locator("h1").is_visible()
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            drawings = part.locator("svg.fig").all()
            assert len(drawings) == sum(
                view.figure is not None for view in views(dossier, language)
            )
            assert all(drawing.is_visible() for drawing in drawings)
            assert tab.violations() == "", language
            _keep(page, pictures / f"{name}-{language.value}-laptop.jpg")
        for label, (width, height) in (("projector", PROJECTOR), ("phone", PHONE)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, label
            _keep(page, pictures / f"{name}-fr-{label}.jpg")
        page.emulate_media(media="print")
        assert tab.violations() == "", "print"
        printed = page.pdf(prefer_css_page_size=True)
        (pictures / f"{name}-fr-print.pdf").write_bytes(printed)
        outside = [url for url in tab.requests if not url.startswith("data:")]
        assert outside == [pages[name].as_uri()]
        assert tab.complaints == []


def _keep(page: BrowserPage, path: Path) -> None:
    page.screenshot(path=path, type="jpeg", quality=70, full_page=True)


@pytest.mark.parametrize("name", ["positive", "failed"])
def test_a_phone_is_accessible_too(name: str, browser: Browser, pages: Mapping[str, Path]) -> None:
    with Watched(browser, pages[name].as_uri()) as tab:
        tab.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        assert tab.violations() == ""


@pytest.mark.parametrize("script", [True, False])
def test_bases_grow_with_and_without_script(
    browser: Browser, pages: Mapping[str, Path], *, script: bool
) -> None:
    with Watched(browser, pages["positive"].as_uri(), script=script) as tab:
        sizes = tab.page.get_by_role("group", name="Taille des bases")
        base = tab.page.locator('[data-language="fr"] .consensus .three').first
        widths = []
        for label in ("vue d'ensemble", "normale", "grande", "très grande"):
            sizes.get_by_label(label, exact=True).check()
            box = base.bounding_box()
            assert box is not None
            widths.append(box["width"])
        assert widths == sorted(widths)
        assert widths[3] > 2 * widths[1] > 4 * widths[0]
        whole = tab.page.locator('[data-language="fr"] [data-joint]').first
        sizes.get_by_label("vue d'ensemble").check()
        assert whole.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_bases_grow_by_keyboard_and_stay_at_the_joint(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with Watched(browser, pages["positive"].as_uri()) as tab:
        chosen = tab.page.get_by_role("group", name="Taille des bases").get_by_label("normale")
        chosen.focus()
        tab.page.keyboard.press("ArrowRight")
        tab.page.keyboard.press("ArrowRight")
        assert tab.page.evaluate("document.activeElement.value") == "huge"
        assert tab.page.evaluate(_JOINT_IN_VIEW)
        tab.page.keyboard.press("Tab")  # the reads themselves: arrows scroll them
        box = tab.page.locator('[data-language="fr"] [data-joint]').first
        assert box.evaluate("box => box === document.activeElement")
        before = box.evaluate("box => box.scrollLeft")
        tab.page.keyboard.press("ArrowRight")
        tab.page.wait_for_timeout(300)
        assert box.evaluate("box => box.scrollLeft") > before


_JOINT_IN_VIEW: Final = """() => {
    const box = document.querySelector('[data-language="fr"] [data-joint]');
    const joint = box.querySelector('.consensus .three').getBoundingClientRect().left;
    const frame = box.getBoundingClientRect();
    return frame.left < joint && joint < frame.right;
}"""


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


def test_joint_of_the_reads_is_in_view(browser: Browser, pages: Mapping[str, Path]) -> None:
    with Watched(browser, pages["positive"].as_uri()) as tab:
        tab.page.set_viewport_size({"width": 1280, "height": 800})
        tab.page.reload()
        assert tab.page.evaluate(_JOINT_IN_VIEW)


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

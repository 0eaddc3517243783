"""A biologist with a browser: from the address to the signed file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser import Watched, opened
from tests.review.builders import dossier_folder, signed, trusted
from tests.review.test_server import serving

from nutfusion.review.check import FolderStatus, check_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from nutfusion.review.server import DeskServer

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with opened(chromium) as found:
        yield found


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [dossier_folder(tmp_path / name, name) for name in ("positive", "negative", "failed")]


@pytest.fixture
def server(folders: list[Path]) -> Iterator[DeskServer]:
    yield from serving(folders)


def test_correct_look_again_and_sign(
    browser: Browser, server: DeskServer, folders: list[Path]
) -> None:
    with Watched(browser, server.entrance) as tab:
        page = tab.page
        assert page.url == f"{server.origin}/{server.prefix}/fr/"
        assert tab.violations() == ""
        page.get_by_role("link", name="EX-POS-01").click()
        assert tab.violations() == ""
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.set_viewport_size({"width": 1280, "height": 900})
        page.get_by_label("Je corrige").check()
        page.get_by_text("Corrections", exact=True).click()
        page.get_by_label("Nouvelle valeur : Résultat".replace(" :", "\u202f:")).select_option(
            "indeterminate"
        )
        page.get_by_role("button", name="Vérifier avant de signer").click()
        assert "Il manque un motif" in page.locator('[role="alert"]').inner_text()
        assert tab.violations() == ""
        page.get_by_label("Motif : Résultat".replace(" :", "\u202f:")).fill("cadre <b>perdu</b>")
        page.get_by_role("button", name="Vérifier avant de signer").click()
        assert "cadre <b>perdu</b>" in page.locator("main").inner_text()
        assert tab.violations() == ""
        page.get_by_role("button", name="Signer", exact=True).click()
        assert page.url == f"{server.origin}/{server.prefix}/fr/d/0/"
        page.get_by_role("link", name="Lire le dossier entier").click()
        assert "cadre <b>perdu</b>" in page.locator('[data-language="fr"] .review').inner_text()
        # NB: Chromium says that a form was answered with 422; nothing else is complained of
        assert [c for c in tab.complaints if "422" not in c] == []
        assert all(url.startswith((server.origin, "data:")) for url in tab.requests)
    found = check_folder(folders[0], trusted())
    assert found.status is FolderStatus.SIGNED
    review = found.reviews[0].review
    assert review is not None
    assert (review.sample_state.reviewed, review.signed_at) == ("indeterminate", "2026-11-24")


def test_every_kind_of_page_is_accessible_silent_and_fit_for_paper(
    browser: Browser, server: DeskServer, folders: list[Path]
) -> None:
    """A list with a signed, a touched and an unreadable dossier, their pages, and a refusal."""
    signed(folders[1])
    touched = folders[1] / "dossier.json"
    touched.write_text(touched.read_text("utf-8").replace("EX-NEG-04", "EX-NEG-05"), "utf-8")
    (folders[2] / "dossier.json").write_text("{")
    kinds = {"": 3, "d/0/": 0, "d/0/page": 0, "d/1/": 0, "d/1/page": 0, "d/2/": 0, "d/9/": 0}
    with Watched(browser, server.entrance) as tab:
        page = tab.page
        for language in ("fr", "en"):
            for kind, rows in kinds.items():
                if language == "en" and kind.endswith("page"):
                    continue  # it holds both languages
                page.goto(f"{server.origin}/{server.prefix}/{language}/{kind}")
                assert tab.violations() == "", kind
                assert rows in {0, page.locator("tbody tr").count()}
                page.emulate_media(media="print")
                assert page.locator("main").is_visible()
                assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
                page.emulate_media(media="screen")
        # NB: Chromium says that a page was answered with 404
        assert [c for c in tab.complaints if "404" not in c] == []
        assert all(url.startswith((server.origin, "data:")) for url in tab.requests)


def test_a_dossier_without_fusions_in_english(
    browser: Browser, server: DeskServer, folders: list[Path]
) -> None:
    with Watched(browser, server.entrance, script=False) as tab:
        page = tab.page
        page.goto(f"{server.origin}/{server.prefix}/en/d/1/")
        page.get_by_label("Comment").fill("seen")
        page.get_by_role("button", name="Check before signing").click()
        assert page.locator("html").get_attribute("lang") == "en"
        page.get_by_role("button", name="Sign", exact=True).click()
        # a page on another port of this machine is not sent the session
        sent = tab.page.context.cookies(f"http://127.0.0.1:9/{server.prefix}x/fr/")
        assert (sent, len(tab.page.context.cookies(page.url))) == ([], 1)
    assert check_folder(folders[1], trusted()).status is FolderStatus.SIGNED

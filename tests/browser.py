"""Pages in a real browser, for the tests of several rooms."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def opened(chromium: str) -> Iterator[Browser]:
    """A Chromium; ``NUTFUSION_CHROMIUM`` names another."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("NUTFUSION_CHROMIUM", chromium)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS])
        yield browser
        browser.close()


class Watched:
    """A tab that remembers what it asked for and complained about."""

    def __init__(self, browser: Browser, url: str, *, script: bool = True) -> None:
        self.context = browser.new_context(java_script_enabled=script)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(url)

    def choose(self, language: str) -> None:
        self.page.locator(f"#language-{language}").check(force=True)

    def violations(self) -> str:
        """What axe finds, in words, WCAG 2.2's size of targets too; empty when nothing."""
        from axe_playwright_python.sync_playwright import Axe

        asked = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
        results = Axe().run(self.page, options=asked)
        return str(results.generate_report()) if results.violations_count else ""

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

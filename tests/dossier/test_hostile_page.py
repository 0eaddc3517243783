"""The page and the paper of a dossier, on the hostile corpus that every output shares."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader
from tests.dossier import builders
from tests.dossier.page_text import Page
from tests.hostile import FIELDS, TEXTS, laden, plain, planted, readable

from nutfusion.dossier import dossier_html
from nutfusion.dossier.pdf import PAGES, dossier_pdf
from nutfusion.dossier.pdf_blocks import drawable


def page(text: str) -> Page:
    return Page(dossier_html(laden(text), builders.panel()))


@pytest.mark.parametrize("kind", list(TEXTS))
def test_no_text_becomes_an_element_or_an_attribute(kind: str) -> None:
    found, harmless = page(TEXTS[kind]), page(plain(TEXTS[kind]))
    shape = [(name, sorted(attributes)) for name, attributes, *_ in found.tags]
    assert shape == [(name, sorted(attributes)) for name, attributes, *_ in harmless.tags]
    for _, attributes, *_ in found.tags:
        for key in ("href", "src", "action"):
            target = attributes.get(key) or ""
            assert not target or re.match(r"[#\w./-]", target), target
            assert not target.lower().startswith(("javascript:", "data:text", "http:", "//"))


@pytest.mark.parametrize("kind", list(TEXTS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_text_comes_back(kind: str, language: str) -> None:
    said = readable(page(TEXTS[kind]).text(language))
    missing = [
        field
        for field in FIELDS
        # the profile's title is said in the language of the page
        if not (field == "title_fr" and language == "en")
        and readable(planted(field, TEXTS[kind])) not in said
    ]
    assert missing == []


@pytest.mark.parametrize("kind", ["markup", "wide formula", "lines", "control", "template"])
def test_the_paper_keeps_its_pages_and_what_is_written(kind: str) -> None:
    """Nothing is markup to what sets the pages; letters and digits come back."""
    paper = PdfReader(io.BytesIO(dossier_pdf(laden(TEXTS[kind]), builders.panel())))
    assert len(paper.pages) == PAGES
    letters = re.compile(r"[^A-Za-z0-9]")
    said = letters.sub("", " ".join(page.extract_text() for page in paper.pages))
    assert letters.sub("", drawable(planted("name", TEXTS[kind]))) in said
    for page in paper.pages:
        for one in page.get("/Annots", []):
            assert "/JavaScript" not in str(one.get_object())
            assert "javascript:" not in str(one.get_object())

"""The page of a dossier, on the hostile corpus that every output shares."""

from __future__ import annotations

import re

import pytest
from tests.dossier import builders
from tests.dossier.page_text import Page
from tests.hostile import FIELDS, TEXTS, laden, plain, planted, readable

from nutfusion.dossier import dossier_html


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

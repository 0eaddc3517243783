"""The report: what it says in both languages, on the page and on paper."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from benchmarks.accuracy.results import results_page
from tests.validation.harness import negative, outcome, tiny_bench

from nutfusion.dossier.messages import Language
from nutfusion.model.terms import MolecularState
from nutfusion.rcp.pdf_sheets import Sheets
from nutfusion.review.words import board_phrases
from nutfusion.validation.files import COLUMNS, truth_table, write_files
from nutfusion.validation.paper import _Reader, pdf
from nutfusion.validation.report import report_html, report_id
from nutfusion.validation.shares import share
from nutfusion.validation.validate import record
from nutfusion.validation.words import Words, texts

if TYPE_CHECKING:
    from nutfusion.validation.document import Validation

MISSED = outcome(
    id="catalogued.BRD4-e10.n5.l100.03",
    planned="catalogued.BRD4-e10.n5.l100.03",
    seen=False,
    exact=False,
    state=MolecularState.NOT_ASSESSABLE,
    extra=("<b>v</b>::NUTM1 ? chr15:34347969 indeterminate 2+0",),
)
OUTCOMES = (outcome(), MISSED, negative())


@pytest.fixture(scope="module")
def found() -> Validation:
    return record(tiny_bench(), OUTCOMES, 2, frozenset())


@pytest.fixture(scope="module")
def page(found: Validation) -> str:
    return report_html(found)


def test_both_languages_have_every_text_with_the_same_fields() -> None:
    for key, words in texts().items():
        assert set(words) == {"fr", "en"}, key
        fields = [sorted(re.findall(r"\{(\w+)\}", words[language])) for language in ("fr", "en")]
        assert fields[0] == fields[1], key


def test_every_text_is_used() -> None:
    room = Path(__file__).parents[2] / "src" / "nutfusion" / "validation"
    files = [*room.glob("*.py"), *room.glob("templates/*.jinja")]
    code = "\n".join(path.read_text() for path in files)
    coded = (
        *("figure_", "table_", "missing_", "stratum_", "reason_", "kind_"),
        *("value_", "why_", "limit_", "cond_", "row_", "size_", "truth_", "bound_"),
    )
    answers = {"met", "not_met", "not_measured"}
    unused = [key for key in texts() if not key.startswith(coded) and key not in answers]
    assert [key for key in unused if f'"{key}"' not in code] == []


@pytest.mark.parametrize(
    "said",
    [
        "Rapport de validation analytique",
        "Au moins un critère d'acceptation n'est pas rempli",
        "BRD4 e10::NUTM1 e3",
        "0/1 (0,0\u202f%, 0,0 à 97,5\u202f%)",
        "BRD3 exon 10::NUTM1\u202f: le panel n'a pas la séquence de BRD3",
        "fusion non vue",
        "At least one acceptance criterion is not met",
        "BRD3 exon 10::NUTM1: the panel has no sequence of BRD3",
        "fusion not seen",
        "catalogued.BRD4-e10.n5.l100.03",
        "Decision of the laboratory",
        "Joint with a 15q14 neighbour: 0 of 2 samples, the panel does not allow it",
        "Joints with a 15q14 neighbour: the panel has the sequence of none",
        "Negatives except paralogues of 93%: state right",
        "Small samples (a few hundred fragments)",
    ],
)
def test_the_page_says(page: str, said: str) -> None:
    assert said in page.replace("&#39;", "'")


def test_the_page_is_whole_offline_and_escapes_what_it_shows(page: str) -> None:
    assert "<b>v</b>" not in page
    assert "&lt;b&gt;v&lt;/b&gt;::NUTM1" in page
    assert re.findall(r'(?:src|href)="(?!data:,|#)', page) == []
    assert "default-src 'none'" in page


def test_paper_has_one_language_and_the_same_bytes_twice(found: Validation) -> None:
    french = report_html(found, languages=(Language.FR,))
    assert "Conclusion of" not in french
    assert "acceptance criterion" not in french
    assert "<script" not in french
    made = pdf(french, Language.FR, report_id(found))
    assert made.startswith(b"%PDF-")
    assert made == pdf(french, Language.FR, report_id(found))


def test_paper_says_every_word_of_the_page(found: Validation) -> None:
    # What the PDF is laid out from: no text of the page may be lost on the way.
    for language in Language:
        page = report_html(found, languages=(language,))
        reader = _Reader(Sheets(board_phrases(language)))
        reader.feed(page)
        said = " ".join(_plain(part) for part in reader.story)
        body = re.sub(r"<(style|title)>.*?</\1>", " ", page, flags=re.DOTALL)
        body = body.partition("<main>")[2]
        words = set(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
        assert sorted(words - set(said.split()) - {"✓", "✗", "?", "–", "χ²"}) == []


def _plain(part: object) -> str:
    """The words of a paragraph, or of all cells of a table."""
    cells = getattr(part, "_cellvalues", None)
    if cells is not None:
        return " ".join(_plain(cell) for row in cells for cell in row)
    pieces = part.frags  # type: ignore[attr-defined]
    return "".join(" " if hasattr(piece, "lineBreak") else str(piece.text) for piece in pieces)


def test_the_published_page_says_what_could_not_be_simulated(found: Validation) -> None:
    page = results_page(found, {})
    assert "* BRD3 exon 10::NUTM1: the panel has no sequence of BRD3" in page
    assert "* Joints with a 15q14 neighbour: the panel has the sequence of none" in page
    assert "* Small samples (a few hundred fragments)" in page
    assert "* Full-length wild-type NUTM1: 1 of 2 samples" in page
    assert "* Other exon edges, at random: 0 of 2 samples, the panel does not allow it" in page
    # 1 sample: an upper end of 97.5 % excludes next to nothing, and has to be read
    assert (
        "* No BET state given wrongly in 1 samples excludes, with 95% confidence, a rate of more"
        in page
    )
    assert "| Read-through, no fusion: given “rearranged, partner unknown” wrongly" in page


def test_a_verdict_says_of_how_many_joints_it_is(found: Validation) -> None:
    met = [one.model_copy(update={"answer": "met"}) for one in found.criteria]
    passed = found.model_copy(update={"criteria": tuple(met)})
    # the starter has BRD4 alone: exons 10, 11, 13 and 14; BRD3's two and NSD3's one are missing
    assert "All acceptance criteria are met, for 4 of 7 catalogued joints." in report_html(passed)
    whole = passed.model_copy(update={"missing": ()})
    assert "All acceptance criteria are met.<" in report_html(whole).replace("\n", "")


def test_the_published_page_says_the_command_with_its_seed() -> None:
    found = record(tiny_bench(seed=71), (outcome(),), 2, frozenset())
    page = results_page(found, {})
    assert "`python -m benchmarks.accuracy --write --samples small --seed 71` wrote this" in page
    assert f"Sources `sha256 {found.sources}`" in page
    assert "invented bases" not in page
    wide = found.model_copy(update={"panel_genes": ("NUTM1", "SLC12A6")})
    assert "SLC12A6 has its packaged exons and invented bases" in results_page(wide, {})


def test_the_published_page_says_what_was_changed_after_the_first_run() -> None:
    # called with pairs on either side alone: not exact, and no read crosses it
    bounded = outcome(exact=False, split=0, discordant=5, counted=(0, 5))
    page = results_page(record(tiny_bench(), (outcome(), bounded), 2, frozenset()), {})
    changed = page.partition("## Changed after the first run")[2].partition("\n## ")[0]
    assert "`position`: 1/2 (50.0%, 1.3 to 98.7%), not met" in changed
    assert (
        "`position_crossed` asks only where one does (1/1 (100.0%, 2.5 to 100.0%), met)" in changed
    )


def test_files_are_whole_and_the_table_has_every_sample(found: Validation, tmp_path: Path) -> None:
    write_files(found, OUTCOMES, tmp_path)
    names = {"truth.tsv", "validation.html", "validation.pdf", "validation.en.pdf"}
    assert {path.name for path in tmp_path.iterdir()} == names | {"validation.json"}
    rows = [line.split("\t") for line in truth_table(OUTCOMES).splitlines()]
    assert tuple(rows[0]) == COLUMNS
    assert [len(row) for row in rows] == [len(COLUMNS)] * 4
    assert [row[0] for row in rows[1:]] == [one.truth.id for one in OUTCOMES]


def test_a_failed_criterion_is_not_passed(found: Validation) -> None:
    assert not found.passed
    assert {one.criterion.figure: one.answer for one in found.criteria}["state"] == "not_met"


def test_numbers_of_each_language() -> None:
    assert Words(Language.EN).share(share(0, 1)) == "0/1 (0.0%, 0.0 to 97.5%)"
    assert Words(Language.FR).amount(0.0312, of_fraction=True) == "3,1\u202f%"
    assert Words(Language.FR).amount(2.34, of_fraction=False) == "2,3"

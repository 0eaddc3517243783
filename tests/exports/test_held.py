"""What each format holds of a dossier is what the documentation says."""

from __future__ import annotations

from tests.exports.held import FIXED, FORMATS, PAGE, coverage, current_page, fixed_words

from nutfusion.model.dossier import Dossier


def test_the_page_says_what_the_formats_hold() -> None:
    assert PAGE.read_text("utf-8") == current_page(), "run: python -m tests.exports.held"


def test_every_part_of_a_dossier_was_tried() -> None:
    tried = {where[0] for where in coverage()} | {where[0] for where in FIXED}
    assert tried == set(Dossier.model_fields)
    # words of closed lists that nothing else was found for
    assert len(fixed_words()) < 20, fixed_words()


def test_what_decides_is_in_every_clinical_format() -> None:
    """The state, the names, the order and the frame of a fusion, and the sample."""
    for name in ("crgm_text", "fhir", "cda"):
        for key in ("name", "state", "order_known", "reading_frame", "five_prime_gene"):
            assert coverage()["fusions", key][name] == "yes", (name, key)
        assert coverage()[("molecular_state",)][name] == "yes"
        assert coverage()["sample", "id"][name] == "yes"


def test_no_format_is_without_the_pseudonym() -> None:
    assert {coverage()["sample", "id"][name] for name in FORMATS} == {"yes"}

"""FHIR bundles: structure by fhir.resources, codes and references by the guide's rules."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from tests.exports.shapes import candidate, positive, shapes, with_fusion

from nutfusion.exports.fhir import GUIDE, LOINC, fhir, fhir_bundle
from nutfusion.exports.placeholders import Placeholder
from nutfusion.model.terms import MolecularState

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier

VARIANT_ANSWERS = {"LA9633-4", "LA9634-2", "LA18198-4", "LA11884-6"}
"""LOINC LL1971-2, required by the profile."""

COMPONENTS = {
    "variant": {"48018-6": None, "62374-4": None, "81252-9": None, "conclusion-string": 1},
    "molecular-consequence": {"feature-consequence": None, "51958-7": 1},
}
"""Components of each profile that we write, and how many at most."""


def resources(dossier: Dossier, kind: str, profile: str | None = None) -> list[dict[str, Any]]:
    found = [entry["resource"] for entry in fhir_bundle(dossier)["entry"]]
    url = f"{GUIDE}/StructureDefinition/{profile}"
    return [
        one
        for one in found
        if one["resourceType"] == kind
        and (profile is None or url in one.get("meta", {}).get("profile", []))
    ]


def code(concept: dict[str, Any]) -> str:
    found: str = concept["coding"][0]["code"]
    return found


def components(resource: dict[str, Any], wanted: str) -> list[Any]:
    return [
        next(value for key, value in one.items() if key.startswith("value"))
        for one in resource["component"]
        if code(one["code"]) == wanted
    ]


def test_every_bundle_is_one_to_the_r4b_models() -> None:
    for name, dossier in shapes().items():
        bundle = Bundle.model_validate(fhir_bundle(dossier))
        assert bundle.type == "collection", name


def test_the_canonical_fusion() -> None:
    (variant,) = resources(positive(), "Observation", "variant")
    assert code(variant["code"]) == "69548-6"
    assert code(variant["valueCodeableConcept"]) == "LA9633-4"
    genes = [code(value) for value in components(variant, "48018-6")]
    assert genes == ["HGNC:13575", "HGNC:29919"], "5' gene first"
    names = [value["text"] for value in components(variant, "81252-9")]
    assert names == ["BRD4::NUTM1", *positive().fusions[0].synonyms]
    (said,) = components(variant, "conclusion-string")
    assert "chr19:15254152(-)::chr15:34347969(+)" in said
    (consequence,) = resources(positive(), "Observation", "molecular-consequence")
    assert [code(v) for v in components(consequence, "feature-consequence")] == ["SO:0001886"]
    assert components(consequence, "51958-7") == [{"text": "ENST00000537011.6"}]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("positive", "LA9633-4"),
        ("unknown-partner", "LA9633-4"),
        ("case out of frame", "LA11884-6"),
        ("case inferred", "LA11884-6"),
        ("negative", "LA9634-2"),
        # a failed sample and a report without NUTM1 are no negatives
        ("failed", "LA18198-4"),
        ("blind", "LA18198-4"),
        ("unreadable", "LA11884-6"),
    ],
)
def test_presence_follows_the_state(name: str, answer: str) -> None:
    dossier = shapes()[name]
    found = {code(v["valueCodeableConcept"]) for v in resources(dossier, "Observation", "variant")}
    assert found == {answer}, dossier.molecular_state


def test_no_fusion_that_is_indeterminate_is_present() -> None:
    for dossier in shapes().values():
        variants = resources(dossier, "Observation", "variant")
        for fusion, variant in zip(dossier.fusions, variants, strict=False):
            is_present = code(variant["valueCodeableConcept"]) == "LA9633-4"
            is_open = fusion.state is MolecularState.INDETERMINATE
            assert is_present is not (is_open or dossier is candidate())


def test_a_candidate_of_fish_is_left_open() -> None:
    """A dual-fusion FISH names BRD4; nobody read a joint."""
    (variant,) = resources(candidate(), "Observation", "variant")
    assert code(variant["valueCodeableConcept"]) == "LA11884-6"
    assert resources(candidate(), "Observation", "molecular-consequence") == []


def test_only_a_present_fusion_has_a_consequence() -> None:
    """A transcript_fusion has no word for doubt: it would affirm what the variant leaves open."""
    for dossier in shapes().values():
        said = {
            one["derivedFrom"][0]["reference"]
            for one in resources(dossier, "Observation", "molecular-consequence")
        }
        present = {
            entry["fullUrl"]
            for entry in fhir_bundle(dossier)["entry"]
            if "valueCodeableConcept" in entry["resource"]
            and code(entry["resource"]["valueCodeableConcept"]) == "LA9633-4"
        }
        assert said <= present
    doubtful = with_fusion(state=MolecularState.INDETERMINATE)
    assert resources(doubtful, "Observation", "molecular-consequence") == []


def test_required_elements_and_bindings_of_the_profiles() -> None:
    """What the models do not look at: categories, bindings and cardinalities of components."""
    for dossier in shapes().values():
        for profile, known in COMPONENTS.items():
            for one in resources(dossier, "Observation", profile):
                assert {code(category) for category in one["category"]} == {"laboratory", "GE"}
                assert one["status"] == "preliminary"
                assert {"subject", "specimen", "code"} <= set(one)
                codes = [code(component["code"]) for component in one["component"]]
                assert set(codes) <= set(known)
                for wanted, most in known.items():
                    assert most is None or codes.count(wanted) <= most
        for variant in resources(dossier, "Observation", "variant"):
            assert code(variant["valueCodeableConcept"]) in VARIANT_ANSWERS
        (report,) = resources(dossier, "DiagnosticReport", "genomic-report")
        assert (code(report["code"]), report["status"]) == ("51969-4", "preliminary")
        assert [code(category) for category in report["category"]] == ["GE"]
        assert report["result"]


def test_every_reference_leads_to_an_entry_and_every_entry_has_its_own_address() -> None:
    for dossier in shapes().values():
        bundle = fhir_bundle(dossier)
        urls = [entry["fullUrl"] for entry in bundle["entry"]]
        assert len(urls) == len(set(urls))
        assert all(uuid.UUID(url.removeprefix("urn:uuid:")).version == 5 for url in urls)
        referred = set(re.findall(r'"reference": "([^"]+)"', json.dumps(bundle)))
        assert referred <= set(urls)


def test_loinc_codes_have_their_check_digit() -> None:
    """LOINC's check digit (mod 10) of codes without letters: a slip of the pen does not pass."""
    text = json.dumps([fhir_bundle(dossier) for dossier in shapes().values()])
    codes = set(re.findall(rf'"system": "{LOINC}", "code": "(\d+-\d)"', text))
    assert len(codes) > 4
    for one in codes:
        digits, check = one.split("-")
        doubled = str(int(digits[::-1][0::2]) * 2)
        total = sum(map(int, doubled)) + sum(map(int, digits[::-1][1::2]))
        assert (10 - total % 10) % 10 == int(check), one


def test_identity_is_a_pseudonym_and_marks() -> None:
    (patient,) = resources(positive(), "Patient")
    assert patient["identifier"][0]["value"] == "EX-POS-01"
    assert patient["name"] == [{"text": Placeholder.PATIENT_FAMILY_NAME.mark}]
    assert set(patient) == {"resourceType", "identifier", "name"}


def test_control_characters_do_not_get_in() -> None:
    odd = with_fusion(synonyms=("a\x00b\tc",))
    text = fhir([odd])["EX-POS-01.fhir.json"].decode()
    assert "a b c" in text
    Bundle.model_validate_json(text)

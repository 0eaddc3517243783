"""The CDA document of the CR-GM: well-formed, and by the rules of the volet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from tests.exports.shapes import positive, shapes

from nutfusion.exports.cda import cda_document
from nutfusion.exports.placeholders import Placeholder

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier

NAMESPACES = {"c": "urn:hl7-org:v3", "x": "http://www.w3.org/2001/XMLSchema-instance"}
SECTIONS = ["22636-5", "46059-2", "22634-0", "83321-0", "22637-3", "89201-8", "33557-0"]
"""LOINC codes of the sections, in order; the first six are required."""


def document(dossier: Dossier) -> Any:
    """As lxml reads it, without looking anything up."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(cda_document(dossier).encode("utf-8"), parser)


def find(node: Any, path: str) -> list[Any]:
    found: list[Any] = node.xpath(path, namespaces=NAMESPACES)
    return found


def observations(node: Any, code: str) -> list[Any]:
    return find(node, f"//c:observation[c:code/@code='{code}']")


def test_every_shape_is_well_formed_with_all_sections() -> None:
    for name, dossier in shapes().items():
        codes = find(
            document(dossier), "/*/c:component/c:structuredBody/c:component/c:section/c:code/@code"
        )
        assert codes == SECTIONS, name


def test_the_canonical_fusion() -> None:
    found = document(positive())
    sequences = [
        one.xpath("string(c:value)", namespaces=NAMESPACES)
        for one in observations(found, "48012-9")
    ]
    assert sequences == ["ENST00000679869.1", "ENST00000537011.6"]
    for variant in observations(found, "69548-6"):
        text = variant.xpath("string(c:value)", namespaces=NAMESPACES)
        assert text.startswith("BRD4::NUTM1 ; chr19:15254152(-)::chr15:34347969(+) ; ENST")
        assert find(variant, "c:value/@x:type") == ["ST"], "the volet has no structure for a fusion"
    assert find(found, "//c:content[@ID='gene1-5']/text()") == ["BRD4 (HGNC:13575)"]
    (said,) = find(found, "//c:content[@ID='conclusion']/text()")
    assert "NUTM1 est réarrangé avec BRD4" in said
    assert find(found, "//c:section/c:code/c:translation/@code") == ["50397-9"]


def test_what_is_read_is_french() -> None:
    found = document(positive())
    (said,) = {
        one.xpath("string(c:value)", namespaces=NAMESPACES)
        for one in observations(found, "53045-1")
    }
    assert said == "cadre de lecture conservé"
    shown = " ".join(find(found, "//c:text//text()"))
    assert not re.search(r"\b(in-frame|Collection|Specimen|Preparation|drawn)\b", shown)


def test_genes_outside_the_value_set_are_other_genes() -> None:
    """JDV_Gene_CISIS: 24 genes, neither NUTM1 nor BRD4 among them, and "Autre gène"."""
    for dossier in shapes().values():
        for gene in observations(document(dossier), "48018-6"):
            assert find(gene, "c:value/@code") == ["GEN-092.07.02"]
            assert find(gene, "c:value/@displayName") == ["Autre gène"]


@pytest.mark.parametrize(
    ("name", "result", "conclusion"),
    [
        ("positive", "MED-537", "MED-542"),
        # a fusion that the evidence leaves open is discussed, and is no observed mutation
        ("case out of frame", "MED-537", "MED-544"),
        # a declared test alone: nothing of the candidate was read
        ("candidate", "MED-537", "MED-544"),
        ("negative", "MED-539", "MED-543"),
        # neither a failed sample nor a report without NUTM1 is one without an anomaly
        ("failed", "MED-540", "MED-544"),
        ("blind", "MED-540", "MED-544"),
        ("unreadable", "MED-540", "MED-544"),
    ],
)
def test_types_of_result_follow_the_state(name: str, result: str, conclusion: str) -> None:
    found = document(shapes()[name])
    qualifiers = {
        find(one, "c:name/@code")[0]: find(one, "c:value/@code")
        for one in find(found, "//c:qualifier")
    }
    assert qualifiers["MED-152"] == [result]
    assert qualifiers["MED-550"] == [conclusion]


def test_every_anchor_is_there_and_every_identifier_stands_once() -> None:
    for dossier in shapes().values():
        found = document(dossier)
        anchors = find(found, "//c:content/@ID")
        assert len(anchors) == len(set(anchors))
        referred = {text.removeprefix("#") for text in find(found, "//c:reference/@value")}
        assert referred <= set(anchors)
        roots = [r for r in find(found, "//c:id/@root") if re.fullmatch(r"[0-9A-F-]{36}", r)]
        assert len(roots) == len(set(roots)) > 10


def test_identity_is_marks_only() -> None:
    """Names, numbers, times and the codes of the specimen are all to be filled in."""
    marks = {mark.mark for mark in Placeholder}
    found = document(positive())
    for path in (
        "//c:family/text()",
        "//c:given/text()",
        "//c:birthTime/@value",
        "//c:county/text()",
        "//c:time/@value",
        "//c:low/@value",
        "//c:high/@value",
        "//c:patientRole/c:id/@extension",
        "//c:administrativeGenderCode/@code",
        "/*/c:effectiveTime/@value",
        "//c:assignedEntity/c:id/@extension",
    ):
        values = find(found, path)
        assert values, path
        assert set(values) <= marks, path
    assert set(re.findall(r"\{\{\w+\}\}", cda_document(positive()))) <= marks


def test_at_least_three_participants_and_a_document_in_progress() -> None:
    """The volet wants the collector, the prescriber and the physician in charge."""
    found = document(positive())
    assert find(found, "/*/c:participant/@typeCode") == ["PRF", "REF", "PRF"]
    (status,) = observations(found, "GEN-065")
    assert find(status, "c:value/@code") == ["385651009"]


def test_hostile_words_are_text_and_nothing_else() -> None:
    text = cda_document(shapes()["hostile"])
    found = document(shapes()["hostile"])
    assert "<script" not in text
    assert any('+cmd;|"<&=A,%1' in one for one in find(found, "//c:content/text()"))

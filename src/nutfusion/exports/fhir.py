"""FHIR R4: a bundle after the HL7 Genomics Reporting guide.

Source: HL7/genomics-reporting@1dbfb09 (input/fsh): profiles ``genomic-report``, ``variant``,
``molecular-consequence``; its example ``ROS1-Fusion-var`` shows how it reports a fusion: a variant
that is present, with a text as variation code. The guide has no profile for fusions.

==============================  ================================================================
FHIR                            dossier
==============================  ================================================================
Patient, Specimen               ``sample.id``, a pseudonym; the name is a mark (``placeholders``)
DiagnosticReport.conclusion     the answer, in French, as the page has it, and the method
Observation (variant)           one per fusion: present, or indeterminate where the fusion is
                                indeterminate or only a declared test says it; without a fusion one
                                for NUTM1: absent, no call or indeterminate, by the state
component gene-studied          both genes with their HGNC identifiers
component variation-code        name and synonyms, as text
component conclusion-string     what the reports say of the fusion
Observation (consequence)       transcript_fusion (SO:0001886), with the MANE transcript of NUTM1,
                                of a fusion that is present and was seen in RNA
==============================  ================================================================

Everything is ``preliminary``: a dossier is an automatic statement. What a review changes is in
``fhir_review``.
"""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any, Final

from nutfusion.exports.fhir_review import (
    Judged,
    interpreter,
    judged_fusion,
    report_status,
    sample_state,
)
from nutfusion.exports.interface import ExportFormat, Files
from nutfusion.exports.patients import documents
from nutfusion.exports.placeholders import Placeholder
from nutfusion.exports.report_words import report_words
from nutfusion.exports.reviews import NO_REVIEWS
from nutfusion.model.terms import FusionDetection, MolecularState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.exports.reviews import Beside, Reviews
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.gene import GeneRef

GUIDE: Final = "http://hl7.org/fhir/uv/genomics-reporting"
LOINC: Final = "http://loinc.org"
HGNC: Final = "http://www.genenames.org"
ONTOLOGY: Final = "http://www.sequenceontology.org"
TO_BE_DETERMINED: Final = f"{GUIDE}/CodeSystem/tbd-codes-cs"
LABORATORY: Final = ("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory")
GENETICS: Final = ("http://terminology.hl7.org/CodeSystem/v2-0074", "GE")

_PRESENT: Final = ("LA9633-4", "Present")
_ABSENT: Final = ("LA9634-2", "Absent")
_NO_CALL: Final = ("LA18198-4", "No call")
_INDETERMINATE: Final = ("LA11884-6", "Indeterminate")

_OF_SAMPLE: Final[Mapping[MolecularState, tuple[str, str]]] = {
    MolecularState.NOT_DETECTED: _ABSENT,
    MolecularState.NOT_ASSESSABLE: _NO_CALL,
    MolecularState.NOT_COVERED: _NO_CALL,
}
"""What a sample without a fusion is; LOINC answer list LL1971-2. Any other state is
indeterminate."""

_ASSESSMENT: Final = ("69548-6", "Genetic variant assessment")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")

_NUTM1: Final = {"coding": [{"system": HGNC, "code": "HGNC:29919", "display": "NUTM1"}]}


def fhir(dossiers: Sequence[Dossier], reviews: Reviews = NO_REVIEWS) -> Files:
    """One bundle per patient's dossier, ``SAMPLE.fhir.json``."""

    def text(dossier: Dossier) -> str:
        found = fhir_bundle(dossier, reviews.get(dossier.sample.id))
        return json.dumps(found, indent=2, ensure_ascii=False) + "\n"

    return documents(dossiers, "fhir", ".fhir.json", text)


def fhir_bundle(dossier: Dossier, beside: Beside | None = None) -> Any:
    """A ``collection`` bundle; references lead to its own entries."""
    made = _Bundle(dossier)
    patient = made.add(
        "patient",
        {
            "resourceType": "Patient",
            "identifier": [{"use": "temp", "value": dossier.sample.id}],
            "name": [{"text": Placeholder.PATIENT_FAMILY_NAME.mark}],
        },
    )
    specimen = made.add(
        "specimen",
        {
            "resourceType": "Specimen",
            "identifier": [{"value": Placeholder.SPECIMEN_NUMBER.mark}],
            "subject": patient,
        },
    )
    about = {"subject": patient, "specimen": specimen}
    words = report_words(dossier, beside)
    results: list[dict[str, str]] = []
    for fusion, said in zip(dossier.fusions, words.fusions, strict=True):
        judged = judged_fusion(fusion, beside)
        variant = made.add(fusion.fusion_id, _variant(fusion, said, judged) | about)
        if judged.is_rejected:
            continue
        consequence = _consequence(fusion, judged)
        results.append(variant)
        if consequence is not None:
            reference = made.add(
                f"{fusion.fusion_id} consequence", consequence | about | {"derivedFrom": [variant]}
            )
            results.append(reference)
    if not results:
        answer = _OF_SAMPLE.get(sample_state(dossier, beside), _INDETERMINATE)
        searched = {"component": [_component(("48018-6", LOINC), _NUTM1)]}
        found = _observation("variant", *_ASSESSMENT, answer) | searched | about
        results.append(made.add("NUTM1", found))
    made.add(
        "report",
        {
            "resourceType": "DiagnosticReport",
            "meta": {"profile": [f"{GUIDE}/StructureDefinition/genomic-report"]},
            "status": report_status(beside),
            "category": [_concept(GENETICS)],
            "code": _concept((LOINC, "51969-4"), "Genetic analysis report"),
            "subject": patient,
            "specimen": [specimen],
            **interpreter(beside),
            "result": results,
            "conclusion": "\n".join(
                (
                    *words.review,
                    words.answer,
                    *words.basis,
                    *words.scope,
                    *words.method,
                    *words.standing,
                )
            ),
        },
    )
    return _clean({"resourceType": "Bundle", "type": "collection", "entry": made.entries})


def _clean(value: Any) -> Any:
    """A value whose texts have no control characters but line feeds (FHIR R4, ``string``)."""
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    return _CONTROL.sub(" ", value) if isinstance(value, str) else value


class _Bundle:
    """Entries with identifiers that follow from the sample and their role."""

    def __init__(self, dossier: Dossier) -> None:
        self.entries: list[dict[str, Any]] = []
        self._sample = dossier.sample.id

    def add(self, role: str, resource: dict[str, Any]) -> dict[str, str]:
        """Add a resource and return a reference to it."""
        url = uuid.uuid5(uuid.NAMESPACE_URL, f"nutfusion {self._sample} {role}").urn
        self.entries.append({"fullUrl": url, "resource": resource})
        return {"reference": url}


def _variant(fusion: DossierFusion, said: Sequence[str], judged: Judged) -> dict[str, Any]:
    answer = _PRESENT if judged.is_affirmed else _INDETERMINATE
    components = [
        _component(("48018-6", LOINC), _gene(gene))
        for gene in (fusion.five_prime_gene, fusion.three_prime_gene)
        if gene is not None
    ]
    components.append(_component(("62374-4", LOINC), _concept((LOINC, "LA26806-2"), "GRCh38")))
    components += [
        _component(("81252-9", LOINC), {"text": name}) for name in (fusion.name, *fusion.synonyms)
    ]
    found = _observation("variant", *_ASSESSMENT, answer) | judged.fields
    if {"reads", "caller"} & {source.kind for source in fusion.support.sources}:
        found["method"] = _concept((LOINC, "LA26398-0"), "Sequencing")
    conclusion = {
        "code": _concept((TO_BE_DETERMINED, "conclusion-string")),
        "valueString": "\n".join(said),
    }
    return found | {"component": [*components, conclusion]}


def _consequence(fusion: DossierFusion, judged: Judged) -> dict[str, Any] | None:
    """A fusion of transcripts; ``None`` where none was seen, or the fusion is left open.

    NB: the guide's consequence has no word for doubt: with one the fusion would be affirmed.
    """
    if fusion.fusion_detection is not FusionDetection.OBSERVED or not judged.is_affirmed:
        return None
    components = [
        _component(
            ("feature-consequence", TO_BE_DETERMINED),
            _concept((ONTOLOGY, "SO:0001886"), "transcript_fusion"),
        )
    ]
    label = fusion.exons.three_prime
    if label is not None:
        components.append(_component(("51958-7", LOINC), {"text": label.transcript}))
    found = _observation("molecular-consequence", "molecular-consequence", None, None)
    found["code"] = _concept((TO_BE_DETERMINED, "molecular-consequence"))
    return found | {"status": judged.fields["status"], "component": components}


def _observation(
    profile: str, code: str, display: str | None, answer: tuple[str, str] | None
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "resourceType": "Observation",
        "meta": {"profile": [f"{GUIDE}/StructureDefinition/{profile}"]},
        "status": "preliminary",
        "category": [_concept(LABORATORY), _concept(GENETICS)],
        "code": _concept((LOINC, code), display),
    }
    if answer is not None:
        found["valueCodeableConcept"] = _concept((LOINC, answer[0]), answer[1])
    return found


def _component(code: tuple[str, str], value: dict[str, Any]) -> dict[str, Any]:
    return {"code": _concept((code[1], code[0])), "valueCodeableConcept": value}


def _gene(gene: GeneRef) -> dict[str, Any]:
    if gene.hgnc_id is None:
        return {"text": gene.symbol}
    return {"coding": [{"system": HGNC, "code": gene.hgnc_id, "display": gene.symbol}]}


def _concept(coding: tuple[str, str], display: str | None = None) -> dict[str, Any]:
    system, code = coding
    return {
        "coding": [{"system": system, "code": code} | ({"display": display} if display else {})]
    }


FORMAT: Final = ExportFormat(
    "fhir",
    "FHIR R4 bundle after the Genomics Reporting guide",
    fhir,
    reviewed=fhir,
    patients_only=True,
)
"""FHIR."""

"""CI-SIS CDA R2 document of the molecular genetics report, CANCER-CR-GM 2022.01.

Source: ansforge/TestContenuCDA-3-0@7cd489b (ANS): the published example with an analysis done, the
schematrons of the volet and its value sets. The document has no structure for a fusion, and
JDV_Gene_CISIS holds 24 genes and "Autre gène" (GEN-092.07.02), neither *NUTM1* nor a BET gene among
them: each gene of a fusion is "Autre gène", its name stands in the text, and the fusion is the free
text of the variant.

==============================  ================================================================
CR-GM                           dossier
==============================  ================================================================
Résultats, type                 à discuter en RCP (fusion), aucune anomalie (``not_detected``), non
                                interprétable (any other state without a fusion)
Séquence de référence           MANE transcript of the side
Variant                         name, place and exon-level name of the fusion
Conclusion, type                mutation observed, without mutation (``not_detected``), not
                                interpretable (fusions that are indeterminate, declared only or
                                not what the biologist says; any other state without a fusion)
Conclusion, text                what the page answers, and what a review says that may be repeated
Méthode                         GRCh38, nutfusion and its version
==============================  ================================================================

Who the patient is, the specimen, the people and the dates are marks (``placeholders``): the
document is valid once the hospital has filled them in. Its status is "en cours": a dossier is an
automatic statement, and signed reviews stand beside it.
"""

from __future__ import annotations

import re
import uuid
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from nutfusion.dossier.messages import Language, phrases
from nutfusion.exports.interface import ExportFormat, Files
from nutfusion.exports.patients import documents
from nutfusion.exports.placeholders import Placeholder
from nutfusion.exports.report_words import is_stated, report_words, variant_place
from nutfusion.exports.reviews import NO_REVIEWS, is_contradicted
from nutfusion.model.terms import MolecularState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from nutfusion.exports.reviews import Beside, Reviews
    from nutfusion.model.dossier import Dossier, DossierFusion

_TO_DISCUSS: Final = ("MED-537", "Variants à discuter en RCP moléculaire.")
_NOTHING: Final = ("MED-539", "Gène(s) pour le(s)quel(s) aucune anomalie n’a été trouvée.")
_NO_RESULT: Final = ("MED-540", "Résultat non interprétable.")

_SEEN: Final = ("MED-542", "Résultats avec une mutation observée")
_NOT_SEEN: Final = ("MED-543", "Résultats sans mutation")
_NOT_INTERPRETED: Final = ("MED-544", "Résultats non interprétables")

_ADICAP: Final = "1.2.250.1.213.2.11"
_PATHOLOGY: Final = (
    ("53903-1", "Collection method", "Type de prélèvement", "typePrelevement", "SPECIMEN_TYPE",
     _ADICAP),
    ("20506-2", "Specimen drawn from", "Organe", "organe", "SPECIMEN_ORGAN", _ADICAP),
    ("33731-1", "Type histologique", "Type histologique", "histologie", "SPECIMEN_HISTOLOGY",
     _ADICAP),
    ("19772-3", "Preparation techniques", "Conditionnement", "conditionnement",
     "SPECIMEN_PACKAGING", _ADICAP),
    ("66746-9", "Specimen type", "Nature du matériel", "materiel", "SPECIMEN_MATERIAL",
     "1.2.250.1.213.1.1.4.322"),
)  # fmt: skip
"""LOINC code and its name (English in the published example too), what the reader sees, anchor,
mark and code system of what the pathologist knows."""


def cda(dossiers: Sequence[Dossier], reviews: Reviews = NO_REVIEWS) -> Files:
    """One document per patient's dossier, ``SAMPLE.cr-gm.xml``."""

    def text(dossier: Dossier) -> str:
        return cda_document(dossier, reviews.get(dossier.sample.id))

    return documents(dossiers, "cda", ".cr-gm.xml", text)


def cda_document(dossier: Dossier, beside: Beside | None = None) -> str:
    """The document of one dossier, with marks where identity belongs."""
    words = report_words(dossier, beside)
    result, conclusion = _types(dossier, beside)
    said = [
        *words.review,
        *words.basis,
        *(line for fusion in words.fusions for line in fusion),
        *words.scope,
    ]

    def identifier(name: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{dossier.sample.id} {name}")).upper()

    text = _template().render(
        mark={mark.name: mark.mark for mark in Placeholder},
        id=identifier,
        sample=dossier.sample.id,
        words=words,
        said=[*said, *words.standing],
        pathology=_PATHOLOGY,
        genes=[gene for n, f in enumerate(dossier.fusions, start=1) for gene in _genes(f, n)]
        or [_NUTM1],
        result_code=result[0],
        result_label=result[1],
        conclusion_code=conclusion[0],
        conclusion_label=conclusion[1],
        pipeline=f"nutfusion {dossier.provenance.nutfusion}",
    )
    return _xml(text) + "\n"


_NUTM1: Final = {"key": "gene0", "name": "NUTM1", "sequence": "", "variant": "", "protein": ""}


def _types(dossier: Dossier, beside: Beside | None) -> tuple[tuple[str, str], tuple[str, str]]:
    """Codes of the result and of the conclusion."""
    if dossier.fusions:
        is_seen = any(
            is_stated(fusion) and not is_contradicted(fusion, beside) for fusion in dossier.fusions
        )
        return _TO_DISCUSS, _SEEN if is_seen else _NOT_INTERPRETED
    if dossier.molecular_state is MolecularState.NOT_DETECTED:
        return _NOTHING, _NOT_SEEN
    return _NO_RESULT, _NOT_INTERPRETED


def _genes(fusion: DossierFusion, number: int) -> list[dict[str, Any]]:
    """Both genes of a fusion, 5' first, each with the fusion as its variant."""
    named = fusion.synonyms[0] if fusion.synonyms else ""
    variant = " ; ".join(part for part in (fusion.name, variant_place(fusion), named) if part)
    found = []
    for side, place in (("five_prime", "5"), ("three_prime", "3")):
        gene, label = getattr(fusion, f"{side}_gene"), getattr(fusion.exons, side)
        if gene is None:
            continue
        identified = gene.symbol if gene.hgnc_id is None else f"{gene.symbol} ({gene.hgnc_id})"
        found.append(
            {
                "key": f"gene{number}-{place}",
                "name": identified,
                "sequence": "" if label is None else label.transcript,
                "variant": variant,
                "protein": phrases(Language.FR).term("reading_frame", fusion.reading_frame),
            }
        )
    return found


_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    """Text without the characters that XML has no place for, escaped or not."""
    return _NOT_XML.sub(" ", text)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("nutfusion.exports"), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("cr-gm.xml.jinja")


FORMAT: Final = ExportFormat(
    "cda", "CI-SIS CDA R2 document of the CR-GM", cda, reviewed=cda, patients_only=True
)
"""CDA."""

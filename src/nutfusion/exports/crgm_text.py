"""The conclusion of a CR-GM as plain text, to be pasted into a report or the fiche RCP.

Source: CI-SIS volets CANCER-CR-GM 2022.01 and CANCER-FRCP 2022.01 (ANS): "Conclusion CR-GM", LOINC
50397-9, with the biologist and the date of the report. French, UTF-8, one statement per line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.dossier.messages import Language, phrases
from nutfusion.exports.interface import ExportFormat, Files
from nutfusion.exports.patients import documents
from nutfusion.exports.placeholders import Placeholder
from nutfusion.exports.report_words import report_words
from nutfusion.exports.reviews import NO_REVIEWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.exports.reviews import Beside, Reviews
    from nutfusion.model.dossier import Dossier

CONCLUSION: Final = "50397-9"
"""LOINC code of the conclusion of a CR-GM."""


def crgm_texts(dossiers: Sequence[Dossier], reviews: Reviews = NO_REVIEWS) -> Files:
    """One file per patient's dossier, ``SAMPLE.cr-gm.txt``."""

    def text(dossier: Dossier) -> str:
        return crgm_text(dossier, reviews.get(dossier.sample.id))

    return documents(dossiers, "crgm_text", ".cr-gm.txt", text)


def crgm_text(dossier: Dossier, beside: Beside | None = None) -> str:
    """The text of one dossier; who the patient is and who signs are marks to be filled in.

    What a biologist said stands before the automatic statement, which stays whole.
    """
    words = report_words(dossier, beside)
    say = phrases(Language.FR).sentence
    declared = dossier.sample.declared
    lines = [
        say("report", "conclusion_heading", loinc=CONCLUSION),
        words.title,
        say("report", "sample", sample=dossier.sample.id),
        say(
            "report",
            "patient",
            name=Placeholder.PATIENT_FAMILY_NAME.mark,
            given=Placeholder.PATIENT_GIVEN_NAMES.mark,
            birth=Placeholder.PATIENT_BIRTH_DATE.mark,
            ins=Placeholder.PATIENT_INS.mark,
        ),
        say("report", "specimen", number=Placeholder.SPECIMEN_NUMBER.mark,
            date=Placeholder.SPECIMEN_DATE.mark, cells=Placeholder.TUMOUR_CELLS.mark),
        say("report", "declared", disease=_text(declared.disease),
            pretreated=_truth(declared.pretreated), relapse=_truth(declared.relapse)),
        "",
        *words.review,
        *([""] if words.review else []),
        say("report", "state", text=words.state),
        words.answer,
        *words.basis,
    ]  # fmt: skip
    for fusion in words.fusions:
        lines += ["", *fusion]
    if words.scope:
        lines += ["", *words.scope]
    lines += ["", *words.method, *words.standing, ""]
    lines.append(
        say(
            "report",
            "signed",
            name=Placeholder.BIOLOGIST_NAME.mark,
            rpps=Placeholder.BIOLOGIST_RPPS.mark,
            date=Placeholder.REPORT_DATE.mark,
        )
    )
    return "".join(f"{' '.join(line.splitlines())}\n" for line in lines)


def _text(value: str | None) -> str:
    words = phrases(Language.FR)
    return words.ui("not_declared") if value is None else " ".join(value.split())


def _truth(value: bool | None) -> str:
    words = phrases(Language.FR)
    if value is None:
        return words.ui("not_declared")
    return words.ui("yes" if value else "no")


FORMAT: Final = ExportFormat(
    "crgm_text",
    "Conclusion of a CR-GM as French text",
    crgm_texts,
    reviewed=crgm_texts,
    patients_only=True,
)
"""CR-GM, text."""

"""What a dossier does not know and a hospital fills in at home: who the patient is, and who signs.

A dossier holds a pseudonym. Reports have these marks where they want an identity; nothing but the
hospital's own software ever replaces them. Each is written ``{{NAME}}``.
"""

from __future__ import annotations

from enum import StrEnum


class Placeholder(StrEnum):
    """Every mark that an export may hold."""

    PATIENT_INS = "PATIENT_INS"
    PATIENT_INS_OID = "PATIENT_INS_OID"
    PATIENT_FAMILY_NAME = "PATIENT_NOM_NAISSANCE"
    PATIENT_GIVEN_NAMES = "PATIENT_PRENOMS"
    PATIENT_BIRTH_DATE = "PATIENT_DATE_NAISSANCE"
    PATIENT_SEX = "PATIENT_SEXE"
    EXAMINATION_NUMBER = "EXAMEN_NUMERO"
    SPECIMEN_NUMBER = "PRELEVEMENT_NUMERO"
    SPECIMEN_DATE = "PRELEVEMENT_DATE"
    SPECIMEN_ORGAN = "PRELEVEMENT_ORGANE"
    TUMOUR_CELLS = "CELLULES_TUMORALES"
    BIOLOGIST_NAME = "BIOLOGISTE_NOM"
    BIOLOGIST_RPPS = "BIOLOGISTE_RPPS"
    REPORT_DATE = "COMPTE_RENDU_DATE"

    @property
    def mark(self) -> str:
        """As it stands in a document."""
        return f"{{{{{self.value}}}}}"

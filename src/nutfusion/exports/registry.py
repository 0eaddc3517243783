"""Every export format, named one by one."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError
from nutfusion.exports import (
    cbioportal,
    cda,
    crgm_text,
    fhir,
    multiqc,
    osiris,
    rocrate,
    tables,
    vcf,
    vicc,
)
from nutfusion.exports.reviews import NO_REVIEWS
from nutfusion.model.pseudonym import SAMPLE_ID

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.exports.interface import ExportFormat, Files
    from nutfusion.exports.reviews import Reviews
    from nutfusion.model.dossier import Dossier

EXPORTS: Final[Mapping[str, ExportFormat]] = MappingProxyType(
    {
        module.FORMAT.name: module.FORMAT
        for module in (
            tables,
            vcf,
            vicc,
            cbioportal,
            osiris,
            multiqc,
            crgm_text,
            fhir,
            cda,
            rocrate,
        )
    }
)
"""Formats by name, in the order of the documentation."""


def export_files(
    dossiers: Sequence[Dossier], names: Sequence[str], reviews: Reviews = NO_REVIEWS
) -> Files:
    """The files of some formats for some dossiers.

    Args:
        dossiers: Of different samples.
        names: Keys of ``EXPORTS``.
        reviews: What stands beside them, for the formats that have a place for it.

    Raises:
        InputError: A pseudonym could be a place outside the folder (a dossier need not come from a
            sheet of ours), or two dossiers are of one sample: their files would have one name.
    """
    seen: set[str] = set()
    for dossier in dossiers:
        if not SAMPLE_ID.fullmatch(dossier.sample.id):
            raise InputError(
                "expected a pseudonym of letters, digits, dots, hyphens and underscores, found"
                f" {dossier.sample.id!r}; make the dossier again under another"
            )
        if dossier.sample.id in seen:
            raise InputError(
                f"expected one dossier per sample, found two of {dossier.sample.id!r};"
                " export them to different folders"
            )
        seen.add(dossier.sample.id)
    files: Files = {}
    for name in dict.fromkeys(names):
        form = EXPORTS[name]
        files.update(form.reviewed(dossiers, reviews) if form.reviewed else form.files(dossiers))
    return files

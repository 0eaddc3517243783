"""The columns of a sample sheet, and those that must never be one."""

from __future__ import annotations

import difflib
import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sample": "pseudonym; the same in every row of one sample",
        "fastq_1": "first reads, or the only reads",
        "fastq_2": "second reads; empty for single reads",
        "fastq_umi": "separate read with the UMI",
        "bam": "alignments of the reads",
        "cram": "the same as CRAM",
        "reference_fasta": "genome that a CRAM was written with",
        "callers": "outputs of other programs: NAME=FILE or FILE, divided by ';'",
        "junctions": "STAR's Chimeric.out.junction",
        "run": "sequencing run",
        "control": "negative or positive for a control of the run, else empty",
        "assay": "assay profile",
        "disease": "disease label as declared",
        "pretreated": "yes, no or empty",
        "relapse": "yes, no or empty",
        "ihc": "NUT immunohistochemistry: result, then ';' and a detail",
        "ihc_clone": "antibody clone",
        "ihc_nuclei": "tumour nuclei stained, percent",
        "fish": "NUTM1 FISH: result, then ';' and a detail",
        "fish_kind": "break_apart, or empty when not known",
        "fish_split_cells": "cells with split probes, percent",
        "fish_dual": "dual-fusion FISH: result, then ';' and a detail",
        "fish_dual_partner": "gene beside NUTM1 that it looks for",
        "rt_pcr": "RT-PCR: result, then ';' and a detail",
        "rt_pcr_joint": "joint that it claims, in the words of its report",
        "sanger": "Sanger sequencing: result, then ';' and a detail",
        "sanger_joint": "joint that it claims, in the words of its report",
    }
)
"""Columns that are read."""

REQUIRED: Final = ("sample",)
"""Columns without which nothing can start."""

INPUTS: Final = ("fastq_1", "bam", "cram", "callers", "junctions")
"""Columns of which every row fills at least one."""

FILES: Final = frozenset({*INPUTS, "fastq_2", "fastq_umi", "reference_fasta"})
"""Columns that hold file names."""

IGNORED: Final = frozenset(
    {"strandedness", "seq_platform", "seq_center", "bai", "crai", "splice_junctions"}
)
"""Columns of an nf-core/rnafusion sheet that change nothing here: an index is looked for beside
its file."""

_IDENTIFYING: Final = frozenset(
    """
    nom nomnaissance nomdenaissance nomusuel nomusage nomdusage nomfamille nomdefamille nompatient
    prenom prenoms patronyme nomprenom nometprenom identite
    name names firstname firstnames forename lastname surname familyname givenname fullname
    middlename maidenname initials initiales
    birth birthdate birthday birthyear dateofbirth birthplace placeofbirth dob
    naissance datenaissance datedenaissance ddn nele neele lieunaissance lieudenaissance
    nir nia ins insnir insc insa matricule matriculeins nss ssn
    secu nsecu nosecu numsecu numerosecu
    ipp nip nda iep dossier ndossier nodossier numdossier numerodossier mrn
    medicalrecordnumber hospitalnumber nhs nhsnumber
    email mail emailaddress courriel phone phonenumber telephone tel mobile portable fax
    address adresse postcode zipcode codepostal
    """.split()  # noqa: SIM905 - one word a line would be a hundred lines
)
"""Names of columns that identify a person, without accents, case and separators."""

_IDENTIFYING_PARTS: Final = re.compile(
    "naiss|birth|prenom|patronym|courriel|telephone|securitesociale|socialsecurity"
)
_CAMEL: Final = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_PERSON: Final = frozenset({"patient", "patients", "person", "personne", "subject", "malade"})
_ABOUT_A_PERSON: Final = frozenset({"nom", "name", "id", "number", "numero", "no", "ref"})


def plain(name: str) -> str:
    """A column name in lower case without accents, words joined by ``_``."""
    bare = unicodedata.normalize("NFKD", name)
    bare = "".join(char for char in bare if not unicodedata.combining(char)).casefold()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")


def is_identifying(name: str) -> bool:
    """Whether a column of this name would identify a person."""
    words = plain(_CAMEL.sub("_", name)).split("_")
    joined = "".join(words)
    return (
        joined in _IDENTIFYING
        or _IDENTIFYING_PARTS.search(joined) is not None
        or (not _PERSON.isdisjoint(words) and not _ABOUT_A_PERSON.isdisjoint(words))
        or (not _PERSON.isdisjoint(words) and not _IDENTIFYING.isdisjoint(words))
    )


def nearest(name: str) -> str | None:
    """The known column that ``name`` was probably meant to be; ``None`` when none is near."""
    known = [*COLUMNS, *IGNORED]
    return next(iter(difflib.get_close_matches(plain(name), known, n=1, cutoff=0.6)), None)

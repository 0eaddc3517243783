"""Sourced statements about how far a result goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.dossier.headline import partner_gene
from nutfusion.model.terms import FusionDetection, MolecularState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.dossier import Dossier

_OTHER_TESTS: Final = ("scope_ihc", "scope_fish")

SCOPE: Final[Mapping[MolecularState, tuple[str, ...]]] = {
    MolecularState.CONFIRMED_BET_COMPLEX: ("scope_bet_complex",),
    MolecularState.REARRANGED_PARTNER_UNKNOWN: (
        "scope_unknown_partner",
        "scope_identify",
        *_OTHER_TESTS,
    ),
    MolecularState.INDETERMINATE: ("scope_indeterminate", "scope_material", *_OTHER_TESTS),
    MolecularState.NOT_ASSESSABLE: ("not_a_negative", "scope_material", *_OTHER_TESTS),
    MolecularState.NOT_COVERED: ("not_a_negative", *_OTHER_TESTS),
    MolecularState.NOT_DETECTED: ("scope_rna_negative", *_OTHER_TESTS, "scope_material"),
}
"""Labels of the statements by state; states without any have none."""

_OF_RNA: Final = ("scope_material", "scope_rna_negative")
_DNA_SILENT: Final = ("scope_dna_introns",)
_DNA: Final = "scope_dna_or_rna"

_NOT_NAMED: Final = ("no_sequence_in_panel", "bet_partner_not_excluded")
_NEIGHBOUR_WITH_A_SOURCE: Final = "SLC12A6"
_LEUKAEMIA: Final = re.compile(r"\b(?:[BT]-ALL|AML|leuka?emia)\b", re.IGNORECASE)


def scope(dossier: Dossier, phrases: Phrases) -> tuple[str, ...]:
    """The statements that hold for this dossier, in order."""
    state = dossier.molecular_state
    first = (phrases.ui("scope_no_reads"),) if _is_programs_word(dossier) else ()
    if state is MolecularState.REARRANGED_NEIGHBOUR:
        return (*first, *_neighbour(dossier, phrases))
    has_name = bool(dossier.fusions) and partner_gene(dossier.fusions[0]) is not None
    keys = [k for k in _keys(dossier) if not (has_name and k == "scope_unknown_partner")]
    lines = [phrases.ui(key) for key in keys]
    if state is MolecularState.REARRANGED_PARTNER_UNKNOWN and _was_read(dossier):
        genes = genes_without_a_name(dossier)
        if genes:
            lines.insert(1, phrases.ui("scope_not_named", genes=", ".join(genes)))
    return (*first, *lines)


def is_of_dna(dossier: Dossier) -> bool:
    """What was looked at is DNA, by the reads or by the profile."""
    reads = dossier.qc.reads
    return dossier.assay.molecule == "dna" or (reads is not None and reads.molecule == "dna")


def _keys(dossier: Dossier) -> tuple[str, ...]:
    """Labels of the statements; what holds of RNA alone gives way to what holds of DNA."""
    keys = SCOPE.get(dossier.molecular_state, ())
    if not is_of_dna(dossier):
        return keys
    kept = tuple(key for key in keys if key not in _OF_RNA)
    silent = "not_a_negative" in keys
    return (*kept, *(_DNA_SILENT if silent else ()), _DNA)


def genes_without_a_name(dossier: Dossier) -> tuple[str, ...]:
    """BET and BET-complex genes that the panel could not have named as the partner."""
    return tuple(
        row.gene for row in dossier.detectability if (row.reason or "").startswith(_NOT_NAMED)
    )


def _is_programs_word(dossier: Dossier) -> bool:
    """Nothing but files of other programs was looked at."""
    return dossier.qc.reads is None and bool(dossier.callers.files)


def _was_read(dossier: Dossier) -> bool:
    """The unknown partner stands in reads; FISH says nothing about the panel."""
    return any(fusion.fusion_detection is FusionDetection.OBSERVED for fusion in dossier.fusions)


def _neighbour(dossier: Dossier, phrases: Phrases) -> tuple[str, ...]:
    """What is published about the neighbours of this dossier."""
    lines = []
    for fusion in dossier.fusions:
        partner = partner_gene(fusion)
        if partner is None:
            continue
        if partner.symbol == _NEIGHBOUR_WITH_A_SOURCE:
            lines.append(phrases.ui("scope_neighbour"))
        if _LEUKAEMIA.search(fusion.partner_class_source or ""):
            lines.append(phrases.ui("scope_neighbour_leukaemia", gene=partner.symbol))
    return tuple(dict.fromkeys(lines))

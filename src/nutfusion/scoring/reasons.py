"""The closed list of reasons that stand in ``state_reasons``, in gates and in detectability.

Each is written ``code(key=value, ...)`` (``nutfusion.model.reason``); the dossier's message
catalogue has one French and one English sentence per code.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from nutfusion.model.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.model.scored import CriterionOutcome

REASONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        # A fusion: why it counts.
        "nutm1_joined_to_bet": ("gene",),
        "nutm1_joined_to_bet_complex": ("gene",),
        "nutm1_joined_to_other_gene": ("gene", "partner_class"),
        "nutm1_joined_to_neighbour": ("gene",),
        "nutm1_joined_to_unknown": (),
        "read_through_possible": (),
        "frame_kept": (),
        "frame_not_given": ("why",),
        "frame_weakened": ("why",),
        "profile_passed": ("profile",),
        # A fusion: why it does not.
        "nutm1_not_three_prime": (),
        "nutm1_joined_to_itself": (),
        "sources_contradict": ("unseen_by",),
        "reads_too_poor_to_show": ("unseen_by",),
        "antisense_part": (),
        "joint_not_exact": (),
        "order_not_known": (),
        "inferred_from_dna": (),
        "sources_not_passed": ("sources",),
        "sources_position_outside_gene": ("sources",),
        "out_of_frame": (),
        "stop_codon": ("where",),
        "part_not_translated": ("why",),
        "partner_class_unverified": ("gene",),
        "partner_hint": ("hint",),
        "below_profile": ("criterion", "observed", "required"),
        "support_not_stated": ("criterion", "required"),
        "carry_over_not_assessed": (),
        "carry_over_not_seen": ("n",),
        "carry_over_suspected": ("expected", "here", "others", "there"),
        "control_shows_joint": ("control", "here", "there"),
        "copies_not_told_apart": ("distinct", "raw"),
        "bet_partner_not_excluded": ("genes",),
        # A sample without such a fusion.
        "fish_positive_alone": (),
        "fish_positive": (),
        "fish_dual_positive_alone": ("gene",),
        "fish_dual_positive": ("gene",),
        "ihc_positive_alone": (),
        "sequence_test_positive_alone": ("kind",),
        "three_prime_imbalance_alone": ("downstream", "upstream"),
        "positive_without_fusion": ("kind",),
        "no_reads": (),
        "unreadable_nutm1_row": ("line", "source"),
        "callers_saw_nothing": ("sources",),
        "reports_without_nutm1": ("sources",),
        "quality_failed": ("criterion", "observed", "required"),
        "quality_not_assessable": ("criterion", "required"),
        "nutm1_not_interrogated": ("profile",),
        "joints_not_covered": ("joints", "profile"),
        "coverage_unknown": ("joints", "profile"),
        "laboratory_to_state": ("genes",),
        "introns_to_state": ("genes",),
        "dna_depth_not_measured": (),
        "dna_under_rna_profile": ("profile",),
        "rna_under_dna_profile": ("profile",),
        "complex_not_covered": ("genes",),
        "no_rna_control": ("profile",),
        "nothing_seen": ("profile",),
        "loci_only": (),
        "quality_not_asked": ("criterion",),
        "partners_not_nameable": ("genes",),
        # Beside any state.
        "joint_shared": ("n", "others"),
        "joint_shared_not_counted": ("n", "others"),
        "private_joint_shared": ("n", "others"),
        "run_negative_control_positive": ("controls",),
        "run_positive_control_negative": ("controls",),
        "negative_control_positive": (),
        "positive_control_negative": (),
        "three_prime_imbalance": ("downstream", "upstream"),
        "orthogonal_concordant": ("kind", "result"),
        "orthogonal_discordant": ("kind", "result"),
        "orthogonal_same_partner": ("kind", "result"),
        "orthogonal_same_joint": ("kind", "result"),
        "orthogonal_other_fusion": ("kind", "result"),
        "orthogonal_test": ("kind", "result"),
        "unassigned_nutm1_reads": ("clusters", "fragments"),
        "sources_disagree": ("sources",),
        "source_frame_differs": ("frame", "sources"),
        # A gate of the policy.
        "gate_declared_only": (),
        "gate_disease_for_board": (),
        "gate_confirmed": ("profile",),
        "gate_complex_for_board": ("gene",),
        "gate_partner_not_bet": ("gene",),
        "gate_partner_unresolved": ("gene",),
        "gate_partner_not_identified": (),
        "gate_not_established": (),
        "gate_nothing_seen": (),
        "gate_silent": (),
        "gate_of_a_control": (),
        # The other samples of the run.
        "run_level_not_assessed": (),
        "run_not_stated": (),
        "alone_in_run": (),
        # Detectability.
        "no_sequence_in_panel": (),
        "not_counted": (),
        "limit_of_rna_only": (),
        "unmapped_reads_missing": (),
        "wild_type_not_interrogated": (),
        "no_sequence_behind_exon": (),
        "no_fragment_across": (),
        "too_few_across": ("n",),
        "limit_at_exon": ("exon", "gene", "limit"),
        "limit_is_high": ("limit",),
        "limit_not_known": ("genes",),
    }
)
"""Every code with the values it carries, sorted. Counts are fragments."""

_FIGURE: Final = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)")


def reason(code: str, **values: object) -> str:
    """Write a reason of the closed list.

    Raises:
        ValueError: The code is not in ``REASONS``, or its values are not those it carries.
    """
    if REASONS.get(code) != tuple(sorted(values)):
        raise ValueError(f"not a documented reason: {code} with {sorted(values)}")
    return str(Reason.of(code, **values))


def outcome_reason(code: str, outcome: CriterionOutcome) -> str:
    """Write a reason about a criterion: its identifier, and the bare figures of its texts.

    Units are not repeated: they belong to the criterion. Two figures are joined by a slash.
    ``observed`` is written only for codes that carry it.
    """
    figures = {
        "observed": "/".join(_FIGURE.findall(outcome.observed or "")),
        "required": "/".join(_FIGURE.findall(outcome.required)),
    }
    values = {key: figures[key] for key in REASONS[code] if key in figures}
    return reason(code, criterion=outcome.id, **values)

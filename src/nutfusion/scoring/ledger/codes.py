"""The closed list of codes of the ledger; the message catalogue has a sentence for each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from nutfusion.model.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

LEDGER_CODES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        # What a result says.
        "says_ihc_positive": (),
        "says_ihc_negative": (),
        "says_fish_positive": (),
        "says_fish_negative": (),
        "says_fish_dual_positive": ("gene",),
        "says_fish_dual_negative": ("gene",),
        "says_sequence_positive": ("joint",),
        "says_sequence_positive_unnamed": (),
        "says_sequence_negative": (),
        "says_equivocal": (),
        "says_failed": (),
        # What such a test can and cannot show.
        "can_show_protein": (),
        "can_show_locus_broken": (),
        "can_show_loci_together": (),
        "can_show_transcript": (),
        "can_show_bases": (),
        "cannot_name_partner": (),
        "cannot_show_joint": (),
        "cannot_show_transcript": (),
        "cannot_confirm_alone": (),
        "cannot_see_other_joints": (),
        "cannot_be_checked_here": (),
        "cannot_exclude": (),
        # Figures beside published ones, and how words were read.
        "nuclei_above": ("published", "stated"),
        "nuclei_not_above": ("published", "stated"),
        "nuclei_not_stated": ("published",),
        "split_above": ("published", "stated"),
        "split_not_above": ("published", "stated"),
        "split_not_stated": ("published",),
        "clone_other": ("clone", "published"),
        "clone_not_stated": ("published",),
        "probe_not_stated": (),
        "probe_gene_not_known": ("gene",),
        "claim_not_given": (),
        "claim_not_placed": (),
        "claim_without_exon": (),
        "claim_ambiguous": ("n",),
        # Beside what was read: agreement.
        "locus_agrees": (),
        "same_partner": ("gene",),
        "same_joint": ("joint",),
        "one_meaning_same_joint": ("joint", "n"),
        "other_partner_expected": ("gene", "read"),
        "both_silent": (),
        # Beside what was read: conflict.
        "test_negative_fusion_read": ("fusion", "kind"),
        "test_other_partner": ("kind", "read", "said"),
        "test_other_joint": ("kind", "read", "said"),
        "test_positive_nothing_read": ("kind",),
        "tests_disagree": ("kind", "other"),
        "claims_differ": ("kind", "other"),
        # Beside what was read: neither.
        "result_not_usable": (),
        "neighbour_needs_not_agree": ("gene",),
        "partner_not_read": (),
        "partner_not_stated": (),
        "joint_not_stated": (),
        "negative_of_unnamed": (),
        "nothing_examined": (),
        "reads_could_not_show": (),
        # What else a suggestion rests on.
        "read_from_partner_side": ("genes",),
        # Which test would help next.
        "rna_from_nutm1_side": (),
        "complete_the_profile": (),
        "new_material": (),
        "measure_quality": (),
        "rna_control": (),
        "repeat_run": (),
        "look_at_reads": (),
        "read_the_row": (),
        "compare_the_run": (),
        "new_extraction_other_run": (),
        "partner_sequence": (),
        "whole_transcriptome": (),
        "rna_for_transcript": (),
        "fish_break_apart": (),
        "other_rna_assay": (),
        "see_the_sequence": (),
        "deeper_sequencing": (),
        "library_with_umis": (),
        "rt_pcr_across_joint": ("five_prime", "three_prime"),
        # Why it would help.
        "next_not_covered": (),
        "next_partner_side_only": (),
        "next_coverage_unknown": (),
        "next_poor_material": (),
        "next_quality_unknown": (),
        "next_no_control": (),
        "next_control_failed": (),
        "next_nothing_examined": (),
        "next_no_read_examined": (),
        "next_row_unreadable": (),
        "next_run_not_compared": (),
        "next_carry_over": (),
        "next_partner_not_named": (),
        "next_partner_unknown": (),
        "next_no_transcript": (),
        "next_protein_alone": (),
        "next_missed_by_assay": (),
        "next_sequence_not_seen": (),
        "next_imbalance": (),
        "next_few_fragments": (),
        "next_copies": (),
        "next_joint_in_doubt": (),
        "next_test_says_otherwise": (),
        "next_no_frame": (),
        "next_reciprocal": (),
        "next_everyday_explanation": (),
    }
)
"""Every code with the values it carries, sorted."""


def said(code: str, **values: object) -> str:
    """Write a code of the closed list.

    Raises:
        ValueError: The code is not in ``LEDGER_CODES``, or its values are not those it carries.
    """
    if LEDGER_CODES.get(code) != tuple(sorted(values)):
        raise ValueError(f"not a code of the ledger: {code} with {sorted(values)}")
    return str(Reason.of(code, **values))

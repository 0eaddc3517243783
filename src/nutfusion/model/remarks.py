"""The closed list of remarks about other programs' rows: why something is null, what differs.

They stand in ``ReportedFusion.problems``, ``CallerFile.notes`` and ``SourceStatement.remarks``; the
dossier's message catalogue has one French and one English sentence per code.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from nutfusion.model.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

REMARKS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        # A row: why something of it is null, or was changed.
        "row_unreadable": (),
        "no_position_stated": (),
        "assembly_unknown": (),
        "no_lift_from_grch37": (),
        "strand_not_stated": (),
        "order_not_stated": (),
        "both_parts_same_end": ("end",),
        "position_outside_gene": ("gene",),
        "gene_from_position": ("gene",),
        "gene_is_intergenic": (),
        "several_genes_stated": (),
        "exon_without_transcript": (),
        "transcript_not_in_panel": (),
        "other_transcript_version": (),
        "not_placed_on_transcript": (),
        "antisense_to_gene": ("gene",),
        "break_before_first_exon_end": ("gene",),
        "break_after_last_exon_start": ("gene",),
        "positions_are_bounds": (),
        "mate_record_missing": (),
        "count_not_whole": ("name",),
        "positions_in_genome_order": (),
        "candidates_before_filters": (),
        "fusions_left_out": ("kept", "n"),
        "several_joints_stated": ("joints",),
        "gene_names_exchanged": (),
        "frames_differ_by_transcript": (),
        "positions_may_be_off": ("bases",),
        "mate_row_missing": (),
        "segment_order_odd": (),
        "several_breakpoints_stated": (),
        "molecule_not_stated": (),
        "partner_not_stated": (),
        "not_passed": (),
        "position_is_a_range": (),
        # A file: what is to be known about its silence.
        "silence_depends_on_captured_genes": (),
        "report_list_without_nutm1": ("other",),
        "report_without_rna": (),
        "report_without_fusion_section": (),
        "only_listed_targets": (),
        "nutm1_is_no_target": (),
        "imbalance_assay_not_read": ("gene",),
        "tool_not_understood": ("tool",),
        "positions_inexact": ("tool",),
        "several_positions_stated": (),
        "zero_for_unknown_counts": (),
        "list_of_enough_tools_only": (),
        "break_in_exon": ("gene",),
        "break_before_nutm1": ("inside",),
        "within_one_gene": ("gene",),
        "nutm1_if_assembly": ("assembly",),
        "joint_moved_in_homology": ("bases",),
        "mate_missing": (),
        "single_breakend": (),
        "event_names_other_genes": (),
        "sequence_between_parts": (),
        "categorical_fusion": (),
        "regulatory_fusion": (),
        "several_samples": ("samples",),
        "positions_without_assembly": (),
        "limited_to_patterns": (),
        "closing_line_missing": (),
        "positions_from_files_beside": ("breakends", "svs"),
        # A source: how it was matched to a call, where it differs.
        "position_differs": ("five_prime", "three_prime"),
        "order_differs": (),
        "gene_differs": ("says",),
        "gene_pair_only": (),
        "partner_named_by_caller": (),
        "break_of_dna": (),
        "assembly_inferred": ("assembly",),
        "format_not_seen_on_real_file": (),
    }
)
"""Every code with the values it carries, sorted."""

DOUBTS: Final = frozenset({"not_passed", "position_outside_gene"})
"""Remarks of a row that speak against the fusion that it reports. They stand beside the source, and
stop a confirmation when every source of the joint has one."""


def remark(code: str, **values: object) -> str:
    """Write a remark of the closed list.

    Raises:
        ValueError: The code is not in ``REMARKS``, or its values are not those it carries.
    """
    if REMARKS.get(code) != tuple(sorted(values)):
        raise ValueError(f"not a documented remark: {code} with {sorted(values)}")
    return str(Reason.of(code, **values))

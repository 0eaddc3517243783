"""A spliced transcript under the name that it ships with, so that exon numbers never change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nutfusion.reference.shipped import is_unversioned
from nutfusion.reference.verify import same_coding_part

if TYPE_CHECKING:
    from nutfusion.model.panel import Transcript


def as_shipped(built: Transcript, target: Transcript, notes: list[str]) -> Transcript:
    """Give a spliced transcript the name and exons of the shipped one.

    Args:
        built: Spliced and checked; its accession may have another version, or be the RefSeq twin.
        target: The shipped transcript, with or without exons.
        notes: Gets what is not the same.

    Returns:
        The shipped accession, exons and protein check with the built sequence and blocks. Where
        nobody checked the shipped coding part, the exons have the annotation's.
    """
    same_name = built.accession == target.accession
    if not same_name:
        notes.append(
            f"{target.accession}: the sequence is that of {built.accession}, which has the "
            "same inner exons and coding part"
        )
    exons = target.exons or built.exons
    if target.exons and not same_coding_part(built.exons, target):
        exons = tuple(
            replace(
                shipped,
                cds_start=own.cds_start,
                cds_end=own.cds_end,
                start_phase=own.start_phase,
                end_phase=own.end_phase,
            )
            for shipped, own in zip(target.exons, built.exons, strict=True)
        )
        notes.append(
            f"{target.accession}: the coding part is the annotation's "
            f"({built.protein_length} residues); the shipped one was not checked"
        )
    outer = (exons[0].start, exons[0].end, exons[-1].start, exons[-1].end)
    found = (
        built.exons[0].start,
        built.exons[0].end,
        built.exons[-1].start,
        built.exons[-1].end,
    )
    if outer != found:
        notes.append(
            f"{target.accession}: the sequence begins or ends elsewhere than the shipped exons"
        )
    return replace(
        built,
        accession=target.accession,
        is_mane=target.is_mane,
        synonyms=target.synonyms
        if same_name or is_unversioned(built.accession)
        else (*target.synonyms, built.accession),
        exons=exons,
        cds_checked=target.cds_checked,
        sequence_of=None if same_name else built.accession,
    )

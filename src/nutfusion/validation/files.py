"""The files of a validation: truth table, outcomes, record, report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.dossier.messages import Language
from nutfusion.model.atomic import write_atomically
from nutfusion.validation.paper import pdf
from nutfusion.validation.report import report_html, report_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nutfusion.validation.document import Validation
    from nutfusion.validation.judge import Outcome

PDFS: Final = {Language.FR: "validation.pdf", Language.EN: "validation.en.pdf"}
"""The report on paper, by language."""

COLUMNS: Final = (
    "sample", "made_with", "stratum", "gene", "five_contig", "five_position", "three_contig",
    "three_position", "exon_boundary", "in_frame", "split", "discordant", "starts", "long_split",
    "hopped", "fraction", "passes_profile", "read_length", "error_rate", "library", "umi",
    "copies", "strandedness", "identity", "right_states", "why", "seen", "exact", "state",
    "state_alone", "counted_split", "counted_discordant", "other_calls",
)  # fmt: skip
"""Columns of ``truth.tsv``: the truth up to ``why``, then what was found. Positions are GRCh38,
1-based: the last base of the 5' part and the first of NUTM1. An empty cell is ``null``."""


def truth_table(outcomes: Sequence[Outcome]) -> str:
    """The truth about every sample, and what was found; tab-separated."""
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(map(_cell, _row(one))) for one in outcomes]
    return "\n".join(lines) + "\n"


def _row(one: Outcome) -> tuple[object, ...]:
    truth, joint = one.truth, one.truth.joint
    return (
        truth.id,
        one.planned,
        truth.stratum,
        truth.gene,
        joint and joint.five_contig,
        joint and joint.five,
        joint and joint.three_contig,
        joint and joint.three,
        joint and joint.boundary,
        truth.in_frame,
        truth.split,
        truth.discordant,
        truth.starts,
        truth.long_split,
        truth.hopped,
        one.fraction,
        truth.passes,
        one.read_length,
        one.error_rate,
        one.library,
        one.umi,
        one.copies,
        one.strandedness,
        one.identity,
        " ".join(truth.states),
        truth.why,
        one.seen,
        one.exact,
        one.state,
        one.state_alone,
        one.split,
        one.discordant,
        "; ".join(one.extra),
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def write_files(validation: Validation, outcomes: Sequence[Outcome], folder: Path) -> None:
    """Write everything; ``validation.json`` last, so that where it is, the others are."""
    write_atomically(folder / "truth.tsv", truth_table(outcomes))
    write_atomically(folder / "validation.html", report_html(validation))
    footer = f"nutfusion {validation.nutfusion}   {report_id(validation)}"
    for language, name in PDFS.items():
        page = report_html(validation, languages=(language,))
        write_atomically(folder / name, pdf(page, language, footer))
    write_atomically(folder / "validation.json", validation.model_dump_json(indent=2) + "\n")

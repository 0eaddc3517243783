"""Assay profiles for tests: the shipped one, with one change."""

from __future__ import annotations

from typing import Any, Final

from nutfusion.scoring import AssayProfile, load_assay
from nutfusion.scoring.interrogates import Interrogates

STATED: Final[dict[str, str]] = {
    "kind": "stated",
    "reference": "a made-up laboratory",
    "date": "2026-11-26",
}
UNVERIFIED: Final[dict[str, str]] = STATED | {"kind": "unverified"}

MANE: Final = {
    "NUTM1": "NM_001284292.2",
    "BRD4": "ENST00000679869.1",
    "BRD3": "ENST00000303407.12",
    "BRD2": "ENST00000374825.9",
    "NSD3": "ENST00000317025.13",
}
"""Transcripts in which the exon numbers of these tests are counted."""


def rnaseq() -> AssayProfile:
    """The default profile."""
    return load_assay()


def target(gene: str, *exons: int, **changes: Any) -> dict[str, Any]:
    """A gene whose exons (all without numbers) are captured, so that both sides are read."""
    values: dict[str, Any] = {
        "gene": gene,
        "interrogated": True,
        "exons": list(exons) or "all",
        "transcript": MANE[gene] if exons else None,
        "side": "both",
        "source": STATED,
    }
    return values | changes


def blind(gene: str, **changes: Any) -> dict[str, Any]:
    """A gene without primers or baits."""
    return {"gene": gene, "interrogated": False, "source": STATED} | changes


def interrogating(*targets: dict[str, Any], **changes: Any) -> AssayProfile:
    """The default profile of an assay with these targets and no others."""
    values: dict[str, Any] = {
        "targets": targets,
        "joint_needs": "one_side",
        "other_genes": False,
        "source": STATED,
    } | changes
    molecule = values.pop("molecule", "rna")
    update = {"interrogates": Interrogates.model_validate(values), "molecule": molecule}
    return rnaseq().model_copy(update=update)

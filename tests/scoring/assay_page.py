"""The tables of ``docs/assays.md``, made from the shipped profiles.

``python -m tests.scoring.assay_page`` writes them again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from nutfusion.model.atomic import write_atomically
from nutfusion.model.interrogates import AssayReach, Reached
from nutfusion.model.panel import NUTM1
from nutfusion.reference import load_panel
from nutfusion.scoring import AssayProfile, load_assay
from nutfusion.scoring.reach import assay_reach
from nutfusion.shipped import shipped_names

PAGE: Final = Path(__file__).parents[2] / "docs" / "assays.md"
START: Final = "<!-- tables: made by python -m tests.scoring.assay_page -->\n"
END: Final = "<!-- end of tables -->\n"

_QUALITY: Final = (
    "min_fragments",
    "min_read_length_mean",
    "min_mean_base_quality",
    "min_partner_wild_type",
)
_FUSION: Final = (
    "min_supporting_fragments",
    "min_split_reads",
    "min_distinct_starts",
    "min_anchor",
    "min_partner_identity",
)


def tables() -> str:
    """What each profile interrogates, then what it asks of a sample and of a fusion."""
    profiles = [load_assay(name) for name in shipped_names("assays", ".yaml")]
    rows = [
        "| profile | for | *NUTM1* | partners | known joints of BET genes |",
        "|---|---|---|---|---|",
        *(_reach_row(profile) for profile in profiles),
        "",
        "| profile | " + " | ".join(f"`{key}`" for key in (*_QUALITY, *_FUSION)) + " |",
        "|---|" + "---|" * len((*_QUALITY, *_FUSION)),
        *(_threshold_row(profile) for profile in profiles),
        "",
    ]
    return "\n".join(rows)


def current_page() -> str:
    """The page with its tables as they should be."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    return f"{before}{START}\n{tables()}\n{END}{after}"


def _reach_row(profile: AssayProfile) -> str:
    reach = assay_reach(profile.interrogates, profile.molecule, load_panel())
    return (
        f"| `{profile.id}` | {profile.description.en} | {_nutm1(profile)} | {_partners(profile)} |"
        f" {_joints(reach)} |"
    )


def _nutm1(profile: AssayProfile) -> str:
    target = profile.interrogates.target(NUTM1)
    if target is None:
        return "yes"
    said = {True: "yes", False: "no", None: "to be stated"}[target.interrogated]
    is_doubtful = not target.source.is_verified and target.interrogated is not None
    return f"{said}, *unverified*" if is_doubtful else said


def _partners(profile: AssayProfile) -> str:
    targets = profile.interrogates.targets
    if targets == "all":
        return "any"
    named = []
    for target in targets:
        if target.gene == NUTM1 or not target.interrogated or not target.source.is_verified:
            continue
        exons = target.exons if profile.molecule == "rna" else target.introns
        numbers = "" if exons in (None, "all") else f" {', '.join(map(str, exons or ()))}"
        named.append(f"{target.gene}{numbers}")
    if assay_reach(profile.interrogates, profile.molecule, load_panel()).partners == "all":
        return "any"
    return "; ".join(named) or "none known"


def _joints(reach: AssayReach) -> str:
    words = {
        Reached.COVERED: "covered",
        Reached.NOT_COVERED: "not covered",
        Reached.UNKNOWN: "unknown",
    }
    bet = [joint for joint in reach.joints if joint.gene.startswith("BRD")]
    parts = []
    for answer, word in words.items():
        labels = [joint.label.replace(":", " exon ") for joint in bet if joint.reached is answer]
        if labels:
            parts.append(word if len(labels) == len(bet) else f"{word}: {', '.join(labels)}")
    return "; ".join(parts)


def _threshold_row(profile: AssayProfile) -> str:
    groups = [(profile.quality, _QUALITY), (profile.thresholds, _FUSION)]
    values = [getattr(group, key).value for group, keys in groups for key in keys]
    cells = ["not asked" if v is None else f"{v:,.2f}".removesuffix(".00") for v in values]
    return f"| `{profile.id}` | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    write_atomically(PAGE, current_page())

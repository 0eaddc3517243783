"""Is the limit of detection at the joint of most patients low enough for a negative?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.model.exon_names import NumberingTag
from nutfusion.model.terms import Verdict
from nutfusion.scoring.criterion import NOT_ASKED, number, outcome
from nutfusion.scoring.detectability import TOO_FEW
from nutfusion.scoring.limit import LARGEST
from nutfusion.scoring.quality import CONTROL_GENE, LIMIT
from nutfusion.scoring.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.scored import (
        CriterionOutcome,
        ExonEndDetectability,
        PartnerDetectability,
    )
    from nutfusion.scoring.assay import Share

REMARKED: Final = 0.1
"""Limit above which a negative carries a remark: one of two alleles in a fifth of the cells (chosen
by us, ADR 0018; with so many tumour cells or more, success of 767 targeted RNA tests did not depend
on their share: Arch Pathol Lab Med 145:1405, 2021)."""


def control_ends(rows: Sequence[PartnerDetectability]) -> tuple[ExonEndDetectability, ...]:
    """The verified catalogued joints of BRD4: most patients have one of them."""
    return tuple(
        end
        for row in rows
        if row.gene == CONTROL_GENE
        for end in row.exon_ends
        if end.tag is NumberingTag.VERIFIED
    )


def limit_outcome(rows: Sequence[PartnerDetectability], highest: Share) -> CriterionOutcome:
    """Hold the worst limit of BRD4's verified joints against the profile.

    No limit because hardly a wild-type fragment was there fails; none for any other reason is
    unknown.
    """
    ends = control_ends(rows)
    limits = [end.detection_limit for end in ends]
    observed, verdict = None, Verdict.NOT_ASSESSABLE
    if any(end.detection_limit is None and _is_too_few(end) for end in ends):
        observed, verdict = f"a share of more than {number(LARGEST)}", Verdict.NOT_MET
    elif limits and None not in limits:
        worst = max(limit for limit in limits if limit is not None)
        observed = f"a share of {number(worst)}"
        if highest.value is not None:
            verdict = Verdict.MET if worst <= highest.value else Verdict.NOT_MET
    if highest.value is None:
        return outcome(LIMIT, Verdict.NOT_ASSESSABLE, observed, NOT_ASKED, highest.source.text)
    required = f"a share of at most {number(highest.value)}"
    return outcome(LIMIT, verdict, observed, required, highest.source.text)


def _is_too_few(end: ExonEndDetectability) -> bool:
    return (end.reason or "").startswith(TOO_FEW)


def limit_reasons(rows: Sequence[PartnerDetectability]) -> tuple[str, ...]:
    """What a negative says of the limit: BRD4's, whether it is high, and the genes without one."""
    out = []
    for end in control_ends(rows):
        limit = end.detection_limit
        if limit is not None:
            values = {"gene": CONTROL_GENE, "exon": end.exon, "limit": number(limit)}
            out.append(reason("limit_at_exon", **values))
            if limit > REMARKED:
                out.append(reason("limit_is_high", limit=number(limit)))
    # of genes without a sequence ``partners_not_nameable`` says it
    without = [
        row.gene
        for row in rows
        if row.detection_limit is None and row.reason != reason("no_sequence_in_panel")
    ]
    if without:
        out.append(reason("limit_not_known", genes=" ".join(without)))
    return tuple(out)

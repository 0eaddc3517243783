"""A dossier in which everything from outside tries to act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.dossier import builders

from nutfusion.model.dossier import Declared, OrthogonalTest

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier

BAD: Final = "\"><script>alert(1)</script><img src=x onerror=alert(2)>&'{{7*7}}#panic(1)$7*7$"
"""Markup of the page, of its template and of the paper's template."""


def hostile_dossier() -> Dossier:
    """A fusion, a sample and declared tests whose every word is ``BAD``."""
    fused, reads = builders.canonical_reads()
    call = builders.call(
        fusion_id=BAD,
        five_prime_gene=builders.BRD4.model_copy(update={"symbol": BAD, "hgnc_id": BAD}),
        support=builders.support(
            tuple(read.model_copy(update={"name": BAD}) for read in reads),
            sources=tuple(
                source.model_copy(update={"name": BAD, "kind": BAD, "evidence": BAD})
                for source in builders.support(reads).sources
            ),
        ),
        consensus_sequence=fused,
    )
    facts = builders.sample(
        id=BAD,
        run=BAD,
        declared=Declared(disease=BAD, pretreated=None, relapse=None),
        orthogonal=(
            OrthogonalTest(kind="ihc", result="positive", detail=BAD, clone=BAD),
            OrthogonalTest(kind="rt_pcr", result="positive", detail=None, joint=f"BRD4 {BAD}"),
            OrthogonalTest(
                kind="fish", result="positive", detail=None, probe="dual_fusion", probe_partner=BAD
            ),
        ),
    )
    dossier = builders.dossier(call, facts=facts, sample=BAD)
    changed = {"state_reasons": (BAD,), "run_level_reason": BAD}
    return dossier.model_copy(update=changed)

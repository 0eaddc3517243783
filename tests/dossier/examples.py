"""The example dossiers of ``docs/examples``.

``python -m tests.dossier.examples`` writes them again, ``example_dossiers`` builds them from
``SampleScored`` objects: builders today, so that every state has one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.builders import exon_ends
from tests.dossier import builders

from nutfusion.dossier.build import build_dossier
from nutfusion.dossier.document import dossier_json
from nutfusion.dossier.page import dossier_html
from nutfusion.eligibility.evaluate import evaluate
from nutfusion.eligibility.policy import load_policy
from nutfusion.model.atomic import write_atomically
from nutfusion.model.dossier import Declared, OrthogonalTest
from nutfusion.model.evidence import UnassignedCluster
from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.model.call import FusionCall
    from nutfusion.model.dossier import Dossier, DossierSample
    from nutfusion.model.scored import SampleScored

EXAMPLES: Final = Path(__file__).parents[2] / "docs" / "examples"
"""Where the committed examples are."""

WITH_PAGE: Final = "positive"
"""The example whose page is committed too."""


def example_dossiers() -> dict[str, Dossier]:
    """Every example by its name."""
    return {
        name: _dossier(scored, facts)
        for name, (scored, facts) in {
            "positive": _positive(),
            "unknown-partner": _unknown_partner(),
            "neighbour": _neighbour(),
            "negative": _negative(),
            "failed": _failed(),
        }.items()
    }


def write_examples(dossiers: Mapping[str, Dossier], directory: Path) -> None:
    """Write ``<name>.json`` for every dossier, and the page of the one in ``WITH_PAGE``."""
    for name, dossier in dossiers.items():
        write_atomically(directory / f"{name}.json", dossier_json(dossier))
        if name == WITH_PAGE:
            page = dossier_html(dossier, builders.panel())
            write_atomically(directory / f"{name}.html", page)


def _dossier(scored: SampleScored, facts: DossierSample) -> Dossier:
    policy = evaluate(scored, facts, load_policy())
    return build_dossier(scored, facts, policy, panel_label=builders.panel().name)


def _positive() -> tuple[SampleScored, DossierSample]:
    tests = (
        OrthogonalTest(
            kind="ihc", result="positive", detail=None, clone="C52B1", positive_nuclei=80
        ),
        OrthogonalTest(
            kind="rt_pcr", result="positive", detail=None, joint="BRD4 exon 11::NUTM1 exon 2"
        ),
    )
    facts = builders.sample(
        id="EX-POS-01",
        run="RUN-2026-07",
        declared=Declared(disease="carcinome NUT", pretreated=True, relapse=True),
        orthogonal=tests,
    )
    qc = builders.qc(
        fragments_kept=431,
        nutm1_fragments=402,
        nutm1_upstream_fragments=0,
        nutm1_downstream_fragments=391,
    )
    return builders.scored(builders.call(), tests=tests, sample=facts.id, qc=qc), facts


def _unknown_call() -> FusionCall:
    _, after = builders.canonical_parts()
    part = builders.UNKNOWN_PART
    fused = part + after
    joint = len(part)
    reads = builders.split_reads(fused, joint, (18, 25, 33, 36, 52))
    return builders.call(
        fusion_id="nf1.b71d20ce44",
        five_prime_gene=None,
        junction=builders.junction(
            exact=False, five_prime=None, homology=None, linker_sequence=None
        ),
        support=builders.support(reads),
        longest_five_prime_anchor=62,
        longest_three_prime_anchor=47,
        consensus_sequence=fused,
        consensus_junction_offset=joint,
        partner_identity=None,
    )


def _unknown_partner() -> tuple[SampleScored, DossierSample]:
    facts = builders.sample(id="EX-INC-02", run="RUN-2026-07")
    qc = builders.qc(
        fragments_kept=118,
        nutm1_fragments=97,
        nutm1_upstream_fragments=0,
        nutm1_downstream_fragments=92,
    )
    return builders.scored(_unknown_call(), sample=facts.id, qc=qc), facts


def _neighbour() -> tuple[SampleScored, DossierSample]:
    mane = builders.panel().mane("SLC12A6")
    assert mane is not None
    exon = mane.exons[1]
    before, after = builders.canonical_parts()
    fused = before[:40][::-1] + before[40:100][::-1] + after
    reads = builders.split_reads(fused, builders.FLANK, (41, 55, 63, 70))
    call = builders.call(
        fusion_id="nf1.90aa3c7f15",
        five_prime_gene=builders.SLC12A6,
        junction=builders.junction(five_prime=builders.end("chr15", exon.start, Strand.MINUS)),
        support=builders.support(reads),
        longest_five_prime_anchor=59,
        longest_three_prime_anchor=45,
        consensus_sequence=fused,
        partner_identity=None,
    )
    facts = builders.sample(id="EX-VOI-03", run="RUN-2026-07")
    qc = builders.qc(
        fragments_kept=64,
        nutm1_fragments=51,
        nutm1_upstream_fragments=9,
        nutm1_downstream_fragments=38,
    )
    return builders.scored(call, sample=facts.id, qc=qc), facts


def _negative() -> tuple[SampleScored, DossierSample]:
    facts = builders.sample(
        id="EX-NEG-04",
        run="RUN-2026-07",
        declared=Declared(
            disease="carcinome épidermoïde peu différencié", pretreated=True, relapse=None
        ),
    )
    cluster = UnassignedCluster(
        reason="too_few_fragments", contig="chr15", position=34347969, fragments=1, sequence=None
    )
    return builders.scored(sample=facts.id, qc=builders.qc(unassigned=(cluster,))), facts


def _failed() -> tuple[SampleScored, DossierSample]:
    facts = builders.sample(id="EX-ECH-05", run="RUN-2026-07")
    low = builders.qc(
        fragments=41_206,
        reads=82_412,
        bases=4_038_188,
        read_length_max=50,
        read_length_mean=49.0,
        mean_base_quality=27.9,
        fragments_kept=0,
        nutm1_fragments=0,
        nutm1_upstream_fragments=0,
        nutm1_downstream_fragments=0,
        exon_ends=exon_ends(1, 0),
        partner_fragments=tuple(
            row.model_copy(update={"fragments": 11 if row.gene.symbol == "BRD4" else None})
            for row in builders.qc().partner_fragments
        ),
        insert_size_median=None,
    )
    return builders.scored(sample=facts.id, qc=low), facts


if __name__ == "__main__":
    write_examples(example_dossiers(), EXAMPLES)

"""Fusions of many shapes, for what must hold of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests import builders as shared
from tests.dossier import builders

from nutfusion.model.terms import FusionDetection, Strand

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall


def _bounded(**changes: Any) -> FusionCall:
    return builders.call(
        junction=shared.bounded_junction(),
        consensus_sequence=None,
        consensus_junction_offset=None,
        partner_identity=None,
        support=builders.support(split_reads=0, discordant_pairs=3),
        **changes,
    )


def _linker() -> FusionCall:
    before, after = builders.canonical_parts()
    fused = f"{before}ACGT{after}"
    reads = builders.split_reads(fused, builders.FLANK, (40, 50, 60))
    return builders.call(
        junction=builders.junction(linker_sequence="ACGT"),
        consensus_sequence=fused,
        support=builders.support(reads),
    )


CASES: Final[dict[str, FusionCall]] = {
    "canonical": builders.call(),
    "linker": _linker(),
    "bounded": _bounded(),
    "out of frame": shared.partner_call("BRD4", 12),
    "inside an exon": shared.fusion_call(
        junction=shared.junction(five_prime=shared.donor_end("BRD4", 11, inside=10))
    ),
    "in an intron": shared.fusion_call(
        junction=shared.junction(five_prime=shared.end("chr19", 15253000, Strand.MINUS))
    ),
    "beyond the transcript": shared.fusion_call(
        junction=shared.junction(five_prime=shared.end("chr19", 15000000, Strand.MINUS))
    ),
    "other contig": shared.fusion_call(
        junction=shared.junction(five_prime=shared.end("chr1", 1000, Strand.MINUS))
    ),
    "many exons": shared.partner_call("NSD3", 7),
    "neighbour": shared.partner_call("SLC12A6", 2),
    "sarcoma": shared.partner_call("CIC", 2),
    "no exons in the panel": shared.fusion_call(five_prime_gene=shared.gene("MGA")),
    "unknown partner": shared.unknown_partner_call(partner_hint="intron_end"),
    "reciprocal": shared.fusion_call(
        five_prime_gene=builders.NUTM1,
        three_prime_gene=builders.BRD4,
        junction=shared.junction(
            five_prime=shared.donor_end("NUTM1", 2), three_prime=shared.acceptor_end("BRD4", 12)
        ),
    ),
    "nutm1 unplaced": shared.fusion_call(
        three_prime_gene=None, junction=shared.junction(exact=False, three_prime=None)
    ),
    "inferred": shared.fusion_call(
        five_prime_gene=None,
        fusion_detection=FusionDetection.INFERRED,
        junction=shared.junction(
            exact=False, five_prime=None, three_prime=None, homology=None, linker_sequence=None
        ),
        support=shared.support(
            split_reads=None,
            discordant_pairs=None,
            distinct_starts=None,
            split_reads_raw=None,
            discordant_pairs_raw=None,
            reads_total=None,
        ),
        longest_five_prime_anchor=None,
        longest_three_prime_anchor=None,
        partner_identity=None,
    ),
    "counts unknown": shared.fusion_call(
        support=shared.support(split_reads=4, discordant_pairs=None, reads_total=None)
    ),
}
"""One call per shape."""

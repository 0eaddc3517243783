"""Domains kept or lost; unverified numbers keep their tag."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from tests.builders import (
    acceptor_end,
    bounded_junction,
    donor_end,
    fusion_call,
    gene,
    junction,
    partner_call,
    starter_panel,
    unknown_partner_call,
)

from nutfusion.annotation import annotate_call
from nutfusion.model.panel import Domain

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall

KEPT, LOST, UNKNOWN = "preserved", "lost", "unknown"


@pytest.mark.parametrize(
    ("call", "statuses"),
    [
        (
            partner_call("BRD4", 11),
            {"BD1": KEPT, "BD2": KEPT, "ET": KEPT, "AD1/F1c": KEPT},
        ),
        # ET ends exactly where exon 10 does: residue 682 is its last and is whole.
        (partner_call("BRD4", 10), {"BD1": KEPT, "BD2": KEPT, "ET": KEPT, "AD1/F1c": KEPT}),
        # One codon less and ET is cut.
        (
            fusion_call(junction=junction(five_prime=donor_end("BRD4", 10, 3))),
            {"BD1": KEPT, "BD2": KEPT, "ET": LOST, "AD1/F1c": KEPT},
        ),
        # Exon 4 is in frame but ends at residue 186: BD1 alone.
        (partner_call("BRD4", 4), {"BD1": KEPT, "BD2": LOST, "ET": LOST, "AD1/F1c": KEPT}),
        # Out of frame: BRD4 is still read, NUTM1 is not.
        (partner_call("BRD4", 12), {"BD1": KEPT, "BD2": KEPT, "ET": KEPT, "AD1/F1c": LOST}),
        (partner_call("BRD3", 9), {"BD1": KEPT, "BD2": KEPT, "ET": LOST, "AD1/F1c": LOST}),
        # MANE exon 6 is the last acceptor that keeps residues 374 to 621 whole.
        (
            partner_call("BRD4", 11, acceptor=6),
            {"BD1": KEPT, "BD2": KEPT, "ET": KEPT, "AD1/F1c": KEPT},
        ),
        (
            partner_call("BRD4", 12, acceptor=7),
            {"BD1": KEPT, "BD2": KEPT, "ET": KEPT, "AD1/F1c": LOST},
        ),
        (
            fusion_call(junction=bounded_junction()),
            {"BD1": UNKNOWN, "BD2": UNKNOWN, "ET": UNKNOWN, "AD1/F1c": UNKNOWN},
        ),
        (unknown_partner_call(), {"AD1/F1c": UNKNOWN}),
        # The reciprocal product: neither gene brings its active part.
        (
            fusion_call(
                five_prime_gene=gene("NUTM1"),
                three_prime_gene=gene("BRD4"),
                junction=junction(
                    five_prime=donor_end("NUTM1", 2), three_prime=acceptor_end("BRD4", 12)
                ),
            ),
            {"AD1/F1c": LOST, "BD1": LOST, "BD2": LOST, "ET": LOST},
        ),
    ],
)
def test_fate_of_the_domains(call: FusionCall, statuses: dict[str, str]) -> None:
    fusion = annotate_call(call, starter_panel())
    assert {domain.name: str(domain.status) for domain in fusion.domains} == statuses


def test_residues_from_memory_are_shown_as_unverified() -> None:
    fusion = annotate_call(partner_call("NSD3", 7), starter_panel())
    tags = {domain.name: domain.verified for domain in fusion.domains}
    assert tags == {"ET-binding": True, "PWWP1": False, "AD1/F1c": False}
    assert all("not verified" in d.source for d in fusion.domains if not d.verified)


def test_a_domain_that_starts_in_the_split_codon_is_not_whole() -> None:
    # NUTM1 exon 3 starts in codon 34: its first base comes from BRD4.
    domains = tuple(
        Domain("NUTM1", f"from {start}", start, 100, verified=True, source="test")
        for start in (34, 35)
    )
    panel = dataclasses.replace(starter_panel(), domains=domains)
    fusion = annotate_call(fusion_call(), panel)
    assert [(d.name, str(d.status)) for d in fusion.domains] == [
        ("from 34", LOST),
        ("from 35", KEPT),
    ]

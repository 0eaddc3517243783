"""Samples with a NUTM1 fusion that counts."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from nutfusion.validation.design import LIBRARIES, READ_LENGTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from nutfusion.validation.planned import Planned
    from nutfusion.validation.sheet import Sheet


def catalogued(sheet: Sheet) -> Iterator[Planned]:
    """Joints of the catalogue."""
    donors, _ = sheet.materials.catalogued
    for fragments, repeats in sheet.design.catalogued.items():
        for donor, length, repeat in itertools.product(donors, READ_LENGTHS, range(repeats)):
            name = f"catalogued.{donor.name}.n{fragments}.l{length}.{repeat:02d}"
            yield sheet.make(
                name,
                "catalogued",
                **sheet.joint(donor),
                fragments=fragments,
                read_length=length,
            )


def _partner(sheet: Sheet, rng: np.random.Generator, repeat: int) -> str | None:
    """Genes in turn, so that each has its share."""
    partners = sheet.materials.partners
    return partners[(repeat + int(rng.integers(0, 2))) % len(partners)] if partners else None


def random_exon(sheet: Sheet) -> Iterator[Planned]:
    """Joints of other exon edges."""
    for repeat in range(sheet.design.random_exon):
        name = f"random_exon.{repeat:03d}"
        rng = sheet.rng(name)
        gene = _partner(sheet, rng, repeat)
        donors = sheet.materials.coding_exon_ends(gene) if gene else ()
        if donors:
            acceptors = sheet.materials.acceptors
            yield sheet.make(
                name,
                "random_exon",
                **sheet.joint(
                    donors[int(rng.integers(0, len(donors)))],
                    acceptors[int(rng.integers(0, len(acceptors)))],
                ),
                fragments=int(rng.integers(5, 25)),
                read_length=READ_LENGTHS[1 + repeat % 3],
            )


def random_inside(sheet: Sheet) -> Iterator[Planned]:
    """Joints inside exons, some with inserted bases."""
    for repeat in range(sheet.design.random_inside):
        name = f"random_inside.{repeat:03d}"
        rng = sheet.rng(name)
        gene = _partner(sheet, rng, repeat)
        joint = sheet.materials.random_joint(gene, rng) if gene else None
        if joint is not None:
            five, three, linker = joint
            yield sheet.make(
                name,
                "random_inside",
                **sheet.joint(five, three),
                linker=linker,
                fragments=int(rng.integers(5, 25)),
                read_length=READ_LENGTHS[1 + repeat % 3],
            )


def reciprocal(sheet: Sheet) -> Iterator[Planned]:
    """Catalogued joints with the transcript of the other derivative chromosome."""
    donors = sheet.reversible()
    for repeat in range(sheet.design.reciprocal if donors else 0):
        yield sheet.make(
            f"reciprocal.{repeat:03d}",
            "reciprocal",
            **sheet.joint(donors[repeat % len(donors)]),
            fragments=12,
            read_length=READ_LENGTHS[1 + repeat % 3],
        )


def unknown_partner(sheet: Sheet) -> Iterator[Planned]:
    """Fusions with a transcript that the panel does not hold."""
    acceptors = sheet.materials.acceptors
    for repeat in range(sheet.design.unknown_partner):
        acceptor = acceptors[repeat % len(acceptors)]
        yield sheet.make(
            f"unknown_partner.{repeat:03d}",
            "unknown_partner",
            three_exon=acceptor.exon,
            three_at=acceptor.at,
            fragments=(5, 10, 20)[repeat % 3],
            read_length=READ_LENGTHS[1 + repeat % 3],
        )


def dilution(sheet: Sheet) -> Iterator[Planned]:
    """One joint, one sequencer, two libraries: only the number of fragments changes."""
    donors, _ = sheet.materials.catalogued
    levels = itertools.product(
        LIBRARIES, sheet.design.dilution_levels, range(sheet.design.dilution if donors else 0)
    )
    for library, fragments, repeat in levels:
        yield sheet.make(
            f"dilution.{library}.n{fragments}.{repeat:02d}",
            "dilution",
            **sheet.joint(donors[0]),
            fragments=fragments,
            library=library,
            read_length=75,
            error_rate=0.003,
            umi="none",
            copies=1,
            strandedness="reverse",
            quality="binned",
        )


def fraction(sheet: Sheet) -> Iterator[Planned]:
    """One joint, one library: the number of fragments is drawn from a fusion fraction."""
    donors, _ = sheet.materials.catalogued
    levels = itertools.product(
        sheet.design.fraction_levels, range(sheet.design.fraction if donors else 0)
    )
    for fraction, repeat in levels:
        yield sheet.make(
            f"fraction.f{fraction:g}.{repeat:02d}",
            "fraction",
            **sheet.joint(donors[0]),
            fraction=fraction,
            library="fresh",
            read_length=100,
            error_rate=0.003,
            umi="none",
            copies=1,
            strandedness="reverse",
            quality="binned",
        )

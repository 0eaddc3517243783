"""Samples without one, and runs whose samples receive reads of a strong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.validation.design import CLOSE_IDENTITY, IDENTITIES, READ_LENGTHS
from nutfusion.validation.materials import LEAST_PART

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutfusion.validation.planned import Planned
    from nutfusion.validation.sheet import Sheet


def wild_type(sheet: Sheet) -> Iterator[Planned]:
    """Partners at high expression."""
    partners = sheet.materials.partners or (None,)
    for repeat in range(sheet.design.wild_type):
        yield sheet.make(
            f"wild_type.{repeat:03d}",
            "wild_type",
            gene=partners[repeat % len(partners)],
            read_length=READ_LENGTHS[repeat % 4],
        )


def testis(sheet: Sheet) -> Iterator[Planned]:
    """Full-length NUTM1."""
    for repeat in range(sheet.design.testis):
        yield sheet.make(f"testis.{repeat:03d}", "testis", read_length=READ_LENGTHS[repeat % 4])


def reciprocal_alone(sheet: Sheet) -> Iterator[Planned]:
    """NUTM1 as the 5' partner, and nothing else."""
    donors = sheet.reversible()
    for repeat in range(sheet.design.reciprocal_alone if donors else 0):
        yield sheet.make(
            f"reciprocal_alone.{repeat:03d}",
            "reciprocal_alone",
            **sheet.joint(donors[repeat % len(donors)]),
            fragments=(4, 8, 16)[repeat % 3],
            read_length=READ_LENGTHS[1 + repeat % 3],
        )


def deep(sheet: Sheet) -> Iterator[Planned]:
    """Deep enough for the profile's own quality rules."""
    for repeat in range(sheet.design.deep):
        yield sheet.make(
            f"deep.{repeat:03d}", "deep", read_length=READ_LENGTHS[1 + repeat % 3], copies=1
        )


def paralogues(sheet: Sheet) -> Iterator[Planned]:
    """Invented relatives of NUTM1, and every fifth a real one where the panel has it."""
    real = sheet.materials.paralogues
    for repeat in range(sheet.design.paralogue):
        name = f"paralogue.{repeat:03d}"
        length = READ_LENGTHS[repeat // len(IDENTITIES) % 4]
        if real and repeat % 5 == 4:
            gene = sorted(real)[repeat // 5 % len(real)]
            yield sheet.make(name, "paralogue", gene=gene, read_length=length)
        else:
            identity = IDENTITIES[repeat % len(IDENTITIES)]
            yield sheet.make(name, "paralogue", identity=identity, read_length=length)


def close_paralogues(sheet: Sheet) -> Iterator[Planned]:
    """Relatives closer than any known."""
    for repeat in range(sheet.design.paralogue_close):
        yield sheet.make(
            f"paralogue_close.{repeat:03d}",
            "paralogue_close",
            identity=CLOSE_IDENTITY,
            read_length=READ_LENGTHS[repeat % 4],
        )


def neighbours(sheet: Sheet) -> Iterator[Planned]:
    """Joints to 15q14 neighbours: every second after an exon, where the exons are known."""
    genes = sheet.materials.neighbours
    acceptor = sheet.materials.acceptor
    for repeat in range(sheet.design.neighbour if genes else 0):
        name = f"neighbour.{repeat:03d}"
        rng = sheet.rng(name)
        gene = genes[repeat // 2 % len(genes)]
        at = int(rng.integers(LEAST_PART, len(sheet.materials.sequence(gene)) + 1))
        edges = sheet.materials.exon_ends(gene) if repeat % 2 == 0 else ()
        edge = edges[int(rng.integers(0, len(edges)))] if edges else None
        yield sheet.make(
            name,
            "neighbour",
            gene=gene,
            five_exon=edge and edge.exon,
            five_at=edge.at if edge else at,
            three_exon=acceptor.exon,
            three_at=acceptor.at,
            fragments=(3, 6, 12)[repeat // 2 % 3],
            read_length=READ_LENGTHS[1 + repeat % 3],
        )


def read_through(sheet: Sheet) -> Iterator[Planned]:
    """An upstream transcript that runs on into NUTM1's second exon."""
    second = sheet.materials.three_prime(2)
    for repeat in range(sheet.design.read_through if second else 0):
        yield sheet.make(
            f"read_through.{repeat:03d}",
            "read_through",
            three_exon=second and second.exon,
            three_at=second and second.at,
            fragments=(3, 6, 12)[repeat // 2 % 3],
            read_length=READ_LENGTHS[1 + repeat % 3],
        )


def runs(sheet: Sheet) -> Iterator[Planned]:
    """Sequencing runs with one strong positive."""
    donors, _ = sheet.materials.catalogued
    for repeat in range(sheet.design.runs if donors else 0):
        yield sheet.make(
            f"run.{repeat:03d}",
            "carry_over",
            **sheet.joint(donors[repeat % len(donors)]),
            fragments=1500,
            copies=1,
            umi="none",
            library="fresh",
            read_length=READ_LENGTHS[1 + repeat % 3],
            size=1 + sheet.design.receivers,
        )

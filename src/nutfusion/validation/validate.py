"""A validation from its options to its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nutfusion
from nutfusion.errors import InputError
from nutfusion.validation.asked import is_positive
from nutfusion.validation.criteria import criteria
from nutfusion.validation.document import Missing, Validation
from nutfusion.validation.failures import failures, held_back, states
from nutfusion.validation.limits import limits
from nutfusion.validation.run import Bench, Options, run_repeated, run_set
from nutfusion.validation.shares import share
from nutfusion.validation.short import short_strata
from nutfusion.validation.sources import sources_digest
from nutfusion.validation.tables import tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nutfusion.validation.document import PeerRow
    from nutfusion.validation.judge import Outcome
    from nutfusion.validation.run import Progress


def validate(
    options: Options,
    folder: Path,
    *,
    processes: int = 1,
    with_peers: bool = False,
    progress: Progress | None = None,
) -> tuple[Validation, list[Outcome]]:
    """Make the samples of a set, assess them and say what was found.

    Args:
        options: What to validate, and with what.
        folder: Where finished samples are noted, so that another call goes on.
        processes: The result does not depend on it.
        with_peers: Also run the other programs that are installed.
        progress: Called with the units done and those there are.
    """
    bench = Bench(options)
    outcomes = run_set(bench, folder, processes=processes, progress=progress)
    made, other_bytes = run_repeated(bench, outcomes)
    peers: tuple[PeerRow, ...] = ()
    if with_peers:
        from nutfusion.validation.peers import compare_peers

        peers = compare_peers(bench)
    return record(bench, outcomes, made, other_bytes, peers), outcomes


def record(
    bench: Bench,
    outcomes: Sequence[Outcome],
    repeated: int,
    other_bytes: frozenset[str],
    peers: tuple[PeerRow, ...] = (),
) -> Validation:
    """Put figures and circumstances together."""
    materials, assay, settings = bench.materials, bench.assay, bench.run_settings
    cuts, missing = materials.catalogued
    same = share(repeated - len(other_bytes), repeated)
    joints = tuple(f"{cut.gene} e{cut.exon}" for cut in cuts)
    positives = sum(is_positive(one) for one in outcomes)
    return Validation(
        nutfusion=nutfusion.__version__,
        sources=sources_digest(),
        size=bench.options.size,
        seed=bench.options.seed,
        panel=materials.panel.name,
        panel_digest=materials.panel.digest,
        panel_genes=tuple(g for g in materials.panel.genes if materials.panel.has_sequence(g)),
        assay=f"{assay.id}@{assay.version}",
        assay_digest=assay.digest,
        run_settings=f"{settings.id}@{settings.version}",
        run_settings_digest=settings.digest,
        hopping_rate=settings.hopping_rate.value,
        background=materials.background_name,
        background_digest=materials.background_digest,
        background_transcripts=len(materials.background),
        background_left_out=materials.background_left_out,
        samples=len(outcomes),
        positives=positives,
        negatives=len(outcomes) - positives,
        acceptor=f"NUTM1 e{materials.acceptor.exon}",
        catalogued=joints,
        missing=tuple(Missing(gene=m.gene, exon=m.exon, why=m.why) for m in missing),
        short=short_strata(bench.design, outcomes),
        criteria=criteria(outcomes, same, bench.options.size, joints),
        tables=tables(outcomes),
        limits=limits(outcomes),
        states=states(outcomes),
        held_back=held_back(outcomes),
        repeated=same,
        failures=failures(outcomes, other_bytes),
        peers=peers,
    )


def validate_one(options: Options, name: str, folder: Path) -> list[Outcome]:
    """Make one sample, or one run, again, and keep its reads.

    Args:
        options: As of the validation that named it.
        name: Identifier of the plan, or of a sample of a run.
        folder: Gets a folder of reads for every sample.

    Raises:
        InputError: The set has no such sample.
    """
    bench = Bench(options)
    for planned in bench.plan():
        if name == planned.id or (planned.size > 1 and name.startswith(f"{planned.id}.")):
            for made in bench.made(planned):
                made.reads.write(folder / "reads" / made.id)
            return bench.outcomes(planned)
    raise InputError(
        f"expected a sample of the {options.size} set with seed {options.seed}, found {name!r};"
        " truth.tsv has the identifiers in its column made_with"
    )

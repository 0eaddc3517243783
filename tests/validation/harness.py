"""A set small enough for tests, and outcomes by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from nutfusion.model.terms import MolecularState
from nutfusion.validation.design import Design
from nutfusion.validation.judge import Outcome
from nutfusion.validation.run import Bench, Options
from nutfusion.validation.samples import Maker
from nutfusion.validation.truth import Joint, Truth

if TYPE_CHECKING:
    from pathlib import Path

TINY: Final = Design(
    catalogued={3: 1, 5: 1},
    random_exon=2,
    random_inside=4,
    reciprocal=2,
    unknown_partner=2,
    dilution=1,
    dilution_levels=(1, 3),
    fraction=1,
    fraction_levels=(0.05, 0.3),
    fraction_wild_type=300,
    wild_type=2,
    testis=2,
    paralogue=4,
    paralogue_close=2,
    neighbour=2,
    read_through=2,
    reciprocal_alone=2,
    runs=1,
    receivers=4,
    deep=0,
    repeated=2,
)


def tiny_bench(panel: Path | None = None, background: Path | None = None, seed: int = 1) -> Bench:
    """The tiny set."""
    bench = Bench(Options(panel, "rnaseq", background, "small", seed))
    bench.design = TINY
    bench.maker = Maker(bench.materials, TINY.fraction_wild_type)
    return bench


JOINT: Final = Joint(
    five_contig="chr19", five=15254152, three_contig="chr15", three=34347969, boundary=True, slack=0
)


def outcome(**changes: Any) -> Outcome:
    """A catalogued fusion of five fragments in 100 nt reads that was found; with changes.

    ``split`` and ``discordant`` are those of the truth, ``counted`` is what the call counts.
    """
    truth: dict[str, Any] = {
        "id": "catalogued.BRD4-e11.n5.l100.00",
        "stratum": "catalogued",
        "gene": "BRD4",
        "joint": JOINT,
        "in_frame": True,
        "split": 4,
        "discordant": 1,
        "starts": 5,
        "long_split": 4,
        "hopped": 0,
        "passes": True,
        "states": (MolecularState.CONFIRMED_BET,),
        "why": "in_frame",
    }
    found: dict[str, Any] = {
        "planned": "catalogued.BRD4-e11.n5.l100.00",
        "read_length": 100,
        "error_rate": 0.003,
        "library": "fresh",
        "umi": "none",
        "copies": 1,
        "strandedness": "none",
        "fraction": None,
        "identity": None,
        "seen": True,
        "exact": True,
        "state": MolecularState.CONFIRMED_BET,
        "state_alone": None,
        "split": 4,
        "discordant": 1,
        "extra": (),
        "digest": "0" * 64,
    }
    found["split"], found["discordant"] = changes.pop("counted", (4, 1))
    for key, value in changes.items():
        (truth if key in truth else found)[key] = value
    return Outcome.model_validate({**found, "truth": Truth.model_validate(truth)})


def negative(**changes: Any) -> Outcome:
    """A sample without a fusion in which nothing was called; with changes."""
    values: dict[str, Any] = {
        "id": "testis.000",
        "planned": "testis.000",
        "stratum": "testis",
        "gene": None,
        "joint": None,
        "in_frame": None,
        "passes": False,
        "states": (MolecularState.NOT_ASSESSABLE, MolecularState.NOT_DETECTED),
        "why": "nothing",
        "seen": False,
        "exact": False,
        "state": MolecularState.NOT_ASSESSABLE,
    }
    return outcome(**(values | changes))

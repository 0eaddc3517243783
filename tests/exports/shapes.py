"""Dossiers of every shape, each of another sample, for what must hold of every format."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tests.dossier import builders
from tests.dossier.cases import CASES
from tests.dossier.examples import example_dossiers
from tests.dossier.programs import PROGRAMS

from nutfusion.model.dossier import Declared, Dossier, OrthogonalTest
from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def shapes() -> dict[str, Dossier]:
    """By name: the examples, one dossier per shape of a fusion, and what programs say."""
    found = dict(_examples())
    for name, call in CASES.items():
        found[f"case {name}"] = builders.dossier(call, sample=f"CASE-{len(found)}")
    for name, dossier in PROGRAMS.items():
        found[name] = renamed(dossier, f"CASE-{len(found)}")
    several = [
        call.model_copy(update={"fusion_id": f"nf1.{number:016d}"})
        for number, call in enumerate(CASES.values())
    ]
    found["several"] = builders.dossier(*several, sample="CASE-MANY")
    found["candidate"] = candidate()
    found["hostile"] = hostile()
    found |= nobody()
    return found


@cache
def _examples() -> dict[str, Dossier]:
    return example_dossiers()


def positive() -> Dossier:
    """BRD4 exon 11 joined to NUTM1 exon 3, confirmed."""
    return _examples()["positive"]


def renamed(dossier: Dossier, sample: str) -> Dossier:
    """The same dossier of another sample."""
    return dossier.model_copy(update={"sample": dossier.sample.model_copy(update={"id": sample})})


def with_fusion(dossier: Dossier | None = None, **changes: Any) -> Dossier:
    """A dossier whose first fusion is changed; the positive example unless given."""
    dossier = positive() if dossier is None else dossier
    first = dossier.fusions[0].model_copy(update=changes)
    return dossier.model_copy(update={"fusions": (first, *dossier.fusions[1:])})


def with_joint(five: JunctionEnd | None, three: JunctionEnd | None, **changes: Any) -> Dossier:
    """The positive example with another joint."""
    values: dict[str, Any] = {"exact": True, "homology": 0, "linker_sequence": ""} | changes
    return with_fusion(junction=Junction(five_prime=five, three_prime=three, **values))


def end(
    contig: str | None,
    position: int | None,
    strand: Strand | None,
    position_range: tuple[int, int] | None = None,
) -> JunctionEnd:
    """One side on GRCh38."""
    return JunctionEnd(
        assembly=Assembly.GRCH38,
        contig=contig,
        position=position,
        position_range=position_range,
        strand=strand,
    )


@cache
def candidate() -> Dossier:
    """A positive dual-fusion FISH alone: BRD4 is a candidate, and nothing was read of it."""
    fish = OrthogonalTest(
        kind="fish",
        result="positive",
        detail=None,
        probe="dual_fusion",
        probe_partner="BRD4",
    )
    facts = builders.sample(id="CASE-CANDIDATE", orthogonal=(fish,))
    return builders.dossier(facts=facts, sample=facts.id)


@cache
def nobody() -> dict[str, Dossier]:
    """Dossiers that are of no patient, with the fusion of the positive example."""
    facts, made = positive().sample, positive().provenance
    changes: dict[str, dict[str, Any]] = {
        "control_positive": {"sample": facts.model_copy(update={"control": "positive"})},
        "control_negative": {"sample": facts.model_copy(update={"control": "negative"})},
        "test_data": {"provenance": made.model_copy(update={"panel": "synthetic@0"})},
    }
    return {
        name: renamed(positive().model_copy(update=change), f"NOBODY-{name}")
        for name, change in changes.items()
    }


def hostile() -> Dossier:
    """What people type, at its worst: formulas, quotes, markup, tabs and line ends."""
    facts = positive().sample.model_copy(
        update={
            "id": "CASE-HOSTILE",
            "run": "=HYPERLINK(1)",
            "declared": Declared(disease='@SUM(1+1)\t<b>"x"&\r\n-2', pretreated=None, relapse=None),
            "orthogonal": (
                OrthogonalTest(
                    kind="ihc", result="positive", detail="]]><script>alert(1)</script>"
                ),
            ),
        }
    )
    gene = positive().fusions[0].five_prime_gene
    assert gene is not None
    odd = gene.model_copy(update={"symbol": '+cmd;|"<&=A,%1', "hgnc_id": None})
    return with_fusion(
        positive().model_copy(update={"sample": facts}),
        five_prime_gene=odd,
        name='+cmd;|"<&=A,%1::NUTM1',
    )


def leaves(value: Any) -> Iterator[str | int | float]:
    """Every text and number of a JSON document; truth values and null left out."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None and not isinstance(value, bool):
        yield value

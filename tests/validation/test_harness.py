"""The harness: what it plans, what it makes, and how it goes on after an interruption."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.stories.telling import PANEL
from tests.validation.harness import TINY, tiny_bench

from nutfusion.errors import InputError
from nutfusion.model.terms import MolecularState
from nutfusion.reference import load_panel
from nutfusion.scoring import score
from nutfusion.shipped import shipped_path
from nutfusion.validation.design import DESIGNS
from nutfusion.validation.judge import judge
from nutfusion.validation.materials import gather
from nutfusion.validation.plan import plan as planned_of
from nutfusion.validation.planned import NEGATIVE, POSITIVE
from nutfusion.validation.run import WORK, run_repeated, run_set
from nutfusion.validation.truth import joint_of, truth_of

if TYPE_CHECKING:
    from nutfusion.validation.judge import Outcome
    from nutfusion.validation.planned import Planned
    from nutfusion.validation.run import Bench


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bench() -> Bench:
    return tiny_bench()


@pytest.fixture(scope="module")
def plan(bench: Bench) -> dict[str, Planned]:
    return {one.id: one for one in bench.plan()}


@pytest.fixture(scope="module")
def outcomes(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    return run_set(bench, tmp_path_factory.mktemp("work"))


def test_every_stratum_that_the_panel_allows_is_in_the_set(outcomes: list[Outcome]) -> None:
    made = {one.truth.stratum for one in outcomes}
    # the starter has no sequence of a 15q14 neighbour, and the tiny set nothing deep
    assert made == {*POSITIVE, *NEGATIVE} - {"neighbour", "deep"}


def test_the_standard_set_is_as_large_as_it_says(bench: Bench) -> None:
    plan = planned_of(DESIGNS["standard"], bench.materials, 1)
    assert len({one.id for one in plan}) == len(plan)
    receivers = sum(one.size - 2 for one in plan if one.size > 1)
    negatives = sum(one.size == 1 and not one.is_positive for one in plan) + receivers
    assert len(plan) + receivers >= 2000
    assert negatives >= 1000
    per_cell = Counter(
        (p.gene, p.five_exon, p.fragments) for p in plan if p.stratum == "catalogued"
    )
    assert min(per_cell.values()) >= 20, "each joint, each number of fragments"


def test_edges_without_a_sequence_are_said_not_to_be_simulated(bench: Bench) -> None:
    # BRD3 exons 10 and 11 and NSD3 exon 7: the starter holds NUTM1 and BRD4 only.
    found, missing = bench.materials.catalogued
    assert [(m.gene, m.exon, m.why) for m in missing] == [
        ("BRD3", 10, "no_sequence"),
        ("BRD3", 11, "no_sequence"),
        ("NSD3", 7, "no_sequence"),
    ]
    assert {cut.gene for cut in found} == {"BRD4"}


COUNTED = (
    *("random_exon", "random_inside", "reciprocal", "unknown_partner", "dilution", "fraction"),
    *("wild_type", "testis", "paralogue", "paralogue_close", "neighbour", "read_through"),
    *("reciprocal_alone", "runs", "deep"),
)
"""Numbers of a design that each make samples of one stratum alone."""


@pytest.mark.parametrize("grown", COUNTED)
def test_a_sample_more_of_one_stratum_changes_none_of_another(bench: Bench, grown: str) -> None:
    # seed, joint, reads and library: all of it, or a set that grows would not be comparable
    larger = TINY.model_copy(update={grown: getattr(TINY, grown) + 1})
    before = {one.id: one for one in planned_of(TINY, bench.materials, 1)}
    after = {one.id: one for one in planned_of(larger, bench.materials, 1)}
    assert {name: after[name] for name in before} == before
    new = {after[name].stratum for name in after.keys() - before.keys()}
    # the starter has no sequence of a 15q14 neighbour
    assert len(new) == (0 if grown == "neighbour" else 1)


def test_a_fragment_count_more_changes_no_other_stratum(bench: Bench) -> None:
    larger = TINY.model_copy(update={"catalogued": {3: 2, 5: 1}})
    after = {one.id: one for one in planned_of(larger, bench.materials, 1)}
    rest = [p for p in planned_of(TINY, bench.materials, 1) if p.stratum != "catalogued"]
    assert [after[one.id] for one in rest] == rest


def test_each_stratum_comes_in_every_condition(bench: Bench) -> None:
    # 144 combinations; 220 samples of testis have been through all of them
    made = [p for p in planned_of(DESIGNS["standard"], bench.materials, 3) if p.stratum == "testis"]
    seen = Counter(
        (p.error_rate, p.library, p.umi, p.copies, p.strandedness, p.quality) for p in made
    )
    assert len(seen) == 2 * 2 * 3 * 2 * 3 * 2
    assert set(seen.values()) == {1, 2}


def test_a_catalogued_joint_is_where_the_catalogue_says(
    bench: Bench, plan: dict[str, Planned]
) -> None:
    # BRD4 exon 11 ends in CAG and NUTM1 exon 2 in GAG: the joint slides by two, exon edges win.
    joint = joint_of(plan["catalogued.BRD4-e11.n3.l75.00"], bench.materials)
    assert joint is not None
    assert (joint.five, joint.three, joint.boundary) == (15254152, 34347969, True)


@pytest.fixture(scope="module")
def invented() -> Bench:
    """The tiny set with invented bases on the packaged exons of NSD3, CIC and SLC12A6."""
    return tiny_bench(panel=PANEL)


def catalogue() -> dict[tuple[str, int], int]:
    """The catalogue's places as they stand in the shipped file."""
    lines = shipped_path("catalogued-joints.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    return {(row[0], int(row[2])): int(row[3]) for row in rows}


def test_joints_lie_where_the_packaged_catalogue_and_reference_say(
    bench: Bench, invented: Bench
) -> None:
    # Not where the panel under test says: a panel that is wrong would agree with itself.
    packaged = load_panel()
    for one in (bench, invented):
        cuts = {(cut.gene, cut.exon or 0): cut for cut in one.materials.catalogued[0]}
        cuts["NUTM1", 3] = one.materials.acceptor
        expected = catalogue()
        assert {key: cut.residue for key, cut in cuts.items()} == {
            key: expected[key] for key in cuts
        }
        for (gene, number), cut in cuts.items():
            mane = packaged.mane(gene)
            assert mane is not None
            exon = mane.exons[number - 1]
            assert cut.residue in (exon.start, exon.end)
    assert {cut.gene for cut in invented.materials.catalogued[0]} == {"BRD4", "NSD3"}


def test_a_joint_of_the_tiny_set_is_cut_from_the_packaged_bases(
    bench: Bench, plan: dict[str, Planned]
) -> None:
    brd4, nutm1 = load_panel().mane("BRD4"), load_panel().mane("NUTM1")
    assert brd4 is not None and brd4.sequence is not None  # noqa: PT018 - for the type checker
    assert nutm1 is not None and nutm1.sequence is not None  # noqa: PT018
    last = brd4.transcript_position(15254152) or 0
    first = nutm1.transcript_position(34347969) or 0
    (made,) = bench.made(plan["catalogued.BRD4-e11.n3.l75.00"])
    assert made.fusion is not None
    assert made.fusion.sequence == brd4.sequence[:last] + nutm1.sequence[first - 1 :]


@pytest.mark.parametrize("gene", ["BRD4", "NUTM1"])
def test_a_panel_with_its_exons_elsewhere_is_not_held_against_itself(
    bench: Bench, gene: str
) -> None:
    # One base too far: another exon than the catalogue's, though its number is the same.
    panel = bench.materials.panel
    moved = {
        name: transcript
        if transcript.gene != gene
        else dataclasses.replace(
            transcript,
            exons=tuple(
                dataclasses.replace(exon, start=exon.start + 1, end=exon.end - 1)
                for exon in transcript.exons
            ),
        )
        for name, transcript in panel.transcripts.items()
    }
    wrong = dataclasses.replace(
        bench.materials, panel=dataclasses.replace(panel, transcripts=moved)
    )
    if gene == "NUTM1":
        with pytest.raises(InputError, match=r"exon 3 from 34347969 on \(GRCh38\), found 34347970"):
            _ = wrong.acceptor
        return
    found, missing = wrong.catalogued
    assert found == ()
    assert {m.why for m in missing if m.gene == "BRD4"} == {"elsewhere"}


def test_a_neighbours_joint_is_called_and_is_no_bet_state(invented: Bench) -> None:
    # SLC12A6 beside NUTM1 on 15q14, after an exon and inside one; twelve fragments pass.
    design = TINY.model_copy(update={"neighbour": 6})
    made = [p for p in planned_of(design, invented.materials, 1) if p.fragments == 12]
    exon, inside = [p for p in made if p.stratum == "neighbour"]
    assert exon.five_exon is not None
    assert inside.five_exon is None
    for planned in (exon, inside):
        (found,) = invented.outcomes(planned)
        assert found.truth.states == (MolecularState.REARRANGED_NEIGHBOUR,)
        assert (found.state, found.seen, found.extra) == (
            MolecularState.REARRANGED_NEIGHBOUR,
            True,
            (),
        )


@pytest.mark.parametrize(
    ("acceptor", "frame"),
    # MANE exons 3 and 6 of NUTM1 follow BRD4 exon 11 in frame, 4 and 5 do not.
    [(3, True), (4, False), (5, False), (6, True)],
)
def test_frame_is_that_of_the_translated_transcript(
    bench: Bench, plan: dict[str, Planned], acceptor: int, frame: bool
) -> None:
    cut = bench.materials.three_prime(acceptor)
    assert cut is not None
    planned = plan["catalogued.BRD4-e11.n5.l100.00"].model_copy(
        update={"three_exon": acceptor, "three_at": cut.at}
    )
    (made,) = bench.made(planned)
    truth = truth_of(made, planned, bench.materials, bench.assay)
    assert truth.in_frame is frame
    right = MolecularState.CONFIRMED_BET if frame else MolecularState.INDETERMINATE
    assert truth.states == (right,)


def test_what_the_sample_holds_is_what_was_planned(outcomes: list[Outcome]) -> None:
    for one in outcomes:
        if one.truth.stratum == "catalogued":
            assert one.truth.fragments == int(one.planned.split(".n")[1].split(".")[0])


def test_fusions_are_seen_and_negatives_are_not_given_a_bet_state(
    outcomes: list[Outcome],
) -> None:
    clean = [o for o in outcomes if o.truth.stratum == "catalogued" and o.truth.fragments >= 5]
    assert [o.truth.id for o in clean if not o.seen and o.read_length >= 75] == []
    assert [o.truth.id for o in outcomes if o.truth.stratum in NEGATIVE and o.is_bet] == []


def test_reads_of_a_strong_positive_reach_the_run_and_are_held_back(
    outcomes: list[Outcome],
) -> None:
    received = [o for o in outcomes if o.truth.stratum == "carry_over"]
    assert len(received) == TINY.receivers - 1
    # 1,500 molecules at 2 % over four samples: seven or eight each
    assert sum(o.truth.hopped for o in received) > 3 * len(received)
    assert any(o.state_alone is MolecularState.CONFIRMED_BET for o in received)
    assert all(o.state is not MolecularState.CONFIRMED_BET for o in received)
    (own,) = [o for o in outcomes if o.truth.stratum == "beside_strong"]
    assert own.state is MolecularState.CONFIRMED_BET


def test_the_same_options_give_the_same_outcomes(bench: Bench, outcomes: list[Outcome]) -> None:
    assert run_repeated(bench, outcomes) == (TINY.repeated, frozenset())


def test_an_interrupted_set_goes_on(
    bench: Bench, outcomes: list[Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_unit: dict[str, list[Outcome]] = {}
    for one in outcomes:
        by_unit.setdefault(one.planned, []).append(one)
    lines = [json.dumps({"digest": bench.digest})]
    lines += [
        json.dumps({"unit": unit, "outcomes": [o.model_dump(mode="json") for o in found]})
        for unit, found in list(by_unit.items())[1:]
    ]
    # the last line was being written when the process was killed
    (tmp_path / WORK).write_text("\n".join([*lines, '{"unit": "run.0']))
    asked = []

    def noted(self: Bench, unit: Planned, *, threads: int = 1) -> list[Outcome]:
        asked.append(unit.id)
        return by_unit[unit.id]

    monkeypatch.setattr(type(bench), "outcomes", noted)
    assert run_set(bench, tmp_path) == outcomes
    assert asked == [next(iter(by_unit))]


def test_outcomes_of_another_validation_are_not_taken(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / WORK).write_text(json.dumps({"digest": "of another seed"}) + "\n")
    asked: list[str] = []

    def noted(self: Bench, unit: Planned, *, threads: int = 1) -> list[Outcome]:
        asked.append(unit.id)
        return []

    monkeypatch.setattr(type(bench), "outcomes", noted)
    run_set(bench, tmp_path)
    assert len(asked) == len(bench.plan())


def test_a_background_without_long_transcripts_is_refused(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "short.fa"
    path.write_text(">a\nACGT\n")
    with pytest.raises(InputError, match=r"short\.fa: expected FASTA with transcripts of 400 nt"):
        gather(bench.materials.panel, path, seed=1)


def test_the_panels_own_genes_are_no_background(bench: Bench, tmp_path: Path) -> None:
    # A FASTA of a whole transcriptome holds NUTM1: expressed unasked, it would falsify the truth.
    nutm1 = bench.materials.sequence("NUTM1")
    other = next(iter(bench.materials.background.values()))
    path = tmp_path / "both.fa"
    path.write_text(f">NUTM1 copy\n{nutm1[50:]}\n>other\n{other}\n")
    found = gather(bench.materials.panel, path, seed=1)
    assert list(found.background) == ["background|other"]
    assert found.background_left_out == 1


def test_a_call_at_another_base_is_a_miss(bench: Bench, plan: dict[str, Planned]) -> None:
    # The engine finds BRD4 exon 11 :: NUTM1 exon 3; a truth one base further on was not found.
    planned = plan["catalogued.BRD4-e11.n5.l100.00"]
    (found,) = bench.outcomes(planned)
    assert found.seen
    assert found.exact
    joint = found.truth.joint
    assert joint is not None
    moved = found.truth.model_copy(
        update={"joint": joint.model_copy(update={"three": joint.three + 1})}
    )
    with tempfile.TemporaryDirectory() as folder:
        files = bench.made(planned)[0].reads.write(Path(folder), container="plain")
        annotated = bench.annotated("S1", files)
    verdict = judge(moved, planned, score(annotated, bench.assay, bench.materials.panel))
    assert not verdict.seen
    assert len(verdict.extra) == 1


@pytest.mark.parametrize("inside", range(4))
@pytest.mark.parametrize(("of_five", "of_three"), [(1, 0), (0, 1), (2, 1), (0, 3)])
def test_inserted_bases_that_go_on_in_a_gene_are_the_genes(
    bench: Bench, plan: dict[str, Planned], inside: int, of_five: int, of_three: int
) -> None:
    """Nobody can tell an inserted base from the gene's own next one: the transcripts are equal."""
    planned = plan[f"random_inside.{inside:03d}"].model_copy(update={"linker": ""})
    five, three = planned.five_at, planned.three_at
    assert five is not None
    assert three is not None
    partner = bench.materials.sequence(planned.gene or "")
    nutm1 = bench.materials.sequence("NUTM1")
    goes_on = partner[five : five + of_five] + nutm1[three - 1 : three - 1 + of_three]
    shorter = {"linker": goes_on, "three_at": three + of_three}
    same = planned.model_copy(update={"five_at": five + of_five})
    written = planned.model_copy(update=shorter)
    assert joint_of(written, bench.materials) == joint_of(same, bench.materials)
    # a base that is neither's stays one, and may move a side
    other = next(
        base for base in "ACGT" if base not in {partner[five : five + 1], nutm1[three - 2]}
    )
    foreign = joint_of(planned.model_copy(update={"linker": other}), bench.materials)
    assert foreign is not None
    assert foreign.slack == 1

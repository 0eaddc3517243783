"""Making and assessing the samples of a set: in this process, or in several."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import nutfusion
from nutfusion.annotation import annotate
from nutfusion.calls import consolidate
from nutfusion.evidence import Lane, read_sample
from nutfusion.reference import load_panel
from nutfusion.scoring import RunSample, compare_run, load_assay, load_run_settings, score
from nutfusion.validation.design import DESIGNS, Design, Size
from nutfusion.validation.judge import Outcome, judge
from nutfusion.validation.materials import Materials, gather
from nutfusion.validation.plan import plan
from nutfusion.validation.samples import Made, Maker
from nutfusion.validation.sources import sources_digest
from nutfusion.validation.truth import truth_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutfusion.model.annotated import SampleAnnotated
    from nutfusion.model.scored import SampleScored
    from nutfusion.scoring import AssayProfile, RunSettings
    from nutfusion.simulation.sample import Files
    from nutfusion.validation.planned import Planned

Progress = Callable[[int, int], None]
"""Called with the units done and those there are."""
WORK: Final = "outcomes.jsonl"
"""What is finished so far, so that an interrupted validation goes on."""


@dataclass(frozen=True)
class Options:
    """What a validation is made with.

    Attributes:
        panel: Panel directory; ``None``: the starter.
        assay: Profile name or file.
        background: FASTA; ``None``: invented transcripts.
        size: Which set.
        seed: Of everything.
    """

    panel: Path | None
    assay: str
    background: Path | None
    size: Size
    seed: int


class Bench:
    """Everything that is loaded once per process.

    Args:
        options: What to load.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.design: Design = DESIGNS[options.size]
        panel = load_panel(options.panel)
        self.materials: Materials = gather(panel, options.background, seed=options.seed)
        self.assay: AssayProfile = load_assay(options.assay)
        self.run_settings: RunSettings = load_run_settings()
        self.maker = Maker(self.materials, self.design.fraction_wild_type)

    def plan(self) -> list[Planned]:
        """Every sample and run of the set."""
        return plan(self.design, self.materials, self.options.seed)

    @property
    def digest(self) -> str:
        """What the outcomes depend on."""
        parts = (
            nutfusion.__version__,
            sources_digest(),
            self.materials.panel.digest,
            self.assay.digest,
            self.run_settings.digest,
            self.materials.background_digest,
            self.options.size,
            self.options.seed,
            self.design.model_dump_json(),
        )
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def made(self, planned: Planned) -> list[Made]:
        """The sample, or the samples of the run."""
        if planned.size == 1:
            return [self.maker.sample(planned)]
        return self.maker.run(planned, self.run_settings.hopping_rate.value)

    def outcomes(self, planned: Planned, *, threads: int = 1) -> list[Outcome]:
        """Make, assess and judge; the strong sample of a run is not judged."""
        made = self.made(planned)
        with tempfile.TemporaryDirectory(prefix="nutfusion-validate-") as folder:
            annotated = [
                self.annotated(one.id, one.reads.write(Path(folder), container="plain"), threads)
                for one in made
            ]
        scored = self._scored(planned, made, annotated)
        return [
            judge(truth_of(one, planned, self.materials, self.assay), planned, verdict, alone)
            for one, (verdict, alone) in zip(made, scored, strict=True)
            if not one.id.endswith(".strong")
        ]

    def annotated(self, name: str, files: Sequence[Files], threads: int = 1) -> SampleAnnotated:
        """The stages up to the names."""
        lanes = [Lane(lane.fastq_1, lane.fastq_2, lane.umi) for lane in files]
        panel = self.materials.panel
        evidence = read_sample(name, lanes, panel, threads=threads)
        return annotate(consolidate(evidence, panel), panel)

    def _scored(
        self, planned: Planned, made: Sequence[Made], annotated: Sequence[SampleAnnotated]
    ) -> list[tuple[SampleScored, SampleScored | None]]:
        """Verdicts as the workflow gives them; for a run also those of each sample alone."""
        panel = self.materials.panel
        alone = [score(one, self.assay, panel) for one in annotated]
        if planned.size == 1:
            return [(verdict, None) for verdict in alone]
        run = compare_run(
            planned.id,
            [RunSample(found, one.control) for one, found in zip(made, annotated, strict=True)],
            self.run_settings,
        )
        compared = {one.sample: one for one in run.samples}
        return [
            (score(found, self.assay, panel, comparison=compared[found.sample]), before)
            for found, before in zip(annotated, alone, strict=True)
        ]


_BENCH: list[Bench] = []


def _open(options: Options) -> None:
    _BENCH[:] = [Bench(options)]


def _unit(planned: Planned) -> tuple[str, list[Outcome]]:
    return planned.id, _BENCH[0].outcomes(planned)


def run_set(
    bench: Bench, folder: Path, *, processes: int = 1, progress: Progress | None = None
) -> list[Outcome]:
    """Assess every sample of a set.

    What is done is written down in ``folder`` as it is done; another call with the same options,
    panel, profile and version goes on from there. The result does not depend on ``processes``.

    Returns:
        In the order of the plan.
    """
    plan = bench.plan()
    work = folder / WORK
    done = _finished(work, bench.digest)
    left = [planned for planned in plan if planned.id not in done]
    folder.mkdir(parents=True, exist_ok=True)
    if not done:
        work.write_text(json.dumps({"digest": bench.digest}) + "\n", encoding="utf-8")
    with work.open("a", encoding="utf-8") as handle:
        for name, outcomes in _computed(bench, left, processes):
            done[name] = outcomes
            line = {"unit": name, "outcomes": [one.model_dump(mode="json") for one in outcomes]}
            handle.write(json.dumps(line) + "\n")
            handle.flush()
            if progress is not None:
                progress(len(done), len(plan))
    return [outcome for planned in plan for outcome in done[planned.id]]


def _computed(
    bench: Bench, left: Sequence[Planned], processes: int
) -> Iterator[tuple[str, list[Outcome]]]:
    if processes == 1 or len(left) < 2:
        for planned in left:
            yield planned.id, bench.outcomes(planned)
        return
    with ProcessPoolExecutor(processes, initializer=_open, initargs=(bench.options,)) as pool:
        waiting = {pool.submit(_unit, planned) for planned in left}
        try:
            for future in as_completed(waiting):
                yield future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _finished(work: Path, digest: str) -> dict[str, list[Outcome]]:
    """Units that an earlier call finished; nothing when it was another validation."""
    if not work.is_file():
        return {}
    lines = work.read_text(encoding="utf-8").splitlines()
    found: dict[str, list[Outcome]] = {}
    for number, text in enumerate(lines):
        try:
            line = json.loads(text)
        except json.JSONDecodeError:
            # the last line of a killed process may be cut
            continue
        if number == 0:
            if line != {"digest": digest}:
                return {}
            continue
        found[line["unit"]] = [Outcome.model_validate(one) for one in line["outcomes"]]
    return found


def run_repeated(bench: Bench, outcomes: Sequence[Outcome]) -> tuple[int, frozenset[str]]:
    """Make and assess some samples again, with one thread and with two.

    Args:
        bench: As it was used before.
        outcomes: What was found before.

    Returns:
        How many were made again, and those whose verdict has other bytes.
    """
    before = {one.truth.id: one.digest for one in outcomes}
    single = [planned for planned in bench.plan() if planned.size == 1 and planned.id in before]
    count = min(bench.design.repeated, len(single))
    other: set[str] = set()
    for number in range(count):
        planned = single[number * len(single) // count]
        for threads in (1, 2):
            (again,) = bench.outcomes(planned, threads=threads)
            if again.digest != before[planned.id]:
                other.add(planned.id)
    return count, frozenset(other)

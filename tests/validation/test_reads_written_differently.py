"""The same fragments give the same calls however they are written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.validation.assessing import assess, describe, joint_of
from tests.validation.samples import COMMON_JOINT, common_fusion, gist, sample_with

from nutfusion.cli import main
from nutfusion.simulation.qualities import FLAT
from nutfusion.simulation.reads import ReadProfile

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.panel import Panel
    from nutfusion.simulation.fastq import Container
    from nutfusion.simulation.sample import Files, SimulatedSample

pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.fixture(scope="module")
def sample() -> SimulatedSample:
    return sample_with(common_fusion())


@pytest.fixture(scope="module")
def expected(
    sample: SimulatedSample, starter: Panel, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[object, ...]]:
    files = sample.write(tmp_path_factory.mktemp("expected"), container="plain")
    scored = assess(files, starter)
    assert [joint_of(fusion) for fusion in scored.fusions] == [COMMON_JOINT], describe(scored)
    return gist(scored)


@pytest.mark.parametrize("container", ["gz", "gz-members", "bgzf"])
@pytest.mark.parametrize("lanes", [1, 3])
def test_container_and_lanes_do_not_matter(
    sample: SimulatedSample,
    expected: list[tuple[object, ...]],
    starter: Panel,
    container: Container,
    lanes: int,
    tmp_path: Path,
) -> None:
    files = sample.write(tmp_path, container=container, lanes=lanes)
    assert gist(assess(files, starter)) == expected


def test_swapped_mates_do_not_matter(
    sample: SimulatedSample, expected: list[tuple[object, ...]], starter: Panel, tmp_path: Path
) -> None:
    files = sample.write(tmp_path, swap_mates=True)
    assert gist(assess(files, starter)) == expected


def test_the_order_of_the_fragments_does_not_matter(starter: Panel, tmp_path: Path) -> None:
    sample = sample_with(common_fusion())
    forwards = sample.write(tmp_path / "forwards", container="plain", lanes=2)
    assert gist(assess(forwards, starter)) == gist(assess(forwards[::-1], starter))


def test_lower_case_does_not_matter(starter: Panel, tmp_path: Path) -> None:
    found = []
    for lower_case in (False, True):
        profile = ReadProfile(100, error_rate=0.003, lower_case=lower_case)
        made = sample_with(common_fusion(), profile=profile)
        found.append(gist(assess(made.write(tmp_path / str(lower_case)), starter)))
    assert found[0] == found[1]


def test_flat_qualities_do_not_hide_the_fusion(starter: Panel, tmp_path: Path) -> None:
    # Some tools write the same letter for every base.
    made = sample_with(common_fusion(), profile=ReadProfile(100, qualities=FLAT))
    scored = assess(made.write(tmp_path), starter)
    assert [joint_of(fusion) for fusion in scored.fusions] == [COMMON_JOINT], describe(scored)


def dossier(files: tuple[Files, ...], outdir: Path, threads: int) -> bytes:
    arguments = ["assess", "--sample", "S1", "--outdir", str(outdir), "--threads", str(threads)]
    for lane in files:
        assert lane.fastq_2 is not None
        arguments += ["--fastq", str(lane.fastq_1), str(lane.fastq_2)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return (outdir / "dossier.json").read_bytes()


@pytest.mark.parametrize("lanes", [1, 2])
def test_threads_and_repeats_give_the_same_bytes(
    sample: SimulatedSample, lanes: int, tmp_path: Path
) -> None:
    files = sample.write(tmp_path / "reads", lanes=lanes)
    dossiers = [
        dossier(files, tmp_path / f"{threads}_{time}", threads)
        for threads in (1, 2)
        for time in (1, 2)
    ]
    assert len(set(dossiers)) == 1

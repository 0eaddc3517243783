"""Samples without a fusion: ``python -m tests.validation.background --seeds 20``.

Wild-type NUTM1 in full (a testis), much BRD4, BRD3 and NUTM2F, thousands of other transcripts,
and template switches between any two of them. Nothing may be called. With ``--write`` the section
"Background" of ``docs/validation.md`` is rewritten.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from tests.simulation import transcripts
from tests.validation import panels
from tests.validation.assessing import assess, describe
from tests.validation.cases import sequences
from tests.validation.report import rewrite_section

from nutfusion.simulation.fragments import FragmentLengths, spread
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import SampleSpec, SimulatedSample, simulate

if TYPE_CHECKING:
    from collections.abc import Sequence

PAIRS: Final = 200_000
SWITCH_RATE: Final = 1e-4
PANELS: Final = ("starter", "full")
# At least 2,000 pairs each of NUTM1, BRD4 and BRD3.
EXPRESSED: Final = {
    **dict.fromkeys((f"NUTM1|{name}" for _, name in transcripts.NUTM1_ISOFORMS), 700),
    "BRD4|ENST00000679869.1": 2_400,
    "BRD4|ENST00000371835.8": 600,
    "BRD3|SK762": 2_400,
    "BRD2|SK761": 1_500,
    "BRDT|SK764": 1_500,
    "NSD3|composite": 1_000,
    "NUTM2F|NM_017561": 2_000,
    "CIC|NM_015125": 500,
    "YAP1|NM_001130145": 500,
    "ZNF532|NM_018181": 500,
}


@dataclass(frozen=True)
class Verdict:
    """One sample without a fusion, assessed.

    Attributes:
        seed: Of the sample.
        panel: Name of the panel.
        read_length: nt.
        fusions: How many were called.
        chimeras: Template switches in the sample.
        state: Molecular state of the sample.
        text: What was called.
    """

    seed: int
    panel: str
    read_length: int
    fusions: int
    chimeras: int
    state: str
    text: str


def spec(seed: int, pairs: int = PAIRS, switch_rate: float = SWITCH_RATE) -> SampleSpec:
    """One background sample; read length and error rate go round with the seed."""
    rng = np.random.default_rng([seed, 77])
    rest = spread(sorted(transcripts.background()), pairs - sum(EXPRESSED.values()), rng)
    return SampleSpec(
        seed=seed,
        background=EXPRESSED | rest,
        profile=ReadProfile((100, 75, 150, 50)[seed % 4], error_rate=(0.003, 0.01)[seed // 4 % 2]),
        fragment_lengths=FragmentLengths(200, 60),
        switch_rate=switch_rate,
        duplicate_rate=0.05,
    )


def sample(seed: int, switch_rate: float = SWITCH_RATE) -> SimulatedSample:
    """The reads of one background sample."""
    return simulate(spec(seed, switch_rate=switch_rate), sequences())


def run_seed(
    seed: int, directories: Sequence[Path | None], switch_rate: float = SWITCH_RATE
) -> list[Verdict]:
    """Assess one background sample with every panel."""
    made = sample(seed, switch_rate)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        files = made.write(Path(folder), container="plain")
        for directory in directories:
            panel = panels.load(directory)
            scored = assess(files, panel)
            found.append(
                Verdict(
                    seed=seed,
                    panel=panel.name,
                    read_length=made.mate_1.bases.shape[1],
                    fusions=len(scored.fusions),
                    chimeras=len(made.chimeras),
                    state=str(scored.molecular_state),
                    text=describe(scored),
                )
            )
    return found


def _section(verdicts: list[Verdict], command: str) -> str:
    nutm1 = sum(pairs for name, pairs in EXPRESSED.items() if name.startswith("NUTM1|"))
    explained = (
        f"`{command}`: {PAIRS:,} pairs per seed without a fusion, of which {nutm1:,} of wild-type "
        "NUTM1 (four isoforms), 3,000 of BRD4, 2,400 of BRD3 and 2,000 of NUTM2F, the rest spread "
        "over thousands of transcripts; template switches between any two of them at "
        f"{SWITCH_RATE:g} per fragment."
    )
    lines = [
        "## Background",
        "",
        explained,
        "",
        "| panel | seeds | template switches | fusions called |",
        "|---|---|---|---|",
    ]
    for name in PANELS:
        ours = [one for one in verdicts if one.panel == name]
        lines.append(
            f"| `{name}` | {len(ours)} | {sum(one.chimeras for one in ours)} "
            f"| {sum(one.fusions for one in ours)} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Run the seeds; exit 1 when anything was called."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.validation.background", description=__doc__
    )
    parser.add_argument("--seeds", type=int, default=20, help="samples (default 20)")
    parser.add_argument("--first-seed", type=int, default=1, help="of the samples (default 1)")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--switch-rate", type=float, default=SWITCH_RATE, help="of all fragments")
    parser.add_argument("--write", action="store_true", help="rewrite the page's section")
    options = parser.parse_args()
    verdicts: list[Verdict] = []
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(options.jobs) as pool:
        built = [panels.build(name, Path(folder)) for name in PANELS]
        run = partial(run_seed, directories=built, switch_rate=options.switch_rate)
        for found in pool.map(run, seeds):
            verdicts += found
            for one in found:
                sys.stdout.write(f"{one.panel}: seed {one.seed}: {one.text}\n")
                sys.stdout.flush()
    if options.write:
        command = f"python -m tests.validation.background --seeds {options.seeds}"
        if options.first_seed != 1:
            command += f" --first-seed {options.first_seed}"
        rewrite_section("background", _section(verdicts, command))
    called = sum(one.fusions for one in verdicts)
    sys.stdout.write(f"{len(verdicts)} verdicts, {called} fusions called\n")
    return 1 if called else 0


if __name__ == "__main__":
    sys.exit(main())

"""Samples without a fusion.

Wild-type NUTM1 in full (a testis), much BRD4, BRD3 and NUTM2F, thousands of other transcripts,
and template switches between any two of them. Nothing may be called.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from tests.simulation import transcripts
from tests.validation.cases import sequences

from nutfusion.simulation.fragments import FragmentLengths, spread
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import SampleSpec, SimulatedSample, simulate

PAIRS: Final = 200_000
SWITCH_RATE: Final = 1e-4
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

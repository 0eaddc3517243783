"""Long reads with the errors of their sequencers."""

from __future__ import annotations

import random

from tests.reads.builders import Fragment, reverse_complement


def with_errors(sequence: str, share: float, rng: random.Random) -> str:
    """As many other bases, missing bases and extra bases, a third of the errors each."""
    out = []
    for base in sequence:
        chance = rng.random()
        if chance < share / 3:
            out.append(rng.choice([other for other in "ACGT" if other != base]))
        elif chance < 2 * share / 3:
            continue
        else:
            out.append(base)
            if chance < share:
                out.append(rng.choice("ACGT"))
    return "".join(out)


def long_reads(
    template: str,
    count: int,
    share: float,
    *,
    over: int | None = None,
    seed: int = 1,
    lengths: tuple[int, int] = (1000, 10_000),
    label: str = "long",
) -> list[Fragment]:
    """Reads from either strand of a template.

    Args:
        template: A transcript; lengths are cut to it.
        count: Reads.
        share: Of errors.
        over: Every read reaches at least 100 bases to either side of this index.
        seed: Of everything random.
        lengths: Shortest and longest.
        label: Of read names.
    """
    rng = random.Random(seed)
    out = []
    for number in range(count):
        length = min(rng.randint(*lengths), len(template))
        low, high = 0, len(template) - length
        if over is not None:
            low, high = max(0, over + 100 - length), min(high, over - 100)
        start = rng.randint(min(low, high), max(low, high))
        read = with_errors(template[start : start + length], share, rng)
        out.append(
            Fragment(f"{label}{number}", reverse_complement(read) if rng.random() < 0.5 else read)
        )
    return out

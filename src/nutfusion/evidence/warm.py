"""Compile the loops now, so that no sample waits: ``python -m nutfusion.evidence.warm``.

The compiled code goes to the ``__pycache__`` folders beside the modules, or, where those cannot be
written, to the user's own cache (``NUMBA_CACHE_DIR`` names another place).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from nutfusion.model.lane import Lane
from nutfusion.model.panel import NUTM1
from nutfusion.reads.engine import read_junctions
from nutfusion.reference import load_panel


def warm() -> None:
    """Run one tiny sample through every compiled loop, with every kind of argument."""
    panel = load_panel()
    target, partner = panel.mane(NUTM1), panel.mane("BRD4")
    if target is None or partner is None or not target.sequence or not partner.sequence:
        return
    fused = partner.sequence[2300:2442] + target.sequence[482:640]
    complement = fused[::-1].translate(str.maketrans("ACGT", "TGCA"))
    with tempfile.TemporaryDirectory() as folder:
        mates = []
        for number, sequence in enumerate((fused, complement), start=1):
            path = Path(folder, f"{number}.fq")
            records = [
                f"@r{i}\n{sequence[i : i + 100]}\n+\n{'I' * 100}\n" for i in range(40, 140, 10)
            ]
            path.write_text("".join(records))
            mates.append(path)
        read_junctions([Lane(mates[0], mates[1])], panel)
        read_junctions([Lane(mates[0])], panel)
        long = Path(folder, "long.fq")
        text = partner.sequence[1500:2442] + target.sequence[482:1200]
        long.write_text(f"@l\n{text}\n+\n{'I' * len(text)}\n")
        read_junctions([Lane(long)], panel)


if __name__ == "__main__":
    warm()

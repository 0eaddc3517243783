"""The panels that verdicts are compared over.

* ``starter``: the packaged one, sequences of NUTM1 and BRD4 only;
* ``full``: the starter's coordinates with BRD3 (an mRNA, cut before its end) and NSD3 (up to the
  end of exon 7) from the real-data folder;
* ``minigenome``: built from a genome and its annotation.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from nutfusion.reference import load_panel

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.panel import Panel

NAMES: Final = ("starter", "full", "minigenome")
_MINIGENOME: Final = "easyfuse_minigenome_loci_GRCh38.fa"
_ANNOTATION: Final = "easyfuse_minigenome_annotation_GRCh38coords.gtf"


def build(name: str, into: Path) -> Path | None:
    """Build a panel below ``into``; ``None`` stands for the packaged one."""
    if name == "starter":
        return None
    target = into / name
    raise NotImplementedError(target)


@cache
def load(directory: Path | None) -> Panel:
    """Read a panel, once per process."""
    return load_panel(directory)

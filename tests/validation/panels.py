"""The panels that verdicts are compared over.

* ``starter``: the packaged one, sequences of NUTM1 and BRD4 only;
* ``full``: the starter with BRD3 (an mRNA, cut before its end) and NSD3 (up to the end of exon 7)
  from the real-data folder;
* ``minigenome``: built from a genome and its annotation.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from click.testing import CliRunner
from tests.simulation import real_data, transcripts

from nutfusion.cli import main
from nutfusion.reference import load_panel

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.panel import Panel

_MINIGENOME: Final = "easyfuse_minigenome_loci_GRCh38.fa"
_ANNOTATION: Final = "easyfuse_minigenome_annotation_GRCh38coords.gtf"
# Records whose headers are not accessions, and the transcripts that they are the first part of.
_NAME_MAP: Final = """\
record\taccession\tgene\tprefix
KinBase|SK762|BRD3\tENST00000303407.12\tBRD3\tyes
NSD3_ENST00000317025_composite\tENST00000317025.13\tNSD3\tyes
"""


def build(name: str, into: Path) -> Path | None:
    """Build a panel below ``into`` as a user does; ``None`` stands for the packaged one.

    Raises:
        RuntimeError: ``nutfusion reference build`` did not end with 0.
    """
    if name == "starter":
        return None
    target = into / name
    if name == "minigenome":
        genome = real_data.path("sequences", "genome", _MINIGENOME)
        annotation = real_data.path("sequences", "genome", _ANNOTATION)
        arguments = ["--genome", str(genome), "--annotation", str(annotation)]
    else:
        name_map = into / "names.tsv"
        name_map.write_text(_NAME_MAP)
        arguments = ["--name-map", str(name_map)]
        for file in (transcripts.KINBASE, transcripts.NSD3_COMPOSITE):
            fasta = real_data.path("sequences", "transcripts", file)
            arguments += ["--transcripts", str(fasta)]
    result = CliRunner().invoke(main, ["reference", "build", *arguments, "--out", str(target)])
    if result.exit_code != 0:
        raise RuntimeError(f"panel {name}: {result.output}")
    return target


@cache
def load(directory: Path | None) -> Panel:
    """Read a panel, once per process."""
    return load_panel(directory)

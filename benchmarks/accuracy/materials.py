"""The panel and the background of the standard set, from the real-data folder.

The panel is the starter with BRD3 (an mRNA, cut before its end), NSD3 (up to the end of exon 7),
BRD2, BRDT, ZNF532, MXD4 and YAP1 (the last two up to their last fusion exon), SLC12A6 (a 15q14
neighbour) and NUTM2F (a paralogue, as decoy). The folder holds no mRNA of SLC12A6, and where a
piece of its coding sequence lies among the packaged exons is not known; so that its joints have
places, its exons are the packaged ones and its bases are invented.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Final

import numpy as np
from tests.simulation import real_data, transcripts

from nutfusion.reference import load_panel
from nutfusion.reference.build import BuildOptions, build_from_transcripts
from nutfusion.reference.name_map import Declarations, read_name_map
from nutfusion.simulation.templates import read_fasta

if TYPE_CHECKING:
    from pathlib import Path

NEIGHBOUR: Final = "SLC12A6"
_SEED: Final = 1514
# record, accession, gene, prefix, cds_prefix
_NAMES: Final = (
    ("KinBase|SK762|BRD3", "ENST00000303407.12", "BRD3", "yes", "no"),
    ("KinBase|SK761|BRD2", "ENST00000374825.9", "BRD2", "yes", "no"),
    ("KinBase|SK764|BRDT", "ENST00000399546.7", "BRDT", "yes", "no"),
    ("NSD3_ENST00000317025_composite", "ENST00000317025.13", "NSD3", "yes", "no"),
    ("NM_018181", "ENST00000591808.6", "ZNF532", "yes", "no"),
    ("NM_017561", "ENST00000253262.9", "NUTM2F", "yes", "no"),
    ("MXD4-201", "ENST00000337190.7", "MXD4", "no", "yes"),
    ("YAP1-201", "ENST00000282441.10", "YAP1", "no", "yes"),
    ("invented", "ENST00000354181.8", "SLC12A6", "no", "no"),
)
_FILES: Final = (
    transcripts.KINBASE,
    transcripts.NSD3_COMPOSITE,
    transcripts.REFSEQ,
    transcripts.PREFIXES,
)


def panel(into: Path) -> Path:
    """Build the panel below a folder."""
    header = "record\taccession\tgene\tprefix\tcds_prefix\n"
    names = into / "names.tsv"
    names.write_text(header + "".join("\t".join(row) + "\n" for row in _NAMES))
    wanted = {row[0] for row in _NAMES}
    chosen = into / "transcripts.fa"
    with chosen.open("w") as handle:
        for file in _FILES:
            path = real_data.path("sequences", "transcripts", file)
            for name, sequence in read_fasta(path).items():
                if name in wanted:
                    handle.write(f">{name}\n{sequence}\n")
        handle.write(f">invented\n{_invented(NEIGHBOUR)}\n")
    build_from_transcripts(
        (chosen,),
        Declarations.of(read_name_map(names), (), ()),
        BuildOptions(into / "accuracy"),
    )
    return into / "accuracy"


def _invented(gene: str) -> str:
    """Random bases, as many as the exons of a packaged transcript have; the same each time."""
    mane = load_panel().mane(gene)
    if mane is None:
        raise LookupError(f"the packaged panel has no exons of {gene}")
    length = sum(exon.length for exon in mane.exons)
    return "".join(np.random.default_rng(_SEED).choice(list("ACGT"), length))


def background(into: Path) -> Path:
    """Thousands of transcripts of other genes as one FASTA."""
    path = into / "background.fa.gz"
    text = "".join(
        f">{name}\n{sequence}\n" for name, sequence in sorted(transcripts.background().items())
    )
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return path
